package io.tickmesh.channel;

import io.tickmesh.bus.Room;
import io.tickmesh.bus.RoomDelivery;
import io.tickmesh.bus.RoomMessage;
import io.tickmesh.config.ChannelsConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to rooms: to the home of the room, from there to the nodes that have clients in it, there to the clients.
 * Every message to a channel takes that way, so all get them in one order.
 */
final class Post {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);
    private static final int MOST_HOPS = 3;

    /** So long a message that the home before has sent may still be on its way here from outside. */
    private static final long MOVING_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final View view;
    private final Home home;
    private final Peers peers;
    private final Loops loops;
    private final ChannelsConfig config;
    private final BiConsumer<Duration, Runnable> later;
    private final Deque<Runnable> untilWhole = new ArrayDeque<>();
    private final Deque<Runnable> untilRoom = new ArrayDeque<>();
    private @Nullable RedisCrossing crossing;
    private @Nullable StoredHistories stored;
    private boolean whole = true;
    private long unsettledAt = System.nanoTime() - MOVING_NANOS;
    private boolean draining;
    private int underWay;

    Post(View view, Home home, Peers peers, Loops loops, ChannelsConfig config, BiConsumer<Duration, Runnable> later) {
        this.view = view;
        this.home = home;
        this.peers = peers;
        this.loops = loops;
        this.config = config;
        this.later = later;
    }

    /** From now on messages to channels are published there too. */
    void crossBy(RedisCrossing way) {
        crossing = way;
    }

    /** From now on what was said in a channel before is read from there first. */
    void openBy(StoredHistories histories) {
        stored = histories;
    }

    /** Too many sends are under way. */
    static final class Busy extends RuntimeException {
        Busy() {
            super("too many messages are under way on this node", null, false, false);
        }
    }

    /** This node does not know any more who is in its rooms. */
    void unsettle() {
        whole = false;
        unsettledAt = System.nanoTime();
    }

    /** It knows again. */
    void settle() {
        whole = true;
        while (whole && !untilWhole.isEmpty()) {
            untilWhole.poll().run();
        }
    }

    /** Runs a task, in the order of calls, when this node knows who is in its rooms. */
    private void runWhenWhole(Runnable task) {
        if (whole && untilWhole.isEmpty()) {
            task.run();
        } else {
            untilWhole.add(task);
        }
    }

    /** The same for what has a result. */
    <T> Future<T> whenWhole(Supplier<Future<T>> task) {
        Promise<T> promise = Promise.promise();
        runWhenWhole(() -> task.get().onComplete(promise));
        return promise.future();
    }

    /** The same for what concerns a room: if that is kept here and a channel, what was said in it before is known then. */
    <T> Future<T> whenReady(Room room, Supplier<Future<T>> task) {
        Promise<T> promise = Promise.promise();
        runWhenReady(room, () -> task.get().onComplete(promise));
        return promise.future();
    }

    private void runWhenReady(Room room, Runnable task) {
        runWhenWhole(() -> {
            if (stored == null
                    || room.kind() != Room.Kind.CHANNEL
                    || !view.isHome(room)
                    || stored.isOpen(room.name())) {
                task.run();
            } else {
                stored.open(room.name(), () -> runWhenReady(room, task));
            }
        });
    }

    /** Runs a task, in the order of calls, when fewer sends are under way than may be. */
    void whenRoom(Runnable task) {
        if (underWay < config.broadcastBufferSize() && untilRoom.isEmpty()) {
            task.run();
        } else {
            untilRoom.add(task);
        }
    }

    /** How many were reached. */
    Future<Integer> send(Room room, String json) {
        if (underWay >= config.broadcastBufferSize()) {
            return Future.failedFuture(new Busy());
        }
        underWay++;
        long deadline = System.nanoTime() + config.retryTimeout().toNanos();
        Future<Integer> sent = room.kind() == Room.Kind.ALL
                ? carry(new RoomDelivery(room, json), view.nodes())
                : pass(new RoomMessage(room, json, 0), config.maxRetries(), deadline);
        return sent.onComplete(done -> onDone());
    }

    private void onDone() {
        underWay--;
        if (draining) {
            return;
        }
        draining = true;
        while (underWay < config.broadcastBufferSize() && !untilRoom.isEmpty()) {
            untilRoom.poll().run();
        }
        draining = false;
    }

    private Future<Integer> pass(RoomMessage message, int tries, long deadline) {
        String to = view.homeOf(message.room());
        if (to.equals(view.self())) {
            return take(message);
        }
        return peers.pass(to, message).recover(cause -> {
            if (!Peers.isNobodyThere(cause) || tries == 0 || System.nanoTime() - deadline > 0) {
                return Future.failedFuture(cause);
            }
            Promise<Integer> again = Promise.promise();
            later.accept(BETWEEN_TRIES, () -> pass(message, tries - 1, deadline).onComplete(again));
            return again.future();
        });
    }

    /** A message whose home this node is, or was when it was sent. */
    Future<Integer> take(RoomMessage message) {
        Room room = message.room();
        return whenReady(room, () -> {
            if (view.isHome(room)) {
                if (crossing != null && room.kind() == Room.Kind.CHANNEL) {
                    crossing.publish(room.name(), message.json());
                }
                return carryNumbered(room, message.json());
            }
            if (message.hops() >= MOST_HOPS) {
                return Future.failedFuture("no node keeps the directory of " + room);
            }
            return pass(new RoomMessage(room, message.json(), message.hops() + 1), 0, 0);
        });
    }

    private Future<Integer> carryNumbered(Room room, String json) {
        return carry(home.number(room, json), home.directory().nodesOf(room));
    }

    /** Runs a task if this node keeps the directory of a room, as soon as it knows who is in it; false if too many wait. */
    boolean atHome(Room room, Runnable task) {
        if (whole && !view.isHome(room)) {
            return true;
        }
        int waiting = untilWhole.size() + (stored == null ? 0 : stored.waiting());
        if (waiting >= config.broadcastBufferSize()) {
            return false;
        }
        runWhenReady(room, () -> {
            if (view.isHome(room)) {
                task.run();
            }
        });
        return true;
    }

    /** Whether the home before has sent a message, and handed it over with the history of the channel. */
    boolean knows(Room room, String json) {
        return System.nanoTime() - unsettledAt < MOVING_NANOS
                && home.histories().of(room.name()).messages().stream()
                        .anyMatch(each -> each.json().equals(json));
    }

    /** A message from outside of the cluster, for a room whose directory this node keeps; false if there are too many. */
    boolean arrive(Room room, String json) {
        if (underWay >= config.broadcastBufferSize()) {
            return false;
        }
        underWay++;
        carryNumbered(room, json).onComplete(done -> onDone());
        return true;
    }

    /** Brings a message to nodes; how many clients it reached there. */
    Future<Integer> carry(RoomDelivery delivery, Collection<String> nodes) {
        int here = 0;
        List<Future<Integer>> elsewhere = new ArrayList<>();
        for (String node : nodes) {
            if (node.equals(view.self())) {
                here = loops.deliver(delivery);
            } else {
                elsewhere.add(peers.deliver(node, delivery));
            }
        }
        int reached = here;
        return elsewhere.isEmpty()
                ? Future.succeededFuture(reached)
                : Future.all(elsewhere)
                        .map(all -> reached
                                + elsewhere.stream().mapToInt(Future::result).sum());
    }
}
