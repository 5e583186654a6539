package io.tickmesh.admin;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Finding;
import io.tickmesh.bus.Inbound;
import io.tickmesh.bus.Inquiry;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Hands what operators ask of this node, through whichever node, to the part of it that knows. */
final class CommandDesk {
    static final long PATIENCE_MILLIS = 3_000;
    private static final String SESSIONS = "sessions";

    private final EventBus bus;
    private final String node;
    private final int loops;
    private final DeliveryOptions here =
            new DeliveryOptions().setLocalOnly(true).setSendTimeout(PATIENCE_MILLIS);

    CommandDesk(EventBus bus, String node, int loops) {
        this.bus = bus;
        this.node = node;
        this.loops = loops;
    }

    Future<Void> listenTo(Inbound inbound) {
        return inbound.listen(Addresses.commandOf(node), this::take);
    }

    private boolean take(Object body, Message<Object> message) {
        if (body instanceof Inquiry inquiry) {
            answer(inquiry).onSuccess(message::reply);
            return true;
        }
        return false;
    }

    /** Never fails: who does not know, or does not answer, is a finding too. */
    Future<Finding> answer(Inquiry inquiry) {
        return inquiry.subject().equals(SESSIONS) ? sessions(inquiry.arguments()) : ask(inquiry);
    }

    private Future<Finding> ask(Inquiry inquiry) {
        return bus.<Finding>request(Addresses.inquiry(inquiry.subject()), inquiry, here)
                .map(Message::body)
                .otherwise(cause -> refusal(inquiry.subject(), cause));
    }

    private Finding refusal(String subject, Throwable cause) {
        boolean nobody = cause instanceof ReplyException failure && failure.failureType() == ReplyFailure.NO_HANDLERS;
        return nobody
                ? Finding.refused(404, "nothing on node " + node + " knows of " + subject)
                : Finding.refused(504, subject + " of node " + node + " does not answer");
    }

    /** All event loops as one list: their sessions one after the other. */
    private Future<Finding> sessions(JsonObject arguments) {
        String after = arguments.getString("after", "");
        int limit = arguments.getInteger("limit", 100);
        @Nullable SessionId last = SessionId.of(after);
        int first = last == null ? 0 : last.loop();
        List<Future<Finding>> asked = IntStream.range(first, loops)
                .mapToObj(loop -> {
                    JsonObject part = new JsonObject()
                            .put("after", last != null && loop == first ? after : "")
                            .put("limit", limit);
                    return ask(new Inquiry(SESSIONS + '.' + loop, part));
                })
                .toList();
        return Future.all(asked)
                .map(all -> join(asked.stream().map(Future::result).toList(), limit));
    }

    private static Finding join(List<Finding> parts, int limit) {
        JsonArray sessions = new JsonArray();
        boolean more = false;
        for (Finding part : parts) {
            if (part.status() != 200) {
                return part;
            }
            for (Object each : part.body().getJsonArray("sessions")) {
                if (sessions.size() < limit) {
                    sessions.add(each);
                } else {
                    more = true;
                }
            }
            more |= part.body().getString("next") != null;
        }
        @Nullable
        String next = more && !sessions.isEmpty()
                ? sessions.getJsonObject(sessions.size() - 1).getString("id")
                : null;
        return Finding.of(new JsonObject().put("sessions", sessions).put("next", next));
    }
}
