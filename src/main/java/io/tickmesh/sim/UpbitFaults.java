package io.tickmesh.sim;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/** Every way in which the simulator of Upbit can be told to misbehave, by name. */
final class UpbitFaults {
    private static final Set<Integer> NEVER_ON_THE_WIRE = Set.of(1004, 1005, 1006, 1015);

    /** Whom a fault acts on. */
    private record Target(List<UpbitSession> sessions, long now) {}

    private final UpbitExchange exchange;
    private final FaultTable<Target> faults = new FaultTable<>();
    private long privateEvents;

    UpbitFaults(UpbitExchange exchange) {
        this.exchange = exchange;
        addConnectionFaults();
        addModes();
        addCountdowns();
        addAccountEvents();
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

    /** Sends exactly these frames, whatever mode the exchange is in; gives back how many sessions got them. */
    int emit(Fields in, long now) {
        List<String> frames = in.texts("frames", List.of());
        boolean binary = in.flag("binary", true);
        Target target = target(in, now);
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("'frames' must be a list of at least one text");
        }
        target.sessions().forEach(session -> frames.forEach(each -> session.say(each, binary, now)));
        return target.sessions().size();
    }

    private Target target(Fields in, long now) {
        UpbitPath path = in.choice("path", UpbitPath.ANY);
        long id = in.whole("session", 0, 1, Long.MAX_VALUE);
        in.requireNoOthers();
        List<UpbitSession> sessions = new ArrayList<>(exchange.openSessions());
        sessions.removeIf(each -> !path.includes(each.client()));
        if (id != 0) {
            sessions.removeIf(each -> each.id() != id);
            if (sessions.isEmpty()) {
                throw new IllegalArgumentException("no open session " + id);
            }
        }
        return new Target(List.copyOf(sessions), now);
    }

    private void addConnectionFaults() {
        faults.put(
                "drop",
                in -> target -> target.sessions().forEach(each -> each.drop(false, "fault: drop", target.now())));
        faults.put(
                "reset",
                in -> target -> target.sessions().forEach(each -> each.drop(true, "fault: reset", target.now())));
        faults.put("close", in -> {
            int code = in.integer("code", 1000, 1000, 4999);
            if (NEVER_ON_THE_WIRE.contains(code)) {
                throw new IllegalArgumentException("'code' must be one that may be sent, but is " + code);
            }
            return target -> target.sessions().forEach(each -> each.close(code, "fault: close " + code, target.now()));
        });
        faults.put("silent", in -> {
            boolean on = in.flag("on", true);
            return target -> target.sessions().forEach(each -> each.freeze(on, target.now()));
        });
        faults.put("burst", in -> {
            int events = in.integer("events", 100, 1, 10_000);
            return target -> {
                exchange.pump(target.now());
                exchange.pumps().burst(events, target.sessions(), target.now());
                exchange.openSessions().forEach(each -> each.flush(target.now()));
            };
        });
    }

    private void addModes() {
        faults.put("mute", in -> {
            boolean on = in.flag("on", true);
            return target -> exchange.faults().muted = on;
        });
        faults.put("expire-tokens", in -> {
            boolean drop = in.flag("drop", false);
            return target -> {
                exchange.expireTokens();
                if (drop) {
                    target.sessions().stream()
                            .filter(each -> each.client().onPrivatePath())
                            .forEach(each -> each.drop(false, "fault: token expired", target.now()));
                }
            };
        });
    }

    private void addCountdowns() {
        addCountdown("refuse-handshakes", (each, count) -> each.handshakesRefused = count);
        addCountdown("maintenance", (each, count) -> each.handshakesInMaintenance = count);
        addCountdown("duplicate", (each, count) -> each.duplicates = count);
        addCountdown("reorder", (each, count) -> each.reorders = count);
        addCountdown("malformed", (each, count) -> each.malformed = count);
    }

    private void addCountdown(String name, ObjIntConsumer<UpbitFeedFaults> set) {
        faults.put(name, in -> {
            int count = in.integer("count", 1, 0, Integer.MAX_VALUE);
            return target -> set.accept(exchange.faults(), count);
        });
    }

    private void addAccountEvents() {
        faults.put("my-order", in -> {
            UpbitPrivateFrames.Order order = new UpbitPrivateFrames.Order(
                    code(in.text("code", "KRW-BTC")),
                    in.choice("state", UpbitPrivateFrames.State.WAIT),
                    in.choice("side", UpbitPrivateFrames.Side.BID),
                    decimal(in, "price", "98000000"),
                    decimal(in, "volume", "0.001"),
                    decimal(in, "executed", "0"));
            return toAccount(
                    wanted -> wanted.ordersOf(order.code()),
                    (isShort, shown) -> UpbitPrivateFrames.order(order, privateEvents, isShort, shown));
        });
        faults.put("my-asset", in -> {
            UpbitPrivateFrames.Asset asset = new UpbitPrivateFrames.Asset(
                    code(in.text("currency", "KRW")),
                    decimal(in, "balance", "1000000.123456789012345678"),
                    decimal(in, "locked", "0"));
            return toAccount(
                    wanted -> wanted.type().equals(UpbitWanted.MY_ASSET),
                    (isShort, shown) -> UpbitPrivateFrames.asset(asset, privateEvents, isShort, shown));
        });
    }

    private interface Asked {
        boolean by(UpbitWanted wanted);
    }

    private interface Frame {
        String in(boolean isShort, long shown);
    }

    private Consumer<Target> toAccount(Asked asked, Frame frame) {
        return target -> {
            privateEvents++;
            long shown = exchange.pumps().writer().shown(target.now());
            for (UpbitSession each : target.sessions()) {
                if (each.wanted().stream().anyMatch(asked::by)) {
                    each.data(UpbitObject.utf8(frame.in(each.format().isShort(), shown)), target.now());
                    each.flush(target.now());
                }
            }
        };
    }

    private static String code(String text) {
        if (!text.matches("[A-Z0-9-]{1,30}")) {
            throw new IllegalArgumentException("a code must be of A-Z, 0-9 and - but is \"" + text + '"');
        }
        return text;
    }

    /** A number with all its digits, so it is written as a text. */
    private static BigDecimal decimal(Fields in, String name, String absent) {
        String text = in.text(name, absent);
        if (!text.matches("\\d{1,30}(\\.\\d{1,30})?")) {
            throw new IllegalArgumentException("'" + name + "' must be a text of digits but is \"" + text + '"');
        }
        return new BigDecimal(text);
    }
}
