package io.tickmesh.upstream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Topic;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a provider sends, over one connection of a feed without a pool around it. The connection is a node's
 * own: login, tokens, registrations, answers, pings and reconnects are those that a node would do.
 */
public final class Recorder implements FeedLink.Pool, LinkSocket.Turns, LinkSocket.Tap {
    private static final long TURN_MILLIS = 20;
    private static final String NEXT_TRY = "; next try in .*";

    /**
     * What to record.
     *
     * @param feed already pointed at a simulator where it is to be simulated
     * @param topics at least one, all of them topics that the provider offers
     * @param file which must not be there yet
     * @param frames after how many frames to end; 0 for no such end
     */
    public record Order(FeedConfig feed, List<Topic> topics, Path file, long frames) {
        public Order {
            topics = List.copyOf(topics);
        }
    }

    private final Vertx vertx;
    private final Context context;
    private final Order order;
    private final Provider provider;
    private final UpstreamConfig timing;
    private final Consumer<String> says;
    private final PoolSetup setup;
    private final SecretMask mask = new SecretMask();
    private final Promise<Long> ended = Promise.promise();
    private @Nullable CaptureFile file;
    private @Nullable LinkSocket socket;
    private @Nullable FeedLink link;
    private @Nullable AccountPass account;
    private Pass pass;
    private boolean streamed;
    private boolean over;

