package io.tickmesh.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MembershipTest {
    private final String cluster = UUID.randomUUID().toString();
    private final List<Integer> ports = new ArrayList<>();
    private final List<HazelcastInstance> members = new ArrayList<>();
    private final Vertx vertx = Vertx.vertx();

    /** Starts a real member that carries the name. */
    private Membership join(String name) throws IOException {
        Membership membership = new Membership(name);
        members.add(Hazelcast.newHazelcastInstance(config(membership)));
        return membership;
    }

    private Config config(Membership membership) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ports.add(free.getLocalPort());
        }
        Config config = new Config().setClusterName(cluster);
        config.setProperty("hazelcast.logging.type", "slf4j")
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.wait.seconds.before.join", "0");
        config.getNetworkConfig().setPort(ports.get(ports.size() - 1)).setPortAutoIncrement(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true);
        ports.forEach(
                port -> config.getNetworkConfig().getJoin().getTcpIpConfig().addMember("127.0.0.1:" + port));
        config.getJetConfig().setEnabled(false);
        membership.writeTo(config);
        return config;
    }

    @AfterEach
    void leave() {
        members.forEach(member -> member.getLifecycleService().terminate());
        vertx.close();
    }

    @Test
    void shouldTellWhoComesAndGoes() throws IOException {
        List<Set<String>> told = new CopyOnWriteArrayList<>();
        long before = System.currentTimeMillis();
        Membership first = join("b");
        await().until(() -> first.now().size() == 1);
        first.onChange(now -> told.add(now.keySet()));
        long since = first.now().getOrDefault("b", 0L);
        assertThat(since).isBetween(before, System.currentTimeMillis());

        Membership second = join("a");
        await().until(() -> first.now().size() == 2 && second.now().size() == 2);
        assertThat(first.now()).containsEntry("b", since);
        members.get(1).getLifecycleService().terminate();
        await().until(() -> told.size() == 3);

        assertThat(told).map(List::copyOf).containsExactly(List.of("b"), List.of("a", "b"), List.of("b"));
    }

    @Test
    void shouldLetOnlyTheOlderOfTwoKeepAName() throws IOException {
        Membership older = join("a");
        Membership younger = join("a");

        assertThat(older.soleOfItsName(vertx, 0).succeeded()).isTrue();
        assertThat(older.now().keySet()).containsExactly("a");
        assertThat(younger.soleOfItsName(vertx, 0).cause())
                .hasMessage("node.name a is used by a live node at 127.0.0.1:" + ports.get(0)
                        + "; give each node a name of its own with --set node.name=NAME");
    }

    @Test
    void shouldTakeTheNameOfANodeThatGoes() throws IOException {
        join("a");
        Membership successor = join("a");
        Future<Void> sole = successor.soleOfItsName(vertx, 30_000);
        assertThat(sole.isComplete()).isFalse();

        members.get(0).getLifecycleService().terminate();

        await().atMost(20, TimeUnit.SECONDS).until(sole::succeeded);
        assertThat(successor.now().keySet()).containsExactly("a");
    }
}
