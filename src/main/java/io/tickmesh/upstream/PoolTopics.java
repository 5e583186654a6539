package io.tickmesh.upstream;

import io.tickmesh.market.Decimal;
import org.jspecify.annotations.Nullable;

/** Numbers the data of an epoch and gives it to the nodes that hold it. */
final class PoolTopics {
    /** Topics kept with their number and newest tick after their release. */
    private static final int MOST_RELEASED = 20_000;

    private final long epoch;
    private final PoolMeters meters;
    final TopicBook book = new TopicBook(MOST_RELEASED);

    PoolTopics(long epoch, PoolMeters meters) {
        this.epoch = epoch;
        this.meters = meters;
    }

    /** The topic that a frame is for, if some node holds it. */
    @Nullable
    TopicLine heldTrade(Reading reading) {
        @Nullable CodeLines lines = book.ofCode(reading.code());
        return held(lines == null ? null : lines.trade());
    }

    /** The topic that a frame is for, if some node holds it. */
    @Nullable
    TopicLine heldQuote(Reading reading) {
        @Nullable CodeLines lines = book.ofCode(reading.code());
        return held(lines == null ? null : lines.quote());
    }

    private @Nullable TopicLine held(@Nullable TopicLine line) {
        if (line == null || !line.held()) {
            meters.unwanted.increment();
            return null;
        }
        return line;
    }

    void trade(TopicLine line, Reading reading, long receivedAt) {
        @Nullable Decimal price = reading.price();
        if (price != null && inTime(line, reading, receivedAt)) {
            line.trade(reading, price, epoch, receivedAt);
            meters.ticks.increment();
        }
    }

    void quote(TopicLine line, Reading reading, long receivedAt) {
        if (inTime(line, reading, receivedAt)) {
            line.quote(reading, epoch, receivedAt);
            meters.ticks.increment();
        }
    }

    void tradeBreak(TopicLine line, Reading reading, long receivedAt) {
        @Nullable Decimal price = reading.price();
        if (price != null && line.tradeBreak(reading, price, epoch, receivedAt)) {
            meters.ticks.increment();
        } else {
            meters.orphanBreaks.increment();
        }
    }

    private boolean inTime(TopicLine line, Reading reading, long receivedAt) {
        if (line.isLate(reading, receivedAt)) {
            meters.late.increment();
            return false;
        }
        if (reading.time() == Reading.NO_TIME) {
            meters.restamped.increment();
        }
        return true;
    }
}
