package io.tickmesh;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Nearest;
import io.tickmesh.config.NodeConfig;
import io.tickmesh.market.Catalog;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Printable;
import io.tickmesh.market.Topic;
import io.tickmesh.upstream.Recorder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code bin/tickmesh record}: one feed, a simulator of it where it is simulated, and a {@link Recorder}. */
final class Recording {
    private final Vertx vertx;
    private final NodeConfig config;
    private final RecordOrder order;
    private final Consumer<String> says;
    private volatile @Nullable Recorder recorder;
    private volatile boolean stopped;

    /** A recording; {@code says} takes lines for the operator. */
    Recording(Vertx vertx, NodeConfig config, RecordOrder order, Consumer<String> says) {
        this.vertx = vertx;
        this.config = config;
        this.order = order;
        this.says = says;
    }

    /** Completes with the number of frames when it has ended, or fails with one line that says why. */
    Future<Long> run() {
        try {
            FeedConfig feed = feed();
            List<Topic> topics = topics(feed);
            return aimed(feed).compose(aimed -> record(aimed, topics));
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(e);
        }
    }

    private FeedConfig feed() {
        List<String> ids = config.feeds().stream().map(FeedConfig::id).toList();
        return config.feeds().stream()
                .filter(feed -> feed.id().equals(order.feed()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no feed '" + Printable.of(order.feed())
                        + "' is configured, the nearest one is " + Nearest.to(order.feed(), ids)));
    }

    private List<Topic> topics(FeedConfig feed) {
        Catalog catalog = new Catalog(Providers.symbologies());
        List<String> texts = order.topics().isEmpty() ? Providers.sample(feed) : order.topics();
        List<Topic> topics = texts.stream().map(catalog::topic).toList();
        for (Topic topic : topics) {
            boolean served = topic.kind() == Kind.NOTICE
                    ? topic.instrument().symbol().equals(feed.id())
                    : catalog.poolOf(topic).equals(feed.pool());
            if (!served) {
                throw new IllegalArgumentException("feed " + feed.id() + " does not serve " + topic);
            }
        }
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("say with --topics what to record of feed " + feed.id());
        }
        return topics;
    }

    private Future<FeedConfig> aimed(FeedConfig feed) {
        if (!feed.isSimulated()) {
            return Future.succeededFuture(feed);
        }
        Providers.Simulated simulated =
                Providers.simulated(feed.provider(), config.sim().onAnyPort());
        return vertx.deployVerticle(simulated.simulator())
                .map(id -> simulated.aim().apply(feed));
    }

    private Future<Long> record(FeedConfig feed, List<Topic> topics) {
        Recorder made = new Recorder(
                vertx,
                new Recorder.Order(feed, topics, order.file(), order.frames()),
                Providers.of(feed, Calendar.of(config)),
                config.upstream(),
                says);
        recorder = made;
        if (order.seconds() > 0) {
            vertx.setTimer(TimeUnit.SECONDS.toMillis(order.seconds()), timer -> made.stop());
        }
        Future<Long> ended = made.record();
        return stopped ? made.stop() : ended;
    }

    /** Ends it early. */
    Future<Long> stop() {
        stopped = true;
        Recorder running = recorder;
        return running == null ? Future.succeededFuture(0L) : running.stop();
    }
}
