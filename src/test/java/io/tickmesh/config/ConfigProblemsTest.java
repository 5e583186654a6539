package io.tickmesh.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigProblemsTest {
    @TempDir
    private Path directory;

    @Test
    void shouldReportAllProblemsOfAllSourcesAtOnce() {
        Given given = new Given(directory)
                .conf("http:\n  port: abc\n  hots: x\ncluster: {arbiter: redis}\n")
                .dotEnv("\nTICKMESH_LIMITS_LINGER=5\n")
                .env("TICKMESH_HTTP_PROT", "1")
                .set("feeds.fmp.mod", "sim")
                .port("70000");

        assertThat(given.problems())
                .containsExactlyInAnyOrder(
                        "http.port: must be a whole number from 0 to 65535, but is \"abc\" (my.yaml line 2)",
                        "http.hots: unknown key, the nearest known one is http.host (my.yaml line 3)",
                        "cluster.arbiter: needs redis.url (my.yaml line 4)",
                        "limits.linger: must be a time from 0ms to 24h such as 100ms, 5s or 5m, but is \"5\""
                                + " (.env line 2, TICKMESH_LIMITS_LINGER)",
                        "unknown variable TICKMESH_HTTP_PROT, the nearest known one is TICKMESH_HTTP_PORT"
                                + " (variable TICKMESH_HTTP_PROT)",
                        "feeds.fmp.mod: unknown key, the nearest known one is feeds.fmp.mode (--set)",
                        "http.port: must be a whole number from 0 to 65535, but is \"70000\" (--port)");
    }

    @ParameterizedTest
    @CsvSource({
        "http.port, -1",
        "http.port, 65536",
        "http.port, 8e3",
        "http.port, 99999999999999999999",
        "http.host, a b",
        "http.host, -a",
        "cluster.members, a:0",
        "cluster.members, 'a,b c'",
        "cluster.arbiter, zookeeper",
        "cluster.kubernetes, yes",
        "upstream.watchdog, 1.5s",
        "upstream.watchdog, 5",
        "upstream.watchdog, -5s",
        "upstream.watchdog, 25h",
        "upstream.watchdog, 999999999999999999h",
        "limits.message_bytes, 1023",
        "limits.message_bytes, 2GB",
        "limits.history_bytes, 1TB",
        "sim.seed, 9223372036854775808",
        "sim.ticks_per_second, NaN",
        "sim.ticks_per_second, 1e400",
        "log.level, loud",
        "log.format, xml",
        "feeds.fmp.provider, binance",
        "feeds.fmp.asset, bond",
        "feeds.fmp.mode, demo",
        "feeds.fmp.max_subscriptions, 0",
        "feeds.fmp.slots_overflow, drop",
        "feeds.fmp.url, https://a.example",
        "feeds.fmp.url, wss://",
        "feeds.fmp.url, wss://a.example:0",
        "feeds.fmp.url, not a url",
        "feeds.fmp.rest_url, wss://a.example",
        "feeds.fmp.rest_url, https://a.example#x"
    })
    void shouldRefuseAWrongValue(String path, String value) {
        assertThat(new Given(directory).set(path, value).problems())
                .singleElement()
                .asString()
                .startsWith(path + ": must be ")
                .endsWith(", but is \"" + value + "\" (--set)");
    }

    @Test
    void shouldRefuseAWrongValueThatIsOverridden() {
        assertThat(new Given(directory).conf("http: {port: x}").port("8001").problems())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http: 8000 | http: must be a section of keys (my.yaml line 1)",
                "http: {port: [1]} | http.port: must be a whole number from 0 to 65535, but is a list (my.yaml line 1)",
                "http: {port: {a: 1}} | http.port: must be a whole number from 0 to 65535, but is a section (my.yaml line 1)",
                "cluster: {voters: {a: 1}} | cluster.voters: must be a list, each of its items a text of one line with at most 255 characters, but is a section (my.yaml line 1)",
                "cluster: {members: [[a]]} | cluster.members: must be a list, each of its items host or host:port (my.yaml line 1)",
                "cluster: {members: ['a,b']} | cluster.members: must be a list, each of its items host or host:port (my.yaml line 1)",
                "- http | must hold sections of keys (my.yaml line 1)",
                "just text | must hold sections of keys (my.yaml line 1)",
                "{[a]: 1} | has a key that is not a plain text (my.yaml line 1)",
                "htp: {port: 1} | htp: unknown key, the nearest known one is http (my.yaml line 1)",
                "http: {port: 1, port: 2} | http.port: duplicate of line 1 (my.yaml line 1)",
                "{http: {port: 1}, http: {port: 2}} | http: duplicate of line 1 (my.yaml line 1)",
                "http: {port: 1, port: 1} | http.port: duplicate of line 1 (my.yaml line 1)",
                "http: &a {port: 1} | http: anchors, aliases and tags are not supported (my.yaml line 1)",
                "http: {port: !int 1} | http.port: anchors, aliases and tags are not supported (my.yaml line 1)",
                "feeds: {Fmp: {mode: sim}} | feeds.Fmp: the name of a feed must match [a-z][a-z0-9-]{0,62} (my.yaml line 1)",
                "feeds: {fmp: {apikey: x}} | feeds.fmp.apikey: unknown key, the nearest known one is feeds.fmp.api_key (my.yaml line 1)",
            })
    void shouldRefuseAFileOfAnotherShape(String text, String problem) {
        assertThat(new Given(directory).conf(text).problems()).containsExactly(problem);
    }

    @Test
    void shouldNameTheLineOfBrokenYaml() {
        assertThat(new Given(directory).conf("http:\n  port: 1\n host: b\n").problems())
                .singleElement()
                .asString()
                .startsWith("is not valid YAML: ")
                .endsWith("(my.yaml line 3)");
    }

    @Test
    void shouldRefuseMoreThanOneDocument() {
        assertThat(new Given(directory)
                        .conf("http: {port: 1}\n---\nhttp: {port: 2}\n")
                        .problems())
                .containsExactly("holds more than one document (my.yaml line 2)");
    }

    @Test
    void shouldRefuseFilesThatCannotBeRead() throws IOException {
        Files.createDirectory(directory.resolve("folder"));
        Files.write(directory.resolve("latin"), new byte[] {'a', (byte) 0xe4});
        Files.write(directory.resolve("huge"), new byte[(1 << 20) + 1]);

        assertThat(new Given(directory).confFile("missing").problems())
                .containsExactly("there is no such file (missing)");
        assertThat(new Given(directory).confFile("folder").problems()).containsExactly("is a directory (folder)");
        assertThat(new Given(directory).confFile("latin").problems()).containsExactly("is not UTF-8 text (latin)");
        assertThat(new Given(directory).confFile("huge").problems()).containsExactly("is larger than 1 MB (huge)");
        assertThat(new Given(directory).confFile("a\0b").problems())
                .containsExactly("is not the name of a file (--conf)");
    }

    @Test
    void shouldRefuseADotEnvThatCannotBeRead() throws IOException {
        Files.createDirectory(directory.resolve(".env"));

        assertThat(new Given(directory).problems()).containsExactly("is a directory (.env)");
    }

    @Test
    void shouldRefuseACaFileThatCannotBeRead() throws IOException {
        Files.writeString(directory.resolve("ca.pem"), "x");

        assertThat(new Given(directory).set("feeds.fmp.ca_file", "ca.pem").problems())
                .isEmpty();
        assertThat(new Given(directory).set("feeds.fmp.ca_file", "no.pem").problems())
                .containsExactly("feeds.fmp.ca_file: cannot be read: \"no.pem\" (--set)");
    }

    @Test
    void shouldTakeTheFilesOfTlsTogetherOrNotAtAll() throws IOException {
        Files.writeString(directory.resolve("a.pem"), "x");
        Given given = new Given(directory).set("cluster.tls.certificate", "a.pem");

        assertThat(given.problems())
                .containsExactly(
                        "cluster.tls.key: is missing: the certificate, the key and the ca belong together",
                        "cluster.tls.ca: is missing: the certificate, the key and the ca belong together");
        given.set("cluster.tls.key", "a.pem").set("cluster.tls.ca", "no.pem");
        assertThat(given.problems()).containsExactly("cluster.tls.ca: cannot be read: \"no.pem\" (--set)");
        given.set("cluster.tls.ca", "a.pem");
        assertThat(given.problems()).isEmpty();
        String file = directory.resolve("a.pem").toString();
        assertThat(given.config().cluster().guard().tls()).isEqualTo(new TlsConfig(file, file, file));
    }

    @Test
    void shouldRefuseTwoFeedsOfOneAccountInAPool() {
        String conf = "feeds:\n  mine: {provider: fmp, asset: stock, url: 'wss://a.example'}\n";

        assertThat(new Given(directory).conf(conf).problems())
                .containsExactly("feeds.mine: pool fmp.stock already has the account of feed fmp (my.yaml line 2)");
        assertThat(new Given(directory).set("feeds.fmp-forex.asset", "crypto").problems())
                .containsExactly("feeds.fmp-forex: pool fmp.crypto already has the account of feed fmp-crypto (--set)");
    }

    @Test
    void shouldSayWhatANewFeedNeeds() {
        assertThat(new Given(directory).conf("feeds: {fmpp: {mode: sim}}").problems())
                .containsExactly("feeds.fmpp.provider: is missing: a feed that is not built in needs it;"
                        + " built in are fmp, fmp-crypto, fmp-forex, kis, kiwoom, upbit");
    }

    @Test
    void shouldKeepSeveralAccountsOfAProviderApart() {
        String conf = """
                feeds:
                  kis: {app_key: a, app_secret: b}
                  kis-2: {provider: kis, app_key: c, app_secret: d}
                """;
        assertThat(new Given(directory).conf(conf).config().feeds())
                .filteredOn(feed -> feed.pool().equals("kis"))
                .extracting(feed -> feed.id() + ' ' + feed.url())
                .containsExactly(
                        "kis ws://ops.koreainvestment.com:21000/tryitout",
                        "kis-2 ws://ops.koreainvestment.com:21000/tryitout");

        String mixed = "feeds:\n  kis-2: {provider: kis, app_key: c, app_secret: d}\n";
        assertThat(new Given(directory).conf(mixed).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("feeds.kis-2: pool kis has feed kis, which is simulated, and this one is not"));
        assertThat(new Given(directory).set("feeds.kis.asset", "stock").problems())
                .containsExactly("feeds.kis.asset: kis has no asset classes (--set)");
    }

    @Test
    void shouldRefusePrivateNewsOfAFeedWhoseNameDoesNotTellItsProvider() {
        String conf = "feeds:\n  mine: {provider: kiwoom, mode: off, notices: true}\n  kis: {notices: true}\n";

        assertThat(new Given(directory).conf(conf).problems())
                .containsExactly("feeds.mine.notices: needs a feed whose name is kiwoom or begins with kiwoom-"
                        + " (my.yaml line 2)");
    }

    @Test
    void shouldNotAddFeedsOutsideAFile() {
        assertThat(new Given(directory).set("feeds.fmpp.mode", "sim").problems())
                .containsExactly("feeds.fmpp.mode: unknown key, the nearest known one is feeds.fmp.mode (--set)");
    }

    @Test
    void shouldRefusePortsThatCannotBe() {
        assertThat(new Given(directory).set("management.port", "8000").problems())
                .containsExactly("management.port: must not be http.port, but both are 8000 (--set)");
        assertThat(new Given(directory).port("65000").problems())
                .containsExactly("management.port: must be given: http.port + 1000 is 66000, above 65535");
    }

    @Test
    void shouldRefuseToLetOtherNodesInOnEveryAddress() {
        assertThat(new Given(directory).set("cluster.host", "0.0.0.0").problems())
                .containsExactly(
                        "cluster.host: must be one address of this machine, which other nodes reach, but is 0.0.0.0 (--set)");
    }

    @Test
    void shouldDrawNoConclusionsFromAWrongValue() {
        assertThat(new Given(directory).set("management.port", "8000").port("x").problems())
                .containsExactly("http.port: must be a whole number from 0 to 65535, but is \"x\" (--port)");
    }

    @Test
    void shouldRefuseTimesThatContradictEachOther() {
        assertThat(new Given(directory).set("upstream.quiet_window", "2s").problems())
                .containsExactly(
                        "upstream.quiet_window: upstream.quiet_window must not be above upstream.quiet_window_most (--set)");
        assertThat(new Given(directory).set("upstream.backoff_most", "10ms").problems())
                .containsExactly(
                        "upstream.backoff_most: upstream.backoff_first must not be above upstream.backoff_most (--set)");
    }

    @Test
    void shouldWarnOfAKeyThatGoesOutInTheOpen() {
        Given open = new Given(directory)
                .set("feeds.fmp.mode", "live")
                .set("feeds.fmp.url", "ws://feeds.example")
                .set("feeds.fmp.rest_url", "http://localhost:1");

        assertThat(open.problems()).isEmpty();
        assertThat(open.warnings())
                .containsExactly(
                        "feeds.fmp.url: the API key goes out without encryption; use wss:// and https:// (--set)");
        assertThat(open.set("feeds.fmp.url", "ws://127.0.0.1:1").warnings()).isEmpty();
        assertThat(open.set("feeds.fmp.url", "ws://[::1]:1").warnings()).isEmpty();
        assertThat(open.set("feeds.fmp.url", "ws://127.0.0.1.example").warnings())
                .hasSize(1);
    }

    @Test
    void shouldShowWhatWasWrittenOnOneShortLine() {
        assertThat(new Given(directory)
                        .set("http.host", "a\nb" + "c".repeat(1000))
                        .problems())
                .singleElement()
                .asString()
                .contains("\"a?bccc")
                .contains("c...\"")
                .hasSizeLessThan(200);
    }
}
