package io.tickmesh.upstream.kiwoom;

import io.tickmesh.config.Secret;
import io.tickmesh.upstream.ControlOp;
import io.tickmesh.upstream.FeedEvents;
import io.tickmesh.upstream.FeedProtocol;
import io.tickmesh.upstream.LoginRefusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Kiwoom's WebSocket: JSON objects that say by {@code trnm} what they are about. Answers name nothing of what they
 * answer, so only one request may be on its way. PING is sent back as it came, and nothing else is: a SYSTEM frame sent
 * back ends the session.
 */
public final class KiwoomProtocol implements FeedProtocol {
    private static final String BARE_PING = "PING";

    /** A longer one is none. */
    private static final int LONGEST_PING = 1_024;

    private final Secret token;
    private final KiwoomFrame frame = new KiwoomFrame();
    private final KiwoomReadings readings = new KiwoomReadings();
    private final KiwoomGroups groups = new KiwoomGroups();

    /** What else has to be sent before all that was asked for is removed: one frame names one group. */
    private final Deque<String> removals = new ArrayDeque<>();

    private List<String> placing = List.of();
    private List<String> removing = List.of();
    private boolean refused;

    public KiwoomProtocol(Secret token) {
        this.token = token;
    }

    @Override
    public void decode(byte[] message, int length, long receivedAt, FeedEvents events) {
        if (isBarePing(message, length)) {
            events.onReply(BARE_PING);
            events.onHeartbeat();
            return;
        }
        @Nullable String fault = frame.read(message, length);
        if (fault != null) {
            events.onBadFrame(fault);
            return;
        }
        switch (frame.sort) {
            case REAL -> tellReal(receivedAt, events);
            case PING -> tellPing(message, length, events);
            case LOGIN -> tellLogin(events);
            case REG -> tellAnswer(ControlOp.SUBSCRIBE, events);
            case REMOVE -> tellAnswer(ControlOp.UNSUBSCRIBE, events);
            case SYSTEM -> tellSystem(events);
            case NONE -> events.onBadFrame("frame without trnm");
            case OTHER -> events.onUnknown();
        }
    }

    private static boolean isBarePing(byte[] message, int length) {
        if (length != BARE_PING.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (message[i] != BARE_PING.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void tellReal(long receivedAt, FeedEvents events) {
        KiwoomEntries entries = frame.entries;
        for (int i = 0; i < entries.count(); i++) {
            entries.select(i);
            readings.tell(entries, receivedAt, events);
        }
        if (entries.overflowed()) {
            events.onBadFrame("REAL with more entries or values than are read");
        } else if (entries.count() == 0) {
            events.onBadFrame("REAL without data");
        }
    }

    /** A PING with a return code is an answer, to be left alone. */
    private void tellPing(byte[] message, int length, FeedEvents events) {
        if (length > LONGEST_PING) {
            events.onBadFrame("PING of " + length + " bytes");
            return;
        }
        if (frame.returnCode == KiwoomFrame.NO_CODE) {
            events.onReply(new String(message, 0, length, StandardCharsets.UTF_8));
        }
        events.onHeartbeat();
    }

    private void tellLogin(FeedEvents events) {
        if (frame.returnCode == KiwoomFrame.NO_CODE) {
            events.onBadFrame("LOGIN without return_code");
        } else if (frame.returnCode == 0) {
            events.onLoginAccepted();
        } else {
            refuse(refusal(), said(), events);
        }
    }

    /** SYSTEM R10004 follows a refusal and says the same again. */
    private void refuse(LoginRefusal kind, String text, FeedEvents events) {
        if (!refused) {
            refused = true;
            events.onLoginRefused(kind, text);
        } else {
            events.onHeartbeat();
        }
    }

    private LoginRefusal refusal() {
        long reason = KiwoomRefusals.reason(frame.returnCode, frame.message);
        if (KiwoomRefusals.isOfToken(reason)) {
            return LoginRefusal.STALE_TOKEN;
        }
        return KiwoomRefusals.isOfAccount(reason) ? LoginRefusal.NOT_ALLOWED : LoginRefusal.TEMPORARY;
    }

    private String said() {
        return KiwoomRefusals.said(Long.toString(frame.returnCode), frame.message);
    }

    private void tellSystem(FeedEvents events) {
        String text = KiwoomRefusals.said(frame.systemCode, frame.message);
        switch (frame.systemCode) {
            case "R10001" -> refuse(LoginRefusal.ELSEWHERE, text, events);
            case "R10002" -> refuse(LoginRefusal.TEMPORARY, text, events);
            case "R10004" -> refuse(LoginRefusal.STALE_TOKEN, text, events);
            default -> events.onBadFrame("SYSTEM " + text);
        }
    }

    private void tellAnswer(ControlOp op, FeedEvents events) {
        long reason = KiwoomRefusals.reason(frame.returnCode, frame.message);
        if (frame.returnCode == KiwoomFrame.NO_CODE) {
            events.onBadFrame(op + " answered without return_code");
        } else if (frame.returnCode == 0) {
            onDone(op, events);
        } else if (frame.returnCode == KiwoomRefusals.NOT_LOGGED_IN) {
            refuse(LoginRefusal.TEMPORARY, said(), events);
        } else if (KiwoomRefusals.isOfToken(reason)) {
            refuse(LoginRefusal.STALE_TOKEN, said(), events);
        } else {
            onRefused(op, events);
        }
    }

    private void onDone(ControlOp op, FeedEvents events) {
        if (op == ControlOp.UNSUBSCRIBE && !removals.isEmpty()) {
            events.onReply(removals.removeFirst());
            return;
        }
        if (op == ControlOp.UNSUBSCRIBE) {
            groups.forget(removing);
            removing = List.of();
        } else {
            placing = List.of();
        }
        events.onAcknowledged(op);
    }

    /** Nothing of the request is active. Several codes that could not be removed come again, in halves. */
    private void onRefused(ControlOp op, FeedEvents events) {
        if (op == ControlOp.SUBSCRIBE) {
            groups.forget(placing);
            placing = List.of();
            if (KiwoomRefusals.isOfRoom(frame.message)) {
                events.onFull(said());
                return;
            }
        } else {
            removals.clear();
            if (removing.size() == 1) {
                groups.forget(removing);
            }
            removing = List.of();
        }
        events.onRefused(op, said());
    }

    /** How much is remembered of what the provider sent. */
    int retained() {
        return readings.volumes();
    }

    @Override
    public String login() {
        return KiwoomWriter.object("trnm", "LOGIN", "token", token.reveal());
    }

    @Override
    public String subscribe(List<String> codes) {
        giveUpWaiting();
        placing = List.copyOf(codes);
        return KiwoomWriter.register(groups.place(codes), codes);
    }

    @Override
    public String unsubscribe(List<String> codes) {
        giveUpWaiting();
        removing = List.copyOf(codes);
        for (Map.Entry<Integer, List<String>> group : groups.byGroup(codes).entrySet()) {
            removals.add(KiwoomWriter.remove(group.getKey(), group.getValue()));
        }
        return removals.removeFirst();
    }

    /** What was not answered until the next request counts as done. */
    private void giveUpWaiting() {
        removals.clear();
        groups.forget(removing);
        removing = List.of();
        placing = List.of();
    }
}
