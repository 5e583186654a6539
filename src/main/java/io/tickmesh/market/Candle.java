package io.tickmesh.market;

import org.jspecify.annotations.Nullable;

/**
 * A candle as it stands now; the same one comes again whenever it changes.
 *
 * @param start when it begins, microseconds since 1970
 */
public record Candle(
        Topic topic,
        long epoch,
        long seq,
        long providerTime,
        long receivedAt,
        long start,
        Decimal open,
        Decimal high,
        Decimal low,
        Decimal close,
        @Nullable Decimal volume,
        @Nullable Decimal amount)
        implements Tick {}
