package io.tickmesh.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EffectiveConfigTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int check(Given given) {
        return Check.run(
                given.inputs(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void shouldNameTheSourceOfEachValueThatIsNotTheDefault() {
        String text = new Given(directory)
                .conf("limits:\n  linger: 7s\nlog: {level: info}")
                .env("FMP_API_KEY", "k")
                .dotEnv("TICKMESH_CLUSTER_MEMBERS=a,b:1")
                .port("8001")
                .accepted()
                .effective()
                .print();

        assertThat(text.lines())
                .contains(
                        "node:",
                        "  name: 127.0.0.1:8001",
                        "http:",
                        "  host: 127.0.0.1",
                        "  port: 8001  # --port",
                        "  port: 9001",
                        "  members: [a, b:1]  # .env line 1, TICKMESH_CLUSTER_MEMBERS",
                        "  voters: []",
                        "  linger: 7s  # my.yaml line 2",
                        "  level: info",
                        "  fmp-crypto:",
                        "    api_key: \"***\"  # variable FMP_API_KEY",
                        "    ca_file:");
    }

    @Test
    void shouldPrintWhatCanBeReadBack() {
        Given given = new Given(directory)
                .set("node.name", "it's \"a\\b\": # {x}")
                .set("cluster.members", "[fe80::1]:5701,b")
                .set("cluster.voters", "null,~,- x,*y")
                .set("sim.seed", "-5")
                .set("log.format", "json");
        NodeConfig config = given.config();
        String printed = given.accepted().effective().print();

        assertThat(new Given(directory).conf(printed).config()).isEqualTo(config);
    }

    @Test
    void shouldSayOkBehindTheConfiguration() {
        assertThat(check(new Given(directory))).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("node:\n").endsWith("\nOK\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void shouldPrintOnlyProblemsWhenThereAreAny() {
        assertThat(check(new Given(directory).port("x").set("a", "b"))).isOne();

        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("error: "));
    }

    @Test
    void shouldPrintWarningsAndGoOn() {
        assertThat(check(new Given(directory).set("limits.client_timeout", "1s")))
                .isZero();

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("warning: limits.client_timeout: limits.ping_interval must not be above"
                        + " limits.client_timeout (--set)\n");
    }
}
