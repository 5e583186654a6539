package io.tickmesh.upstream.upbit;

import io.tickmesh.market.BookParam;
import io.tickmesh.market.Instrument;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Printable;
import io.tickmesh.market.Symbology;
import io.tickmesh.market.Topic;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Upbit's symbols are its market codes in upper case, the currency that prices first: {@code KRW-BTC}. A book takes its
 * depth as parameter, and behind it the level that prices are gathered by, a candle its length: {@code book.5},
 * {@code book.5.10000}, {@code candle.1m}. Own orders and balances are {@code notice} of the feed whose keys they belong
 * to.
 *
 * <p>Which levels a market has, only its {@link UpbitCatalogue} tells.
 */
public final class UpbitSymbology implements Symbology {
    /** The depths that Upbit sends; it takes any other for the deepest. */
    static final List<Integer> DEPTHS = List.of(1, 5, 15, 30);

    static final int DEEPEST = 30;

    private static final List<String> CANDLES = List.of("1s", "1m", "3m", "5m", "10m", "15m", "30m", "60m", "240m");
    private static final String GROUPABLE = "KRW-";
    private static final Pattern MARKET = Pattern.compile("[A-Z0-9]+-[A-Z0-9]+");
    private static final Set<String> MONEY = Set.of("KRW", "SGD", "IDR", "THB");
    private static final Set<Kind> PUBLIC = Set.of(Kind.TRADE, Kind.QUOTE, Kind.BOOK, Kind.TICKER, Kind.CANDLE);
    private static final Set<Kind> PRIVATE = Set.of(Kind.NOTICE);

    @Override
    public String provider() {
        return Upbit.NAME;
    }

    @Override
    public String canonical(String symbol) {
        if (symbol.isBlank()) {
            throw new IllegalArgumentException("symbol is blank");
        }
        String upper = new Instrument(Upbit.NAME, symbol).symbol().toUpperCase(Locale.ROOT);
        if (!isMarket(upper)) {
            throw new IllegalArgumentException(
                    "not a market of upbit, expected one like KRW-BTC: '" + Printable.of(symbol) + "'");
        }
        refuseReversed(upper);
        return upper;
    }

    /** Upbit answers a market that does not exist with silence, so the likeliest mistake is told here. */
    private static void refuseReversed(String market) {
        int dash = market.indexOf('-');
        String priced = market.substring(dash + 1);
        if (MONEY.contains(priced)) {
            throw new IllegalArgumentException("upbit writes the currency that prices first: " + priced + '-'
                    + market.substring(0, dash) + ", not '" + market + "'");
        }
    }

    private static boolean isMarket(String symbol) {
        return MARKET.matcher(symbol).matches();
    }

    /** A market's public kinds; what is no market is taken for the name of a feed. */
    @Override
    public Set<Kind> kindsOf(String canonicalSymbol) {
        return isMarket(canonicalSymbol) ? PUBLIC : PRIVATE;
    }

    @Override
    public void requireOffered(Topic topic) {
        if (topic.kind() != Kind.NOTICE && !PUBLIC.contains(topic.kind())) {
            throw new IllegalArgumentException("upbit offers trade, quote, book, ticker, candle and notice, not "
                    + topic.kind().word() + ": '" + topic + "'");
        }
        if (topic.kind() != Kind.NOTICE && !isMarket(topic.instrument().symbol())) {
            throw new IllegalArgumentException("not a market of upbit: '" + topic + "'");
        }
        requireParam(topic);
        if (!topic.venue().isEmpty()) {
            throw new IllegalArgumentException("upbit has no venues: '" + topic + "'");
        }
    }

    private static void requireParam(Topic topic) {
        String param = topic.param();
        switch (topic.kind()) {
            case BOOK -> requireBook(topic, BookParam.of(topic));
            case CANDLE -> {
                if (!CANDLES.contains(param)) {
                    throw new IllegalArgumentException(
                            "upbit has candles of " + String.join(", ", CANDLES) + ": '" + topic + "'");
                }
            }
            default -> {
                if (!param.isEmpty()) {
                    throw new IllegalArgumentException(
                            "upbit has no parameter for " + topic.kind().word() + ": '" + topic + "'");
                }
            }
        }
    }

    private static void requireBook(Topic topic, BookParam param) {
        if (!param.depth().isEmpty()
                && DEPTHS.stream().noneMatch(depth -> depth.toString().equals(param.depth()))) {
            throw new IllegalArgumentException(
                    "upbit has books of 1, 5, 15 and 30 levels, not " + param.depth() + ": '" + topic + "'");
        }
        if (param.isGrouped()) {
            if (!isGroupable(topic.instrument().symbol())) {
                throw new IllegalArgumentException(
                        "upbit groups books by a level in markets of KRW only: '" + topic + "'");
            }
            param.requireCanonicalLevel(topic);
        }
    }

    /** Whether the books of a market may have levels. */
    static boolean isGroupable(String market) {
        return market.startsWith(GROUPABLE) && isMarket(market);
    }

    /** The market, and of a grouped book the level: each of them has frames of its own. */
    static String keyOf(Topic topic) {
        String market = topic.instrument().symbol();
        return topic.kind() == Kind.BOOK
                ? UpbitCode.key(market, BookParam.of(topic).level())
                : market;
    }

    /** The levels that a topic of books or quotes needs. */
    static int depthOf(Topic topic) {
        if (topic.kind() == Kind.QUOTE) {
            return 1;
        }
        String depth = BookParam.of(topic).depth();
        return depth.isEmpty() ? DEEPEST : Integer.parseInt(depth);
    }

    @Override
    public String poolOf(String canonicalSymbol) {
        return Upbit.NAME;
    }
}
