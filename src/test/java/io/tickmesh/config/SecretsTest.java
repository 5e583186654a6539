package io.tickmesh.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {
    private static final String SECRET = "s3cr3t";

    @TempDir
    private Path directory;

    @Test
    void shouldPrintNoSecretAnywhere() {
        Given given = new Given(directory)
                .env("FMP_API_KEY", SECRET + 1)
                .env("KIS_APP_SECRET", SECRET + 2)
                .dotEnv("TICKMESH_FEEDS_FMP_FOREX_API_KEY=" + SECRET + 3)
                .conf("feeds: {fmp-crypto: {api_key: " + SECRET + "4}}")
                .set("feeds.fmp.api_key", SECRET + 5);
        Loaded.Accepted accepted = given.accepted();

        assertThat(accepted.config().feeds().get(0).credentials()).containsEntry("api_key", new Secret(SECRET + 5));
        assertThat(accepted.toString()).doesNotContain(SECRET);
        assertThat(accepted.effective().print()).doesNotContain(SECRET).contains("api_key: \"***\"  # --set");
        assertThat(given.inputs().toString()).doesNotContain(SECRET);
        assertThat(new Setting("a", SECRET, "b").toString()).doesNotContain(SECRET);
        assertThat(new EnvironmentNames.Variable("A", SECRET, "b").toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "feeds: {fmp: {api_key: s3cr3t with spaces}}",
                "feeds: {fmp: {api_key: [s3cr3t]}}",
                "feeds: {fmp: {api_key: {s3cr3t: 1}}}",
                "feeds: {fmp: {api_key: *s3cr3t}}",
                "feeds: {fmp: {api_key: &s3cr3t x}}",
                "feeds: {fmp: {api_key: !s3cr3t x}}",
                "feeds: {fmp: {api_key: !s3cr3t!s3cr3t x}}",
                "feeds: {fmp: {api_key: '***'}}",
                "feeds: {fmp: {apikey: s3cr3t}}",
                "feeds: {fmp: {apikey: {s3cr3t: 1}}}",
                "feeds: {fmp: {api_key: \"s3cr3t\\q\"}}",
                "feeds: {fmp: {api_key: @s3cr3t}}",
                "feeds: {fmp: {api_key: s3cr3t",
                "feeds:\n  fmp:\n    api_key: s3cr3t\n   x: y",
                "feeds: {fmp: {api_key: \"s3cr3t}}",
                "%YAML s3cr3t\n---\n",
                "feeds: {fmp: {url: 'wss://user:s3cr3t@a.example'}}",
                "feeds: {fmp: {rest_url: 'https://a.example/?apikey=s3cr3t'}}",
            })
    void shouldNotShowASecretInAProblemOfAFile(String text) {
        assertThat(new Given(directory).conf(text).problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).doesNotContain(SECRET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FMP_API_KEY=s3cr3t two",
                "TICKMESH_FEEDS_FMP_API_KEY='s3cr3t",
                "FMP_API_KEY=\"s3cr3t\" s3cr3t",
                "s3cr3t",
                "FMP_API_KEY: s3cr3t",
                "TICKMESH_API_KEY=s3cr3t",
            })
    void shouldNotShowASecretInAProblemOfADotEnv(String text) {
        assertThat(new Given(directory).dotEnv(text).problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).doesNotContain(SECRET));
    }

    @Test
    void shouldReportAWrongContractKeyOnce() {
        assertThat(new Given(directory).env("FMP_API_KEY", "s3cr3t two").problems())
                .containsExactly("feeds.fmp.api_key: must be a text without spaces, and not the mask ***"
                        + " (variable FMP_API_KEY)");
    }

    @Test
    void shouldCheckWithoutASecret() {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(both, true, StandardCharsets.UTF_8);

        int good = Check.run(new Given(directory).env("FMP_API_KEY", SECRET).inputs(), stream, stream);
        int bad =
                Check.run(new Given(directory).env("FMP_API_KEY", SECRET + " 2").inputs(), stream, stream);

        assertThat(good).isZero();
        assertThat(bad).isOne();
        assertThat(both.toString(StandardCharsets.UTF_8)).doesNotContain(SECRET).contains("***");
    }
}
