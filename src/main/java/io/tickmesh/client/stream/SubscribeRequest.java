package io.tickmesh.client.stream;

import io.tickmesh.client.Membership;
import io.tickmesh.client.Session;
import io.tickmesh.client.TopicLine;
import io.tickmesh.client.Wildcard;
import io.tickmesh.market.Answer;
import io.tickmesh.market.Printable;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One {@code subscribe}: joins at once, and answers when the owners have answered for every topic, or when the wait is
 * over. After the answer come the snapshots, then the ticks.
 */
class SubscribeRequest {
    final StreamDialect dialect;
    final Session session;
    private final @Nullable Object id;
    private final Wish wish;
    private final JsonArray results = new JsonArray();
    private final List<Joined> joined = new ArrayList<>();
    private final List<Membership> held = new ArrayList<>();
    private final Set<Pattern> patterns = new LinkedHashSet<>();
    private int unanswered;
    private boolean answered;

    /** A topic that the session did not hold before, and its result. */
    record Joined(Membership member, JsonObject result, int place) {
        TopicLine line() {
            return member.audience().lines().get(0);
        }
    }

    SubscribeRequest(StreamDialect dialect, Session session, @Nullable Object id, Wish wish) {
        this.dialect = dialect;
        this.session = session;
        this.id = id;
        this.wish = wish;
    }

    void run(List<String> topics) {
        for (int place = 0; place < topics.size(); place++) {
            join(topics.get(place), place);
        }
        unanswered = joined.size();
        if (unanswered == 0) {
            onAnswers();
            return;
        }
        joined.forEach(each -> each.member.whenAnswered(this::onAnswer));
        if (!answered) {
            dialect.afterWait(this::onAnswers);
        }
    }

    private void join(String text, int place) {
        JsonObject result = new JsonObject().put("topic", Printable.of(text));
        results.add(result);
        try {
            if (Pattern.is(text)) {
                Pattern pattern = Pattern.parse(text, dialect.catalog());
                joinAll(pattern, result.put("topic", pattern.toString()));
                return;
            }
            Topic topic = dialect.catalog().topic(text);
            join(topic, result.put("topic", topic.toString()), place);
        } catch (IllegalArgumentException e) {
            fail(result, ErrorCode.BAD_TOPIC, e.getMessage());
        }
    }

    private void joinAll(Pattern pattern, JsonObject result) {
        boolean already = session.wildcards().containsKey(pattern);
        if (!dialect.allowsWildcards()) {
            fail(result, ErrorCode.NOT_ALLOWED, "wildcards need the right to all topics; they are off");
        } else if (wish.preference() != Preference.BOTH || resumes()) {
            fail(result, ErrorCode.BAD_REQUEST, "a wildcard is subscribed without a preference or position");
        } else if (!dialect.fieldSets().admits(wish.fields())) {
            fail(result, ErrorCode.TOO_MANY_FIELD_SETS, FieldSets.FULL);
        } else if (!already && isFull()) {
            fail(result, ErrorCode.TOO_MANY_TOPICS, full());
        } else {
            patterns.add(pattern);
            result.put("ok", true);
            if (already) {
                result.put("already", true);
            }
        }
    }

    private boolean isFull() {
        return session.held() + patterns.size() >= dialect.limits().topicsPerSession();
    }

    private String full() {
        return "a session may hold at most " + dialect.limits().topicsPerSession() + " topics";
    }

    private void join(Topic topic, JsonObject result, int place) {
        Membership before = session.memberships().get(topic);
        if (before != null && before.once()) {
            session.hub().leave(session, topic);
            before = null;
        }
        if (!dialect.fieldSets().admits(wish.fields())) {
            fail(result, ErrorCode.TOO_MANY_FIELD_SETS, FieldSets.FULL);
        } else if (before != null) {
            held.add(before);
            long number = before.audience().lines().get(0).number();
            result.put("ok", true).put("already", true).put("n", number);
        } else if (!dialect.allows(topic)) {
            fail(result, ErrorCode.NOT_ALLOWED, "notice topics need the right to the account; they are off");
        } else if (isFull()) {
            fail(result, ErrorCode.TOO_MANY_TOPICS, full());
        } else {
            Membership member = session.hub().join(session, topic, form(topic));
            if (member != null) {
                joined.add(new Joined(member, result, place));
            }
        }
    }

    private TopicForm form(Topic topic) {
        return new TopicForm(topic, StreamSession.of(session).form(wish.fields()));
    }

    static void fail(JsonObject result, ErrorCode code, @Nullable String message) {
        result.put("ok", false);
        StreamDialect.failure(result, code, message);
    }

    private void onAnswer(Membership member) {
        unanswered--;
        if (unanswered == 0) {
            onAnswers();
        }
    }

    private void onAnswers() {
        if (!answered && !session.closed()) {
            answered = true;
            prepare(joined);
        }
    }

    /** What is to be done before the answer. */
    void prepare(List<Joined> all) {
        answer();
    }

    /** Writes the results, the answer, and then what the session is owed. */
    final void answer() {
        List<Joined> accepted = new ArrayList<>();
        for (Joined each : joined) {
            if (settle(each)) {
                accepted.add(each);
            }
        }
        session.send(StreamDialect.answer(word(), id).put("results", results).encode());
        for (Membership member : held) {
            if (!member.hasLeft()) {
                TopicForm subject = (TopicForm) member.subject();
                session.hub().move(member, form(subject.topic()));
                member.paceBy(wish.interval());
            }
        }
        patterns.forEach(this::cover);
        for (Joined each : accepted) {
            each.member.paceBy(wish.interval());
            activate(each);
        }
    }

    private void cover(Pattern pattern) {
        Wildcard wildcard = session.wildcards().get(pattern);
        if (wildcard == null) {
            wildcard = session.hub().wildcards().join(session, pattern, pattern.prefix(), this::form);
        } else {
            wildcard.changeTo(this::form);
        }
        wildcard.paceBy(wish.interval());
    }

    boolean resumes() {
        return false;
    }

    String word() {
        return "subscribed";
    }

    /** Writes what else a result says. */
    void describe(Joined accepted) {
        if (wish.preference() == Preference.REALTIME_ONLY) {
            TopicLine line = accepted.line();
            accepted.result.put("epoch", line.epoch()).put("seq", line.seq());
        }
    }

    void activate(Joined accepted) {
        switch (wish.preference()) {
            case BOTH -> accepted.member.activate();
            case SNAPSHOT_ONLY -> accepted.member.activateOnce();
            case REALTIME_ONLY -> accepted.member.activateHere();
        }
    }

    /** Writes the result of a topic; false if it was given up meanwhile, or refused, which ends the membership. */
    private boolean settle(Joined each) {
        TopicLine line = each.line();
        if (each.member.hasLeft()) {
            fail(each.result, ErrorCode.NOT_HELD, "given up before it was answered: " + line.topic());
            return false;
        }
        Answer answer = line.answer();
        if (answer != null && answer.refusal() != null) {
            fail(each.result, ErrorCode.REFUSED, answer.refusal());
            session.hub().leave(session, line.topic());
            return false;
        }
        TopicState state = line.state() == null ? TopicAudience.UNANSWERED : line.state();
        each.result
                .put("ok", true)
                .put("n", line.number())
                .put("state", state.state().word())
                .put("reason", state.reason());
        describe(each);
        return true;
    }
}
