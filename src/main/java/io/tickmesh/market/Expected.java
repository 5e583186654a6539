package io.tickmesh.market;

import org.jspecify.annotations.Nullable;

/** What an auction would yield if it ended now. */
public record Expected(
        Topic topic,
        long epoch,
        long seq,
        long providerTime,
        long receivedAt,
        Decimal price,
        @Nullable Decimal size,
        @Nullable Decimal change,
        @Nullable Decimal changeRate)
        implements Tick {}
