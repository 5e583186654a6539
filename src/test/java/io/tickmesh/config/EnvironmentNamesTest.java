package io.tickmesh.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnvironmentNamesTest {
    private static final String TWO_THAT_FOLD_INTO_ONE = """
            feeds:
              fmp: {mode: off}
              fmp-crypto: {mode: off}
              a: {provider: fmp, asset: stock, url: ws://localhost:1}
              a-rest: {provider: fmp, asset: crypto, url: ws://localhost:2}
            """;

    @TempDir
    private Path directory;

    @Test
    void shouldFindAKeyWhateverItsSeparators() {
        NodeConfig config = new Given(directory)
                .env("TICKMESH_FEEDS_FMP_CRYPTO_MAX_SUBSCRIPTIONS", "7")
                .config();

        assertThat(config.feeds().get(1).maxSubscriptions()).isEqualTo(7);
    }

    @Test
    void shouldFindAKeyOfAFeedThatTheFileAdds() {
        NodeConfig config = new Given(directory)
                .conf(TWO_THAT_FOLD_INTO_ONE)
                .env("TICKMESH_FEEDS_A_REST_MODE", "live")
                .config();

        assertThat(config.feeds().stream().filter(feed -> feed.id().equals("a-rest")))
                .extracting(FeedConfig::mode)
                .containsExactly(FeedConfig.Mode.LIVE);
    }

    @Test
    void shouldRefuseAnAmbiguousVariable() {
        assertThat(new Given(directory)
                        .conf(TWO_THAT_FOLD_INTO_ONE)
                        .env("TICKMESH_FEEDS_A_REST_URL", "ws://localhost:3")
                        .problems())
                .containsExactly("variable TICKMESH_FEEDS_A_REST_URL is ambiguous:"
                        + " feeds.a.rest_url and feeds.a-rest.url (variable TICKMESH_FEEDS_A_REST_URL)");
    }

    @Test
    void shouldNameTheNearestVariable() {
        assertThat(new Given(directory).dotEnv("TICKMESH_JAVA_OPT=-Xmx1g").problems())
                .containsExactly("unknown variable TICKMESH_JAVA_OPT, the nearest known one is TICKMESH_JAVA_OPTS"
                        + " (.env line 1, TICKMESH_JAVA_OPT)");
    }

    @Test
    void shouldLeaveTheLaunchersVariablesAlone() {
        assertThat(new Given(directory)
                        .env("TICKMESH_JAVA_HOME", "/jdk")
                        .env("TICKMESH_JAVA_OPTS", "-Xmx1g")
                        .problems())
                .isEmpty();
    }

    @Test
    void shouldNotTakeWhatKubernetesSetsForItsServicesForOurs() {
        Given given = new Given(directory)
                .env("TICKMESH_SERVICE_HOST", "10.0.0.1")
                .env("TICKMESH_SERVICE_PORT", "8000")
                .env("TICKMESH_SERVICE_PORT_HTTP", "8000")
                .env("TICKMESH_PORT", "tcp://10.0.0.1:8000")
                .env("TICKMESH_PORT_8000_TCP", "tcp://10.0.0.1:8000")
                .env("TICKMESH_PORT_8000_TCP_ADDR", "10.0.0.1")
                .env("TICKMESH_HTTP_PORT", "tcp://10.0.0.2:80");

        assertThat(given.config().http().port()).isEqualTo(8000);
        assertThat(new Given(directory).env("TICKMESH_PORT", "8001").problems()).hasSize(1);
    }
}
