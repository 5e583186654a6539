package io.tickmesh.sim;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One connection of a client, as Upbit sees it: what it asked for last, and what it is told. */
final class UpbitSession implements Peer {
    private static final String PING = "PING";
    private static final String STATUS = "{\"status\":\"UP\"}";
    private static final long NEVER = Long.MAX_VALUE;

    /**
     * Who is at the other end.
     *
     * @param onPrivatePath connected to the private path
     * @param accessKey whose token was good, or null
     * @param address without its port
     */
    record Client(boolean onPrivatePath, @Nullable String accessKey, String address) {}

    private final UpbitExchange exchange;
    private final Wire wire;
    private final SessionLog.Entry entry;
    private final Client client;
    private final UpbitOutput output;
    private final UpbitMessageLimit limit = new UpbitMessageLimit();
    private UpbitFormat format = UpbitFormat.DEFAULT;
    private List<UpbitWanted> wanted = List.of();
    private Set<UpbitStream> streams = Set.of();
    private long lastFrame;
    private long nextStatus = NEVER;
    private boolean gone;

    UpbitSession(UpbitExchange exchange, Wire wire, SessionLog.Entry entry, Client client, long now) {
        this.exchange = exchange;
        this.wire = wire;
        this.entry = entry;
        this.client = client;
        this.output = new UpbitOutput(wire, exchange.faults());
        this.lastFrame = now;
    }

    long id() {
        return entry.id();
    }

    Client client() {
        return client;
    }

    UpbitFormat format() {
        return format;
    }

    List<UpbitWanted> wanted() {
        return wanted;
    }

    @Override
    public void onPing(long now) {
        lastFrame = now;
        entry.pinged(now);
    }

    @Override
    public void onPong(byte[] payload, long now) {
        lastFrame = now;
    }

    @Override
    public void onBinary(byte[] payload, long now) {
        lastFrame = now;
        refuse(UpbitRefusal.wrongFormat(), now);
    }

    @Override
    public void onText(String text, long now) {
        if (gone) {
            return;
        }
        entry.received(now, text);
        lastFrame = now;
        boolean isPing = text.equals(PING);
        if (!isPing || rules().pingCounts()) {
            if (!exchange.limitOf(this, limit).admit(rules(), now)) {
                onTooMany(now);
                return;
            }
        }
        if (isPing) {
            say(STATUS, now);
            if (nextStatus == NEVER && !rules().statusOnce()) {
                nextStatus = now + rules().statusEveryMs();
            }
        } else {
            onRequest(text, now);
        }
    }

    private void onTooMany(long now) {
        switch (rules().overLimit()) {
            case CLOSE -> drop(false, "too many messages", now);
            case ERROR -> say(UpbitRefusal.frame("TOO_MANY_REQUESTS", "Too many API requests."), now);
            case DROP -> {
                // as if it had never come
            }
        }
    }

    private void onRequest(String text, long now) {
        try {
            if (client.onPrivatePath() && client.accessKey() == null) {
                throw UpbitRefusal.invalidAuth();
            }
            UpbitRequest request = UpbitRequest.read(text, rights());
            exchange.pump(now);
            output.flush();
            format = request.format();
            output.frame(format, exchange.settings().stream());
            if (request.lists()) {
                tellStreams(request, now);
            } else {
                replaceStreams(request.wanted(), now);
            }
        } catch (UpbitRefusal refusal) {
            refuse(refusal, now);
        }
    }

    private UpbitRequest.Rights rights() {
        return new UpbitRequest.Rights(
                !client.onPrivatePath() || exchange.settings().access().publicOnPrivate(),
                client.onPrivatePath(),
                rules().maxCodes());
    }

    private void refuse(UpbitRefusal refusal, long now) {
        say(refusal.toFrame(), now);
        if (rules().errorClears()) {
            forgetStreams();
            wanted = List.of();
        }
        if (rules().errorCloses()) {
            drop(false, "request refused", now);
        }
    }

    private void replaceStreams(List<UpbitWanted> asked, long now) {
        Set<UpbitStream> before = streams;
        forgetStreams();
        wanted = asked;
        streams = new LinkedHashSet<>();
        for (UpbitWanted each : asked) {
            for (UpbitStream stream : exchange.streamsOf(each)) {
                boolean again = before.contains(stream) && !rules().resendSnapshots();
                if (each.wantsSnapshot() && !again && !exchange.isMuted()) {
                    data(exchange.pumps().snapshot(stream, format.isShort(), now), now);
                }
                if (each.streams() && streams.add(stream)) {
                    exchange.pumps().hold(this, stream);
                }
            }
        }
        wanted = asked.stream().filter(UpbitWanted::streams).toList();
        entry.holds(describe(wanted));
        flush(now);
    }

    private static List<String> describe(List<UpbitWanted> wanted) {
        List<String> all = new ArrayList<>();
        for (UpbitWanted each : wanted) {
            if (each.codeList().isEmpty()) {
                all.add(each.type());
            }
            String level = each.level().signum() == 0 ? "" : ":" + each.level().toPlainString();
            each.codeList().forEach(code -> all.add(each.type() + ':' + code + level));
        }
        return all;
    }

    private void forgetStreams() {
        exchange.pumps().release(this, streams);
        streams = Set.of();
        output.forgetHeld();
        entry.holds(List.of());
    }

    private void tellStreams(UpbitRequest request, long now) {
        String reply = UpbitSubscriptions.reply(request, wanted);
        say(format.isList() ? '[' + reply + ']' : reply, now);
    }

    /** Takes an event in, to go out at the end of the turn. */
    void data(byte[] event, long now) {
        output.data(event, exchange.settings().stream().delayMs(), now);
    }

    private void say(String text, long now) {
        say(text, rules().binaryErrors(), now);
    }

    /** Sends this text at once. */
    void say(String text, boolean inBinary, long now) {
        if (!gone && !output.isFrozen()) {
            output.say(text, inBinary);
            lastFrame = now;
        }
    }

    /** Does what is due by now. */
    void turn(long now) {
        if (now >= nextStatus) {
            nextStatus = now + rules().statusEveryMs();
            say(STATUS, now);
        }
        output.turn(now);
        flush(now);
        if (now - lastFrame >= rules().idleTimeoutMs() && !output.isFrozen()) {
            drop(false, "idle", now);
        }
    }

    void flush(long now) {
        if (output.flush()) {
            lastFrame = now;
        }
        output.countInto(entry);
    }

    /** New settings, old request. */
    void retuned() {
        output.frame(format, exchange.settings().stream());
    }

    /** Stops all reading and writing; the time of silence is not held against the client. */
    void freeze(boolean on, long now) {
        output.freeze(on);
        lastFrame = now;
    }

    void close(int code, String reason, long now) {
        ended(reason, now);
        if (!output.isFrozen()) {
            wire.close(code);
        }
    }

    void drop(boolean reset, String reason, long now) {
        ended(reason, now);
        wire.drop(reset);
    }

    @Override
    public void ended(String reason, long now) {
        if (!gone) {
            flush(now);
            gone = true;
            exchange.pumps().release(this, streams);
            entry.closed(now, reason);
            exchange.forget(this);
        }
    }

    private UpbitSessionSettings rules() {
        return exchange.settings().session();
    }
}
