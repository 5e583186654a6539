package io.tickmesh;

import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tickmesh.admin.ManagementVerticle;
import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Codecs;
import io.tickmesh.bus.Leaving;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.cache.CacheVerticle;
import io.tickmesh.channel.ChannelVerticle;
import io.tickmesh.client.ClientVerticle;
import io.tickmesh.cluster.LedgerVerticle;
import io.tickmesh.cluster.Membership;
import io.tickmesh.cluster.OwnershipVerticle;
import io.tickmesh.config.ClusterConfig;
import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.ManagementConfig;
import io.tickmesh.config.NodeConfig;
import io.tickmesh.config.RedisConfig;
import io.tickmesh.market.Catalog;
import io.tickmesh.metrics.Metrics;
import io.tickmesh.redis.RedisLink;
import io.tickmesh.store.StoreVerticle;
import io.tickmesh.subscription.SubscriptionVerticle;
import io.tickmesh.upstream.Holidays;
import io.tickmesh.upstream.PoolDesk;
import io.tickmesh.upstream.PoolVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One node: what is deployed, how many of it, in which order, and the order of leaving.
 *
 * <p>Ports come before feeds: a node that cannot listen must not have logged in anywhere. Leaving, it refuses newcomers,
 * hands its feeds over, tells its clients to come back elsewhere, then ends the rest in the reverse order of the start.
 */
public final class Node {
    private static final long LEAVE_STEP_MILLIS = 4_000;

    /** A killed node of the same name is out of the cluster by then. */
    private static final long NAMESAKE_MILLIS = 10_000;

    private static final long REDIS_PATIENCE_MILLIS = 1_000;

    /** So many threads beside those of the clients that leases, pools and books need not queue behind a crowd of newcomers. */
    private static final int QUIET_LOOPS = 16;

    private final NodeConfig config;
    private final Holidays holidays;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Metrics metrics = new Metrics(registry);
    private final List<String> deployments = new ArrayList<>();
    private final Membership membership;
    private @Nullable Vertx vertx;
    private @Nullable ManagementVerticle management;
    private @Nullable ClientVerticle client;
    private @Nullable String clients;
    private volatile @Nullable RedisLink link;
    private final long started = System.currentTimeMillis();
    private final Promise<Void> drained = Promise.promise();
    private @Nullable OwnershipVerticle ownership;
    private volatile @Nullable Future<?> leaving;
    private volatile boolean ready;

    private Node(NodeConfig config, Holidays holidays) {
        this.config = config;
        this.holidays = holidays;
        this.membership = new Membership(config.nodeName());
    }

    /** Starts a node; the future ends when it serves, or with the reason why it cannot, everything then undone. */
    public static Future<Node> start(NodeConfig config) {
        try {
            return start(config, Calendar.checked(config));
        } catch (IllegalArgumentException wrongFile) {
            return Future.failedFuture(wrongFile);
        }
    }

    /** Starts a node that keeps these holidays. */
    static Future<Node> start(NodeConfig config, Holidays holidays) {
        Node node = new Node(config, holidays);
        return node.cluster()
                .compose(vertx -> node.deployAll())
                .map(node)
                .recover(failure -> node.stop().transform(stopped -> Future.failedFuture(failure)));
    }

