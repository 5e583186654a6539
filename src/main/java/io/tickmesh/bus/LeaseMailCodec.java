package io.tickmesh.bus;

import java.util.ArrayList;
import java.util.List;

/**
 * Moves a {@link LeaseMail}. The sender is written once.
 *
 * <pre>
 * from text | messages i32 | { kind u8 | pool text | epoch i64 | ... }
 *   1 heartbeat    predecessor i64 | id i64 | confirmed u8
 *   2 acknowledge  id i64
 *   3 refuse       highest i64
 *   4 ask          predecessor i64
 *   5 word         granted u8 | highest i64
 *   6 release      successor text
 * </pre>
 */
final class LeaseMailCodec extends WireCodec<LeaseMail> {
    private static final int HEARTBEAT = 1;
    private static final int ACKNOWLEDGE = 2;
    private static final int REFUSE = 3;
    private static final int ASK = 4;
    private static final int WORD = 5;
    private static final int RELEASE = 6;

    LeaseMailCodec() {
        super("lease", 1);
    }

    @Override
    void write(WireWriter out, LeaseMail mail) {
        out.text(mail.from());
        out.i32(mail.messages().size());
        Writing writing = new Writing(out);
        for (LeaseMessage message : mail.messages()) {
            message.deliverTo(writing);
        }
    }

    @Override
    LeaseMail read(WireReader in) {
        String from = in.text();
        int count = in.count();
        List<LeaseMessage> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            messages.add(message(in, from));
        }
        return new LeaseMail(from, messages);
    }

    private static LeaseMessage message(WireReader in, String from) {
        int kind = in.u8();
        String pool = in.text();
        long epoch = in.i64();
        return switch (kind) {
            case HEARTBEAT -> new LeaseMessage.Heartbeat(from, pool, epoch, in.i64(), in.i64(), in.flag());
            case ACKNOWLEDGE -> new LeaseMessage.Acknowledge(from, pool, epoch, in.i64());
            case REFUSE -> new LeaseMessage.Refuse(from, pool, epoch, in.i64());
            case ASK -> new LeaseMessage.Ask(from, pool, epoch, in.i64());
            case WORD -> new LeaseMessage.Word(from, pool, epoch, in.flag(), in.i64());
            case RELEASE -> new LeaseMessage.Release(from, pool, epoch, in.text());
            default -> throw new IllegalArgumentException("no lease message of kind " + kind);
        };
    }

    private record Writing(WireWriter out) implements LeaseMessage.Receiver {
        private void head(int kind, LeaseMessage message) {
            out.u8(kind);
            out.text(message.pool());
            out.i64(message.epoch());
        }

        @Override
        public void onHeartbeat(LeaseMessage.Heartbeat heartbeat) {
            head(HEARTBEAT, heartbeat);
            out.i64(heartbeat.predecessor());
            out.i64(heartbeat.id());
            out.flag(heartbeat.confirmed());
        }

        @Override
        public void onAcknowledge(LeaseMessage.Acknowledge acknowledge) {
            head(ACKNOWLEDGE, acknowledge);
            out.i64(acknowledge.id());
        }

        @Override
        public void onRefuse(LeaseMessage.Refuse refuse) {
            head(REFUSE, refuse);
            out.i64(refuse.highest());
        }

        @Override
        public void onAsk(LeaseMessage.Ask ask) {
            head(ASK, ask);
            out.i64(ask.predecessor());
        }

        @Override
        public void onWord(LeaseMessage.Word word) {
            head(WORD, word);
            out.flag(word.granted());
            out.i64(word.highest());
        }

        @Override
        public void onRelease(LeaseMessage.Release release) {
            head(RELEASE, release);
            out.text(release.successor());
        }
    }
}
