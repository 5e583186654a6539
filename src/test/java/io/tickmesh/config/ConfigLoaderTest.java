package io.tickmesh.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfigLoaderTest {
    @TempDir
    private Path directory;

    /** All sources of one value, strongest first. */
    private static final List<BiConsumer<Given, String>> SOURCES = List.of(
            (given, value) -> given.set("feeds.fmp.api_key", value),
            (given, value) -> given.env("TICKMESH_FEEDS_FMP_API_KEY", value),
            (given, value) -> given.env("FMP_API_KEY", value),
            (given, value) -> given.dotEnv("TICKMESH_FEEDS_FMP_API_KEY=" + value),
            (given, value) -> given.dotEnv("FMP_API_KEY=" + value),
            (given, value) -> given.conf("feeds:\n  fmp:\n    api_key: " + value));

    static Stream<Arguments> pairs() {
        return Stream.iterate(0, i -> i < SOURCES.size(), i -> i + 1)
                .flatMap(strong -> Stream.iterate(strong + 1, i -> i < SOURCES.size(), i -> i + 1)
                        .map(weak -> Arguments.of(strong, weak)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void shouldTakeTheStrongerOfTwoSources(int strong, int weak) {
        Given given = new Given(directory);
        SOURCES.get(weak).accept(given, "weak");
        if (strong == 3 && weak == 4) {
            given.dotEnv("TICKMESH_FEEDS_FMP_API_KEY=strong\nFMP_API_KEY=weak");
        } else {
            SOURCES.get(strong).accept(given, "strong");
        }

        FeedConfig fmp = given.config().feeds().get(0);

        assertThat(fmp.credentials()).isEqualTo(Map.of("api_key", new Secret("strong")));
    }

    @Test
    void shouldServeWithNothingGiven() {
        NodeConfig config = new Given(directory).config();

        assertThat(config.nodeName()).isEqualTo("127.0.0.1:8000");
        assertThat(config.http()).isEqualTo(new DoorConfig("127.0.0.1", 8000));
        assertThat(config.management()).isEqualTo(new ManagementConfig("127.0.0.1", 9000, null));
        assertThat(config.cluster()).isEqualTo(ClusterConfig.DEFAULTS);
        assertThat(config.upstream()).isEqualTo(UpstreamConfig.DEFAULTS);
        assertThat(config.limits()).isEqualTo(LimitsConfig.DEFAULTS);
        assertThat(config.sim()).isEqualTo(SimConfig.DEFAULTS);
        assertThat(config.log()).isEqualTo(LogConfig.DEFAULTS);
        assertThat(config.feeds())
                .containsExactly(
                        fmp("fmp", "stock", "wss://websockets.financialmodelingprep.com"),
                        fmp("fmp-crypto", "crypto", "wss://crypto.financialmodelingprep.com"),
                        fmp("fmp-forex", "forex", "wss://forex.financialmodelingprep.com"),
                        other(
                                "kis",
                                "ws://ops.koreainvestment.com:21000/tryitout",
                                "https://openapi.koreainvestment.com:9443",
                                40),
                        other(
                                "kiwoom",
                                "wss://api.kiwoom.com:10000/api/dostk/websocket",
                                "https://api.kiwoom.com",
                                100),
                        other("upbit", "wss://api.upbit.com/websocket/v1", "https://api.upbit.com", 200));
    }

    private static FeedConfig other(String name, String url, String restUrl, int slots) {
        return new FeedConfig(
                name,
                name,
                "",
                FeedConfig.Mode.AUTO,
                url,
                restUrl,
                slots,
                FeedConfig.Overflow.FALLBACK,
                Map.of(),
                null);
    }

    private static FeedConfig fmp(String id, String asset, String url) {
        return new FeedConfig(
                id,
                "fmp",
                asset,
                FeedConfig.Mode.AUTO,
                url,
                "https://financialmodelingprep.com",
                500,
                FeedConfig.Overflow.FALLBACK,
                Map.of(),
                null);
    }

    @Test
    void shouldSetEachRecordComponentFromItsOwnKey() {
        StringBuilder conf = new StringBuilder("upstream:\n");
        List<String> times = List.of(
                "connect_timeout", "login_timeout", "ack_timeout", "quiet_window", "quiet_window_most", "watchdog");
        for (int i = 0; i < times.size(); i++) {
            conf.append("  ").append(times.get(i)).append(": ").append(i + 1).append("s\n");
        }
        conf.append("  ping_interval: 7s\n  backoff_first: 8s\n  backoff_doublings: 9\n  backoff_most: 10s\n");
        conf.append("  stable_after: 11s\n  refused_pause: 12s\nlimits:\n");
        conf.append("  connections: 1\n  message_bytes: 2KB\n  body_bytes: 3KB\n  symbols_per_request: 4\n");
        conf.append("  topics_per_session: 5\n  message_queue_size: 6\n  send_buffer_bytes: 7KB\n");
        conf.append("  slow_client_after: 8s\n  ping_interval: 9s\n  client_timeout: 10s\n  linger: 11s\n");
        conf.append("  history_bytes: 12MB\n  cached_topics: 13\n  requests_per_second: 14\n");
        conf.append("  coalesce_above: 15\n  coalesce_wait: 16ms\n");

        NodeConfig config = new Given(directory).conf(conf.toString()).config();

        assertThat(config.upstream())
                .isEqualTo(new UpstreamConfig(s(1), s(2), s(3), s(4), s(5), s(6), s(7), s(8), 9, s(10), s(11), s(12)));
        assertThat(config.limits())
                .isEqualTo(new LimitsConfig(
                        1,
                        2048,
                        3072,
                        4,
                        5,
                        6,
                        7168,
                        s(8),
                        s(9),
                        s(10),
                        s(11),
                        12L << 20,
                        13,
                        14,
                        15,
                        Duration.ofMillis(16)));
    }

    private static Duration s(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void shouldReadTheOtherSections() {
        NodeConfig config = new Given(directory).conf("""
                        node: {name: a}
                        http: {host: 0.0.0.0, port: 1}
                        management: {host: "::1", port: 2}
                        cluster:
                          name: prod
                          host: 10.0.0.1
                          port: 5801
                          bus_port: 5802
                          secret: s3cret
                          members: [10.0.0.2, "10.0.0.3:5801", "[fe80::1]:5701"]
                          voters:
                            - a
                            - b
                          arbiter: cluster
                          kubernetes: true
                          kubernetes_namespace: md
                          kubernetes_service: nodes
                        sim: {host: localhost, port: 3, seed: -4, ticks_per_second: 0.5}
                        log: {format: json, level: DEBUG}
                        """).config();

        assertThat(config.nodeName()).isEqualTo("a");
        assertThat(config.http()).isEqualTo(new DoorConfig("0.0.0.0", 1));
        assertThat(config.management()).isEqualTo(new ManagementConfig("::1", 2, null));
        assertThat(config.cluster())
                .isEqualTo(new ClusterConfig(
                        "prod",
                        "10.0.0.1",
                        5801,
                        5802,
                        List.of("10.0.0.2", "10.0.0.3:5801", "[fe80::1]:5701"),
                        List.of("a", "b"),
                        "cluster",
                        new KubernetesConfig(true, "md", "nodes"),
                        new GuardConfig(new Secret("s3cret"), null)));
        assertThat(config.sim()).isEqualTo(new SimConfig("localhost", 3, -4, 0.5));
        assertThat(config.log()).isEqualTo(new LogConfig(LogConfig.Format.JSON, LogConfig.Level.DEBUG));
    }

    @Test
    void shouldReadListsFromText() {
        Given given = new Given(directory)
                .env("TICKMESH_CLUSTER_MEMBERS", "a:1, b ,c")
                .set("cluster.voters", "n1,n2");

        assertThat(given.config().cluster().members()).containsExactly("a:1", "b", "c");
        assertThat(given.config().cluster().voters()).containsExactly("n1", "n2");
    }

    @Test
    void shouldLookForOthersOnItsOwnAddressWhereNoMembersAreGiven() {
        assertThat(new Given(directory)
                        .set("cluster.host", "::1")
                        .config()
                        .cluster()
                        .members())
                .containsExactly("[::1]");
        Given elsewhere = new Given(directory).set("cluster.host", "10.0.0.5");
        assertThat(elsewhere.config().cluster().members()).containsExactly("10.0.0.5");
        assertThat(elsewhere.warnings())
                .containsExactly("cluster.members: is not given, so this node finds only nodes on 10.0.0.5");
        assertThat(elsewhere.set("cluster.kubernetes", "true").warnings()).isEmpty();
        assertThat(new Given(directory).warnings()).isEmpty();
    }

    @Test
    void shouldTakeAnEmptyList() {
        assertThat(new Given(directory)
                        .conf("cluster: {members: []}")
                        .config()
                        .cluster()
                        .members())
                .isEmpty();
        assertThat(new Given(directory)
                        .set("cluster.members", ",")
                        .config()
                        .cluster()
                        .members())
                .isEmpty();
    }

    @Test
    void shouldGiveAllFmpFeedsTheContractsKey() {
        NodeConfig config = new Given(directory).env("FMP_API_KEY", "k").config();

        assertThat(config.feeds())
                .filteredOn(feed -> feed.provider().equals("fmp"))
                .hasSize(3)
                .allSatisfy(feed -> assertThat(feed.credentials()).containsEntry("api_key", new Secret("k")))
                .allSatisfy(feed -> assertThat(feed.effectiveMode()).isEqualTo(FeedConfig.Mode.LIVE));
    }

    @Test
    void shouldAcceptAnEnvironmentOfTheContracts() {
        Given given = new Given(directory)
                .env("KIS_APP_KEY", "a")
                .env("KIS_MAX_SUBSCRIPTIONS", "20")
                .env("REDIS_URL", "redis://redis:6379/0")
                .env("WEBSOCKET_MAX_CONNECTIONS", "1000")
                .env("PATH", "/bin")
                .dotEnv("UPBIT_SECRET_KEY=s\nWEBSOCKET_REQUIRE_AUTH=true\nANYTHING=else\n");

        assertThat(given.problems()).isEmpty();
        assertThat(given.config().feeds())
                .filteredOn(feed -> !feed.credentials().isEmpty())
                .extracting(feed -> feed.id() + feed.credentials().keySet() + feed.maxSubscriptions())
                .containsExactly("kis[app_key]20", "upbit[secret_key]200");
    }

    @Test
    void shouldTakeEmptyVariablesForUnset() {
        Given given = new Given(directory)
                .env("FMP_API_KEY", "")
                .env("TICKMESH_HTTP_PORT", " ")
                .dotEnv("TICKMESH_FEEDS_FMP_API_KEY=\nTICKMESH_HTTP_PORT=8100");

        assertThat(given.config().http().port()).isEqualTo(8100);
        assertThat(given.config().feeds().get(0).credentials()).isEmpty();
    }

    @Test
    void shouldReturnToTheDefaultWithAnEmptyAssignment() {
        Given given = new Given(directory).env("FMP_API_KEY", "k").set("feeds.fmp.api_key", "");

        assertThat(given.config().feeds().get(0).effectiveMode()).isEqualTo(FeedConfig.Mode.SIM);
        assertThat(given.config().feeds().get(1).effectiveMode()).isEqualTo(FeedConfig.Mode.LIVE);
    }

    @Test
    void shouldTakeTheLastOfTwoAssignments() {
        assertThat(new Given(directory)
                        .port("8001")
                        .set("http.port", "8002")
                        .config()
                        .http()
                        .port())
                .isEqualTo(8002);
    }

    @Test
    void shouldDeriveTheManagementPortAndTheName() {
        NodeConfig config =
                new Given(directory).port("8001").set("http.host", "::1").config();

        assertThat(config.management().port()).isEqualTo(9001);
        assertThat(config.nodeName()).isEqualTo("[::1]:8001");
    }

    @Test
    void shouldKeepNamesApartWithEphemeralPorts() {
        NodeConfig config = new Given(directory).port("0").config();

        assertThat(config.nodeName()).isEqualTo("127.0.0.1:0-" + Given.PID);
        assertThat(config.management().port()).isZero();
    }

    @Test
    void shouldKeepNamesOfMachinesApartWhenTheDoorListensEverywhere() {
        NodeConfig config = new Given(directory)
                .set("http.host", "0.0.0.0")
                .set("cluster.host", "10.0.0.7")
                .config();

        assertThat(config.nodeName()).isEqualTo("10.0.0.7:8000");
    }

    @Test
    void shouldStaySimulatedWithAnotherUrlAndNoKey() {
        FeedConfig fmp = new Given(directory)
                .set("feeds.fmp.url", "ws://127.0.0.1:9999")
                .config()
                .feeds()
                .get(0);

        assertThat(fmp.url()).isEqualTo("ws://127.0.0.1:9999");
        assertThat(fmp.effectiveMode()).isEqualTo(FeedConfig.Mode.SIM);
    }

    @Test
    void shouldAcceptLiveWithoutAKey() {
        FeedConfig fmp = new Given(directory)
                .set("feeds.fmp.mode", "live")
                .config()
                .feeds()
                .get(0);

        assertThat(fmp.effectiveMode()).isEqualTo(FeedConfig.Mode.LIVE);
        assertThat(fmp.credentials()).isEmpty();
    }

    @Test
    void shouldLetAFeedOfOnesOwnReplaceOneThatIsOff() {
        NodeConfig config = new Given(directory).conf("""
                        feeds:
                          fmp:
                            mode: off
                          my-fmp:
                            provider: fmp
                            asset: stock
                            url: ws://localhost:1
                            api_key: k
                        """).config();

        assertThat(config.feeds())
                .extracting(FeedConfig::id)
                .containsExactly("my-fmp", "fmp-crypto", "fmp-forex", "kis", "kiwoom", "upbit");
    }

    @Test
    void shouldKeepAFeedThatIsOffWhereNothingReplacesIt() {
        NodeConfig config = new Given(directory).set("feeds.fmp.mode", "off").config();

        assertThat(config.feeds())
                .extracting(FeedConfig::id)
                .containsExactly("fmp", "fmp-crypto", "fmp-forex", "kis", "kiwoom", "upbit");
    }

    @Test
    void shouldReadDottedKeysOfAFile() {
        assertThat(new Given(directory)
                        .conf("http.port: 8123\nfeeds: {fmp.mode: sim}")
                        .config()
                        .http()
                        .port())
                .isEqualTo(8123);
    }

    @Test
    void shouldFindTheFileRelativeToTheWorkingDirectoryOnly() {
        Given given = new Given(directory).conf("http: {port: 8123}");

        assertThat(given.confFile(directory.resolve(Given.CONF).toString())
                        .config()
                        .http()
                        .port())
                .isEqualTo(8123);
        assertThat(given.confFile("./" + Given.CONF).config().http().port()).isEqualTo(8123);
    }
}