    /** A recorder; {@code says} takes lines for the operator. */
    public Recorder(Vertx vertx, Order order, Provider provider, UpstreamConfig timing, Consumer<String> says) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.order = order;
        this.provider = provider;
        this.timing = timing;
        this.says = says;
        this.setup = new PoolSetup("recorder", List.of(order.feed()), timing, Duration.ZERO, provider);
        this.pass = Pass.withoutTokens(new Access(order.feed(), Map.of()));
    }

    /** Begins, and completes with the number of recorded frames, or fails with one line for the operator. */
    public Future<Long> record() {
        context.runOnContext(turn -> begin());
        return ended.future();
    }

    /** Ends it; what was recorded is in the file when the future is complete. */
    public Future<Long> stop() {
        context.runOnContext(turn -> end(null));
        return ended.future();
    }

    private void begin() {
        List<Registration> wanted;
        LinkPlan plan;
        try {
            wanted = order.topics().stream()
                    .map(topic -> provider.registrations(topic).get(0))
                    .distinct()
                    .toList();
            plan = plan(wanted);
        } catch (IllegalArgumentException e) {
            ended.tryFail(String.valueOf(e.getMessage()));
            return;
        }
        CaptureFile.create(vertx, order.file(), this::end)
                .onSuccess(created -> {
                    if (over) {
                        created.close().onFailure(failure -> says.accept(String.valueOf(failure.getMessage())));
                    } else {
                        file = created;
                        connect(plan, wanted);
                    }
                })
                .onFailure(ended::tryFail);
    }

    /** The connection that carries everything. */
    private LinkPlan plan(List<Registration> wanted) {
        FeedConfig feed = order.feed();
        @Nullable Idle idle = Idle.of(feed, provider);
        if (idle != null) {
            throw new IllegalArgumentException(idle.reason());
        }
        if (feed.manner().socket() == FeedConfig.SocketMode.DISABLED) {
            throw new IllegalArgumentException(
                    "feed " + feed.id() + " works on REST alone, there is nothing to record");
        }
        LinkPlan plan = provider.links(feed).stream()
                .filter(each -> wanted.stream().allMatch(one -> each.mayCarry(one, feed.id())))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no connection of feed " + feed.id() + " carries all these topics; record them one by one"));
        if (wanted.size() > plan.slots()) {
            throw new IllegalArgumentException("feed " + feed.id() + " has " + plan.slots()
                    + " slots in a connection, these topics need " + wanted.size());
        }
        return plan;
    }

    private void connect(LinkPlan plan, List<Registration> wanted) {
        FeedConfig feed = order.feed();
        if (!provider.tokens().isEmpty()) {
            account = new AccountPass(vertx, feed, provider.tokens(), timing, TokenDirectory.of(feed), this::holds);
            pass = account;
        }
        mask.add(feed.credentials().values());
        LinkSocket line = new LinkSocket(vertx, timing, plan, Future.succeededFuture(), this);
        Retries retries = new Retries(timing, () -> ThreadLocalRandom.current().nextDouble());
        PoolMeters meters = new PoolMeters(new Metrics(new SimpleMeterRegistry()), feed.pool());
        FeedLink opened = new FeedLink(new FeedLink.Place(setup, feed, plan, retries), meters, this, line, pass);
        line.serve(opened);
        line.show(this);
        socket = line;
        link = opened;
        act(now -> {
            opened.start(false, false, true, now);
            wanted.forEach(each -> opened.want(each.code(), now));
        });
        vertx.setPeriodic(TURN_MILLIS, timer -> {
            act(opened::wake);
            if (over) {
                vertx.cancelTimer(timer);
            }
        });
    }

    @Override
    public boolean holds() {
        return !over;
    }

    @Override
    public void act(LongConsumer action) {
        if (!over) {
            action.accept(System.nanoTime());
        }
    }

    @Override
    public void onConnect(Map<String, String> headers) {
        mask.add(pass.access().tokens().values());
        @Nullable String authorization = headers.get("Authorization");
        if (authorization != null) {
            mask.add(List.of(new Secret(authorization.substring(authorization.lastIndexOf(' ') + 1))));
        }
    }

    @Override
    public void onFrame(byte[] message, int length) {
        CaptureFile target = file;
        if (over || target == null) {
            return;
        }
        target.add(mask.masked(message, length));
        if (target.lines() == order.frames()) {
            end(null);
        }
    }

    @Override
    public void onStreaming(FeedLink streaming) {
        streamed = true;
        says.accept("connected to " + streaming.plan.name());
    }

    @Override
    public void onRegistration(FeedLink of, String code, Registered what, String text) {
        if (what == Registered.REFUSED || what == Registered.FULL) {
            says.accept("the provider refuses " + code + ": " + text);
        }
    }

    /** A connection that worked is made anew as a node would do; one that never did is not waited for. */
    @Override
    public void onState(FeedLink of) {
        boolean refused = of.state() == FeedState.SUSPENDED;
        if (refused || of.state() == FeedState.WAITING) {
            String reason = of.masked(of.reason()).replaceFirst(NEXT_TRY, "");
            if (refused || !streamed) {
                end(reason);
            } else {
                says.accept(reason);
            }
        }
    }

    @Override
    public void at(long now) {
        // nothing here depends on the time
    }

    @Override
    public void onReading(FeedLink from, Kind kind, Reading reading, long receivedAt) {
        // the frame that says it is recorded
    }

    @Override
    public void onTradeBreak(FeedLink from, Reading reading, long receivedAt) {
        // the frame that says it is recorded
    }

    @Override
    public void onError(FeedLink of) {
        // its state says it too
    }

    @Override
    public void onRest(FeedLink of, Duration pause) {
        of.retries().restUntil(of.now() + pause.toNanos(), of.now());
    }

    /** Closes everything; {@code trouble} is why, or null where it was wanted. */
    private void end(@Nullable String trouble) {
        if (over) {
            return;
        }
        over = true;
        if (link != null) {
            link.stop();
        }
        if (account != null) {
            account.close();
        }
        if (socket != null) {
            socket.close();
        }
        Future<Void> gone = socket == null ? Future.succeededFuture() : socket.gone();
        CaptureFile written = file;
        gone.eventually(() -> written == null ? Future.<Void>succeededFuture() : written.close())
                .onComplete(done -> {
                    if (trouble != null) {
                        ended.tryFail(trouble);
                    } else if (done.failed()) {
                        ended.tryFail(done.cause());
                    } else {
                        ended.tryComplete(written == null ? 0 : written.lines());
                    }
                });
    }
}
