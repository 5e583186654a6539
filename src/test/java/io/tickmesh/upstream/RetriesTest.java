package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private static final long NOW = Long.MAX_VALUE - SECOND;
    private static final long WALL = 1_700_000_000_000L;

    private final Retries retries = new Retries(UpstreamConfig.DEFAULTS, () -> 0);

    private static FeedStatus said(FeedState state, int attempts, int refusals, long retryAt) {
        return new FeedStatus(
                "fmp.stock",
                "fmp",
                "fmp",
                false,
                true,
                state,
                "why",
                1,
                attempts,
                0,
                9,
                refusals,
                retryAt,
                "",
                "n2",
                3);
    }

    private void inherit(FeedState state, int attempts, int refusals, long retryInMillis) {
        retries.inherit(said(state, attempts, refusals, WALL + retryInMillis), NOW, WALL);
    }

    private static long in(long seconds) {
        return NOW + seconds * SECOND;
    }

    private long secondsLeft() {
        return (retries.pauseEnd() - NOW) / SECOND;
    }

    @Test
    void shouldKeepTheRestOfAPause() {
        inherit(FeedState.WAITING, 5, 0, 12_000);

        assertThat(retries.pausing()).isTrue();
        assertThat(retries.suspended()).isFalse();
        assertThat(secondsLeft()).isEqualTo(12);
        assertThat(retries.reason()).isEqualTo("why");
        retries.onFailure("again", NOW);
        assertThat(retries.attempts()).isEqualTo(6);
    }

    @Test
    void shouldStandBackLongerAfterTheRefusalsOfOthers() {
        inherit(FeedState.SUSPENDED, 0, 1, 200_000);
        assertThat(retries.suspended()).isTrue();
        assertThat(secondsLeft()).isEqualTo(200);

        retries.onRefusal("refused", NOW);

        assertThat(secondsLeft()).isEqualTo(600);
    }

    @Test
    void shouldBoundAPauseThatAnotherClockMadeLong() {
        inherit(FeedState.WAITING, 5, 0, 3_600_000);
        assertThat(secondsLeft()).isEqualTo(36);

        inherit(FeedState.SUSPENDED, 0, 9, Long.MAX_VALUE / 2);
        assertThat(secondsLeft()).isEqualTo(1800);

        inherit(FeedState.WAITING, 1, 0, -3_600_000);
        assertThat(secondsLeft()).isZero();
    }

    @Test
    void shouldNotPauseWhereTheOwnerBeforeStreamed() {
        retries.onRefusal("long ago", NOW);

        inherit(FeedState.STREAMING, 2, 0, -WALL);

        assertThat(retries.pausing()).isFalse();
        assertThat(retries.reason()).isEmpty();
        assertThat(retries.attempts()).isEqualTo(2);
        assertThat(retries.refusals()).isZero();
    }

    @Test
    void shouldKeepToAPauseThatTheProviderNames() {
        retries.onAttempt();
        retries.restUntil(in(60), NOW);
        assertThat(retries.pausing()).as("an attempt is under way").isFalse();
        retries.onFailure("HTTP 418", NOW);
        assertThat(secondsLeft()).isEqualTo(60);

        retries.restUntil(in(30), NOW);
        assertThat(secondsLeft()).isEqualTo(60);
        retries.restUntil(in(90), NOW);
        assertThat(secondsLeft()).as("it is already waiting").isEqualTo(90);

        retries.onAttempt();
        retries.onFailure("HTTP 503", in(90));
        assertThat(secondsLeft()).isEqualTo(92);
    }

    @Test
    void shouldNotBeginWhereAnotherConnectionWasToldToRest() {
        retries.restUntil(in(60), NOW);

        assertThat(retries.pausing()).isTrue();
        assertThat(secondsLeft()).isEqualTo(60);
        retries.forget();
        assertThat(retries.pausing()).isFalse();
    }
}
