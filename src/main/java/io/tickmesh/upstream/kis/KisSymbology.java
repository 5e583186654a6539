package io.tickmesh.upstream.kis;

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
import org.jspecify.annotations.Nullable;

/**
 * KIS's symbols. Domestic ones are the short codes, {@code 005930} or {@code Q530036}; their venues are none for KRX,
 * {@code NXT}, and {@code UN} for both together. Overseas ones are market and symbol, {@code NAS.AAPL}; the keys of KIS
 * ({@code DNASAAPL}) are understood too. Asian markets have the venue {@code RT}: the feed without delay, which is paid
 * for. A book's parameter is its depth.
 */
public final class KisSymbology implements Symbology {
    static final String REAL_TIME = "RT";

    private static final Pattern DOMESTIC = Pattern.compile("(?=.*[0-9])Q?[0-9A-Z]{6}");
    private static final Pattern OVERSEAS = Pattern.compile("[A-Z]{3}\\.[0-9A-Z][0-9A-Z._-]{0,15}");
    private static final Pattern DEPTH = Pattern.compile("[1-9]|10");
    private static final Set<Kind> OF_DOMESTIC =
            Set.copyOf(EnumSet.of(Kind.TRADE, Kind.QUOTE, Kind.BOOK, Kind.TICKER, Kind.EXPECTED, Kind.STATUS));
    private static final Set<Kind> OF_OVERSEAS = Set.copyOf(EnumSet.of(Kind.TRADE, Kind.QUOTE, Kind.BOOK, Kind.TICKER));

    @Override
    public String provider() {
        return Kis.NAME;
    }

    @Override
    public String canonical(String symbol) {
        if (symbol.isBlank()) {
            throw new IllegalArgumentException("symbol is blank");
        }
        String upper = new Instrument(Kis.NAME, symbol).symbol().toUpperCase(Locale.ROOT);
        @Nullable KisMarket market = KisMarket.ofKey(upper);
        String written = market == null
                ? upper
                : market + "." + upper.substring(1 + market.name().length());
        boolean overseas =
                KisMarket.of(written) != null && OVERSEAS.matcher(written).matches();
        if (!overseas && !DOMESTIC.matcher(written).matches()) {
            throw new IllegalArgumentException("not a symbol of kis, expected one like 005930, Q530036 or NAS.AAPL: '"
                    + Printable.of(symbol) + "'");
        }
        return written;
    }

    @Override
    public Set<Kind> kindsOf(String canonicalSymbol) {
        return KisMarket.of(canonicalSymbol) == null ? OF_DOMESTIC : OF_OVERSEAS;
    }

    @Override
    public void requireOffered(Topic topic) {
        if (topic.kind() == Kind.NOTICE) {
            require(topic.venue().isEmpty(), "kis has no venues for notice", topic);
            require(topic.param().isEmpty(), "kis has no parameter for notice", topic);
            return;
        }
        String symbol = topic.instrument().symbol();
        @Nullable KisMarket market = KisMarket.of(symbol);
        String offer = market == null
                ? "kis offers trade, quote, book, ticker, expected and status, not "
                : "kis offers trade, quote, book and ticker of overseas symbols, not ";
        require(kindsOf(symbol).contains(topic.kind()), offer + topic.kind().word(), topic);
        requireVenue(topic, market);
        if (topic.kind() == Kind.BOOK) {
            require(!BookParam.of(topic).isGrouped(), "kis does not group books by a level", topic);
            require(
                    topic.param().isEmpty() || DEPTH.matcher(topic.param()).matches(),
                    "kis has books of 1 to 10 levels",
                    topic);
        } else {
            require(
                    topic.param().isEmpty(),
                    "kis has no parameter for " + topic.kind().word(),
                    topic);
        }
    }

    private static void requireVenue(Topic topic, @Nullable KisMarket market) {
        String venue = topic.venue();
        if (market == null) {
            require(KisVenue.of(venue) != null, "kis has the venues NXT and UN beside KRX", topic);
        } else if (market.isAsian()) {
            require(venue.isEmpty() || venue.equals(REAL_TIME), "kis has the venue RT for Asian markets", topic);
        } else {
            require(venue.isEmpty(), "kis has no venues for American markets", topic);
        }
    }

    private static void require(boolean sound, String otherwise, Topic topic) {
        if (!sound) {
            throw new IllegalArgumentException(otherwise + ": '" + topic + "'");
        }
    }

    @Override
    public String poolOf(String canonicalSymbol) {
        return Kis.NAME;
    }
}
