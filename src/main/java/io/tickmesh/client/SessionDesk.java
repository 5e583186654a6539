package io.tickmesh.client;

import io.tickmesh.bus.Finding;
import io.tickmesh.bus.Inquiry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Tells operators of the sessions of one event loop, and cuts one. Ids are {@code <node>/<loop>-<number>}. */
final class SessionDesk {
    private static final int MOST_PER_ANSWER = 1_000;

    private final Hub hub;
    private final int loop;
    private final String prefix;

    SessionDesk(String node, int loop, Hub hub) {
        this.hub = hub;
        this.loop = loop;
        this.prefix = node + '/' + loop + '-';
    }

    Finding answer(Inquiry inquiry) {
        JsonObject arguments = inquiry.arguments();
        Object command = arguments.getValue("command");
        if (command == null) {
            return list(arguments);
        }
        return command.equals("cut")
                ? cut(arguments.getValue("id"))
                : Finding.refused(400, "unknown command of sessions");
    }

    private Finding list(JsonObject arguments) {
        Object after = arguments.getValue("after");
        long number = after == null || after.equals("") ? 0 : number(after);
        if (number < 0 || !(arguments.getValue("limit", MOST_PER_ANSWER) instanceof Number limit)) {
            return Finding.refused(400, "after must be an id of a session here, limit a number");
        }
        int most = Math.max(1, Math.min(limit.intValue(), MOST_PER_ANSWER));
        JsonArray listed = new JsonArray();
        Iterator<Session> sessions = hub.sessions().iterator();
        @Nullable String last = null;
        while (sessions.hasNext()) {
            Session session = sessions.next();
            if (session.origin().number() > number) {
                if (listed.size() == most) {
                    return Finding.of(answer(listed, last));
                }
                last = prefix + session.origin().number();
                listed.add(describe(last, session));
            }
        }
        return Finding.of(answer(listed, null));
    }

    private static JsonObject answer(JsonArray sessions, @Nullable String next) {
        return new JsonObject().put("sessions", sessions).put("next", next);
    }

    private JsonObject describe(String id, Session session) {
        return new JsonObject()
                .put("id", id)
                .put("dialect", session.dialect().name())
                .put("address", session.remote())
                .put("since", session.origin().since())
                .put("topics", session.memberships().size())
                .put("queue", session.waiting())
                .put("conflated", session.conflatedTicks())
                .put("loop", loop);
    }

    private Finding cut(@Nullable Object id) {
        long number = number(id);
        for (Session session : hub.sessions()) {
            if (session.origin().number() == number) {
                session.close(CloseReason.CUT);
                return Finding.of(new JsonObject().put("id", id));
            }
        }
        return Finding.refused(404, "no such session");
    }

    /** The number in an id of this event loop; -1 if it is none. */
    private long number(@Nullable Object id) {
        if (id instanceof String text && text.startsWith(prefix)) {
            String digits = text.substring(prefix.length());
            return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : -1;
        }
        return -1;
    }
}
