package io.tickmesh.market;

import org.jspecify.annotations.Nullable;

/**
 * How an instrument fares today; each number where the provider says it.
 *
 * @param price the newest price
 * @param change against the previous close, negative for a fall
 * @param changeRate the same in percent
 * @param volume pieces traded today
 * @param amount money turned over today
 * @param volume24h pieces traded in the last 24 hours
 * @param amount24h money turned over in the last 24 hours
 */
public record DaySummary(
        Decimal price,
        @Nullable Decimal change,
        @Nullable Decimal changeRate,
        @Nullable Decimal open,
        @Nullable Decimal high,
        @Nullable Decimal low,
        @Nullable Decimal previousClose,
        @Nullable Decimal volume,
        @Nullable Decimal amount,
        @Nullable Decimal volume24h,
        @Nullable Decimal amount24h) {}
