package io.tickmesh.client.eventbus;

import io.netty.buffer.ByteBuf;
import io.tickmesh.client.Membership;
import io.tickmesh.client.Session;
import io.tickmesh.market.Answer;
import org.jspecify.annotations.Nullable;

/**
 * A handler of a topic, or a question for its value: joined at once, settled when the owner has answered or the wait is
 * over.
 */
final class Registration {
    private final Session session;
    private final TopicAddress address;
    private final Membership member;
    private boolean settled;

    private Registration(Session session, TopicAddress address, Membership member) {
        this.session = session;
        this.address = address;
        this.member = member;
    }

    /** Begins; null if the session has that address already. */
    static @Nullable Registration of(Session session, TopicAddress address) {
        Membership member = session.hub().join(session, address);
        return member == null ? null : new Registration(session, address, member);
    }

    /** Hands on the snapshot and the ticks as soon as the owner has answered, or says why it refused. */
    void receive(BridgeDialect.Delay delay) {
        member.whenAnswered(answered -> settle());
        if (!settled) {
            delay.run(this::settle);
        }
    }

    private void settle() {
        if (begin() && !refused()) {
            member.activate();
        }
    }

    /** Replies with the newest value once, at the address of the question. */
    void ask(BridgeDialect.Delay delay) {
        member.whenAnswered(answered -> reply());
        if (!settled) {
            delay.run(() -> {
                if (begin()) {
                    BridgeDialect.fail(session, address.text(), -1, "TIMEOUT", "the owner of the feed does not answer");
                    leave();
                }
            });
        }
    }

    private void reply() {
        if (begin() && !refused()) {
            ByteBuf snapshot = audience().snapshot();
            if (snapshot != null) {
                session.send(snapshot);
            }
            leave();
        }
    }

    /** False if it is settled already, or given up. */
    private boolean begin() {
        boolean first = !settled && !member.hasLeft() && !session.closed();
        settled = true;
        return first;
    }

    private boolean refused() {
        Answer answer = audience().line().answer();
        if (answer == null || answer.refusal() == null) {
            return false;
        }
        BridgeDialect.fail(session, address.text(), 503, "RECIPIENT_FAILURE", answer.refusal());
        leave();
        return true;
    }

    private EnvelopeAudience audience() {
        return (EnvelopeAudience) member.audience();
    }

    private void leave() {
        session.hub().leave(session, address);
    }
}
