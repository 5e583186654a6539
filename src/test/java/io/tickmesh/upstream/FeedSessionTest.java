package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.FeedState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedSessionTest implements FeedSession.Wire, FeedSession.Listener {
    /** Close to where a long turns negative: nanoTime may be anywhere. */
    private static final long START = Long.MAX_VALUE - 90 * SECOND;

    private final List<String> calls = new ArrayList<>();
    private final Retries retries = new Retries(UpstreamConfig.DEFAULTS, () -> 0.5);
    private final FeedSession session =
            new FeedSession(UpstreamConfig.DEFAULTS, Setups.FMP.rules(), retries, this, this);
    private long now = START;
    private int link;
    private boolean wantsLogin = true;

    @Override
    public void connect(int number) {
        link = number;
        calls.add("connect");
        session.onDialling(number, now);
    }

    @Override
    public boolean login() {
        if (wantsLogin) {
            calls.add("login");
        }
        return wantsLogin;
    }

    @Override
    public void ping() {
        calls.add("ping");
    }

    @Override
    public void close() {
        calls.add("close");
    }

    @Override
    public void onStreaming(long time) {
        calls.add("streaming");
    }

    @Override
    public void onDown(SessionEnd end, long time) {
        calls.add("down " + end.word());
    }

    @Override
    public void onChanged() {}

    private void stream() {
        session.onOpened(link, now);
        session.onLoginAccepted(now);
    }

    /** Lets time pass to where the session wants to wake, and tells how long that was. */
    private double secondsToWake() {
        long wait = session.nanosToWake(now);
        now += wait;
        session.wake(now);
        return wait / (double) SECOND;
    }

    @Test
    void shouldStreamOnlyAfterTheLoginIsAccepted() {
        session.start(false, false, now);
        assertThat(session.state()).isEqualTo(FeedState.CONNECTING);
        session.onOpened(link, now);
        assertThat(session.state()).isEqualTo(FeedState.LOGGING_IN);
        session.onLoginAccepted(now);

        assertThat(session.state()).isEqualTo(FeedState.STREAMING);
        assertThat(calls).containsExactly("connect", "login", "streaming");
    }

    @Test
    void shouldStreamAtOnceWhereTheProviderWantsNoLogin() {
        wantsLogin = false;
        session.start(false, false, now);
        session.onOpened(link, now);

        assertThat(session.state()).isEqualTo(FeedState.STREAMING);
    }

    @Test
    void shouldTakeSilenceAfterTheLoginForAFailure() {
        session.start(false, false, now);
        session.onOpened(link, now);
        session.wake(now + 5 * SECOND - 1);
        assertThat(session.state()).isEqualTo(FeedState.LOGGING_IN);

        assertThat(secondsToWake()).isEqualTo(5);

        assertThat(session.state()).isEqualTo(FeedState.WAITING);
        assertThat(calls).containsExactly("connect", "login", "close", "down login_timeout");
        assertThat(retries.reason()).isEqualTo("WebSocket connection closed: no answer to the login within 5 s");
    }

    @Test
    void shouldGiveUpAConnectThatTakesTooLong() {
        session.start(false, false, now);

        assertThat(secondsToWake()).isEqualTo(10);

        assertThat(calls).containsExactly("connect", "close", "down connect_timeout");
    }

    @Test
    void shouldWaitLongerEachTimeAndThenForEverTheSame() {
        session.start(false, false, now);
        List<Double> pauses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            session.onClosed(link, "Connection refused", now);
            assertThat(retries.attempts()).isEqualTo(i + 1);
            assertThat(retries.reason().startsWith("Max reconnection attempts reached"))
                    .isEqualTo(i >= 5);
            pauses.add(secondsToWake());
        }

        assertThat(pauses).containsExactly(1.0, 2.0, 4.0, 8.0, 16.0, 33.0, 33.0, 33.0);
        assertThat(session.state()).isEqualTo(FeedState.CONNECTING);
    }

    @Test
    void shouldForgetItsFailuresOnlyAfterAStableSession() {
        session.start(false, false, now);
        session.onClosed(link, "gone", now);
        secondsToWake();
        stream();
        now += SECOND;
        session.onClosed(link, "gone", now);
        assertThat(retries.attempts()).isEqualTo(2);
        assertThat(secondsToWake()).isEqualTo(2);

        stream();
        assertThat(retries.attempts()).isEqualTo(2);
        assertThat(retries.reason()).isEmpty();
        assertThat(secondsToWake()).isEqualTo(10);

        assertThat(retries.attempts()).isZero();
        session.onClosed(link, "code 1006", now);
        assertThat(retries.reason()).isEqualTo("WebSocket connection closed: code 1006");
        assertThat(secondsToWake()).isEqualTo(1);
    }

    @Test
    void shouldGiveUpASilentSessionAlthoughPongsCome() {
        session.start(false, false, now);
        stream();
        assertThat(secondsToWake()).isEqualTo(25);
        assertThat(secondsToWake()).isEqualTo(25);
        assertThat(secondsToWake()).isEqualTo(25);
        assertThat(secondsToWake()).isEqualTo(15);

        assertThat(calls)
                .containsExactly("connect", "login", "streaming", "ping", "ping", "ping", "close", "down silent");
        assertThat(retries.reason()).isEqualTo("WebSocket connection closed: no frame for 90 s");
    }

    @Test
    void shouldKeepASessionThatSendsAnything() {
        session.start(false, false, now);
        stream();
        for (int i = 0; i < 10; i++) {
            now += 80 * SECOND;
            session.onFrame(now);
            session.wake(now);
        }

        assertThat(session.state()).isEqualTo(FeedState.STREAMING);
    }

    @Test
    void shouldStandBackForMinutesAfterARefusalAndLongerEachTime() {
        session.start(false, false, now);
        List<Double> minutes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            session.onOpened(link, now);
            session.onRefused(LoginRefusal.NOT_ALLOWED, "401 Unauthorized", now);
            assertThat(session.state()).isEqualTo(FeedState.SUSPENDED);
            assertThat(retries.attempts()).isZero();
            minutes.add(secondsToWake() / 60);
        }

        assertThat(minutes).containsExactly(5.0, 10.0, 20.0, 30.0, 30.0);
        assertThat(retries.reason()).contains("401 Unauthorized").contains("next try in 30 min");
    }

    @Test
    void shouldStandBackWhenTheKeyIsUsedElsewhereWhileStreaming() {
        session.start(false, false, now);
        stream();
        session.onRefused(LoginRefusal.ELSEWHERE, "401 Connected from another location", now);
        session.onClosed(link, "code 1000", now);

        assertThat(session.state()).isEqualTo(FeedState.SUSPENDED);
        assertThat(calls).containsExactly("connect", "login", "streaming", "close", "down elsewhere");
        assertThat(retries.reason()).startsWith("the key is in use by another connection");
        assertThat(secondsToWake()).isEqualTo(300);
    }

    @Test
    void shouldWaitForTheSessionOfTheOwnerBeforeToGoForTwoMinutes() {
        long takenOver = now;
        session.start(false, true, now);
        List<Double> pauses = new ArrayList<>();
        while (now - takenOver < 120 * SECOND) {
            session.onOpened(link, now);
            session.onRefused(LoginRefusal.ELSEWHERE, "401 in use", now);
            assertThat(session.state()).isEqualTo(FeedState.WAITING);
            pauses.add(secondsToWake());
        }
        assertThat(pauses).hasSize(18).containsOnly(7.0);
        assertThat(retries.attempts()).isZero();

        session.onOpened(link, now);
        session.onRefused(LoginRefusal.ELSEWHERE, "401 in use", now);

        assertThat(session.state()).isEqualTo(FeedState.SUSPENDED);
        assertThat(secondsToWake()).isEqualTo(300);
    }

    @Test
    void shouldStandBackAtOnceFromARefusedKeyAlsoAfterATakeover() {
        session.start(false, true, now);
        session.onOpened(link, now);
        session.onRefused(LoginRefusal.NOT_ALLOWED, "401", now);

        assertThat(session.state()).isEqualTo(FeedState.SUSPENDED);
    }

    @Test
    void shouldConnectNowhereWhilePausedAndAtOnceWhenResumed() {
        session.start(false, false, now);
        stream();
        calls.clear();

        session.pause(now);
        session.pause(now);
        session.onClosed(link, "code 1000", now);
        session.reconnect(now);
        session.wake(now + 1000 * SECOND);

        assertThat(session.state()).isEqualTo(FeedState.PAUSED);
        assertThat(calls).containsExactly("close", "down paused");
        assertThat(session.nanosToWake(now)).isEqualTo(Long.MAX_VALUE);
        calls.clear();
        session.resume(now);
        assertThat(calls).containsExactly("connect");
    }

    @Test
    void shouldBeginPaused() {
        session.start(true, false, now);

        assertThat(session.state()).isEqualTo(FeedState.PAUSED);
        assertThat(calls).isEmpty();
    }

    @Test
    void shouldConnectAnewAtOnceWhenAnOperatorAsks() {
        session.start(false, false, now);
        session.onOpened(link, now);
        session.onRefused(LoginRefusal.NOT_ALLOWED, "401", now);
        calls.clear();

        session.reconnect(now);
        stream();
        session.reconnect(now);

        assertThat(calls).containsExactly("connect", "login", "streaming", "close", "down reconnected", "connect");
        assertThat(retries.refusals()).isZero();
    }

    @Test
    void shouldComeBackSoonAfterTheProvidersOwnTrouble() {
        session.start(false, false, now);
        session.onOpened(link, now);
        session.onRefused(LoginRefusal.TEMPORARY, "503", now);

        assertThat(session.state()).isEqualTo(FeedState.WAITING);
        assertThat(secondsToWake()).isEqualTo(1);
    }

    @Test
    void shouldIgnoreWhatAnOlderConnectionSays() {
        session.start(false, false, now);
        int older = link;
        session.onClosed(older, "gone", now);
        secondsToWake();
        assertThat(link).isNotEqualTo(older);

        session.onOpened(older, now);
        assertThat(session.state()).isEqualTo(FeedState.CONNECTING);
        stream();
        session.onClosed(older, "gone", now);

        assertThat(session.state()).isEqualTo(FeedState.STREAMING);
        assertThat(session.isCurrent(older)).isFalse();
        assertThat(session.isCurrent(link)).isTrue();
    }

    @Test
    void shouldKeepAPauseThatANewLeaseFallsInto() {
        session.start(false, false, now);
        session.onOpened(link, now);
        session.onRefused(LoginRefusal.NOT_ALLOWED, "401", now);
        session.stop();
        now += 60 * SECOND;
        FeedSession next = new FeedSession(UpstreamConfig.DEFAULTS, Setups.FMP.rules(), retries, this, this);
        calls.clear();

        next.start(false, false, now);

        assertThat(next.state()).isEqualTo(FeedState.SUSPENDED);
        assertThat(calls).isEmpty();
        assertThat(next.nanosToWake(now)).isEqualTo(240 * SECOND);
    }

    @Test
    void shouldDoNothingMoreOnceStopped() {
        session.start(false, false, now);
        stream();
        calls.clear();
        session.stop();

        session.onClosed(link, "gone", now);
        session.onRefused(LoginRefusal.ELSEWHERE, "", now);
        session.wake(now + 1000 * SECOND);

        assertThat(calls).isEmpty();
        assertThat(session.nanosToWake(now)).isEqualTo(Long.MAX_VALUE);
    }
}
