package io.tickmesh.client.stock;

import io.tickmesh.client.Membership;
import io.tickmesh.client.Session;
import io.tickmesh.client.TopicLine;
import io.tickmesh.config.FeedConfig.Overflow;
import io.tickmesh.config.StockConfig;
import io.tickmesh.market.Answer;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One {@code subscribe}: joins at once, and answers when the owner of the feed has answered for every code, or when the wait
 * is over. Whether there is a slot is the owner's to say; a code that it has not answered for by then counts as accepted.
 */
final class StockSubscribe {
    /** An owner that has not answered by then is being replaced; what is subscribed then comes from the next one. */
    static final Duration WAIT = Duration.ofSeconds(3);

    private final Session session;
    private final StockConfig config;
    private final int codesPerSession;
    private final Codes codes;
    private final Runnable whenDone;
    private final Map<String, @Nullable Membership> accepted = new LinkedHashMap<>();
    private final List<String> failed = new ArrayList<>();
    private @Nullable String error;
    private int unanswered;
    private boolean done;

    StockSubscribe(Session session, StockConfig config, int codesPerSession, Codes codes, Runnable whenDone) {
        this.session = session;
        this.config = config;
        this.codesPerSession = codesPerSession;
        this.codes = codes;
        this.whenDone = whenDone;
    }

    void run(Function<String, Topic> topicOf, StockDialect.Delay delay) {
        failed.addAll(codes.invalid());
        List<Membership> asked = new ArrayList<>();
        for (String code : codes.sound()) {
            Topic topic = topicOf.apply(code);
            boolean held = session.memberships().containsKey(topic);
            if (!held && session.memberships().size() >= codesPerSession) {
                fail(code, "this connection may hold at most " + codesPerSession + " codes");
                continue;
            }
            Membership member = session.hub().join(session, topic);
            accepted.put(code, member);
            if (member != null) {
                asked.add(member);
            }
        }
        unanswered = asked.size();
        asked.forEach(member -> member.whenAnswered(answered -> onAnswer()));
        if (unanswered == 0) {
            finish();
        } else {
            delay.run(WAIT, this::finish);
        }
    }

    private void onAnswer() {
        unanswered--;
        if (unanswered == 0) {
            finish();
        }
    }

    private void finish() {
        if (done || session.closed()) {
            return;
        }
        done = true;
        accepted.entrySet().removeIf(each -> {
            Membership member = each.getValue();
            return member != null && isRefused(each.getKey(), member);
        });
        session.send(StockFrames.subscribed(
                succeeded(),
                accepted.keySet(),
                failed,
                error,
                session.memberships().size()));
        for (Membership member : accepted.values()) {
            if (member != null) {
                member.activate();
            }
        }
        whenDone.run();
    }

    /** The contract says that all must have succeeded, and shows a success with one failed code. */
    private boolean succeeded() {
        return failed.isEmpty() || (config.successIfAny() && !accepted.isEmpty());
    }

    private boolean isRefused(String code, Membership member) {
        TopicLine line = ((StockAudience) member.audience()).line();
        Answer answer = line.answer();
        TopicState state = line.state();
        boolean lacksSlot = state != null && state.lacksSlot();
        String refusal = answer == null ? null : answer.refusal();
        if (refusal == null && !(lacksSlot && config.overflow() == Overflow.REJECT)) {
            return false;
        }
        session.hub().drop(session, line.topic());
        fail(code, lacksSlot || refusal == null ? StockTexts.limitExceeded(config.slots()) : refusal);
        return true;
    }

    private void fail(String code, String why) {
        failed.add(code);
        error = why;
    }
}
