package io.tickmesh.client.stream;

import io.tickmesh.client.Membership;
import io.tickmesh.client.Session;
import io.tickmesh.client.TopicLine;
import io.tickmesh.market.Answer;
import io.tickmesh.market.Catalog;
import io.tickmesh.market.Printable;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One {@code subscribe}: joins at once, and answers when the owners have answered for every topic, or when the wait is
 * over. After the answer come the snapshots, then the ticks.
 */
final class SubscribeRequest {
    private final Session session;
    private final Catalog catalog;
    private final @Nullable Object id;
    private final int topicsPerSession;
    private final Predicate<Topic> allowed;
    private final JsonArray results = new JsonArray();
    private final List<Membership> members = new ArrayList<>();
    private final List<JsonObject> memberResults = new ArrayList<>();
    private int unanswered;
    private boolean done;

    SubscribeRequest(
            Session session, Catalog catalog, @Nullable Object id, int topicsPerSession, Predicate<Topic> allowed) {
        this.session = session;
        this.catalog = catalog;
        this.id = id;
        this.topicsPerSession = topicsPerSession;
        this.allowed = allowed;
    }

    void run(List<String> topics, StreamDialect.Delay delay, Duration wait) {
        topics.forEach(this::join);
        unanswered = members.size();
        if (unanswered == 0) {
            finish();
            return;
        }
        members.forEach(member -> member.whenAnswered(this::onAnswer));
        if (!done) {
            delay.run(wait, this::finish);
        }
    }

    private void join(String text) {
        JsonObject result = new JsonObject().put("topic", Printable.of(text));
        results.add(result);
        try {
            Topic topic = catalog.topic(text);
            result.put("topic", topic.toString());
            if (session.memberships().containsKey(topic)) {
                result.put("ok", true).put("already", true);
            } else if (!allowed.test(topic)) {
                fail(result, ErrorCode.NOT_ALLOWED, "notice topics need the right to the account; they are off");
            } else if (session.memberships().size() >= topicsPerSession) {
                fail(result, ErrorCode.TOO_MANY_TOPICS, "a session may hold at most " + topicsPerSession + " topics");
            } else {
                Membership member = session.hub().join(session, topic);
                if (member != null) {
                    members.add(member);
                    memberResults.add(result);
                }
            }
        } catch (IllegalArgumentException e) {
            fail(result, ErrorCode.BAD_TOPIC, e.getMessage());
        }
    }

    private static void fail(JsonObject result, ErrorCode code, @Nullable String message) {
        result.put("ok", false);
        StreamDialect.failure(result, code, message);
    }

    private void onAnswer(Membership member) {
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
        List<Membership> accepted = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            Membership member = members.get(i);
            if (settle(member, memberResults.get(i))) {
                accepted.add(member);
            }
        }
        session.send(
                StreamDialect.answer("subscribed", id).put("results", results).encode());
        accepted.forEach(Membership::activate);
    }

    /** Writes the result of a topic; false if it was given up meanwhile, or refused, which ends the membership. */
    private boolean settle(Membership member, JsonObject result) {
        TopicLine line = ((TopicAudience) member.audience()).line();
        if (member.hasLeft()) {
            fail(result, ErrorCode.NOT_HELD, "given up before it was answered: " + line.topic());
            return false;
        }
        Answer answer = line.answer();
        if (answer != null && answer.refusal() != null) {
            fail(result, ErrorCode.REFUSED, answer.refusal());
            session.hub().leave(session, line.topic());
            return false;
        }
        TopicState state = line.state() == null ? TopicAudience.UNANSWERED : line.state();
        result.put("ok", true).put("state", state.state().word()).put("reason", state.reason());
        return true;
    }
}
