package io.tickmesh.upstream.kiwoom;

import io.tickmesh.market.BookParam;
import io.tickmesh.market.Instrument;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Printable;
import io.tickmesh.market.Symbology;
import io.tickmesh.market.Topic;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Kiwoom's symbols: the six characters of a Korean stock, {@code 005930}, and {@code KRX} for the sessions of the market
 * itself. Venues are none for KRX, {@code NXT}, and {@code AL} for both together. A book's parameter is its depth.
 */
public final class KiwoomSymbology implements Symbology {
    /** Stands for the market as a whole. */
    static final String MARKET = "KRX";

    private static final Pattern STOCK = Pattern.compile("(?=.*[0-9])[0-9A-Z]{6}");
    private static final Pattern DEPTH = Pattern.compile("[1-9]|10");
    private static final Set<Kind> OF_STOCK =
            Set.copyOf(EnumSet.of(Kind.TRADE, Kind.QUOTE, Kind.BOOK, Kind.TICKER, Kind.EXPECTED, Kind.STATUS));

    @Override
    public String provider() {
        return Kiwoom.NAME;
    }

    @Override
    public String canonical(String symbol) {
        if (symbol.isBlank()) {
            throw new IllegalArgumentException("symbol is blank");
        }
        String upper = new Instrument(Kiwoom.NAME, symbol).symbol().toUpperCase(Locale.ROOT);
        if (upper.endsWith("_NX") || upper.endsWith("_AL")) {
            throw new IllegalArgumentException(
                    "venues of kiwoom are written @NXT and @AL: '" + Printable.of(symbol) + "'");
        }
        if (!upper.equals(MARKET) && !STOCK.matcher(upper).matches()) {
            throw new IllegalArgumentException(
                    "not a symbol of kiwoom, expected one like 005930: '" + Printable.of(symbol) + "'");
        }
        return upper;
    }

    @Override
    public Set<Kind> kindsOf(String canonicalSymbol) {
        return canonicalSymbol.equals(MARKET) ? Set.of(Kind.STATUS) : OF_STOCK;
    }

    @Override
    public void requireOffered(Topic topic) {
        String kind = topic.kind().word();
        if (topic.kind() != Kind.NOTICE) {
            boolean market = topic.instrument().symbol().equals(MARKET);
            require(
                    kindsOf(topic.instrument().symbol()).contains(topic.kind()),
                    (market
                                    ? "kiwoom offers status of KRX, not "
                                    : "kiwoom offers trade, quote, book, ticker, expected and status, not ")
                            + kind,
                    topic);
        }
        if (topic.kind() == Kind.NOTICE || topic.kind() == Kind.STATUS) {
            require(topic.venue().isEmpty(), "kiwoom has no venues for " + kind, topic);
        }
        require(KiwoomVenue.of(topic.venue()) != null, "kiwoom has the venues NXT and AL beside KRX", topic);
        if (topic.kind() == Kind.BOOK) {
            require(!BookParam.of(topic).isGrouped(), "kiwoom does not group books by a level", topic);
            boolean depth =
                    topic.param().isEmpty() || DEPTH.matcher(topic.param()).matches();
            require(depth, "kiwoom has books of 1 to 10 levels", topic);
        } else {
            require(topic.param().isEmpty(), "kiwoom has no parameter for " + kind, topic);
        }
    }

    private static void require(boolean sound, String otherwise, Topic topic) {
        if (!sound) {
            throw new IllegalArgumentException(otherwise + ": '" + topic + "'");
        }
    }

    @Override
    public String poolOf(String canonicalSymbol) {
        return Kiwoom.NAME;
    }
}
