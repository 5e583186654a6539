package io.tickmesh.upstream.kis;

import io.tickmesh.market.Printable;
import io.tickmesh.upstream.ControlOp;
import io.tickmesh.upstream.FeedEvents;
import io.tickmesh.upstream.JsonFault;
import io.tickmesh.upstream.LoginRefusal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is no data frame: answers to control frames, and the life sign that wants to be sent back. Answers
 * have no number; they name the registration, but for those to frames that KIS could not read.
 */
final class KisControl {
    private static final String PINGPONG = "PINGPONG";
    private static final int LONGEST_PINGPONG = 4_096;

    private final KisCipher cipher;
    private final KisControlFrame frame = new KisControlFrame();
    private @Nullable KisAsked asked;

    KisControl(KisCipher cipher) {
        this.cipher = cipher;
    }

    /** From now on answers are for this frame. */
    void ask(KisAsked newAsked) {
        asked = newAsked;
    }

    void decode(byte[] message, int length, FeedEvents events) {
        boolean object;
        try {
            object = frame.read(message, length);
        } catch (JsonFault e) {
            events.onBadFrame("not JSON: " + e.getMessage());
            return;
        }
        if (!object) {
            events.onBadFrame("not one JSON object");
        } else if (frame.trId().equals(PINGPONG)) {
            echo(message, length, events);
        } else if (!frame.isAnswer()) {
            events.onUnknown();
        } else {
            tell(events);
        }
    }

    /** A life sign that comes back changed ends the feed. */
    private static void echo(byte[] message, int length, FeedEvents events) {
        if (length > LONGEST_PINGPONG) {
            events.onBadFrame(PINGPONG + " of " + length + " bytes");
            return;
        }
        events.onHeartbeat();
        events.onReply(new String(message, 0, length, StandardCharsets.UTF_8));
    }

    private void tell(FeedEvents events) {
        if (frame.isSuccess()) {
            keepKeys();
        }
        KisAnswer answer = KisAnswer.of(frame.code());
        switch (answer) {
            case NOT_ALLOWED -> events.onLoginRefused(LoginRefusal.NOT_ALLOWED, said());
            case STALE_KEY -> events.onLoginRefused(LoginRefusal.STALE_TOKEN, said());
            case ELSEWHERE -> events.onLoginRefused(LoginRefusal.ELSEWHERE, said());
            default -> tellAsked(answer, events);
        }
    }

    private void keepKeys() {
        byte[] trId = frame.trId().getBytes(StandardCharsets.UTF_8);
        @Nullable KisChannel channel = KisChannel.of(trId, 0, trId.length);
        if (channel != null && channel.sort() == KisChannel.Sort.NOTICE) {
            cipher.keys(channel, frame.key(), frame.iv());
        }
    }

    /** An answer that comes after its time says nothing about what was asked since. */
    private void tellAsked(KisAnswer answer, FeedEvents events) {
        @Nullable KisAsked waiting = asked;
        if (waiting != null && frame.mayBeFor(waiting.trId(), waiting.trKey()) && fits(answer, waiting.op())) {
            asked = null;
            tell(answer, waiting.op(), events);
        } else if (frame.isSuccess() || answer == KisAnswer.ALREADY_ON || answer == KisAnswer.ALREADY_OFF) {
            events.onHeartbeat();
        } else {
            events.onBadFrame("refusal of nothing that was asked: " + said());
        }
    }

    private static boolean fits(KisAnswer answer, ControlOp op) {
        return switch (answer) {
            case ALREADY_ON, FULL -> op == ControlOp.SUBSCRIBE;
            case ALREADY_OFF, REMOVED -> op == ControlOp.UNSUBSCRIBE;
            default -> true;
        };
    }

    private void tell(KisAnswer answer, ControlOp op, FeedEvents events) {
        boolean already = answer == KisAnswer.ALREADY_ON || answer == KisAnswer.ALREADY_OFF;
        if (frame.isSuccess() || already) {
            events.onAcknowledged(op);
        } else if (answer == KisAnswer.FULL) {
            events.onFull(said());
        } else {
            events.onRefused(op, said());
        }
    }

    private String said() {
        return Printable.of(frame.said());
    }
}
