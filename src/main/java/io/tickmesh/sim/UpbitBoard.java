package io.tickmesh.sim;

import java.util.HashMap;
import java.util.Map;

/** What one market shows now: its newest event, and how the day and the candles stand. */
final class UpbitBoard {
    private static final long DAY_SECONDS = UpbitTape.DAY_MS / 1_000;

    private final UpbitTape tape;
    private final UpbitExtremes day;
    private final Map<Integer, UpbitExtremes> candles = new HashMap<>();
    private long extraDay;
    private long extra;
    private long extraAt;
    private long lastExtra;

    UpbitBoard(UpbitTape tape) {
        this.tape = tape;
        this.day = new UpbitExtremes(tape, DAY_SECONDS);
    }

    UpbitTape tape() {
        return tape;
    }

    UpbitMarket market() {
        return tape.market();
    }

    /** The newest event by this time. */
    UpbitTape.Event newest(long now) {
        return event(tape.lastEvent(now));
    }

    /** Event {@code number} over all days. */
    UpbitTape.Event event(long number) {
        return seen(tape.event(number, aheadAt(tape.timeOf(number))));
    }

    /** One more event than there would have been. */
    UpbitTape.Event extraEvent(long now) {
        extra = aheadAt(now) + 1;
        extraDay = Math.floorDiv(now, UpbitTape.DAY_MS);
        extraAt = now;
        UpbitTape.Event event = seen(tape.eventAt(now, tape.lastEvent(now), extra));
        lastExtra = event.ordinal();
        return event;
    }

    /** The ordinal of the newest event of a day by this time of it, or -1. */
    long ordinalBy(long time) {
        return tape.lastEvent(time) - tape.firstOfDay(time) + aheadAt(time);
    }

    /** An event of the day that a time is in, as it was; nothing is taken in again. */
    UpbitTape.Event past(long time, long ordinal) {
        long first = tape.firstOfDay(time);
        if (Math.floorDiv(time, UpbitTape.DAY_MS) != extraDay) {
            return tape.event(first + ordinal, 0);
        }
        return ordinal > lastExtra
                ? tape.event(first + ordinal - extra, extra)
                : tape.eventAt(Math.min(extraAt, tape.timeOf(first + ordinal)), first + ordinal, 0);
    }

    private long aheadAt(long time) {
        return Math.floorDiv(time, UpbitTape.DAY_MS) == extraDay && time >= extraAt ? extra : 0;
    }

    private UpbitTape.Event seen(UpbitTape.Event event) {
        day.see(event);
        candles.values().forEach(each -> each.see(event));
        return event;
    }

    UpbitExtremes day() {
        return day;
    }

    /** The candle of so many seconds that this event is in. */
    UpbitExtremes candle(int seconds, UpbitTape.Event event) {
        UpbitExtremes candle = candles.computeIfAbsent(seconds, absent -> new UpbitExtremes(tape, seconds));
        candle.see(event);
        return candle;
    }

    /** What was traded in a candle up to this event. */
    long volumeSince(long startSecond, UpbitTape.Event event) {
        long before = tape.lastEvent(startSecond * 1_000 - 1) - tape.firstOfDay(event.time());
        return event.volumeToday() - tape.volumeUpTo(event.day(), before);
    }

    /** The close of the day before an event. */
    long previousClose(UpbitTape.Event event) {
        return tape.priceAtSecond(event.day() * DAY_SECONDS - 1);
    }
}
