package io.tickmesh.sim;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/** Every way in which simulated KIS can be told to misbehave, by name. */
final class KisFaults {
    private static final Set<Integer> NEVER_ON_THE_WIRE = Set.of(1004, 1005, 1006, 1015);

    /** What a fault acts on. */
    private record Target(List<KisSession> sessions, long now) {}

    private final KisHub hub;
    private final FaultTable<Target> table = new FaultTable<>();

    KisFaults(KisHub hub) {
        this.hub = hub;
        addConnectionFaults();
        addModes();
        addFrameFaults();
        addCountdowns();
    }

    Set<String> names() {
        return table.names();
    }

    /** See {@link FaultTable#apply}; gives back how many sessions were in reach. */
    int apply(String name, Fields in, long now) {
        return table.apply(name, in, fields -> target(fields, now)).sessions().size();
    }

    /** Sends exactly these frames to those who have registered something; gives back how many sessions got them. */
    int emit(Fields in, long now) {
        List<String> frames = in.texts("frames", List.of());
        Target target = target(in, now);
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("'frames' must be a list of at least one text");
        }
        List<KisSession> bound =
                target.sessions().stream().filter(KisSession::isBound).toList();
        bound.forEach(session -> frames.forEach(each -> session.say(each, now)));
        return bound.size();
    }

    private Target target(Fields in, long now) {
        long id = in.whole("session", 0, 1, Long.MAX_VALUE);
        in.requireNoOthers();
        List<KisSession> sessions = hub.sessions().stream()
                .filter(each -> id == 0 || each.id() == id)
                .toList();
        if (id != 0 && sessions.isEmpty()) {
            throw new IllegalArgumentException("no open session " + id);
        }
        return new Target(sessions, now);
    }

    private void addConnectionFaults() {
        table.put("drop", in -> {
            boolean reset = in.flag("reset", false);
            return target -> target.sessions().forEach(each -> each.drop(reset, "fault: drop", target.now()));
        });
        table.put("close", in -> {
            int code = in.integer("code", 1000, 1000, 4999);
            if (NEVER_ON_THE_WIRE.contains(code)) {
                throw new IllegalArgumentException("'code' must be one that may be sent, but is " + code);
            }
            return target -> target.sessions().forEach(each -> each.close(code, "fault: close " + code, target.now()));
        });
        table.put("silent", in -> {
            boolean on = in.flag("on", true);
            return target -> target.sessions().forEach(each -> each.freeze(on));
        });
        table.put("block", in -> {
            String address = in.text("address", "127.0.0.1");
            return target -> hub.door().block(address, hub.settings().session(), target.now());
        });
    }

    private void addModes() {
        table.put("mute", in -> {
            boolean on = in.flag("on", true);
            return target -> hub.faults().muted = on;
        });
        table.put("stop-pingpong", in -> {
            boolean on = in.flag("on", true);
            return target -> hub.faults().pingsStopped = on;
        });
        table.put("expire-tokens", in -> target -> hub.keys().expireAll(target.now()));
    }

    private void addFrameFaults() {
        table.put("burst", in -> {
            int records = in.integer("records", 100, 1, 100_000);
            return target -> {
                hub.pump().burst(records, target.sessions(), target.now());
                target.sessions().forEach(each -> each.flush(target.now()));
            };
        });
        table.put("market-status", in -> target -> {
            hub.pump().sayStatus(target.sessions(), target.now());
            target.sessions().forEach(each -> each.flush(target.now()));
        });
        table.put("notice", this::readNotice);
    }

    private Consumer<Target> readNotice(Fields in) {
        String htsId = in.text("hts_id", "");
        String plain = in.text("text", "");
        KisNotice notice = KisNotice.read(in);
        return target -> {
            String said = plain.isEmpty() ? notice.plain(target.now(), hub.settings()) : plain;
            target.sessions().forEach(each -> each.notice(htsId, said, target.now()));
            target.sessions().forEach(each -> each.flush(target.now()));
        };
    }

    private void addCountdowns() {
        addCountdown("refuse-upgrades", (each, count) -> each.upgradesRefused = count);
        addCountdown("swallow-acks", (each, count) -> each.acksSwallowed = count);
        addCountdown("drop-registering", (each, count) -> each.registrationsUntilDrop = count);
        addCountdown("malformed", (each, count) -> each.malformed = count);
        addCountdown("duplicate", (each, count) -> each.duplicates = count);
        addCountdown("reorder", (each, count) -> each.reordered = count);
    }

    private void addCountdown(String name, ObjIntConsumer<KisFeedFaults> set) {
        table.put(name, in -> {
            int count = in.integer("count", 1, 0, Integer.MAX_VALUE);
            return target -> set.accept(hub.faults(), count);
        });
    }
}
