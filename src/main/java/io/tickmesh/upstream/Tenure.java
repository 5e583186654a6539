package io.tickmesh.upstream;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.bus.LeaseGrant;
import io.tickmesh.bus.TickBatch;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's time as the owner of a pool: one epoch, from the grant of the lease to its end. It looks at the lease
 * before it sends anything to anyone, and once the lease has run out it never acts again.
 */
final class Tenure implements PoolEngine.Uplink {
    private static final Logger LOG = LoggerFactory.getLogger(Tenure.class);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST_WAIT = 3_600_000L * NANOS_PER_MILLI;
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Context context;
    private final PoolSetup setup;
    private final PoolMeters meters;
    private final Outbox outbox;
    private final PoolEngine engine;
    private LeaseGrant lease;
    private @Nullable UpstreamSocket socket;

    /** When no earlier connection of the pool is left. */
    private Future<Void> earlierGone;

    private boolean over;
    private long timer = NO_TIMER;
    private long timerAt;

    Tenure(
            Vertx vertx,
            PoolSetup setup,
            PoolMeters meters,
            Retries retries,
            LeaseGrant lease,
            Future<Void> earlierGone) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.setup = setup;
        this.meters = meters;
        this.lease = lease;
        this.earlierGone = earlierGone;
        this.outbox = new Outbox(setup.pool(), setup.node(), lease.epoch(), this::flushAtTheEndOfTheTurn);
        this.engine = new PoolEngine(setup, lease.epoch(), retries, this, outbox, meters, System::currentTimeMillis);
    }

    void begin(InterestBook interest) {
        long now = System.nanoTime();
        if (holds(now)) {
            engine.start(interest, now);
            arm(now);
        }
    }

    long epoch() {
        return lease.epoch();
    }

    /** Whether this node may act for the pool; the first no is final. */
    boolean holds(long now) {
        if (!over && !lease.validAt(now, System.currentTimeMillis())) {
            LOG.atWarn()
                    .addKeyValue("pool", setup.pool())
                    .addKeyValue("epoch", lease.epoch())
                    .log("lease ran out, upstream aborted");
            meters.leasesLost.increment();
            end();
        }
        return !over;
    }

    void extend(LeaseGrant grant) {
        if (holds(System.nanoTime()) && grant.validUntilNanos() - lease.validUntilNanos() > 0) {
            lease = grant;
        }
    }

    /** Aborts the socket and drops everything that was read; nothing is said to anyone. */
    void end() {
        if (over) {
            return;
        }
        over = true;
        engine.stop();
        disarm();
        if (socket != null) {
            socket.abort();
        }
    }

    /** Ends in order, while the lease still holds: what was read goes out, and the provider gets a Close frame. */
    Future<Void> leave() {
        if (holds(System.nanoTime())) {
            flush();
            over = true;
            engine.stop();
            disarm();
            if (socket != null) {
                socket.close();
            }
        }
        return socketGone();
    }

    /** Completes when no connection of this tenure, or of one before it, is left. */
    Future<Void> socketGone() {
        return socket == null ? earlierGone : socket.closed();
    }

    /** To be called while the lease {@link #holds}. */
    void onInterest(InterestBook interest, InterestUpdate update, long now) {
        engine.onInterest(interest, update, now);
        arm(now);
    }

    @Override
    public void connect(int link) {
        earlierGone = socketGone();
        socket = null;
        earlierGone.onComplete(gone -> {
            if (holds(System.nanoTime()) && socket == null) {
                socket = new UpstreamSocket(vertx, setup.feed(), setup.timing(), new Listener(link));
                socket.open();
            }
        });
    }

    @Override
    public void send(String text) {
        if (socket != null && holds(System.nanoTime())) {
            socket.send(text);
        }
    }

    @Override
    public void ping() {
        if (socket != null && holds(System.nanoTime())) {
            socket.ping();
        }
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
    }

    private void flushAtTheEndOfTheTurn() {
        context.runOnContext(turn -> {
            if (holds(System.nanoTime())) {
                flush();
            }
        });
    }

    private void flush() {
        outbox.flush(this::publish);
    }

    private void publish(String node, TickBatch batch) {
        vertx.eventBus().send(Addresses.ticksOf(node), batch);
    }

    /** Sets the timer for what is due next, the end of the lease included; an earlier timer that stands is enough. */
    private void arm(long now) {
        if (over) {
            return;
        }
        long wait = Math.min(engine.nanosToWake(now), lease.validUntilNanos() - now);
        long at = now + Math.max(NANOS_PER_MILLI, Math.min(wait, LONGEST_WAIT));
        if (timer != NO_TIMER && timerAt - at <= 0) {
            return;
        }
        disarm();
        timerAt = at;
        timer = vertx.setTimer((at - now + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI, fired -> onTimer());
    }

    private void disarm() {
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
    }

    private void onTimer() {
        timer = NO_TIMER;
        long now = System.nanoTime();
        if (holds(now)) {
            engine.wake(now);
            arm(now);
        }
    }

    private static long wallMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    /** Takes what one connection says to the engine, which knows whether that connection still counts. */
    private final class Listener implements UpstreamSocket.Listener {
        private final int link;

        Listener(int link) {
            this.link = link;
        }

        @Override
        public void onOpened() {
            long now = System.nanoTime();
            if (holds(now)) {
                engine.onOpened(link, now);
                arm(now);
            }
        }

        @Override
        public void onMessage(byte[] message, int length) {
            long now = System.nanoTime();
            if (holds(now)) {
                engine.onMessage(link, message, length, now, wallMicros());
                arm(now);
            }
        }

        @Override
        public void onUpgradeRefused(String text) {
            long now = System.nanoTime();
            if (holds(now)) {
                engine.onUpgradeRefused(link, text, now);
                arm(now);
            }
        }

        @Override
        public void onClosed(String cause) {
            long now = System.nanoTime();
            if (holds(now)) {
                engine.onClosed(link, cause, now);
                arm(now);
            }
        }
    }
}
