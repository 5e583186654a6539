package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.config.UpstreamConfig;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tokens of an account, as sessions ask for them from a provider on a real socket. */
class AccountPassTest {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final List<String> NAMES = List.of("key");
    private static final UpstreamConfig TIMING = withRefusedPause(PAUSE);

    private static final TokenRecipe RECIPE = new TokenRecipe() {
        @Override
        public String name() {
            return "key";
        }

        @Override
        public boolean forSessions() {
            return true;
        }

        @Override
        public Duration pause() {
            return Duration.ofMillis(10);
        }

        @Override
        public RestCall call(FeedConfig feed) {
            return new RestCall("POST", "/key", Map.of(), "");
        }

        @Override
        public Answer read(int status, byte[] body, long nowMillis) {
            String text = new String(body, StandardCharsets.UTF_8);
            return status == 200
                    ? new Answer.Issued(new Secret(text), nowMillis + 3_600_000)
                    : new Answer.Refused(text);
        }
    };

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> got = new ArrayList<>();
    private final List<Pass.Refusal> refusals = new ArrayList<>();
    private volatile boolean knows;
    private @Nullable AccountPass account;

    private static UpstreamConfig withRefusedPause(Duration pause) {
        UpstreamConfig base = UpstreamConfig.DEFAULTS;
        return new UpstreamConfig(
                base.connectTimeout(),
                base.loginTimeout(),
                base.ackTimeout(),
                base.quietWindow(),
                base.quietWindowMost(),
                base.watchdog(),
                base.pingInterval(),
                base.backoffFirst(),
                base.backoffDoublings(),
                base.backoffMost(),
                base.stableAfter(),
                pause);
    }

    @BeforeEach
    void open() throws Exception {
        int port = vertx.createHttpServer()
                .requestHandler(request -> {
                    requests.incrementAndGet();
                    request.response().setStatusCode(knows ? 200 : 403).end(knows ? "token" : "no such key");
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
        FeedConfig feed = new FeedConfig(
                "kis",
                "kis",
                "",
                FeedConfig.Mode.LIVE,
                "ws://nowhere",
                "http://127.0.0.1:" + port,
                1,
                FeedConfig.Overflow.FALLBACK,
                Map.of("app_key", new Secret("made-up")),
                null);
        account = new AccountPass(vertx, feed, List.of(RECIPE), TIMING, null, () -> true);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** Asks as a session does, and waits for the answer. */
    private void ask() {
        AccountPass asked = account;
        int before = answers();
        context.runOnContext(turn -> {
            if (asked != null) {
                asked.provide(NAMES, System.nanoTime(), this::onAnswer);
            }
        });
        await().until(() -> answers() == before + 1);
    }

    private synchronized void onAnswer(Pass.@Nullable Refusal refusal, long now) {
        if (refusal == null) {
            got.add("token");
        } else {
            refusals.add(refusal);
        }
    }

    private synchronized int answers() {
        return got.size() + refusals.size();
    }

    @Test
    void shouldNotTakeAnOldRefusalForAnAnswer() {
        ask();
        assertThat(refusals).singleElement().satisfies(refusal -> {
            assertThat(refusal.asked()).isTrue();
            assertThat(refusal.kind()).isEqualTo(LoginRefusal.NOT_ALLOWED);
            assertThat(refusal.text()).isEqualTo("token key: refused: no such key");
            assertThat(refusal.pause()).isBetween(PAUSE.toNanos() - 500 * MILLI, PAUSE.toNanos());
        });

        ask();

        Pass.Refusal early = refusals.get(1);
        assertThat(requests).hasValue(1);
        assertThat(early.asked()).isFalse();
        assertThat(early.kind()).isEqualTo(LoginRefusal.NOT_ALLOWED);
        assertThat(early.pause()).isBetween(1L, refusals.get(0).pause());
    }

    @Test
    void shouldAskAnewAfterThePauseAndWaitForThatAnswer() {
        ask();
        knows = true;
        long due = System.nanoTime() + refusals.get(0).pause();
        await().pollInterval(Duration.ofMillis(5)).until(() -> System.nanoTime() - due >= 0);

        ask();

        assertThat(got).containsExactly("token");
        assertThat(requests).hasValue(2);
    }
}
