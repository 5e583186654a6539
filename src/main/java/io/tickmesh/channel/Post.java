package io.tickmesh.channel;

import io.tickmesh.bus.Reached;
import io.tickmesh.bus.Room;
import io.tickmesh.bus.RoomDelivery;
import io.tickmesh.bus.RoomMessage;
import io.tickmesh.bus.RoomUpdate.Entry;
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
    private @Nullable OfflineMessages offline;
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

    /** From now on what is sent to users who are not connected is stored there. */
    void storeBy(OfflineMessages messages) {
        offline = messages;
    }

    /** Whether that is done. */
    boolean stores() {
        return offline != null;
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
        return post(room, json).map(Reached::clients);
    }

    /** The same, and whether it was stored where nobody was. */
    Future<Reached> post(Room room, String json) {
        if (underWay >= config.broadcastBufferSize()) {
            return Future.failedFuture(new Busy());
        }
        underWay++;
        long deadline = System.nanoTime() + config.retryTimeout().toNanos();
        Future<Reached> sent = room.kind() == Room.Kind.ALL
                ? carry(new RoomDelivery(room, json), view.nodes()).map(Reached::new)
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

    private Future<Reached> pass(RoomMessage message, int tries, long deadline) {
        String to = view.homeOf(message.room());
        if (to.equals(view.self())) {
            return take(message);
        }
        return peers.pass(to, message).recover(cause -> {
            if (!Peers.isNobodyThere(cause) || tries == 0 || System.nanoTime() - deadline > 0) {
                return Future.failedFuture(cause);
            }
            Promise<Reached> again = Promise.promise();
            later.accept(BETWEEN_TRIES, () -> pass(message, tries - 1, deadline).onComplete(again));
            return again.future();
        });
    }

    /** A message whose home this node is, or was when it was sent. */
    Future<Reached> take(RoomMessage message) {
        Room room = message.room();
        return whenReady(room, () -> {
            if (view.isHome(room)) {
                if (crossing != null && room.kind() == Room.Kind.CHANNEL) {
                    crossing.publish(room.name(), message.json());
                }
                return offline != null && room.kind() == Room.Kind.USER
                        ? carryOrStore(offline, message)
                        : carryNumbered(room, message.json()).map(Reached::new);
            }
            return passOn(message);
        });
    }

    private Future<Reached> passOn(RoomMessage message) {
        if (message.hops() >= MOST_HOPS) {
            return Future.failedFuture("no node keeps the directory of " + message.room());
        }
        return pass(new RoomMessage(message.room(), message.json(), message.hops() + 1), 0, 0);
    }

    /** Behind what is being stored for the user, or handed out. */
    private Future<Reached> carryOrStore(OfflineMessages store, RoomMessage message) {
        Room room = message.room();
        String user = room.name();
        Supplier<Future<Reached>> next = () -> whenWhole(() -> {
            if (!view.isHome(room)) {
                return passOn(message);
            }
            return carryNumbered(room, message.json())
                    .compose(reached -> reached > 0
                            ? Future.succeededFuture(new Reached(reached))
                            : store.store(user, message.json()).onSuccess(done -> handOver(room)));
        });
        if (store.isBusy(user) || home.directory().nodesOf(room).isEmpty()) {
            return store.inTurn(user, next);
        }
        return carryNumbered(room, message.json())
                .compose(reached ->
                        reached > 0 ? Future.succeededFuture(new Reached(reached)) : store.inTurn(user, next));
    }

    /** Somebody may be in a room now: a user's clients get what is stored for the user. */
    void handOver(Room room) {
        OfflineMessages store = offline;
        if (store == null
                || room.kind() != Room.Kind.USER
                || home.directory().nodesOf(room).isEmpty()) {
            return;
        }
        store.inTurn(
                room.name(),
                () -> store.handOver(room.name(), json -> toOneOf(room, json)).mapEmpty());
    }

    /** To the client that has been there longest of those that can be reached. */
    private Future<Integer> toOneOf(Room room, String json) {
        Future<Integer> sent = Future.succeededFuture(0);
        for (Entry entry : home.directory().entriesOf(room)) {
            RoomDelivery delivery = new RoomDelivery(Room.client(entry.client()), json);
            sent = sent.compose(reached -> reached > 0
                    ? Future.succeededFuture(reached)
                    : carry(delivery, home.directory().nodesOf(room)));
        }
        return sent;
    }

    /** All users whose clients are known here get what is stored for them. */
    void handOverAll() {
        if (offline != null) {
            List.copyOf(home.directory().rooms()).forEach(this::handOver);
        }
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
