package io.tickmesh;

import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tickmesh.admin.ManagementVerticle;
import io.tickmesh.bus.Codecs;
import io.tickmesh.cache.CacheVerticle;
import io.tickmesh.client.ClientVerticle;
import io.tickmesh.cluster.Membership;
import io.tickmesh.cluster.OwnershipVerticle;
import io.tickmesh.config.ClusterConfig;
import io.tickmesh.config.DoorConfig;
import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.NodeConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.market.Catalog;
import io.tickmesh.metrics.Metrics;
import io.tickmesh.sim.FmpSimulator;
import io.tickmesh.subscription.SubscriptionVerticle;
import io.tickmesh.upstream.InterestDesk;
import io.tickmesh.upstream.PoolVerticle;
import io.tickmesh.upstream.fmp.Fmp;
import io.tickmesh.upstream.fmp.FmpSymbology;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One node: what is deployed, how many of it, in which order, and the order of leaving.
 *
 * <p>Ports come before feeds: a node that cannot listen must not have logged in anywhere. Leaving, it first closes the
 * clients' door and says goodbye, then releases the feeds, then the rest in the reverse order of the start.
 */
public final class Node {
    private static final long LEAVE_STEP_MILLIS = 4_000;

    /** A killed node of the same name is out of the cluster by then. */
    private static final long NAMESAKE_MILLIS = 10_000;

    private static final Map<String, Secret> SIM_CREDENTIALS = Map.of("api_key", new Secret("sim-key"));

    private final NodeConfig config;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Metrics metrics = new Metrics(registry);
    private final List<String> deployments = new ArrayList<>();
    private final Membership membership;
    private @Nullable Vertx vertx;
    private @Nullable ManagementVerticle management;
    private @Nullable ClientVerticle client;
    private @Nullable String clients;
    private volatile boolean ready;

    private Node(NodeConfig config) {
        this.config = config;
        this.membership = new Membership(config.nodeName());
    }

    /** Starts a node; the future ends when it serves, or with the reason why it cannot, everything then undone. */
    public static Future<Node> start(NodeConfig config) {
        Node node = new Node(config);
        return node.cluster()
                .compose(vertx -> node.deployAll(vertx))
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
                .setEventBusOptions(Joining.bus(cluster))
                .setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true));
        return Vertx.builder()
                .with(options)
                .withMetrics(new MicrometerMetricsFactory(registry))
                .withClusterManager(new HazelcastClusterManager(Joining.hazelcast(cluster, membership)))
                .buildClustered()
                .onSuccess(built -> vertx = built)
                .compose(built ->
                        membership.soleOfItsName(built, NAMESAKE_MILLIS).map(built));
    }

    @SuppressWarnings("resource") // lives as long as the process
    private void bindGc() {
        new JvmGcMetrics().bindTo(registry);
    }

    private Future<?> deployAll(Vertx vertx) {
        Codecs.registerOn(vertx.eventBus());
        Catalog catalog = new Catalog(List.of(new FmpSymbology()));
        String name = config.nodeName();
        int loops = Runtime.getRuntime().availableProcessors();
        List<String> pools = config.feeds().stream().map(FeedConfig::pool).toList();
        ClientVerticle.Setup setup = new ClientVerticle.Setup(name, config.http(), config.limits(), catalog, metrics);
        return management()
                .compose(done -> simulators())
                .compose(feeds -> deploy(new CacheVerticle(name, loops, config.limits(), metrics))
                        .compose(done -> deploy(new SubscriptionVerticle(
                                name, catalog, config.limits().linger(), metrics)))
                        .compose(done -> deploy(() -> clientVerticle(setup), loops)
                                .recover(failure -> StartFailure.at(
                                        config.http().host(), config.http().port(), "http.port", failure)))
                        .onSuccess(id -> clients = id)
                        .compose(done -> pools(feeds))
                        .compose(done -> deploy(new InterestDesk(name, metrics)))
                        .compose(done -> deploy(new OwnershipVerticle(name, pools))))
                .onSuccess(done -> ready = true);
    }

    /** The feeds, those in simulated mode pointed at simulators of this node. */
    private Future<List<FeedConfig>> simulators() {
        boolean simulated = config.feeds().stream().anyMatch(feed -> feed.effectiveMode() == FeedConfig.Mode.SIM);
        if (!simulated) {
            return Future.succeededFuture(config.feeds());
        }
        FmpSimulator fmp = new FmpSimulator(config.sim().onAnyPort());
        return deploy(fmp)
                .map(done -> config.feeds().stream()
                        .map(feed -> feed.effectiveMode() == FeedConfig.Mode.SIM
                                ? feed.simulatedAt(fmp.url(feed.asset()), fmp.restUrl(), SIM_CREDENTIALS)
                                : feed)
                        .toList());
    }

    private Future<?> pools(List<FeedConfig> feeds) {
        return Future.all(feeds.stream()
                .map(feed -> deploy(new PoolVerticle(config.nodeName(), feed, config.upstream(), new Fmp(), metrics)))
                .toList());
    }

    private ClientVerticle clientVerticle(ClientVerticle.Setup setup) {
        ClientVerticle verticle = new ClientVerticle(setup);
        client = verticle;
        return verticle;
    }

    private Future<?> management() {
        ManagementVerticle verticle = new ManagementVerticle(config.management(), registry, () -> ready);
        management = verticle;
        DoorConfig door = config.management();
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

    /** Leaves; a step that hangs does not keep the rest. */
    public Future<?> stop() {
        ready = false;
        Vertx leaving = vertx;
        if (leaving == null) {
            return Future.succeededFuture();
        }
        List<String> order = new ArrayList<>(deployments);
        Collections.reverse(order);
        if (clients != null) {
            order.remove(clients);
            order.add(0, clients);
        }
        Future<Object> chain = Future.succeededFuture();
        for (String id : order) {
            chain = chain.eventually(() -> leaving.undeploy(id).timeout(LEAVE_STEP_MILLIS, TimeUnit.MILLISECONDS));
        }
        return chain.eventually(leaving::close);
    }
}
