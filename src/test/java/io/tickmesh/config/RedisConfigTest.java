package io.tickmesh.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisConfigTest {
    @TempDir
    private Path directory;

    private Given given() {
        return new Given(directory);
    }

    private static RedisConfig redis(Given given) {
        return Objects.requireNonNull(given.config().redis());
    }

    @Test
    void shouldNeedNoRedis() {
        assertThat(given().config().redis()).isNull();
    }

    @Test
    void shouldTakeTheContractsVariable() {
        RedisConfig redis = redis(given().env("REDIS_URL", "redis://redis:6379/0"));

        assertThat(redis.endpoints()).containsExactly(new RedisEndpoint(false, "redis", 6379, 0, null, null));
        assertThat(redis.mode()).isEqualTo(RedisConfig.Mode.STANDALONE);
        assertThat(redis.keyPrefix()).isEqualTo("tickmesh");
        assertThat(redis.expiry()).isEqualTo(Duration.ofDays(7));
        assertThat(redis.password()).isNull();
    }

    @Test
    void shouldPreferTheOwnVariable() {
        RedisConfig redis =
                redis(given().env("REDIS_URL", "redis://a").env("TICKMESH_REDIS_URL", "rediss://my_redis:7000/3"));

        assertThat(redis.endpoints()).containsExactly(new RedisEndpoint(true, "my_redis", 7000, 3, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "redis://ann:p%40ss@h, ann, p@ss",
        "redis://:a+b@h, , a+b",
        "redis://ann@h, ann, ",
        "redis://[::1]:1, , ",
    })
    void shouldReadUserAndPassword(String url, String user, String password) {
        RedisConfig redis = redis(given().set("redis.url", url));

        assertThat(redis.endpoints().get(0).user()).isEqualTo(user);
        assertThat(redis.password()).isEqualTo(password == null ? null : new Secret(password));
    }

    @Test
    void shouldTakeThePasswordFromItsOwnKey() {
        assertThat(redis(given().set("redis.url", "redis://h").set("redis.password", "p"))
                        .password())
                .isEqualTo(new Secret("p"));
    }

    @Test
    void shouldTakeSentinelsAndClusters() {
        RedisConfig sentinels = redis(given().conf(
                        "redis: {url: ['redis://a:26379', 'redis://b:26379'], mode: sentinel, sentinel_master: m}"));
        RedisConfig cluster =
                redis(given().set("redis.url", "redis://a,redis://b:7001").set("redis.mode", "cluster"));

        assertThat(sentinels.endpoints())
                .extracting(RedisEndpoint::address)
                .isEqualTo(List.of("redis://a:26379", "redis://b:26379"));
        assertThat(sentinels.sentinelMaster()).isEqualTo("m");
        assertThat(cluster.mode()).isEqualTo(RedisConfig.Mode.CLUSTER);
        assertThat(cluster.endpoints()).hasSize(2);
    }

    @Test
    void shouldNotPrintThePassword() {
        Given given = given().set("redis.url", "redis://ann:s3cr3t@h:1/2");

        assertThat(given.accepted().effective().print())
                .contains("\"redis://ann:***@h:1/2\"")
                .doesNotContain("s3cr3t");
        assertThat(given.config().toString()).doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h",
                "redis:/h",
                "redis://",
                "redis://u:s3cr3t@",
                "redis://h:0",
                "redis://h:65536",
                "redis://h/x",
                "redis://h/99999",
                "redis://h/0?password=s3cr3t",
                "redis://u:***@h",
                "redis://u:s3cr3t%zz@h",
                "redis://u:s3cr3t@h/a b",
            })
    void shouldRefuseWhatIsNoAddress(String url) {
        assertThat(given().set("redis.url", url).problems())
                .singleElement()
                .asString()
                .startsWith("redis.url: must be a list, each of its items redis:// or rediss://")
                .doesNotContain("s3cr3t");
    }

    @Test
    void shouldSayWhatDoesNotFitTogether() throws IOException {
        Path ca = Files.writeString(directory.resolve("ca.pem"), "x");

        assertThat(given().set("redis.mode", "cluster").problems())
                .containsExactly("redis.mode: needs redis.url (--set)");
        assertThat(given().set("redis.url", "redis://a,redis://b").problems())
                .containsExactly("redis.url: must be one address unless redis.mode is sentinel or cluster (--set)");
        assertThat(given().set("redis.url", "redis://a/1")
                        .set("redis.mode", "cluster")
                        .problems())
                .containsExactly("redis.url: must not name a database: a Redis Cluster has only database 0 (--set)");
        assertThat(given().set("redis.url", "redis://a,rediss://b")
                        .set("redis.mode", "sentinel")
                        .problems())
                .containsExactly("redis.url: must name the same scheme, user, password and database in each address"
                        + " (--set)");
        assertThat(given().set("redis.url", "redis://:x@a")
                        .set("redis.password", "y")
                        .problems())
                .containsExactly("redis.password: must not be given beside a password in redis.url (--set)");
        assertThat(given().set("redis.url", "redis://a")
                        .set("redis.ca", ca.toString())
                        .problems())
                .containsExactly("redis.ca: needs an address that begins with rediss:// (--set)");
        assertThat(given().set("redis.url", "rediss://a")
                        .set("redis.ca", "no.pem")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("redis.ca: cannot be read");
        assertThat(given().set("redis.url", "redis://a")
                        .set("redis.key_prefix", "a{b}")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("redis.key_prefix: must be letters");
    }
}
