package io.tickmesh.sim;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/** Every way in which the simulator of Kiwoom can be told to misbehave. */
final class KiwoomFaults {
    private static final Set<Integer> NEVER_ON_THE_WIRE = Set.of(1004, 1005, 1006, 1015);

    /** What a fault acts on. */
    private record Target(List<KiwoomSession> sessions, long now) {
        void each(Consumer<KiwoomSession> action) {
            sessions.forEach(action);
        }
    }

    private final KiwoomExchange exchange;
    private final FaultTable<Target> faults = new FaultTable<>();

    KiwoomFaults(KiwoomExchange exchange) {
        this.exchange = exchange;
        addConnectionFaults();
        addModes();
        addCountdowns();
    }

    Set<String> names() {
        return faults.names();
    }

    /** See {@link Exchange#fault}. */
    int apply(String name, Fields in, long now) {
        return faults.apply(name, in, fields -> target(fields, exchange.open(), now))
                .sessions()
                .size();
    }

    /** Sends exactly these frames; gives back how many sessions got them. */
    int emit(Fields in, long now) {
        List<String> frames = in.texts("frames", List.of());
        Target target = target(
                in, exchange.open().stream().filter(KiwoomSession::isLoggedIn).toList(), now);
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("'frames' must be a list of at least one text");
        }
        target.each(session -> frames.forEach(session.outbox()::say));
        return target.sessions().size();
    }

    private static Target target(Fields in, Collection<KiwoomSession> open, long now) {
        long id = in.whole("session", 0, 1, Long.MAX_VALUE);
        in.requireNoOthers();
        List<KiwoomSession> chosen =
                open.stream().filter(each -> id == 0 || each.id() == id).toList();
        if (id != 0 && chosen.isEmpty()) {
            throw new IllegalArgumentException("no open session " + id);
        }
        return new Target(chosen, now);
    }

    private void addConnectionFaults() {
        faults.put("drop", in -> target -> target.each(each -> each.drop(false, "fault: drop", target.now())));
        faults.put("reset", in -> target -> target.each(each -> each.drop(true, "fault: reset", target.now())));
        faults.put("close", in -> {
            int code = in.integer("code", 1000, 1000, 4999);
            String word = in.text("reason", "Bye");
            if (NEVER_ON_THE_WIRE.contains(code) || word.length() > 40) {
                throw new IllegalArgumentException("'code' and 'reason' must be ones that may be sent");
            }
            return target -> target.each(each -> each.close(code, word, "fault: close " + code, target.now()));
        });
        faults.put("silent", in -> {
            boolean on = in.flag("on", true);
            return target -> target.each(each -> each.outbox().silence(on));
        });
        faults.put("kick", in -> target -> target.each(each -> each.replaced(target.now())));
        faults.put("no-heartbeat", in -> target -> target.each(each -> each.heartbeatMissed(target.now())));
        faults.put("burst", in -> {
            int entries = in.integer("n", 100, 1, 100_000);
            return target -> exchange.pump().burst(entries, target.sessions(), target.now());
        });
    }

    private void addModes() {
        addSwitch("mute", (mishaps, on) -> mishaps.muted = on);
        addSwitch("stop-pings", (mishaps, on) -> mishaps.pingsStopped = on);
        addSwitch("maintenance", (mishaps, on) -> mishaps.maintenance = on);
        faults.put("expire-tokens", in -> target -> exchange.tokens().expireAll());
    }

    private void addCountdowns() {
        addCountdown("malformed", (mishaps, count) -> mishaps.malformed = count);
        addCountdown("duplicate", (mishaps, count) -> mishaps.duplicates = count);
        addCountdown("reorder", (mishaps, count) -> mishaps.reordered = count);
        addCountdown("refuse-upgrades", (mishaps, count) -> mishaps.upgradesRefused = count);
        addCountdown("refuse-logins", (mishaps, count) -> mishaps.loginsRefused = count);
        addCountdown("refuse-registrations", (mishaps, count) -> mishaps.registrationsRefused = count);
        addCountdown("refuse-queries", (mishaps, count) -> mishaps.queriesRefused = count);
    }

    private interface Switch {
        void turn(KiwoomMishaps mishaps, boolean on);
    }

    private void addSwitch(String name, Switch change) {
        faults.put(name, in -> {
            boolean on = in.flag("on", true);
            return target -> change.turn(exchange.mishaps(), on);
        });
    }

    private void addCountdown(String name, ObjIntConsumer<KiwoomMishaps> set) {
        faults.put(name, in -> {
            int count = in.integer("count", 1, 0, Integer.MAX_VALUE);
            return target -> set.accept(exchange.mishaps(), count);
        });
    }
}
