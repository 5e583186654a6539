package io.tickmesh;

import io.tickmesh.cluster.Membership;
import io.tickmesh.config.ClusterConfig;
import io.tickmesh.config.GuardConfig;
import io.tickmesh.config.KubernetesConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Clustered Vert.x in this JVM that join as nodes do, without being nodes. */
final class VertxCluster implements AutoCloseable {
    private final String name = UUID.randomUUID().toString();
    private final List<String> members = new ArrayList<>();
    private final List<Vertx> joined = new ArrayList<>();

    Vertx join(GuardConfig guard) {
        int port = NodeProcess.freePort();
        members.add("127.0.0.1:" + port);
        ClusterConfig cluster = new ClusterConfig(
                name, "127.0.0.1", port, 0, members, List.of(), "cluster", KubernetesConfig.DEFAULTS, guard);
        Vertx vertx = NodeUnderTest.await(Vertx.builder()
                .with(new VertxOptions().setEventBusOptions(Joining.bus(cluster)))
                .withClusterManager(
                        new HazelcastClusterManager(Joining.hazelcast(cluster, new Membership("n" + members.size()))))
                .buildClustered());
        joined.add(vertx);
        return vertx;
    }

    @Override
    public void close() {
        joined.forEach(vertx -> NodeUnderTest.await(vertx.close()));
    }
}
