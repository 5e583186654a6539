package io.tickmesh.market;

import org.jspecify.annotations.Nullable;

/**
 * A trade; or, where {@code broken} is set, the news that the provider cancelled one. A cancellation repeats the last
 * valid price and size, so that the newest tick of a topic is always what a viewer should show.
 *
 * @param side who began it, if the provider says so
 * @param exchange where it happened, if the provider says so
 */
public record Trade(
        Topic topic,
        long epoch,
        long seq,
        long providerTime,
        long receivedAt,
        Decimal price,
        @Nullable Decimal size,
        @Nullable Side side,
        @Nullable String exchange,
        @Nullable Broken broken)
        implements Tick {

    /** The trade that was cancelled. */
    public record Broken(Decimal price, @Nullable Decimal size) {}
}
