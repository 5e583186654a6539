package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.UpstreamConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The sockets of one connection, one after the other: the next opens when the one before is gone. */
final class LinkSocket implements UpstreamLine {
    /** Lets it act only while this node may act for the pool. */
    interface Turns {
        boolean holds();

        /** Runs the action with the time, or not at all. */
        void act(LongConsumer action);
    }

    /** Sees what a recording needs. */
    interface Tap {
        void onConnect(Map<String, String> headers);

        /** A message as it came, before anybody has read it; the array is used again. */
        void onFrame(byte[] message, int length);
    }

    private static final int NONE = -1;

    private final Vertx vertx;
    private final UpstreamConfig timing;
    private final LinkPlan plan;
    private final Turns turns;
    private @Nullable FeedLink link;
    private @Nullable Tap tap;
    private @Nullable UpstreamSocket socket;

    /** When no earlier connection is left. */
    private Future<Void> earlierGone;

    /** The connection that is waited for or there. */
    private int wanted = NONE;

    LinkSocket(Vertx vertx, UpstreamConfig timing, LinkPlan plan, Future<Void> earlierGone, Turns turns) {
        this.vertx = vertx;
        this.timing = timing;
        this.plan = plan;
        this.earlierGone = earlierGone;
        this.turns = turns;
    }

    /** Takes what the sockets say to this link from now on. */
    void serve(FeedLink served) {
        link = served;
    }

    /** Shows it everything from now on. */
    void show(Tap to) {
        tap = to;
    }

    @Override
    public void connect(int number, Map<String, String> headers) {
        earlierGone = gone();
        socket = null;
        wanted = number;
        FeedLink served = link;
        if (served == null) {
            throw new IllegalStateException("nobody to serve");
        }
        earlierGone.onComplete(gone -> {
            if (wanted == number && turns.holds()) {
                Tap watching = tap;
                if (watching != null) {
                    watching.onConnect(headers);
                }
                socket = open(served.feed, headers, new Listener(served, number));
            }
        });
    }

    private UpstreamSocket open(FeedConfig feed, Map<String, String> headers, Listener listener) {
        UpstreamSocket opened =
                new UpstreamSocket(vertx, new UpstreamSocket.Target(feed, plan.url(), headers), timing, listener);
        opened.open();
        return opened;
    }

    @Override
    public void send(String text) {
        if (socket != null && turns.holds()) {
            socket.send(text);
        }
    }

    @Override
    public void ping() {
        if (socket != null && turns.holds()) {
            socket.ping();
        }
    }

    @Override
    public void close() {
        wanted = NONE;
        if (socket != null) {
            socket.close();
        }
    }

    void abort() {
        wanted = NONE;
        if (socket != null) {
            socket.abort();
        }
    }

    /** Completes when no connection is left. */
    Future<Void> gone() {
        return socket == null ? earlierGone : socket.closed();
    }

    /** Takes what one connection says to the link, which knows whether that connection still counts. */
    private final class Listener implements UpstreamSocket.Listener {
        private final FeedLink served;
        private final int number;

        Listener(FeedLink served, int number) {
            this.served = served;
            this.number = number;
        }

        @Override
        public void onOpened() {
            turns.act(now -> served.onOpened(number, now));
        }

        @Override
        public void onMessage(byte[] message, int length) {
            Tap watching = tap;
            if (watching != null) {
                watching.onFrame(message, length);
            }
            turns.act(now -> served.onMessage(number, message, length, now, WallClock.micros()));
        }

        @Override
        public void onPong() {
            turns.act(now -> served.onPong(number, now));
        }

        @Override
        public void onUpgradeRefused(RestReply answer) {
            turns.act(now -> served.onUpgradeRefused(number, answer, now));
        }

        @Override
        public void onClosed(String cause) {
            turns.act(now -> served.onClosed(number, cause, now));
        }
    }
}
