package io.tickmesh.client.stream;

import io.tickmesh.client.JsonRequest.BadRequest;
import io.tickmesh.client.Membership;
import io.tickmesh.client.Session;
import io.tickmesh.client.Wildcard;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the native dialect remembers of a session: how it wants its frames. */
final class StreamSession {
    private static final int LONGEST_BATCH = 1_000;

    private Format format = Format.JSON;
    private int batchMillis;

    static StreamSession of(Session session) {
        StreamSession state = session.attachment(StreamSession.class);
        if (state == null) {
            throw new IllegalStateException("not a session of the native dialect");
        }
        return state;
    }

    Format format() {
        return format;
    }

    int batchMillis() {
        return batchMillis;
    }

    Form form(List<String> fields) {
        return new Form(format, fields);
    }

    /** The format that a client names; null for what it does not say. */
    static @Nullable Format formatOf(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        return Stream.of(Format.values())
                .filter(each -> each.word().equals(value))
                .findFirst()
                .orElseThrow(() -> new BadRequest("format must be json or compact"));
    }

    /** The window that a client names, in milliseconds; null for what it does not say. */
    static @Nullable Integer batchOf(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Integer millis && millis >= 0 && millis <= LONGEST_BATCH) {
            return millis;
        }
        throw new BadRequest("batch must be a whole number of milliseconds from 0 to 1000");
    }

    void use(Session session, @Nullable Format wanted, @Nullable Integer batch) {
        if (wanted != null && wanted != format) {
            format = wanted;
            for (Membership member : List.copyOf(session.memberships().values())) {
                TopicForm subject = (TopicForm) member.subject();
                session.hub()
                        .move(
                                member,
                                new TopicForm(subject.topic(), subject.form().in(wanted)));
            }
            session.wildcards().values().forEach(Wildcard::reform);
        }
        if (batch != null && batch != batchMillis) {
            batchMillis = batch;
            session.batch(Duration.ofMillis(batch));
        }
    }
}
