package io.tickmesh.sim;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sessions that a simulator has seen, for tests to read from any thread; bounded, newest kept. */
final class SessionLog {
    private static final int MAX_TEXT = 20_000;

    private final int maxFrames;
    private final int maxClosed;
    private final Map<Long, Entry> entries = new LinkedHashMap<>();
    private final Deque<Entry> frameOwners = new ArrayDeque<>();
    private final Deque<Entry> closed = new ArrayDeque<>();
    private long lastId;

    SessionLog(int maxFrames, int maxClosed) {
        this.maxFrames = maxFrames;
        this.maxClosed = maxClosed;
    }

    synchronized Entry open(String feed, String remote, long now) {
        Entry entry = new Entry(++lastId, feed, remote, now);
        entries.put(entry.id, entry);
        return entry;
    }

    synchronized List<SessionRecord> records() {
        return entries.values().stream().map(Entry::toRecord).toList();
    }

    /** Forgets the sessions that have ended. */
    synchronized void forgetClosed() {
        closed.forEach(this::forget);
        closed.clear();
    }

    private void forget(Entry entry) {
        entries.remove(entry.id);
        frameOwners.removeIf(each -> each == entry);
    }

    static String mask(String key) {
        return key.length() <= 2 ? "***" : "***" + key.substring(key.length() - 2);
    }

    /** One session's lines; its methods are the only ones that write the log. */
    final class Entry {
        private final long id;
        private final String feed;
        private final String remote;
        private final long openedAt;
        private final Deque<SessionRecord.ControlFrame> frames = new ArrayDeque<>();
        private String key = "";
        private long loggedInAt;
        private long closedAt;
        private String closeReason = "";
        private List<String> tickers = List.of();
        private long controlFrames;
        private long framesSent;
        private long framesSkipped;
        private long pings;
        private long pingedAt;

        private Entry(long id, String feed, String remote, long openedAt) {
            this.id = id;
            this.feed = feed;
            this.remote = remote;
            this.openedAt = openedAt;
        }

        long id() {
            return id;
        }

        void received(long now, String text) {
            synchronized (SessionLog.this) {
                controlFrames++;
                frames.add(new SessionRecord.ControlFrame(
                        now, text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "..."));
                frameOwners.add(this);
                if (frameOwners.size() > maxFrames) {
                    frameOwners.remove().frames.remove();
                }
            }
        }

        void pinged(long now) {
            synchronized (SessionLog.this) {
                pings++;
                pingedAt = now;
            }
        }

        void triedKey(String tried) {
            synchronized (SessionLog.this) {
                key = mask(tried);
            }
        }

        void loggedIn(long now) {
            synchronized (SessionLog.this) {
                loggedInAt = now;
            }
        }

        void holds(Collection<String> now) {
            synchronized (SessionLog.this) {
                tickers = List.copyOf(now);
            }
        }

        void sent(long sent, long skipped) {
            synchronized (SessionLog.this) {
                framesSent += sent;
                framesSkipped += skipped;
            }
        }

        /** The first reason counts. */
        void closed(long now, String reason) {
            synchronized (SessionLog.this) {
                if (closedAt != 0) {
                    return;
                }
                closedAt = now;
                closeReason = reason;
                closed.add(this);
                if (closed.size() > maxClosed) {
                    forget(closed.remove());
                }
            }
        }

        private SessionRecord toRecord() {
            return new SessionRecord(
                    id,
                    feed,
                    key,
                    remote,
                    openedAt,
                    loggedInAt,
                    closedAt,
                    closeReason,
                    tickers,
                    controlFrames,
                    List.copyOf(frames),
                    framesSent,
                    framesSkipped,
                    pings,
                    pingedAt);
        }
    }
}
