package io.tickmesh.upstream;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Finding;
import io.tickmesh.bus.HistoryAsk;
import io.tickmesh.bus.HistoryPage;
import io.tickmesh.bus.InterestAsk;
import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.bus.LeaseGrant;
import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.bus.Members;
import io.tickmesh.bus.TickBatch;
import io.tickmesh.config.FeedConfig;
import io.tickmesh.market.Tick;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;
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
    private static final int BEATS_PER_PULSE = 2;

    private final Vertx vertx;
    private final Context context;
    private final PoolSetup setup;
    private final PoolMeters meters;
    private final Outbox outbox;
    private final PoolEngine engine;
    private LeaseGrant lease;
    private final Map<String, LinkSocket> sockets = new LinkedHashMap<>();
    private final Map<String, RestClient> clients = new HashMap<>();
    private final Future<Void> earlierGone;

    private boolean over;
    private boolean ranOut;
    private long timer = NO_TIMER;
    private long timerAt;
    private long beats;

    Tenure(
            Vertx vertx,
            PoolSetup setup,
            PoolMeters meters,
            PoolEngine.Memory memory,
            LeaseGrant lease,
            Future<Void> earlierGone) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.setup = setup;
        this.meters = meters;
        this.lease = lease;
        this.earlierGone = earlierGone;
        this.outbox = new Outbox(setup.pool(), setup.node(), lease.epoch(), meters, this::flushAtTheEndOfTheTurn);
        this.engine = new PoolEngine(setup, lease.epoch(), memory, this, outbox, meters, System::currentTimeMillis);
        engine.links().forEach(link -> socketOf(link.plan).serve(link));
    }

    void begin(Beginning beginning) {
        act(now -> engine.start(beginning, now));
    }

    /** Does something with the engine while the lease holds; else nothing. */
    private void act(LongConsumer action) {
        long now = System.nanoTime();
        if (holds(now)) {
            action.accept(now);
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
            ranOut = true;
            lose();
        }
        return !over;
    }

    /** Ends without a word to the provider; counted, whoever notices first. */
    void lose() {
        if (!over) {
            meters.leasesLost.increment();
        }
        end();
    }

    /** Whether it ended by itself, because no grant came in time. */
    boolean ranOut() {
        return ranOut;
    }

    void extend(LeaseGrant grant) {
        if (holds(System.nanoTime()) && grant.validUntilNanos() - lease.validUntilNanos() > 0) {
            lease = grant;
        }
    }

    /** Aborts the socket, even one that says goodbye, and drops everything that was read; nothing is said to anyone. */
    void end() {
        if (!over) {
            over = true;
            engine.stop();
            disarm();
        }
        sockets.values().forEach(LinkSocket::abort);
        clients.values().forEach(RestClient::close);
    }

    /** Ends in order, while the lease still holds: what was read goes out, and the provider gets a Close frame. */
    Future<Void> leave() {
        if (holds(System.nanoTime())) {
            flush();
            over = true;
            engine.stop();
            disarm();
            sockets.values().forEach(LinkSocket::close);
            clients.values().forEach(RestClient::close);
        }
        return socketGone();
    }

    /** Completes when no connection of this tenure, or of one before it, is left. */
    Future<Void> socketGone() {
        return Future.all(sockets.values().stream().map(LinkSocket::gone).toList())
                .mapEmpty();
    }

    void onInterest(InterestUpdate update) {
        act(now -> engine.onInterest(update, now));
    }

    void onReceipt(LinkReceipt receipt) {
        act(now -> engine.onReceipt(receipt, now));
    }

    void onMembers(Members members) {
        act(now -> engine.onMembers(members.names(), now));
    }

    void pause(boolean paused) {
        act(now -> engine.pause(paused, now));
    }

    /** To be called every half second. */
    void beat() {
        act(this::beat);
    }

    private void beat(long now) {
        engine.beat(now);
        beats++;
        if (beats % BEATS_PER_PULSE == 0) {
            outbox.pulse(this::publish);
            engine.report().sample(now);
        }
    }

    /** What followed the positions that are asked for, as far as this node may speak for the pool. */
    HistoryPage history(HistoryAsk ask) {
        List<Tick> ticks = new ArrayList<>();
        if (holds(System.nanoTime())) {
            ask.positions().stream().limit(HistoryAsk.MOST).forEach(position -> {
                @Nullable List<Tick> found = engine.after(position);
                if (found != null) {
                    ticks.addAll(found);
                }
            });
        }
        return new HistoryPage(ticks);
    }

    Finding answer(JsonObject arguments) {
        long now = System.nanoTime();
        if (!holds(now)) {
            return PoolInquiries.notOwned();
        }
        Finding finding = PoolInquiries.answer(engine, arguments, now);
        arm(now);
        return finding;
    }

    @Override
    public UpstreamLine line(LinkPlan plan) {
        return socketOf(plan);
    }

    private LinkSocket socketOf(LinkPlan plan) {
        return sockets.computeIfAbsent(
                plan.name(), name -> new LinkSocket(vertx, setup.timing(), plan, earlierGone, new Turns()));
    }

    @Override
    public void call(FeedConfig feed, RestCall call, ObjLongConsumer<@Nullable RestReply> then) {
        if (holds(System.nanoTime())) {
            clients.computeIfAbsent(feed.id(), id -> new RestClient(vertx, feed, setup.timing()))
                    .call(call)
                    .onComplete(done -> act(now -> {
                        then.accept(done.result(), now);
                        engine.wake(now);
                    }));
        }
    }

    @Override
    public void ask(String node) {
        vertx.eventBus().send(Addresses.interestOf(node), new InterestAsk(setup.pool(), setup.node(), lease.epoch()));
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

    /** Lets a socket act while the lease holds. */
    private final class Turns implements LinkSocket.Turns {
        @Override
        public boolean holds() {
            return Tenure.this.holds(System.nanoTime());
        }

        @Override
        public void act(LongConsumer action) {
            Tenure.this.act(now -> {
                action.accept(now);
                engine.say();
            });
        }
    }
}
