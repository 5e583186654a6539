package io.tickmesh.channel;

import io.netty.buffer.ByteBufUtil;
import io.tickmesh.bus.ChannelEvent.Numbered;
import io.tickmesh.bus.StoredChannel;
import io.tickmesh.config.ChannelsConfig;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Numbers the messages of the channels whose home this node is, and keeps the last of them.
 *
 * <p>Numbers of a channel rise by one. Where they begin is taken from the clock, far above where they can have been before:
 * so a number alone tells whether what followed it is still known.
 */
final class Histories {
    private static final long NUMBERS_PER_MILLI = 1_000;
    private static final int MESSAGE_OVERHEAD = 64;
    private static final int CHANNEL_OVERHEAD = 256;

    private final Map<String, Line> lines = new LinkedHashMap<>(16, 0.75f, true);
    private final ChannelsConfig config;
    private final LongSupplier clock;
    private Keeper keeper = new Nobody();
    private long bytes;

    Histories(ChannelsConfig config, LongSupplier clock) {
        this.config = config;
        this.clock = clock;
    }

    /** From now on it is told what happens. */
    void keptBy(Keeper told) {
        keeper = told;
    }

    /** Sees to it that what is kept here outlives the node. */
    interface Keeper {
        /** There are messages that it has not been given. */
        void onChange(String channel);

        /** So many messages are gone that it has not been given. */
        void onLost(int messages);
    }

    private static final class Nobody implements Keeper {
        @Override
        public void onChange(String channel) {
            // nothing outlives the node
        }

        @Override
        public void onLost(int messages) {
            // nothing outlives the node
        }
    }

    /**
     * What is known of a channel. Where numbers are missing among those of the messages, or between the newest of them and
     * {@code last}, nobody knows whether messages are.
     *
     * @param floor the number that the first message followed
     */
    record Kept(long last, long floor, List<Numbered> messages) {
        /** Whether what followed that number is there, but for what nobody knows. */
        boolean reaches(long number) {
            return number == floor
                    || number == last
                    || messages.stream().anyMatch(message -> message.number() == number);
        }

        List<Numbered> after(long number) {
            return messages.stream().filter(each -> each.number() > number).toList();
        }
    }

    private static final class Line {
        private final Deque<Numbered> messages = new ArrayDeque<>();
        private long last;
        private long floor;
        private long bytes;
        private long written;
        private int unwritten;
    }

    private Line line(String channel) {
        return lines.computeIfAbsent(channel, name -> {
            Line line = new Line();
            line.last = clock.getAsLong() * NUMBERS_PER_MILLI;
            line.floor = line.last;
            bytes += CHANNEL_OVERHEAD + name.length();
            return line;
        });
    }

    /** The number of the newest message. */
    long last(String channel) {
        long last = line(channel).last;
        trim();
        return last;
    }

    Kept of(String channel) {
        Line line = line(channel);
        return new Kept(line.last, line.floor, List.copyOf(line.messages));
    }

    /** Keeps a message; its number. */
    long add(String channel, String json) {
        Line line = line(channel);
        line.last++;
        line.unwritten++;
        keep(line, new Numbered(line.last, json));
        trim();
        keeper.onChange(channel);
        return line.last;
    }

    private void keep(Line line, Numbered message) {
        long size = size(message);
        line.messages.addLast(message);
        line.bytes += size;
        bytes += size;
        while (line.messages.size() > config.historyMessages() || line.bytes > config.historyBytes()) {
            Numbered gone = line.messages.removeFirst();
            line.floor = gone.number();
            line.bytes -= size(gone);
            bytes -= size(gone);
        }
    }

    private static long size(Numbered message) {
        return (long) MESSAGE_OVERHEAD + ByteBufUtil.utf8Bytes(message.json());
    }

    /** The least recently used channels go first, the newest stays. */
    private void trim() {
        Iterator<Map.Entry<String, Line>> eldest = lines.entrySet().iterator();
        while (bytes > config.historyTotalBytes() && lines.size() > 1) {
            Map.Entry<String, Line> gone = eldest.next();
            bytes -= gone.getValue().bytes + CHANNEL_OVERHEAD + gone.getKey().length();
            eldest.remove();
            keeper.onLost(gone.getValue().unwritten);
        }
    }

    /** Goes on where another node was, unless this one is further. */
    void adopt(String channel, Kept kept) {
        if (lines.containsKey(channel) && line(channel).last >= kept.last()) {
            return;
        }
        forget(channel);
        Line line = line(channel);
        line.last = kept.last();
        line.floor = kept.floor();
        kept.messages().forEach(message -> keep(line, message));
        trim();
        keeper.onChange(channel);
    }

    /** Takes a channel up that nothing was known of here; what was stored need not be written again. */
    void open(String channel, StoredChannel stored) {
        if (lines.containsKey(channel)) {
            return;
        }
        Line line = line(channel);
        if (stored.last() == 0) {
            return;
        }
        line.last = stored.ended() ? stored.last() : far(stored.last());
        line.floor = stored.messages().isEmpty()
                ? line.last
                : stored.messages().get(0).number() - 1;
        line.written = stored.last();
        stored.messages().forEach(message -> keep(line, message));
        trim();
    }

    boolean has(String channel) {
        return lines.containsKey(channel);
    }

    /** The messages that follow what was written, so many at most; the rest is gone if it is not kept any more. */
    List<Numbered> unwritten(String channel, int most) {
        Line line = line(channel);
        List<Numbered> due = due(line);
        int lost = line.unwritten - due.size();
        if (lost > 0) {
            keeper.onLost(lost);
        }
        line.unwritten = due.size();
        return due.subList(0, Math.min(most, due.size()));
    }

    /** The number up to which it is written. */
    long written(String channel) {
        return line(channel).written;
    }

    /** It is written up to that number, or no further. */
    void onWritten(String channel, long number) {
        Line line = lines.get(channel);
        if (line != null) {
            line.written = number;
            line.unwritten = due(line).size();
        }
    }

    private static List<Numbered> due(Line line) {
        Deque<Numbered> due = new ArrayDeque<>();
        Iterator<Numbered> newest = line.messages.descendingIterator();
        while (newest.hasNext()) {
            Numbered message = newest.next();
            if (message.number() <= line.written) {
                break;
            }
            due.addFirst(message);
        }
        return List.copyOf(due);
    }

    /** Goes on far above all numbers that another node may have given meanwhile; what is kept cannot follow those. */
    void renew() {
        for (Line line : lines.values()) {
            line.last = far(line.last);
            line.floor = line.last;
            line.messages.clear();
            bytes -= line.bytes;
            line.bytes = 0;
        }
    }

    /** Above all numbers that may have been given after that one. */
    private long far(long number) {
        return Math.max(number + NUMBERS_PER_MILLI, clock.getAsLong() * NUMBERS_PER_MILLI);
    }

    void forget(String channel) {
        Line gone = lines.remove(channel);
        if (gone != null) {
            bytes -= gone.bytes + CHANNEL_OVERHEAD + channel.length();
        }
    }

    Set<String> channels() {
        return Set.copyOf(lines.keySet());
    }

    long bytes() {
        return bytes;
    }
}
