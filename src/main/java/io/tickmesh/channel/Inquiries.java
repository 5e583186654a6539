package io.tickmesh.channel;

import io.tickmesh.bus.Finding;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.Reached;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers what operators and REST clients of this node ask of the channel service, and what other nodes ask of this one. */
final class Inquiries {
    private static final int BAD = 400;
    private static final int SILENT = 504;

    private final Overview overview;
    private final Homes homes;
    private final ClientDesk desk;
    private final PostOutbox outbox;

    Inquiries(Overview overview, Homes homes, ClientDesk desk, PostOutbox outbox) {
        this.overview = overview;
        this.homes = homes;
        this.desk = desk;
        this.outbox = outbox;
    }

    /** From this node; never fails. */
    Future<Finding> own(Inquiry inquiry) {
        JsonObject arguments = inquiry.arguments();
        String name = arguments.getString("name", "");
        Future<Finding> found = switch (arguments.getString("what", "")) {
            case "stats" -> overview.stats();
            case "client" -> overview.client(name);
            case "channel" -> overview.channel(name);
            case "send" -> send(arguments);
            default -> Future.succeededFuture(Finding.refused(BAD, "what must be stats, client, channel or send"));
        };
        return found.otherwise(Inquiries::failure);
    }

    private static Finding failure(Throwable cause) {
        return cause instanceof Post.Busy
                ? Finding.refused(503, String.valueOf(cause.getMessage()))
                : Finding.refused(SILENT, "not known now: " + cause.getMessage());
    }

    private Future<Finding> send(JsonObject arguments) {
        @Nullable JsonObject message = arguments.getJsonObject("message");
        if (message == null) {
            return Future.succeededFuture(Finding.refused(BAD, "message is missing"));
        }
        String to = arguments.getString("name", "");
        String kind = arguments.getString("to", "");
        if (kind.equals("user") || kind.equals("users")) {
            List<String> users = kind.equals("user") ? List.of(to) : texts(arguments.getJsonArray("names"));
            return outbox.post(users, message).map(this::reached);
        }
        @Nullable
        Future<Integer> sent = switch (kind) {
            case "client" -> outbox.toClient(to, message);
            case "channel" -> outbox.toChannel(to, message);
            case "all" -> outbox.toAll(message);
            default -> null;
        };
        return sent == null
                ? Future.succeededFuture(Finding.refused(BAD, "to must be client, channel, user, users or all"))
                : sent.map(reached -> Finding.of(new JsonObject().put("reached", reached)));
    }

    private Finding reached(Reached reached) {
        JsonObject answer = new JsonObject().put("reached", reached.clients());
        return Finding.of(outbox.stores() ? answer.put("stored", reached.stored()) : answer);
    }

    private static List<String> texts(@Nullable JsonArray array) {
        return array == null ? List.of() : array.stream().map(Objects::toString).toList();
    }

    /** From another node; may fail. */
    Future<Finding> foreign(Inquiry inquiry) {
        JsonObject arguments = inquiry.arguments();
        return switch (inquiry.subject()) {
            case "stats" -> Future.succeededFuture(Finding.of(overview.ownStats()));
            case "client" -> overview.ownClient(arguments.getString("id", ""));
            case "bye" -> Future.succeededFuture(Finding.of(new JsonObject()));
            case "evict" -> {
                desk.evict(arguments.getString("client", ""));
                yield Future.succeededFuture(Finding.of(new JsonObject()));
            }
            default -> homes.answer(inquiry);
        };
    }
}
