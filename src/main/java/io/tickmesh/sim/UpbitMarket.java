package io.tickmesh.sim;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A market of the simulated exchange; prices are counted in ticks of {@code 10^-scale} of the quote currency.
 *
 * @param index tells trades of different markets apart
 * @param quote what it is priced in: {@code KRW}, {@code BTC}, {@code USDT}
 * @param base what the price moves around, in ticks
 * @param scale digits behind the point of one tick; negative for ticks of 10, 100, 1000 won
 * @param dailyVolume what is traded in a day, in 10^-8 coins
 */
record UpbitMarket(int index, String quote, String coin, String koreanName, long base, int scale, long dailyVolume) {
    /** Digits behind the point of a size. */
    static final int SIZE_SCALE = 8;

    private static final int DIGITS_OF_BASE = 5;
    private static final int MOST_LEVELS = 5;
    private static final double DAILY_TURNOVER_WON = 6e10;
    private static final double SMALLEST = 1e8;
    private static final double BIGGEST = 1e16;

    /** A market at about this price, with the tick that suits it. */
    static UpbitMarket of(int index, String quote, String coin, String koreanName, double price, double quoteWon) {
        int magnitude = (int) Math.floor(Math.log10(price));
        int scale = Math.min(SIZE_SCALE, DIGITS_OF_BASE - 1 - magnitude);
        long base = Math.max(100, Math.round(price * Math.pow(10, scale)));
        double coins = DAILY_TURNOVER_WON / (price * quoteWon) * Math.pow(10, SIZE_SCALE);
        return new UpbitMarket(
                index, quote, coin, koreanName, base, scale, (long) Math.min(BIGGEST, Math.max(SMALLEST, coins)));
    }

    String code() {
        return quote + '-' + coin;
    }

    BigDecimal tickSize() {
        return price(1);
    }

    BigDecimal price(long ticks) {
        return BigDecimal.valueOf(ticks, scale);
    }

    /** The grouping units that its order book knows, 0 for none: only won markets have others. */
    List<BigDecimal> levels() {
        Stream<BigDecimal> grouped = quote.equals("KRW")
                ? IntStream.range(1, MOST_LEVELS).mapToObj(tickSize()::scaleByPowerOfTen)
                : Stream.empty();
        return Stream.concat(Stream.of(BigDecimal.ZERO), grouped).toList();
    }
}
