package io.tickmesh.sim;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection of a client, as KIS sees it: whose it is, what it registered, what it is told. */
final class KisSession implements Peer {
    private static final Pattern APPROVAL_KEY = Pattern.compile("(\"approval_key\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)*");
    private static final String PINGPONG = "PINGPONG";
    private static final int KEY_LENGTH = 32;
    private static final int IV_LENGTH = 16;

    private enum Phase {
        OPEN,
        /** Refused; ends when the refusal has been sent. */
        ENDING,
        GONE
    }

    private final KisHub hub;
    private final Wire wire;
    private final SessionLog.Entry entry;
    private final KisAnswers answers;
    private final Map<String, KisRegistration> registrations = new LinkedHashMap<>();
    private final KisMixer mixer = new KisMixer();
    private Phase phase = Phase.OPEN;
    private @Nullable String appKey;
    private boolean frozen;
    private boolean stalled;
    private long keysMade;
    private long lastSentAt;
    private long unansweredSince = -1;
    private Buffer out = Buffer.buffer();
    private long sent;
    private long skipped;

    KisSession(KisHub hub, Wire wire, SessionLog.Entry entry, long now) {
        this.hub = hub;
        this.wire = wire;
        this.entry = entry;
        this.answers = new KisAnswers(entry.id());
        this.lastSentAt = now;
    }

    long id() {
        return entry.id();
    }

    boolean isBound() {
        return appKey != null;
    }

    @Nullable
    String appKey() {
        return appKey;
    }

    Collection<KisRegistration> registrations() {
        return registrations.values();
    }

    @Override
    public void onPing(long now) {
        entry.pinged(now);
    }

    @Override
    public void onPong(byte[] payload, long now) {
        @Nullable JsonObject message = parsed(new String(payload, StandardCharsets.UTF_8));
        if (message != null && isPingPong(message)) {
            unansweredSince = -1;
        } else if (rules().dropOnUnsolicitedPong()) {
            drop(false, "unsolicited pong", now);
        }
    }

    @Override
    public void onText(String text, long now) {
        entry.received(now, APPROVAL_KEY.matcher(text).replaceAll("$1***"));
        if (phase != Phase.OPEN) {
            return;
        }
        @Nullable JsonObject message = parsed(text);
        if (message == null && text.contains(PINGPONG)) {
            stalled = true;
            answer(KisCode.OPSP8993.answer("", ""), now);
        } else if (message == null) {
            answer(KisCode.OPSP9999.answer("", ""), now);
        } else if (isPingPong(message)) {
            unansweredSince = -1;
        } else {
            onRequest(KisRequest.of(message), now);
        }
        if (answers.isOverfull()) {
            drop(true, "asks faster than it reads", now);
        }
    }

    private static @Nullable JsonObject parsed(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
    }

    private static boolean isPingPong(JsonObject message) {
        return message.getValue("header") instanceof JsonObject header && PINGPONG.equals(header.getValue("tr_id"));
    }

    private void onRequest(KisRequest request, long now) {
        KisKeys.@Nullable Grant grant = hub.keys().approval(request.approvalKey());
        if (request.fault() != null) {
            answer(request.fault().answer(request.trId(), request.trKey()), now);
        } else if (grant == null || grant.isExpired(now)) {
            onBadApproval(request, grant != null, now);
        } else if (hub.slots().isTaken(grant.appKey(), this, rules().releaseHoldMs(), now)) {
            phase = Phase.ENDING;
            answers.add(
                    KisCode.OPSP8996.answer("", ""), () -> drop(false, "app key already in use", now), rules(), now);
        } else if (appKey != null && !appKey.equals(grant.appKey())) {
            answer(KisCode.OPSP0010.answer(request.trId(), request.trKey()), now);
        } else {
            onAdmitted(request, grant.appKey(), now);
        }
    }

    private void onBadApproval(KisRequest request, boolean expired, long now) {
        if (expired && rules().silentOnExpiredKey()) {
            return;
        }
        boolean close = rules().closeOnBadApproval();
        phase = close ? Phase.ENDING : phase;
        Runnable after = close ? () -> drop(false, "approval key refused", now) : () -> {};
        answers.add(KisCode.OPSP0011.answer(request.trId(), request.trKey()), after, rules(), now);
    }

    private void onAdmitted(KisRequest request, String key, long now) {
        @Nullable KisChannel channel = KisChannel.of(request.trId(), rules().profile());
        if (channel == null) {
            answer(KisCode.OPSP8991.answer(request.trId(), request.trKey()), now);
        } else if (channel.kind() == KisChannel.Kind.NOTICE && !rules().htsIds().contains(request.trKey())) {
            drop(false, "unknown HTS ID", now);
        } else if (!channel.knows(request.trKey(), hub.settings().stream())) {
            KisCode code = rules().badSymbolCode() == KisSessionSettings.BadSymbolCode.OPSP8992
                    ? KisCode.OPSP8992
                    : KisCode.OPSP8993;
            answer(code.answer(request.trId(), request.trKey()), now);
        } else if (request.registers()) {
            register(request, channel, key, now);
        } else {
            unregister(request, now);
        }
    }

