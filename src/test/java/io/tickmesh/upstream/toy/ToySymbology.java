package io.tickmesh.upstream.toy;

import io.tickmesh.market.Kind;
import io.tickmesh.market.Printable;
import io.tickmesh.market.Symbology;
import io.tickmesh.market.Topic;
import java.util.Locale;
import java.util.Set;

/** Toy's symbols: three letters, written in upper case; trades only. */
public final class ToySymbology implements Symbology {
    @Override
    public String provider() {
        return Toy.NAME;
    }

    @Override
    public String canonical(String symbol) {
        if (!symbol.matches("[A-Za-z]{3}")) {
            throw new IllegalArgumentException("toy has symbols of three letters, not '" + Printable.of(symbol) + "'");
        }
        return symbol.toUpperCase(Locale.ROOT);
    }

    @Override
    public Set<Kind> kindsOf(String canonicalSymbol) {
        return Set.of(Kind.TRADE);
    }

    @Override
    public void requireOffered(Topic topic) {
        if (!topic.equals(Topic.of(Kind.TRADE, topic.instrument()))) {
            throw new IllegalArgumentException("toy offers trade, without parameter or venue: '" + topic + "'");
        }
    }

    @Override
    public String poolOf(String canonicalSymbol) {
        return Toy.NAME;
    }
}
