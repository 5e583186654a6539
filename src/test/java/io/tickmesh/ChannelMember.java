package io.tickmesh;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A client of contract 3 that follows channels by their numbers, and who is in them, and notes each broken promise. */
final class ChannelMember implements AutoCloseable {
    private final String id;
    private final SocketClient socket;
    private final Map<String, Long> seen = new HashMap<>();
    private final Map<String, Integer> resets = new HashMap<>();
    private final Map<String, Set<String>> present = new HashMap<>();
    private final Map<String, List<String>> texts = new HashMap<>();
    private final List<String> broken = new ArrayList<>();
    private final List<JsonObject> news = new ArrayList<>();
    private int answers;

    /** Comes in; fails if it is not let in. */
    ChannelMember(String id, SocketClient socket) {
        this.id = id;
        this.socket = socket;
        socket.next("connected");
    }

    String id() {
        return id;
    }

    SocketClient socket() {
        return socket;
    }

    /** Follows a channel from now on, and asks who is there. */
    void follow(String channel) {
        subscribe(channel, "'numbers':true");
    }

    /** Follows a channel from where another has stopped; how many messages it had missed. */
    int follow(String channel, ChannelMember before) {
        seen.put(channel, before.seen(channel));
        return subscribe(channel, "'resume':" + before.seen(channel)).getInteger("missed");
    }

    private JsonObject subscribe(String channel, String more) {
        int due = answers + 2;
        socket.send("{'type':'subscribe','channel':'" + channel + "','presence':true," + more + "}");
        JsonObject result = socket.next(frame -> {
            take(frame);
            return "subscription_result".equals(frame.getString("type"));
        });
        if (!result.getBoolean("success")) {
            throw new AssertionError(id + " was refused " + channel);
        }
        socket.send("{'type':'presence','channel':'" + channel + "'}");
        socket.next(frame -> {
            take(frame);
            return answers >= due;
        });
        return result;
    }

    /** Takes what has come. */
    ChannelMember read() {
        while (socket.waiting() > 0) {
            take(socket.next());
        }
        return this;
    }

    private void take(JsonObject frame) {
        String channel = frame.getString("channel", "");
        switch (frame.getString("type")) {
            case "subscription_result" -> {
                answers++;
                // with `resume` what was missed is still to come
                seen.putIfAbsent(channel, frame.getLong("message_number", 0L));
            }
            case "reset" -> {
                resets.merge(channel, 1, Integer::sum);
                seen.put(channel, frame.getLong("message_number"));
            }
            case "m" -> takeMessage(channel, frame);
            case "presence" -> {
                answers++;
                news.add(frame);
                present.put(channel, ids(frame.getJsonArray("clients")));
            }
            case "joined" -> takeNews(frame, !present(channel).add(frame.getString("client_id")));
            case "left" -> takeNews(frame, !present(channel).remove(frame.getString("client_id")));
            default -> {}
        }
    }

    private static Set<String> ids(JsonArray clients) {
        Set<String> ids = new TreeSet<>();
        clients.forEach(each -> ids.add(((JsonObject) each).getString("client_id")));
        return ids;
    }

    private void takeMessage(String channel, JsonObject frame) {
        String text = frame.getString("text");
        if (texts(channel).contains(text)) {
            broken.add("twice: " + frame);
        }
        texts(channel).add(text);
        Long number = frame.getLong("message_number");
        if (number != null && number != seen(channel) + 1) {
            broken.add("not said that " + seen(channel) + " is not followed by: " + frame);
        }
        if (number != null) {
            seen.put(channel, number);
        }
    }

    private void takeNews(JsonObject frame, boolean isNone) {
        news.add(frame);
        if (isNone) {
            broken.add("no news: " + frame);
        }
    }

    /** The texts of the messages of a channel so far. */
    List<String> texts(String channel) {
        return texts.computeIfAbsent(channel, name -> new ArrayList<>());
    }

    /** Who is in a channel, as far as it was told. */
    Set<String> present(String channel) {
        return present.computeIfAbsent(channel, name -> new TreeSet<>());
    }

    /** The last number of a channel. */
    long seen(String channel) {
        return seen.getOrDefault(channel, 0L);
    }

    int resets(String channel) {
        return resets.getOrDefault(channel, 0);
    }

    /** How often it was told that a client left a channel, for that reason. */
    long told(String channel, String client, String reason) {
        return news.stream()
                .filter(each -> reason.equals(each.getString("reason"))
                        && client.equals(each.getString("client_id"))
                        && channel.equals(each.getString("channel")))
                .count();
    }

    /** Forgets the news. */
    void forget() {
        read();
        news.clear();
        resets.clear();
    }

    /** The channels that it was told anew who is in. */
    Set<String> toldAnew() {
        Set<String> channels = new HashSet<>();
        news.stream()
                .filter(each -> "presence".equals(each.getString("type")))
                .forEach(each -> channels.add(each.getString("channel")));
        return channels;
    }

    void check() {
        read();
        if (!broken.isEmpty()) {
            throw new AssertionError(this + " saw " + broken);
        }
    }

    @Override
    public String toString() {
        return id + " (present " + present + ", seen " + seen + ", news " + news + ')';
    }

    @Override
    public void close() {
        socket.close();
    }
}
