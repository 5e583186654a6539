package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.FeedState;
import io.tickmesh.upstream.kis.Kis;
import io.tickmesh.upstream.kis.KisHours;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session whose tokens come when the test says, of a provider that wants no login. */
class SessionTokensTest implements FeedSession.Wire, FeedSession.Listener {
    /** Close to where a long turns negative: nanoTime may be anywhere. */
    private static final long START = Long.MAX_VALUE - 90 * SECOND;

    private final List<String> calls = new ArrayList<>();
    private final Retries retries = new Retries(UpstreamConfig.DEFAULTS, () -> 0.5);
    private final FeedSession session =
            new FeedSession(UpstreamConfig.DEFAULTS, Setups.FMP.rules(), retries, this, this);
    private long now = START;
    private int link;

    @Override
    public void connect(int number) {
        link = number;
        calls.add("connect");
    }

    @Override
    public boolean login() {
        return false;
    }

    @Override
    public void ping() {}

    @Override
    public void close() {
        calls.add("close");
    }

    @Override
    public void onStreaming(long time) {}

    @Override
    public void onDown(SessionEnd end, long time) {
        calls.add("down " + end.word());
    }

    @Override
    public void onChanged() {}

    /** Lets time pass to where the session wants to wake, and tells how long that was. */
    private double secondsToWake() {
        long wait = session.nanosToWake(now);
        now += wait;
        session.wake(now);
        return wait / (double) SECOND;
    }

    @Test
    void shouldCountTheTimeOfAConnectFromTheDialling() {
        session.start(false, false, now);
        assertThat(session.state()).isEqualTo(FeedState.CONNECTING);
        now += 15 * SECOND;
        session.wake(now);

        session.onDialling(link, now);

        assertThat(secondsToWake()).isEqualTo(10);
        assertThat(calls).containsExactly("connect", "close", "down connect_timeout");
        assertThat(retries.reason()).isEqualTo("cannot connect: no answer within 10 s");
    }

    @Test
    void shouldSayThatItIsTheTokenThatDoesNotCome() {
        session.start(false, false, now);

        session.onNoToken(
                new Pass.Refusal(LoginRefusal.TEMPORARY, "token approval: no whole answer within 15 s", true, 0), now);

        assertThat(calls).containsExactly("connect", "close", "down token_failed");
        assertThat(retries.reason()).isEqualTo("cannot get a token: token approval: no whole answer within 15 s");
        session.onDialling(link, now);
        assertThat(session.state()).isEqualTo(FeedState.WAITING);
        assertThat(secondsToWake()).isEqualTo(1);

        assertThat(secondsToWake()).isEqualTo(20);
        assertThat(retries.reason()).isEqualTo("cannot get a token: nothing came within 20 s");
    }

    @Test
    void shouldNotStandBackLongerBecauseItCameTooEarlyForAToken() {
        session.start(false, false, now);
        session.onNoToken(new Pass.Refusal(LoginRefusal.NOT_ALLOWED, "no such key", true, 300 * SECOND), now);
        session.reconnect(now + 10 * SECOND);
        session.onNoToken(new Pass.Refusal(LoginRefusal.NOT_ALLOWED, "no such key", false, 290 * SECOND), now);

        assertThat(session.state()).isEqualTo(FeedState.SUSPENDED);
        assertThat(retries.refusals()).isZero();
        assertThat(retries.reason())
                .isEqualTo("the provider refuses the login: no such key; check the key and what its plan allows;"
                        + " next try in 290 s");
        assertThat(secondsToWake()).isEqualTo(290);

        session.onNoToken(new Pass.Refusal(LoginRefusal.TEMPORARY, "a moment ago", false, 40 * SECOND), now);
        assertThat(session.state()).isEqualTo(FeedState.WAITING);
        assertThat(retries.attempts()).isZero();
        assertThat(secondsToWake()).isEqualTo(40);

        session.onNoToken(new Pass.Refusal(LoginRefusal.TEMPORARY, "no answer", true, 61 * SECOND), now);
        assertThat(retries.attempts()).isEqualTo(1);
        assertThat(secondsToWake()).isEqualTo(61);
    }

    @Test
    void shouldGiveKisHalfAMinuteToForgetTheSessionThatWasLost() {
        SessionRules rules = new Kis(new KisHours()).rules();
        FeedSession kis = new FeedSession(UpstreamConfig.DEFAULTS, rules, retries, this, this);
        kis.start(false, false, now);
        kis.onDialling(link, now);
        kis.onOpened(link, now);
        kis.onClosed(link, "without a Close frame", now);
        long lostAt = now;
        now += kis.nanosToWake(now);
        while (now - lostAt < 60 * SECOND) {
            kis.wake(now);
            kis.onDialling(link, now);
            kis.onOpened(link, now);
            kis.onRefused(LoginRefusal.ELSEWHERE, "OPSP8996 ALREADY IN USE appkey", now);

            assertThat(kis.state()).isEqualTo(FeedState.WAITING);
            assertThat(kis.nanosToWake(now)).isEqualTo(30 * SECOND);
            assertThat(retries.reason()).endsWith("most likely the one that was lost before; next try in 30 s");
            now += 30 * SECOND;
        }
        assertThat(calls).filteredOn("connect"::equals).hasSize(3);
    }
}
