package io.tickmesh.sim;

import io.tickmesh.market.Printable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/** Every way in which the simulator can be told to misbehave, by name. */
final class FmpFaults {
    private static final Set<Integer> NEVER_ON_THE_WIRE = Set.of(1004, 1005, 1006, 1015);
    private static final String TORN = "{\"s\":\"aapl\",\"t\":18273024001";
    private static final int MEGABYTE = 1 << 20;

    /** What a fault acts on. */
    private record Target(List<FmpFeed> feeds, List<FmpSession> sessions, long now) {
        List<FmpSession> loggedIn() {
            return sessions.stream().filter(FmpSession::isLoggedIn).toList();
        }
    }

    private final Collection<FmpFeed> feeds;
    private final FaultTable<Target> faults = new FaultTable<>();

    FmpFaults(Collection<FmpFeed> feeds) {
        this.feeds = feeds;
        addConnectionFaults();
        addFrameFaults();
        addModes();
        addCountdowns();
    }

    Set<String> names() {
        return faults.names();
    }

    /**
     * Makes something go wrong.
     *
     * @return the sessions that it reaches
     * @throws IllegalArgumentException that says what is wrong with the request; then nothing has happened
     */
    int apply(String name, Fields in, long now) {
        return faults.apply(name, in, fields -> target(fields, now)).sessions().size();
    }

    /** Sends exactly these frames, whatever mode the feed is in; gives back how many sessions got them. */
    int emit(Fields in, long now) {
        List<String> frames = in.texts("frames", List.of());
        Target target = target(in, now);
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("'frames' must be a list of at least one text");
        }
        List<FmpSession> sessions = target.loggedIn();
        sessions.forEach(session -> frames.forEach(session::say));
        return sessions.size();
    }

    private Target target(Fields in, long now) {
        String feed = in.text("feed", "");
        long id = in.whole("session", 0, 1, Long.MAX_VALUE);
        in.requireNoOthers();
        List<FmpFeed> chosen = feeds.stream()
                .filter(each -> feed.isEmpty() || each.asset().id().equals(feed))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("unknown feed '" + Printable.of(feed) + "', known: "
                    + feeds.stream().map(each -> each.asset().id()).toList());
        }
        List<FmpSession> sessions = new ArrayList<>();
        chosen.forEach(each -> sessions.addAll(each.sessions()));
        if (id != 0) {
            sessions.removeIf(each -> each.id() != id);
            if (sessions.isEmpty()) {
                throw new IllegalArgumentException("no open session " + id);
            }
        }
        return new Target(chosen, sessions, now);
    }

    private void addConnectionFaults() {
        faults.put("drop", in -> {
            boolean reset = in.flag("reset", true);
            return target -> target.sessions().forEach(each -> each.drop(reset, "fault: drop", target.now()));
        });
        faults.put("close", in -> {
            int code = in.integer("code", 1000, 1000, 4999);
            if (NEVER_ON_THE_WIRE.contains(code)) {
                throw new IllegalArgumentException("'code' must be one that may be sent, but is " + code);
            }
            return target -> target.sessions().forEach(each -> each.close(code, "fault: close " + code, target.now()));
        });
        faults.put("half-open", in -> {
            boolean on = in.flag("on", true);
            return target -> target.sessions().forEach(each -> each.freeze(on));
        });
    }

    private void addFrameFaults() {
        faults.put("burst", in -> {
            int frames = in.integer("frames", 100, 1, 100_000);
            return target -> {
                target.feeds().forEach(each -> each.pump().burst(frames, target.sessions(), target.now()));
                target.sessions().forEach(FmpSession::flush);
            };
        });
        faults.put("malformed-frame", in -> {
            String text = in.text("text", TORN);
            return target -> target.loggedIn().forEach(each -> each.say(text));
        });
        faults.put("binary-frame", in -> {
            byte[] bytes = in.text("text", "\0\1\2\3").getBytes(StandardCharsets.UTF_8);
            return target -> target.loggedIn().forEach(each -> each.sayBytes(bytes));
        });
        faults.put("big-frame", in -> {
            int bytes = in.integer("bytes", MEGABYTE, 20, 64 * MEGABYTE);
            String head = "{\"s\":\"aapl\",\"pad\":\"";
            String text = head + "x".repeat(Math.max(0, bytes - head.length() - 2)) + "\"}";
            return target -> target.loggedIn().forEach(each -> each.say(text));
        });
    }

    private void addModes() {
        addSwitch("stop-heartbeats", (each, on) -> each.heartbeatsStopped = on);
        addSwitch("mute", (each, on) -> each.muted = on);
        addSwitch("market-closed", (each, on) -> each.marketClosed = on);
        faults.put("wrong-time-unit", in -> {
            boolean on = in.flag("on", true);
            FmpTime unit = in.choice("unit", FmpTime.S);
            return onFaults(each -> each.wrongUnit = on ? unit : null);
        });
        faults.put("delay-login", in -> {
            long ms = in.whole("ms", 3_000, 0, Integer.MAX_VALUE);
            return onFaults(each -> each.loginDelayMs = ms);
        });
        faults.put("refuse-symbols", in -> {
            Set<String> symbols = Set.copyOf(in.texts("symbols", List.of()));
            return onFaults(each -> each.refusedSymbols = symbols);
        });
    }

    private void addCountdowns() {
        addCountdown("refuse-upgrades", (each, count) -> each.upgradesRefused = count);
        addCountdown("swallow-logins", (each, count) -> each.loginsSwallowed = count);
        addCountdown("swallow-acks", (each, count) -> each.acksSwallowed = count);
        addCountdown("duplicate", (each, count) -> each.duplicates = count);
        faults.put("late", in -> {
            int count = in.integer("count", 1, 0, Integer.MAX_VALUE);
            long byMs = in.whole("by_ms", 1_000, 1, 3_600_000);
            return onFaults(each -> {
                each.lateFrames = count;
                each.lateByMs = byMs;
            });
        });
    }

    private interface Switch {
        void turn(FeedFaults faults, boolean on);
    }

    private void addSwitch(String name, Switch change) {
        faults.put(name, in -> {
            boolean on = in.flag("on", true);
            return onFaults(each -> change.turn(each, on));
        });
    }

    private void addCountdown(String name, ObjIntConsumer<FeedFaults> set) {
        faults.put(name, in -> {
            int count = in.integer("count", 1, 0, Integer.MAX_VALUE);
            return onFaults(each -> set.accept(each, count));
        });
    }

    private static Consumer<Target> onFaults(Consumer<FeedFaults> change) {
        return target -> target.feeds().forEach(each -> change.accept(each.faults()));
    }
}
