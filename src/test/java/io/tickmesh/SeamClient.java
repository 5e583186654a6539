package io.tickmesh;

import io.tickmesh.SeamLedger.Asked;
import io.tickmesh.SeamLedger.Place;
import io.tickmesh.SeamTally.Count;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client of the native dialect that does something new at random moments: subscribes in all ways, unsubscribes, changes
 * rates and formats, reads nothing for a while, goes and comes back at another node. When its connection ends it goes on
 * at any node that lives.
 */
final class SeamClient {
    private static final int FEW = 4;
    private static final int LONGEST_STALL_MILLIS = 8_000;
    private static final int LONGEST_RETURN_MILLIS = 500;

    /** In that time a topic gets more ticks than its history keeps. */
    private static final int LONGEST_ABSENCE_MILLIS = 20_000;

    private static final int WHOLE = 100;
    private static final List<Double> RATES = List.of(0.5, 2.0, 10.0);
    private static final List<List<String>> FIELDS =
            List.of(List.of("received"), List.of("time", "received"), List.of("exchange", "received"));
    private static final List<String> FORMATS = List.of("json", "compact");
    private static final List<Integer> BATCHES = List.of(0, 0, 20, 100);

    /**
     * What all clients of a test share.
     *
     * @param doors where the nodes that live now are reached
     * @param restMillis how long a client rests between two deeds on average
     */
    record Surroundings(
            Vertx vertx,
            WebSocketClient sockets,
            Supplier<List<URI>> doors,
            List<String> topics,
            int restMillis,
            SeamTally tally) {}

    private final String name;
    private final Surroundings around;
    private final Random random;
    private final int room;
    private SeamLedger ledger;
    private Map<String, Place> carried = Map.of();
    private @Nullable WebSocket socket;
    private boolean calm;
    private boolean ended;

    /** A client that holds so many topics at most. */
    SeamClient(int number, long seed, int room, Surroundings around) {
        name = "client " + number;
        this.around = around;
        random = new Random(seed * 31 + number);
        this.room = room;
        ledger = new SeamLedger(name, around.tally());
    }

    void start() {
        connectSoon(around.restMillis());
        actSoon();
    }

    private void connectSoon(int withinMillis) {
        around.vertx().setTimer(1 + random.nextInt(withinMillis), timer -> connect());
    }

    private void connect() {
        if (ended) {
            return;
        }
        URI door = any(around.doors().get());
        String uri = "/stream?format=" + any(FORMATS) + "&batch=" + any(BATCHES);
        around.sockets()
                .connect(new WebSocketConnectOptions()
                        .setHost(door.getHost())
                        .setPort(door.getPort())
                        .setURI(uri))
                .onSuccess(this::connected)
                .onFailure(refused -> connectSoon(LONGEST_RETURN_MILLIS));
    }

    private void connected(WebSocket fresh) {
        around.tally().add(Count.CONNECTED);
        socket = fresh;
        ledger = new SeamLedger(name, around.tally());
        fresh.textMessageHandler(text -> {
            if (fresh == socket) {
                ledger.takeText(text);
            }
        });
        fresh.exceptionHandler(broken -> {
            // its end follows
        });
        fresh.closeHandler(ended -> {
            if (fresh == socket) {
                around.tally().add(Count.CONNECTIONS_LOST);
                leave();
            }
        });
        resume(carried);
    }

    private void leave() {
        socket = null;
        carried = ledger.places();
        connectSoon(!calm && random.nextInt(WHOLE) < 20 ? LONGEST_ABSENCE_MILLIS : LONGEST_RETURN_MILLIS);
    }

    /** In two requests, since each has options of its own. */
    private void resume(Map<String, Place> places) {
        int split = places.isEmpty() ? 0 : random.nextInt(places.size());
        Map<String, Place> part = new LinkedHashMap<>();
        for (Map.Entry<String, Place> each : places.entrySet()) {
            part.put(each.getKey(), each.getValue());
            if (part.size() == split) {
                resumeTogether(part);
                part = new LinkedHashMap<>();
            }
        }
        if (!part.isEmpty()) {
            resumeTogether(part);
        }
    }

