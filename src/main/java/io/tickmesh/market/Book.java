package io.tickmesh.market;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole order book, best level first; never a difference.
 *
 * @param askTotal size of all offers, those below the shown levels included, if the provider says so
 */
public record Book(
        Topic topic,
        long epoch,
        long seq,
        long providerTime,
        long receivedAt,
        List<Level> asks,
        List<Level> bids,
        @Nullable Decimal askTotal,
        @Nullable Decimal bidTotal)
        implements Tick {

    public Book {
        asks = List.copyOf(asks);
        bids = List.copyOf(bids);
    }
}
