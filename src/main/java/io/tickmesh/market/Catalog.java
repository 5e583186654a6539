package io.tickmesh.market;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The providers this node knows: turns what a client wrote into a topic, and a topic into the pool that serves it. */
public final class Catalog {
    private final Map<String, Symbology> symbologies = new HashMap<>();

    public Catalog(Collection<? extends Symbology> all) {
        all.forEach(each -> symbologies.put(each.provider(), each));
    }

    /**
     * The instrument that a client means by a symbol of a provider.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public Instrument instrument(String provider, String symbol) {
        return new Instrument(provider, known(provider).canonical(symbol));
    }

    /**
     * The topic that a client means by a text.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public Topic topic(String text) {
        Topic raw = Topic.parse(text);
        Symbology symbology = known(raw.instrument().provider());
        Topic topic = raw.kind() == Kind.NOTICE ? raw : canonical(raw, symbology);
        symbology.requireOffered(topic);
        return topic;
    }

    private static Topic canonical(Topic raw, Symbology symbology) {
        Instrument instrument = new Instrument(
                symbology.provider(), symbology.canonical(raw.instrument().symbol()));
        return new Topic(raw.kind(), raw.param(), instrument, raw.venue());
    }

    /** The topics that tell of an instrument of a known provider, of those kinds that the provider delivers for it. */
    public List<Topic> topicsOf(Instrument instrument, Kind... kinds) {
        Set<Kind> offered = known(instrument.provider()).kindsOf(instrument.symbol());
        return Stream.of(kinds)
                .filter(offered::contains)
                .map(kind -> Topic.of(kind, instrument))
                .toList();
    }

    /**
     * Makes sure that there is such a provider.
     *
     * @throws IllegalArgumentException that names those there are
     */
    public void requireProvider(String provider) {
        known(provider);
    }

    /** The pool that serves a topic of a known provider. */
    public String poolOf(Topic topic) {
        Instrument instrument = topic.instrument();
        return known(instrument.provider()).poolOf(instrument.symbol());
    }

    private Symbology known(String provider) {
        @Nullable Symbology symbology = symbologies.get(provider);
        if (symbology == null) {
            throw new IllegalArgumentException(
                    "unknown provider '" + Printable.of(provider) + "', known: " + new TreeSet<>(symbologies.keySet()));
        }
        return symbology;
    }
}