    private void resumeTogether(Map<String, Place> places) {
        JsonArray positions = new JsonArray();
        places.forEach((topic, place) -> positions.add(
                new JsonObject().put("topic", topic).put("epoch", place.epoch()).put("seq", place.seq())));
        JsonObject request = new JsonObject().put("positions", positions);
        send(new Asked("resume", List.copyOf(places.keySet()), wish(request), "", Map.copyOf(places)), request);
    }

    private void actSoon() {
        around.vertx().setTimer(1 + random.nextInt(2 * around.restMillis()), timer -> {
            if (!calm) {
                if (socket != null) {
                    act(random.nextInt(WHOLE));
                }
                actSoon();
            }
        });
    }

    private void act(int draw) {
        if (draw < 42) {
            subscribe(unknown());
        } else if (draw < 62) {
            unsubscribe(held());
        } else if (draw < 70) {
            List<String> topics = held();
            unsubscribe(topics);
            subscribe(topics);
        } else if (draw < 78) {
            configure(held());
        } else if (draw < 83) {
            subscribe(held());
        } else if (draw < 88) {
            send(
                    Asked.of("options", List.of()),
                    new JsonObject().put("format", any(FORMATS)).put("batch", any(BATCHES)));
        } else if (draw < 93) {
            stall();
        } else {
            goAway();
        }
    }

    /** Comes back to wherever chance leads it. */
    private void goAway() {
        WebSocket leaving = socket;
        leave();
        if (leaving != null) {
            leaving.close();
        }
    }

    private void stall() {
        WebSocket stalled = socket;
        if (stalled != null) {
            stalled.pause();
            around.vertx().setTimer(1 + random.nextInt(LONGEST_STALL_MILLIS), timer -> stalled.resume());
        }
    }

    private void subscribe(List<String> topics) {
        JsonObject request = new JsonObject().put("topics", new JsonArray(topics));
        double rate = wish(request);
        int draw = random.nextInt(WHOLE);
        String preference = draw < 8 ? "realtime_only" : draw < 13 ? "snapshot_only" : "both";
        send(new Asked("subscribe", topics, rate, preference, Map.of()), request.put("preference", preference));
    }

    private void unsubscribe(List<String> topics) {
        send(Asked.of("unsubscribe", topics), new JsonObject().put("topics", new JsonArray(topics)));
    }

    private void configure(List<String> topics) {
        JsonObject request = new JsonObject().put("topics", new JsonArray(topics));
        double rate = wish(request);
        request.put("max_rate", rate == 0 ? null : rate);
        send(new Asked("configure", topics, rate, "", Map.of()), request);
    }

    /** Adds options to a request; the rate, or 0. */
    private double wish(JsonObject request) {
        int draw = random.nextInt(WHOLE);
        if (draw < 20) {
            double rate = any(RATES);
            request.put("max_rate", rate);
            return rate;
        }
        if (draw < 40) {
            request.put("fields", new JsonArray(any(FIELDS)));
        }
        return 0;
    }

    private void send(Asked asked, JsonObject request) {
        WebSocket to = socket;
        if (to != null && !(asked.topics().isEmpty() && !asked.type().equals("options"))) {
            int id = ledger.asked(asked);
            to.writeTextMessage(request.put("type", asked.type()).put("id", id).encode());
        }
    }

    private List<String> unknown() {
        int most = Math.min(some(), room - ledger.size());
        List<String> topics = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            String topic = any(around.topics());
            if (!ledger.knows(topic) && !topics.contains(topic)) {
                topics.add(topic);
            }
        }
        return topics;
    }

    private List<String> held() {
        List<String> topics = new ArrayList<>(ledger.settled());
        Collections.shuffle(topics, random);
        return List.copyOf(topics.subList(0, Math.min(topics.size(), some())));
    }

    /** How many topics a request is about. */
    private int some() {
        return 1 + random.nextInt(Math.max(FEW, room / FEW));
    }

    private <T> T any(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    /** From now on it only listens, and comes back where its connection ends. */
    void calm() {
        calm = true;
    }

    /** It comes back no more. */
    void end() {
        calm = true;
        ended = true;
    }

    /** How many topics it holds. */
    int holds() {
        return ledger.settled().size();
    }

    /** What has had no tick since, and the requests without an answer; empty if all is well. */
    List<String> silentSince(long nanos) {
        return socket == null ? List.of(name + " is not connected") : ledger.silentSince(nanos);
    }
}