    private Future<Vertx> cluster() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        bindGc();
        ClusterConfig cluster = config.cluster();
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors() + QUIET_LOOPS)
                .setEventBusOptions(Joining.bus(cluster))
                .setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true));
        return Vertx.builder()
                .with(options)
                .withMetrics(new MicrometerMetricsFactory(registry))
                .withClusterManager(new HazelcastClusterManager(Joining.hazelcast(cluster, membership)))
                .buildClustered()
                .onSuccess(built -> {
                    Codecs.registerOn(built.eventBus());
                    vertx = built;
                })
                .compose(built ->
                        membership.soleOfItsName(built, NAMESAKE_MILLIS).map(built));
    }

    @SuppressWarnings("resource") // lives as long as the process
    private void bindGc() {
        new JvmGcMetrics().bindTo(registry);
    }

    private Future<?> deployAll() {
        Catalog catalog = new Catalog(Providers.symbologies());
        String name = config.nodeName();
        int loops = Runtime.getRuntime().availableProcessors();
        List<String> pools =
                config.feeds().stream().map(FeedConfig::pool).distinct().toList();
        ClientVerticle.Setup setup = new ClientVerticle.Setup(
                name,
                new ClientVerticle.Rules(
                        config.http(), config.limits(), config.stock(), config.channels(), config.security()),
                catalog,
                metrics,
                config.feeds().stream()
                        .filter(feed -> feed.manner().notices())
                        .map(FeedConfig::id)
                        .collect(Collectors.toUnmodifiableSet()));
        return management(catalog, loops)
                .compose(done -> store())
                .compose(done -> simulators())
                .compose(feeds -> deploy(new CacheVerticle(name, loops, config.limits(), metrics))
                        .compose(done -> deploy(new LedgerVerticle(name, metrics)))
                        .compose(done -> deploy(new SubscriptionVerticle(
                                name, catalog, config.limits().linger(), metrics)))
                        .compose(done -> deploy(new ChannelVerticle(name, config.channels(), link, metrics)))
                        .compose(done -> deploy(() -> clientVerticle(setup), loops)
                                .recover(failure -> StartFailure.at(
                                        config.http().host(), config.http().port(), "http.port", failure)))
                        .onSuccess(id -> clients = id)
                        .compose(done -> pools(feeds))
                        .compose(done -> deploy(new PoolDesk(name, metrics)))
                        .compose(done -> deploy(new NodeDesk(this::report, this::drain)))
                        .compose(done -> ownership(pools)))
                .onSuccess(done -> ready = true);
    }

    /** A Redis that does not answer does not keep the node from starting. */
    private Future<?> store() {
        @Nullable RedisConfig redis = config.redis();
        if (redis == null) {
            return Future.succeededFuture();
        }
        RedisLink opened = new RedisLink(running(), redis, metrics);
        link = opened;
        return opened.open()
                .timeout(REDIS_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .compose(tried -> deploy(new StoreVerticle(opened, redis, metrics)));
    }

    /** The feeds, those in simulated mode pointed at simulators of this node, one for each provider. */
    private Future<List<FeedConfig>> simulators() {
        Map<String, Providers.Simulated> simulators = new LinkedHashMap<>();
        for (FeedConfig feed : config.feeds()) {
            if (feed.isSimulated()) {
                simulators.computeIfAbsent(
                        feed.provider(),
                        provider -> Providers.simulated(provider, config.sim().onAnyPort()));
            }
        }
        return Future.all(simulators.values().stream()
                        .map(each -> deploy(each.simulator()))
                        .toList())
                .map(done -> config.feeds().stream()
                        .map(feed -> aimed(feed, simulators.get(feed.provider())))
                        .toList());
    }

    private static FeedConfig aimed(FeedConfig feed, Providers.@Nullable Simulated simulated) {
        return feed.isSimulated() && simulated != null ? simulated.aim().apply(feed) : feed;
    }

    private Future<?> pools(List<FeedConfig> feeds) {
        Map<String, List<FeedConfig>> pools = new LinkedHashMap<>();
        feeds.forEach(feed ->
                pools.computeIfAbsent(feed.pool(), pool -> new ArrayList<>()).add(feed));
        return Future.all(pools.values().stream()
                .map(pool -> deploy(pool(pool, pools.size())))
                .toList());
    }

    private PoolVerticle pool(List<FeedConfig> feeds, int pools) {
        PoolVerticle verticle = new PoolVerticle(
                config.nodeName(),
                feeds,
                config.upstream(),
                config.limits().linger(),
                Providers.of(feeds.get(0), holidays),
                config.limits().historyBytes() / pools,
                metrics);
        @Nullable RedisConfig redis = config.redis();
        return redis == null ? verticle : verticle.storing(redis.writeInterval());
    }

    private Future<?> ownership(List<String> pools) {
        boolean byRedis = config.cluster().arbiter().equals("redis");
        OwnershipVerticle verticle = new OwnershipVerticle(
                config.nodeName(), config.cluster(), pools, membership, byRedis ? link : null, metrics);
        ownership = verticle;
        return deploy(verticle);
    }

    private ClientVerticle clientVerticle(ClientVerticle.Setup setup) {
        ClientVerticle verticle = new ClientVerticle(setup);
        client = verticle;
        return verticle;
    }

    private Future<?> management(Catalog catalog, int loops) {
        ManagementConfig door = config.management();
        ManagementVerticle verticle = new ManagementVerticle(
                new ManagementVerticle.Setup(
                        config.nodeName(),
                        door,
                        catalog,
                        metrics,
                        loops,
                        config.limits().bodyBytes(),
                        this::redisState),
                registry,
                this::trouble);
        management = verticle;
        return deploy(verticle)
                .recover(failure -> StartFailure.at(door.host(), door.port(), "management.port", failure));
    }

    private Future<String> deploy(Deployable verticle) {
        return deploy(() -> verticle, 1);
    }

    private Future<String> deploy(Supplier<Deployable> verticle, int instances) {
        return running()
                .deployVerticle(verticle, new DeploymentOptions().setInstances(instances))
                .onSuccess(deployments::add);
    }

    private Vertx running() {
        if (vertx == null) {
            throw new IllegalStateException("the node is not running");
        }
        return vertx;
    }

    /** The port of the clients. */
    public int clientPort() {
        return client == null ? 0 : client.port();
    }

    /** The port of the operators. */
    public int managementPort() {
        return management == null ? 0 : management.port();
    }

    /** Completes when the node has left by an operator's command. */
    public Future<Void> drained() {
        return drained.future();
    }

    /** Leaves; a step that hangs does not keep the rest. Called again, it is the same leaving. */
    public synchronized Future<?> stop() {
        if (leaving == null) {
            ready = false;
            leaving = leave();
        }
        return leaving;
    }

    /** The feeds go to other nodes first, so that what clients find there is already flowing. */
    private Future<?> leave() {
        Vertx running = vertx;
        if (running == null) {
            return Future.succeededFuture();
        }
        List<String> order = new ArrayList<>(deployments);
        Collections.reverse(order);
        if (clients != null) {
            order.remove(clients);
            order.add(0, clients);
        }
        NodeBus bus = new NodeBus(running.eventBus());
        bus.publish(Addresses.LEAVING, new Leaving(false));
        Future<Object> chain = Future.succeededFuture();
        OwnershipVerticle owning = ownership;
        if (owning != null) {
            chain = chain.eventually(() -> owning.leave().timeout(LEAVE_STEP_MILLIS, TimeUnit.MILLISECONDS));
        }
        chain = chain.onComplete(handedOver -> bus.publish(Addresses.LEAVING, new Leaving(true)));
        for (String id : order) {
            chain = chain.eventually(() -> running.undeploy(id).timeout(LEAVE_STEP_MILLIS, TimeUnit.MILLISECONDS));
        }
        return chain.eventually(running::close);
    }

    private void drain() {
        stop().onComplete(left -> drained.tryComplete());
    }

    private JsonObject report() {
        String trouble = trouble();
        return new JsonObject()
                .put("node", config.nodeName())
                .put("version", CommandLine.version())
                .put("started", started)
                .put("ready", trouble.isEmpty())
                .put("reason", trouble)
                .put("clients", config.http().host() + ':' + clientPort())
                .put("management", config.management().host() + ':' + managementPort())
                .put("draining", leaving != null)
                .put("redis", redisState());
    }

    private JsonObject redisState() {
        RedisLink opened = link;
        return opened == null ? new JsonObject().put("state", "off") : opened.report();
    }

    /** Why the node should get no clients now; empty if it should. */
    private String trouble() {
        if (!ready) {
            return leaving == null ? "the node is starting" : "the node is leaving";
        }
        return ownership == null ? "" : ownership.trouble();
    }
}
