package io.tickmesh.upstream;

import io.tickmesh.market.History;
import io.tickmesh.market.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers the data of an epoch and gives it to the nodes that hold it. */
final class PoolTopics {
    /** Topics kept with their number and newest tick after their release. */
    private static final int MOST_RELEASED = 20_000;

    private final long epoch;
    private final PoolMeters meters;
    final History history;
    final TopicBook book;

    /** The topics of an epoch, whose short history takes so many bytes at most. */
    PoolTopics(long epoch, long historyBytes, PoolMeters meters, Shelf shelf) {
        this.epoch = epoch;
        this.meters = meters;
        this.history = new History(History.RING, historyBytes);
        this.book = new TopicBook(MOST_RELEASED, history, shelf);
        shelf.begin(epoch, this);
    }

    /** The topics that a record is for, if some node holds one of them; held or not. */
    List<TopicLine> linesOf(Kind kind, String key) {
        @Nullable KeyLines lines = book.ofKey(key);
        List<TopicLine> found = lines == null ? List.of() : lines.of(kind);
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).held()) {
                return found;
            }
        }
        meters.unwanted.increment();
        return List.of();
    }

    /** Tells a held topic of a reading, unless that comes too late. */
    void tell(TopicLine line, Reading reading, long receivedAt, long now) {
        line.beats(now);
        if (line.isRepeated(reading)) {
            meters.repeated.increment();
        } else if (hasOneTruth(line) && line.isLate(reading, receivedAt)) {
            meters.late.increment();
        } else if (line.tell(reading, epoch, receivedAt)) {
            meters.ticks.increment();
            if (reading.time() == Reading.NO_TIME) {
                meters.restamped.increment();
            }
        }
    }

    /** Private news and the words of a market tell of many things: an earlier time makes none of them untrue. */
    private static boolean hasOneTruth(TopicLine line) {
        Kind kind = line.topic.kind();
        return kind != Kind.NOTICE && kind != Kind.STATUS;
    }

    void tellBreak(TopicLine line, Reading reading, long receivedAt) {
        if (line.tellBreak(reading, epoch, receivedAt)) {
            meters.ticks.increment();
        } else {
            meters.orphanBreaks.increment();
        }
    }
}
