package io.tickmesh.client.channels;

import io.tickmesh.bus.ChannelRequest;
import io.tickmesh.client.JsonRequest.BadRequest;
import io.vertx.core.json.JsonObject;

/** Reads the requests of a client. */
final class Requests {
    private Requests() {}

    static ChannelRequest.Subscribe subscribe(JsonObject request) {
        long after = after(request);
        return new ChannelRequest.Subscribe(
                channel(request, "subscription"),
                flag(request, "presence"),
                flag(request, "numbers") || after >= 0,
                after);
    }

    static ChannelRequest.Unsubscribe unsubscribe(JsonObject request) {
        return new ChannelRequest.Unsubscribe(channel(request, "unsubscription"));
    }

    static ChannelRequest.Who who(JsonObject request) {
        return new ChannelRequest.Who(channel(request, "presence"));
    }

    private static String channel(JsonObject request, String what) {
        Object channel = request.getValue("channel");
        if (channel == null || channel.equals("")) {
            throw new BadRequest("Channel name required for " + what);
        }
        if (channel instanceof String name && Admission.isName(name)) {
            return name;
        }
        throw new BadRequest("channel must be a text of at most 200 characters without control characters");
    }

    private static boolean flag(JsonObject request, String key) {
        Object value = request.getValue(key);
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new BadRequest(key + " must be true or false");
    }

    private static long after(JsonObject request) {
        Object value = request.getValue("resume");
        if (value == null) {
            return -1;
        }
        if ((value instanceof Integer || value instanceof Long) && ((Number) value).longValue() >= 0) {
            return ((Number) value).longValue();
        }
        throw new BadRequest("resume must be the number of a message");
    }
}
