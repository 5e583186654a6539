package io.tickmesh.market;

import org.jspecify.annotations.Nullable;

/** Best bid and ask as last known: a side that the provider left out keeps its earlier value. */
public record Quote(
        Topic topic,
        long epoch,
        long seq,
        long providerTime,
        long receivedAt,
        @Nullable Decimal bidPrice,
        @Nullable Decimal bidSize,
        @Nullable Decimal askPrice,
        @Nullable Decimal askSize,
        @Nullable String exchange)
        implements Tick {}
