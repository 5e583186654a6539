package io.tickmesh.client.channels;

import io.tickmesh.bus.ChannelEvent.Subscribed;
import io.tickmesh.client.Json;
import io.tickmesh.market.IsoLocal;

/** The frames that the service itself sends, each with its time. */
final class Words {
    private Words() {}

    private static StringBuilder begin(String type) {
        StringBuilder out = new StringBuilder("{");
        Json.text(out, "type", type);
        return out;
    }

    private static String end(StringBuilder out) {
        Json.text(out, "timestamp", IsoLocal.now());
        return out.append('}').toString();
    }

    static String connected(String client) {
        StringBuilder out = begin("connected");
        Json.text(out, "client_id", client);
        return end(out);
    }

    static String pong() {
        return end(begin("pong"));
    }

    static String heartbeat() {
        return end(begin("heartbeat"));
    }

    static String error(String message) {
        StringBuilder out = begin("error");
        Json.text(out, "message", message);
        return end(out);
    }

    /** What the contract shows, and for those who asked for numbers where the channel stands. */
    static String subscribed(Subscribed told) {
        StringBuilder out = begin("subscription_result");
        Json.text(out, "channel", told.request().channel());
        Json.flag(out, "success", told.success());
        if (told.success() && told.request().numbers()) {
            Json.number(out, "message_number", told.number());
            if (told.request().after() >= 0) {
                Json.number(out, "missed", told.missed().size());
            }
        }
        return end(out);
    }

    static String unsubscribed(String channel) {
        StringBuilder out = begin("unsubscription_result");
        Json.text(out, "channel", channel);
        Json.flag(out, "success", true);
        return end(out);
    }

    /** Messages up to that number are lost to this client. */
    static String reset(String channel, long number) {
        StringBuilder out = begin("reset");
        Json.text(out, "channel", channel);
        Json.number(out, "message_number", number);
        return end(out);
    }

    /** A message with its number as the last member. */
    static String numbered(String json, long number) {
        int end = json.lastIndexOf('}');
        StringBuilder out = new StringBuilder(json.length() + 40).append(json, 0, end);
        Json.number(out, "message_number", number);
        return out.append('}').toString();
    }
}
