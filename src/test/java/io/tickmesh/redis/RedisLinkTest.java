package io.tickmesh.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.config.RedisConfig;
import io.tickmesh.config.RedisEndpoint;
import io.tickmesh.config.Secret;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("io.tickmesh.redis.RedisServer#available")
final class RedisLinkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void closeAll() {
        wait(vertx.close());
    }

    private static <T> T wait(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private RedisLink link(RedisServer server, @Nullable String user, @Nullable String password) {
        RedisEndpoint endpoint = new RedisEndpoint(false, "127.0.0.1", server.port(), 0, user, null);
        RedisConfig config = new RedisConfig(
                RedisConfig.Mode.STANDALONE,
                List.of(endpoint),
                "",
                password == null ? null : new Secret(password),
                null,
                2,
                Duration.ofMillis(500),
                "test",
                Duration.ofHours(1),
                Duration.ofMillis(50));
        return new RedisLink(vertx, config, new Metrics(meters));
    }

    private RedisLink link(RedisServer server) {
        return link(server, null, null);
    }

    private static Request ping() {
        return Request.cmd(Command.PING);
    }

    private static RedisFailure failure(Future<?> future) {
        await().atMost(PATIENCE).until(future::isComplete);
        assertThat(future.cause()).isInstanceOf(RedisFailure.class);
        return (RedisFailure) future.cause();
    }

    @Test
    void shouldFailAtOnceWhileThereIsNoRedis() {
        RedisServer server = RedisServer.stopped();
        RedisLink link = link(server);
        wait(link.open());

        assertThat(link.isUp()).isFalse();
        Future<@Nullable Response> refused = link.send(ping());
        assertThat(refused.isComplete()).isTrue();
        assertThat(failure(refused).sort()).isEqualTo(RedisFailure.Sort.DOWN);
        assertThat(link.report().getString("state")).isEqualTo("down");
        assertThat(link.report().getString("reason")).contains("refused");
        try (server) {
            server.start();
            await().atMost(PATIENCE).until(link::isUp);
            assertThat(String.valueOf(wait(link.send(ping())))).isEqualTo("PONG");
        }
    }

    @Test
    void shouldComeBackWhenRedisDoes() {
        try (RedisServer server = RedisServer.running()) {
            RedisLink link = link(server);
            AtomicInteger ups = new AtomicInteger();
            link.whenUp(ups::incrementAndGet);
            wait(link.open());
            assertThat(ups).hasValue(1);

            server.kill();
            await().atMost(PATIENCE).until(() -> !link.isUp());
            server.start();

            await().atMost(PATIENCE).until(link::isUp);
            assertThat(ups).hasValue(2);
            assertThat(String.valueOf(wait(link.send(ping())))).isEqualTo("PONG");
        }
    }

    @Test
    void shouldPileNothingUpInFrontOfAFrozenRedis() {
        try (RedisServer server = RedisServer.running()) {
            RedisLink link = link(server);
            wait(link.open());
            server.freeze();

            List<Future<@Nullable Response>> all = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                all.add(link.send(ping()));
            }
            await().atMost(PATIENCE).until(() -> all.stream().allMatch(Future::isComplete));

            assertThat(all)
                    .extracting(each -> ((RedisFailure) each.cause()).sort())
                    .contains(RedisFailure.Sort.BUSY, RedisFailure.Sort.TIMEOUT)
                    .doesNotContain(RedisFailure.Sort.REFUSED);
            await().atMost(PATIENCE).until(() -> !link.isUp());
            await().atMost(PATIENCE)
                    .until(() -> meters.get("tickmesh_redis_connects").counter().count() >= 4);
            assertThat(meters.get("tickmesh_redis_under_way").gauge().value()).isZero();
            server.thaw();
            await().atMost(PATIENCE).until(link::isUp);
            // the connections of the attempts that nobody answered are gone
            await().atMost(PATIENCE)
                    .until(() -> String.valueOf(server.call("CLIENT", "LIST"))
                                    .lines()
                                    .count()
                            <= 3);
        }
    }

    @Test
    void shouldTellARefusalFromALoss() {
        try (RedisServer server = RedisServer.running()) {
            RedisLink link = link(server);
            wait(link.open());
            server.call("SET", "a", "b");

            RedisFailure refused = failure(link.send(Request.cmd(Command.HGET, "a", "b")));

            assertThat(refused.sort()).isEqualTo(RedisFailure.Sort.REFUSED);
            assertThat(refused.code()).isEqualTo("WRONGTYPE");
            assertThat(link.isUp()).isTrue();
        }
    }

    @Test
    void shouldSayWhoItIs() {
        try (RedisServer server = RedisServer.running("--user ann on >p@ss ~* &* +@all", "--requirepass other")) {
            RedisLink ann = link(server, "ann", "p@ss");
            RedisLink usual = link(server, null, "other");
            RedisLink nobody = link(server);
            RedisLink wrong = link(server, "ann", "secret-word");
            for (RedisLink each : List.of(ann, usual, nobody, wrong)) {
                wait(each.open());
            }

            assertThat(ann.isUp()).isTrue();
            assertThat(usual.isUp()).isTrue();
            assertThat(nobody.report().getString("reason")).contains("NOAUTH");
            assertThat(wrong.report().encode()).contains("WRONGPASS").doesNotContain("secret-word");
        }
    }
}
