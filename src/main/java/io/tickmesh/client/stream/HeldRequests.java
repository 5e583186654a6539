package io.tickmesh.client.stream;

import io.tickmesh.client.JsonRequest.BadRequest;
import io.tickmesh.client.Membership;
import io.tickmesh.client.Session;
import io.tickmesh.client.Wildcard;
import io.tickmesh.market.Printable;
import io.tickmesh.market.Topic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests about topics that a session holds, named by text or number: {@code unsubscribe} and {@code configure}. */
final class HeldRequests {
    private final StreamDialect dialect;

    HeldRequests(StreamDialect dialect) {
        this.dialect = dialect;
    }

    /** What is done with each thing that the session holds, a topic or a pattern. */
    private interface Command {
        void run(Object key, JsonObject result);
    }

    void unsubscribe(Session session, @Nullable Object id, JsonObject request) {
        JsonArray results = forEach(session, names(request), (key, result) -> {
            if (!session.hub().wildcards().leave(session, key)) {
                session.hub().leave(session, key);
            }
            result.put("ok", true);
        });
        session.send(
                StreamDialect.answer("unsubscribed", id).put("results", results).encode());
    }

    void configure(Session session, @Nullable Object id, JsonObject request) {
        List<Object> names = names(request);
        Wish wish = Wish.of(request, texts(session, names));
        boolean ofFields = Wish.saysFields(request);
        List<Object> keys = new ArrayList<>();
        JsonArray results = forEach(session, names, (key, result) -> {
            if (ofFields && !dialect.fieldSets().admits(wish.fields())) {
                SubscribeRequest.fail(result, ErrorCode.TOO_MANY_FIELD_SETS, FieldSets.FULL);
            } else {
                keys.add(key);
                result.put("ok", true);
            }
        });
        session.send(
                StreamDialect.answer("configured", id).put("results", results).encode());
        for (Object key : keys) {
            configure(session, key, ofFields ? wish.fields() : null, Wish.saysRate(request) ? wish.interval() : null);
        }
    }

    /** Changes what is not null. */
    private static void configure(
            Session session, Object key, @Nullable List<String> fields, @Nullable Duration interval) {
        StreamSession state = StreamSession.of(session);
        Wildcard wildcard = session.wildcards().get(key);
        Membership member = session.memberships().get(key);
        if (fields != null && wildcard != null) {
            wildcard.changeTo(topic -> new TopicForm(topic, state.form(fields)));
        } else if (fields != null && member != null) {
            session.hub().move(member, new TopicForm((Topic) key, state.form(fields)));
        }
        if (interval != null && wildcard != null) {
            wildcard.paceBy(interval);
        } else if (interval != null && member != null) {
            member.paceBy(interval);
        }
    }

    private List<Object> names(JsonObject request) {
        Object value = request.getValue("topics");
        if (!(value instanceof JsonArray array)) {
            throw new BadRequest(value == null ? "topics is required" : "topics must be an array");
        }
        int most = dialect.limits().symbolsPerRequest();
        if (array.isEmpty() || array.size() > most) {
            throw new BadRequest(
                    array.isEmpty()
                            ? "topics must not be empty"
                            : "too many topics: " + array.size() + ", at most " + most + " per request");
        }
        List<Object> names = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            Object name = array.getValue(i);
            if (!(name instanceof String || name instanceof Integer || name instanceof Long)) {
                throw new BadRequest("topics[" + i + "] must be a topic or its number, but is "
                        + Printable.of(String.valueOf(name)));
            }
            names.add(name);
        }
        return names;
    }

    private static List<String> texts(Session session, List<Object> names) {
        List<String> texts = new ArrayList<>();
        for (Object name : names) {
            @Nullable Topic topic = name instanceof Number number ? topicOf(session, number) : null;
            texts.add(topic == null ? name.toString() : topic.toString());
        }
        return texts;
    }

    private static @Nullable Topic topicOf(Session session, Number number) {
        return session.hub().numbers().topicOf(number.longValue());
    }

    private JsonArray forEach(Session session, List<Object> names, Command command) {
        JsonArray results = new JsonArray();
        for (Object name : names) {
            JsonObject result = new JsonObject();
            results.add(result);
            if (name instanceof Number number) {
                run(session, topicOf(session, number), number, result, command);
            } else {
                run(session, name.toString(), result, command);
            }
        }
        return results;
    }

    private void run(Session session, String text, JsonObject result, Command command) {
        try {
            Object key = Pattern.keyOf(text, dialect.catalog());
            run(session, key, key, result.put("topic", key.toString()), command);
        } catch (IllegalArgumentException e) {
            SubscribeRequest.fail(result.put("topic", Printable.of(text)), ErrorCode.BAD_TOPIC, e.getMessage());
        }
    }

    private static void run(
            Session session, @Nullable Object key, Object name, JsonObject result, Command command) {
        if (key != null
                && (session.memberships().containsKey(key) || session.wildcards().containsKey(key))) {
            command.run(key, result.put("topic", key.toString()));
        } else {
            if (name instanceof Number) {
                result.put("n", name);
            }
            SubscribeRequest.fail(result, ErrorCode.NOT_HELD, "this session does not hold " + name);
        }
    }
}
