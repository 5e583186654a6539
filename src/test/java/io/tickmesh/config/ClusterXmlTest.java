package io.tickmesh.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.XmlConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ClusterXmlTest {
    private static final Path FILE = Path.of("cluster.xml");

    private static Config read(Properties properties) throws IOException {
        try (InputStream in = Files.newInputStream(FILE)) {
            return new XmlConfigBuilder(in).setProperties(properties).build();
        }
    }

    @Test
    void shouldStayOnLoopbackByDefault() throws IOException {
        Config config = read(ClusterProperties.of(ClusterConfig.DEFAULTS));
        JoinConfig join = config.getNetworkConfig().getJoin();

        assertThat(config.getClusterName()).isEqualTo("tickmesh");
        assertThat(config.getNetworkConfig().getPort()).isEqualTo(5701);
        assertThat(config.getNetworkConfig().isPortAutoIncrement()).isTrue();
        assertThat(config.getNetworkConfig().getInterfaces().isEnabled()).isTrue();
        assertThat(config.getNetworkConfig().getInterfaces().getInterfaces()).containsExactly("127.0.0.1");
        assertThat(join.getTcpIpConfig().isEnabled()).isTrue();
        assertThat(join.getTcpIpConfig().getMembers()).containsExactly("127.0.0.1");
        assertThat(join.getMulticastConfig().isEnabled()).isFalse();
        assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
        assertThat(join.getKubernetesConfig().isEnabled()).isFalse();
    }

    @Test
    void shouldNoticeAFrozenNodeInFiveSeconds() throws IOException {
        Properties properties =
                read(ClusterProperties.of(ClusterConfig.DEFAULTS)).getProperties();

        assertThat(properties)
                .containsEntry("hazelcast.socket.bind.any", "false")
                .containsEntry("hazelcast.phone.home.enabled", "false")
                .containsEntry("hazelcast.heartbeat.interval.seconds", "1")
                .containsEntry("hazelcast.max.no.heartbeat.seconds", "5")
                .containsEntry("hazelcast.merge.first.run.delay.seconds", "10")
                .containsEntry("hazelcast.merge.next.run.delay.seconds", "10")
                .containsEntry("hazelcast.wait.seconds.before.join", "0");
    }

    @Test
    void shouldTakeMembersFromTheConfiguration() throws IOException {
        ClusterConfig cluster = new ClusterConfig(
                "prod",
                "10.0.0.1",
                5800,
                0,
                List.of("10.0.0.2", "10.0.0.3:5801"),
                List.of(),
                "cluster",
                KubernetesConfig.DEFAULTS,
                GuardConfig.NONE);

        Config config = read(ClusterProperties.of(cluster));

        assertThat(config.getClusterName()).isEqualTo("prod");
        assertThat(config.getNetworkConfig().getPort()).isEqualTo(5800);
        assertThat(config.getNetworkConfig().getInterfaces().getInterfaces()).containsExactly("10.0.0.1");
        assertThat(config.getNetworkConfig().getJoin().getTcpIpConfig().getMembers())
                .containsExactly("10.0.0.2:5800", "10.0.0.3:5801");
    }

    @Test
    void shouldLookForNobodyWithoutMembers() throws IOException {
        ClusterConfig alone = new ClusterConfig("a", "127.0.0.1", List.of(), List.of(), "cluster");

        JoinConfig join = read(ClusterProperties.of(alone)).getNetworkConfig().getJoin();

        assertThat(join.getTcpIpConfig().isEnabled()).isFalse();
        assertThat(join.getKubernetesConfig().isEnabled()).isFalse();
    }

    @Test
    void shouldFindNodesThroughKubernetesInsteadOfMembers() throws IOException {
        ClusterConfig cluster = new ClusterConfig(
                "prod",
                "10.0.0.1",
                5701,
                0,
                List.of("x"),
                List.of(),
                "cluster",
                new KubernetesConfig(true, "md", "nodes"),
                GuardConfig.NONE);

        JoinConfig join = read(ClusterProperties.of(cluster)).getNetworkConfig().getJoin();

        assertThat(join.getKubernetesConfig().isEnabled()).isTrue();
        assertThat(join.getKubernetesConfig().getProperties())
                .containsEntry("namespace", "md")
                .containsEntry("service-name", "nodes");
        assertThat(join.getTcpIpConfig().isEnabled()).isFalse();
        join.verify();
    }

    private static String nameWith(String name, String secret) {
        ClusterConfig plain = ClusterConfig.DEFAULTS;
        return ClusterProperties.of(new ClusterConfig(
                        name,
                        plain.host(),
                        plain.port(),
                        plain.busPort(),
                        plain.members(),
                        plain.voters(),
                        plain.arbiter(),
                        plain.kubernetes(),
                        new GuardConfig(new Secret(secret), null)))
                .getProperty("tickmesh.cluster.name");
    }

    @Test
    void shouldGiveAClusterWithASecretANameThatNobodyGuesses() {
        assertThat(nameWith("prod", "s1"))
                .matches("prod-[0-9a-f]{64}")
                .isEqualTo(nameWith("prod", "s1"))
                .isNotEqualTo(nameWith("prod", "s2"))
                .isNotEqualTo("prod-" + nameWith("test", "s1").substring("test-".length()));
    }

    @Test
    void shouldHoldWhatVertxNeeds() throws IOException {
        Config config = read(ClusterProperties.of(ClusterConfig.DEFAULTS));

        MultiMapConfig registrations = config.getMultiMapConfig("__vertx.subs");
        assertThat(config.getMultiMapConfigs()).containsKey("__vertx.subs");
        assertThat(registrations.getBackupCount()).isEqualTo(1);
        assertThat(registrations.getValueCollectionType()).isEqualTo(MultiMapConfig.ValueCollectionType.SET);
        assertThat(config.getMapConfigs()).containsKeys("__vertx.haInfo", "__vertx.nodeInfo");
    }

    @Test
    void shouldHaveAPropertyForEachPlaceholder() throws IOException {
        TreeSet<String> placeholders = new TreeSet<>();
        Pattern.compile("\\$\\{([^}]+)}")
                .matcher(Files.readString(FILE))
                .results()
                .forEach(result -> placeholders.add(result.group(1)));

        assertThat(ClusterProperties.of(ClusterConfig.DEFAULTS).stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(placeholders);
    }
}
