package io.tickmesh.market;

/**
 * One immutable event of a topic, stamped with the owner's epoch and a number that rises by one within it.
 *
 * <p>{@code providerTime} and {@code receivedAt} are microseconds since 1970: when the provider says it happened, and
 * when its frame reached the owner.
 */
public sealed interface Tick extends TopicEvent
        permits Trade, Quote, Book, Ticker, Candle, Expected, MarketStatus, Notice {
    long epoch();

    long seq();

    long providerTime();

    long receivedAt();

    /** Whether this tick stands after the position {@code (epoch, seq)} of its topic. */
    default boolean isAfter(long epoch, long seq) {
        return epoch() > epoch || (epoch() == epoch && seq() > seq);
    }

    default boolean isAfter(Tick other) {
        return isAfter(other.epoch(), other.seq());
    }
}