    private void register(KisRequest request, KisChannel channel, String key, long now) {
        if (registrations.containsKey(request.id())) {
            answer(KisCode.OPSP0002.answer(request.trId(), request.trKey()), now);
            return;
        }
        if (registrations.size() >= rules().maxRegistrations()) {
            answer(KisCode.OPSP0008.answer(request.trId(), request.trKey()), now);
            return;
        }
        if (appKey == null) {
            appKey = key;
            hub.slots().take(key, this);
            entry.triedKey(key);
            entry.loggedIn(now);
        }
        keysMade += rules().freshKeys() || keysMade == 0 ? 1 : 0;
        KisRegistration registration =
                new KisRegistration(channel, request.trKey(), secret(1, KEY_LENGTH), secret(2, IV_LENGTH));
        registrations.put(registration.id(), registration);
        entry.holds(registrations.keySet());
        if (hub.faults().takeDropAtRegistration()) {
            drop(false, "fault: drop-registering", now);
        } else if (!hub.faults().takeSwallowedAck()) {
            answers.add(KisCode.OPSP0000.answer(registration), () -> feed(registration), rules(), now);
        } else {
            feed(registration);
        }
    }

    /** Data begins behind the acknowledgement, unless the registration has gone again by then. */
    private void feed(KisRegistration registration) {
        if (registration.equals(registrations.get(registration.id()))) {
            hub.pump().hold(this, registration);
        }
    }

    private void unregister(KisRequest request, long now) {
        @Nullable KisRegistration gone = registrations.remove(request.id());
        if (gone == null) {
            answer(KisCode.OPSP0003.answer(request.trId(), request.trKey()), now);
            return;
        }
        entry.holds(registrations.keySet());
        if (!rules().straggler()) {
            hub.pump().release(this, gone);
            mixer.forget(gone.channel().trId());
        }
        Runnable after = rules().straggler() ? () -> releaseLater(gone) : () -> {};
        answers.add(KisCode.OPSP0001.answer(request.trId(), request.trKey()), after, rules(), now);
    }

    private void releaseLater(KisRegistration gone) {
        if (!registrations.containsKey(gone.id())) {
            hub.pump().releaseAfterNext(this, gone);
        }
    }

    private String secret(long purpose, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            long luck = Hash.mix(Hash.mix(entry.id(), keysMade), 100 * purpose + i);
            text.append((char) ('a' + Hash.below(luck, 26)));
        }
        return text.toString();
    }

    private void answer(String text, long now) {
        answers.add(text, () -> {}, rules(), now);
    }

    /** Does what is due by now. */
    void turn(long now) {
        while (phase != Phase.GONE && !frozen && !wire.full()) {
            KisAnswers.@Nullable Answer next = answers.takeDue(now);
            if (next == null) {
                break;
            }
            say(next.text(), now);
            next.after().run();
        }
        mixer.flushInto(this, hub.settings().stream(), now);
        flush(now);
        if (phase != Phase.GONE && !frozen) {
            keepAlive(now);
        }
    }

    private void keepAlive(long now) {
        if (unansweredSince >= 0 && now - unansweredSince >= rules().pingCutMs()) {
            drop(false, "PINGPONG unanswered", now);
        } else if (now - lastSentAt >= rules().pingIdleMs() && !hub.faults().pingsStopped) {
            unansweredSince = unansweredSince < 0 ? now : unansweredSince;
            long shown = now + hub.settings().stream().clockOffsetMs();
            JsonObject header = new JsonObject()
                    .put("tr_id", PINGPONG)
                    .put("datetime", KisTime.BOTH.format(KisTime.in(KisTime.KOREA, shown)));
            say(new JsonObject().put("header", header).encode(), now);
        }
    }

    /** Sends a text frame now, behind what waits. */
    void say(String text, long now) {
        if (!frozen && phase != Phase.GONE) {
            WsFrames.appendText(out, text);
            flush(now);
        }
    }

    /** Adds a data frame to what goes out at the end of the turn. */
    void tick(byte[] frame) {
        if (frozen || stalled || wire.full() || phase == Phase.GONE) {
            skipped++;
            return;
        }
        sent++;
        WsFrames.append(out, WsFrames.TEXT, frame, frame.length);
    }

    KisMixer mixer() {
        return mixer;
    }

    /** Sends an execution notice over every notice channel that is registered for this HTS ID; an empty one is any. */
    void notice(String htsId, String plain, long now) {
        for (KisRegistration each : List.copyOf(registrations.values())) {
            if (each.channel().kind() == KisChannel.Kind.NOTICE && (htsId.isEmpty() || htsId.equals(each.key()))) {
                sent++;
                say(each.frame(plain), now);
            }
        }
    }

    void flush(long now) {
        if (out.length() > 0) {
            wire.send(out);
            out = Buffer.buffer();
            lastSentAt = now;
        }
        if (sent + skipped > 0) {
            entry.sent(sent, skipped);
            sent = 0;
            skipped = 0;
        }
    }

    void freeze(boolean on) {
        frozen = on;
        wire.freeze(on);
    }

    /** A frozen client hears no goodbye: its socket stays as it is. */
    void close(int code, String reason, long now) {
        ended(reason, now);
        if (!frozen) {
            wire.close(code);
        }
    }

    void drop(boolean reset, String reason, long now) {
        ended(reason, now);
        wire.drop(reset);
    }

    @Override
    public void ended(String reason, long now) {
        if (phase != Phase.GONE) {
            flush(now);
            phase = Phase.GONE;
            entry.closed(now, reason);
            hub.forget(this, now);
        }
    }

    private KisSessionSettings rules() {
        return hub.settings().session();
    }
}
