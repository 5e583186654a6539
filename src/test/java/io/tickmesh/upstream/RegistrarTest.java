package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.MILLI;
import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.config.UpstreamConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistrarTest implements Registrar.Listener {
    private final List<String> frames = new ArrayList<>();
    private final List<Long> sentAt = new ArrayList<>();
    private final List<String> standings = new ArrayList<>();
    private ControlOp lastOp = ControlOp.SUBSCRIBE;
    private List<String> lastCodes = List.of();
    private int ackTimeouts;
    private long now = Long.MAX_VALUE - SECOND;
    private final Registrar registrar =
            new Registrar(UpstreamConfig.DEFAULTS, Setups.FMP.rules(), new Pacer(8, 0), this);

    @Override
    public void transmit(ControlOp op, List<String> codes) {
        lastOp = op;
        lastCodes = List.copyOf(codes);
        frames.add((op == ControlOp.SUBSCRIBE ? "+" : "-") + String.join(",", codes));
        sentAt.add(now);
    }

    @Override
    public void onConfirmed(String code) {
        standings.add(code + " CONFIRMED");
    }

    @Override
    public void onRefused(String code, String text) {
        standings.add(code + " REFUSED " + text);
    }

    @Override
    public void onFull(String code, String text) {
        standings.add(code + " FULL " + text);
    }

    @Override
    public void onGone(String code) {
        standings.add(code + " GONE");
    }

    @Override
    public void onAckTimeout() {
        ackTimeouts++;
    }

    private void pass(long nanos) {
        long end = now + nanos;
        while (end - now > 0) {
            now += Math.min(end - now, Math.max(1, registrar.nanosToWake(now)));
            registrar.wake(now);
        }
    }

    private void acknowledge() {
        registrar.onAcknowledged(lastOp, now);
    }

    private void register(String... codes) {
        for (String code : codes) {
            registrar.want(code, now);
        }
        pass(100 * MILLI);
        acknowledge();
        frames.clear();
        standings.clear();
    }

    @Test
    void shouldNotWaitForTheAnswersOfAProviderThatEvidentlyGivesNone() {
        registrar.onConnected(now);
        registrar.want("A", now);
        pass(100 * MILLI);
        registrar.onData("A");
        registrar.want("B", now);
        pass(300 * MILLI);
        registrar.want("C", now);
        pass(300 * MILLI);
        assertThat(frames).containsExactly("+A", "+B", "+C");
    }

    @Test
    void shouldWaitForTheAnswersOfAProviderThatGivesThemThoughDataComesFirst() {
        registrar.onConnected(now);
        register("A");
        registrar.want("B", now);
        pass(100 * MILLI);
        registrar.onData("B");
        registrar.want("C", now);
        pass(300 * MILLI);
        assertThat(frames).containsExactly("+B");
        acknowledge();
        pass(300 * MILLI);
        assertThat(frames).containsExactly("+B", "+C");
    }

    @Test
    void shouldWaitForQuietAndAskOnce() {
        registrar.onConnected(now);
        registrar.want("A", now);
        pass(60 * MILLI);
        registrar.want("B", now);
        pass(99 * MILLI);
        assertThat(frames).isEmpty();

        pass(MILLI);

        assertThat(frames).containsExactly("+A,B");
        assertThat(registrar.delivers("A")).isFalse();
        acknowledge();
        assertThat(standings).containsExactly("A CONFIRMED", "B CONFIRMED");
        assertThat(registrar.registered()).isEqualTo(2);
    }

    @Test
    void shouldNotBePutOffForEverByASteadyStream() {
        registrar.onConnected(now);
        for (int i = 0; i < 20; i++) {
            registrar.want("C" + i, now);
            pass(50 * MILLI);
        }

        assertThat(frames).hasSize(1);
        assertThat(lastCodes).hasSize(20);
    }

    @Test
    void shouldLetASubscribeAndAnUnsubscribeCancelEachOther() {
        registrar.onConnected(now);
        register("A");

        registrar.want("B", now);
        registrar.release("B", now);
        registrar.release("A", now);
        registrar.want("A", now);
        pass(SECOND);

        assertThat(frames).isEmpty();
        assertThat(registrar.delivers("A")).isTrue();
    }

    @Test
    void shouldHaveOneFrameInFlightAndAHundredCodesInIt() {
        for (int i = 0; i < 250; i++) {
            registrar.want("C" + i, now);
        }
        assertThat(frames).isEmpty();
        registrar.onConnected(now);
        assertThat(frames).hasSize(1);
        assertThat(lastCodes).hasSize(100);
        pass(SECOND);
        assertThat(frames).hasSize(1);

        acknowledge();
        acknowledge();

        assertThat(frames).hasSize(3);
        assertThat(lastCodes).hasSize(50);
    }

    @Test
    void shouldSendAtMostEightFramesInAnySecond() {
        for (int i = 0; i < 2_000; i++) {
            registrar.want("C" + i, now);
        }
        registrar.onConnected(now);
        for (int i = 0; i < 4_000 && registrar.registered() < 2_000; i++) {
            acknowledge();
            pass(MILLI);
        }

        assertThat(sentAt).hasSize(20);
        for (int i = 8; i < sentAt.size(); i++) {
            assertThat(sentAt.get(i) - sentAt.get(i - 8)).isGreaterThanOrEqualTo(SECOND);
        }
    }

    @Test
    void shouldTakeAnUnansweredFrameAsSentAndCountIt() {
        registrar.onConnected(now);
        registrar.want("A", now);
        pass(100 * MILLI);
        registrar.want("B", now);
        pass(5 * SECOND);

        assertThat(frames).containsExactly("+A", "+B");
        assertThat(ackTimeouts).isEqualTo(1);
        assertThat(registrar.registered()).isEqualTo(1);
        assertThat(registrar.delivers("A")).isFalse();
        registrar.onData("A");
        assertThat(registrar.delivers("A")).isTrue();
    }

    @Test
    void shouldTakeTheFirstDataForAnAnswer() {
        registrar.onConnected(now);
        registrar.want("A", now);
        registrar.onData("A");
        assertThat(standings).isEmpty();
        pass(100 * MILLI);
        registrar.onData("A");
        registrar.onData("A");

        assertThat(standings).containsExactly("A CONFIRMED");
        acknowledge();
        assertThat(standings).hasSize(1);
    }

    @Test
    void shouldFindTheOneBadCodeByHalves() {
        registrar.onConnected(now);
        for (int i = 0; i < 100; i++) {
            registrar.want("C" + i, now);
        }
        for (int i = 0; i < 60; i++) {
            pass(SECOND);
            if (lastCodes.contains("C37")) {
                registrar.onRefused(ControlOp.SUBSCRIBE, "400 no such ticker", now);
            } else {
                acknowledge();
            }
            if (registrar.registered() == 99) {
                break;
            }
        }

        assertThat(registrar.registered()).isEqualTo(99);
        assertThat(standings).contains("C37 REFUSED 400 no such ticker");
        assertThat(frames.size()).isLessThan(20);
    }

    @Test
    void shouldAskForEverythingAgainAfterAReconnect() {
        registrar.onConnected(now);
        register("A", "B", "C");
        registrar.release("B", now);
        registrar.onDisconnected(false);
        assertThat(registrar.registered()).isZero();
        registrar.want("D", now);
        pass(10 * SECOND);
        assertThat(frames).isEmpty();

        registrar.onConnected(now);

        assertThat(frames).containsExactly("+A,C,D");
        acknowledge();
        assertThat(registrar.registered()).isEqualTo(3);
    }

    @Test
    void shouldComeBackToACodeThatIsStillLeaving() {
        registrar.onConnected(now);
        register("A");
        registrar.release("A", now);
        pass(100 * MILLI);
        registrar.want("A", now);
        pass(SECOND);
        assertThat(frames).containsExactly("-A");

        acknowledge();
        pass(100 * MILLI);
        acknowledge();

        assertThat(frames).containsExactly("-A", "+A");
        assertThat(registrar.delivers("A")).isTrue();
    }

    @Test
    void shouldReleaseACodeThatIsStillComing() {
        registrar.onConnected(now);
        registrar.want("A", now);
        pass(100 * MILLI);
        registrar.release("A", now);
        acknowledge();
        pass(100 * MILLI);
        acknowledge();

        assertThat(frames).containsExactly("+A", "-A");
        assertThat(standings).containsExactly("A GONE");
    }

    @Test
    void shouldMergeWhatComesWhileItWaitsForThePace() {
        Registrar slow = new Registrar(UpstreamConfig.DEFAULTS, Setups.FMP.rules(), new Pacer(8, 1), this);
        slow.onConnected(now);
        slow.want("A", now);
        now += 100 * MILLI;
        slow.wake(now);
        slow.onAcknowledged(ControlOp.SUBSCRIBE, now);
        for (String code : List.of("B", "C", "D")) {
            slow.want(code, now);
            now += SECOND;
            slow.wake(now);
        }
        assertThat(frames).containsExactly("+A");

        now += slow.nanosToWake(now);
        slow.wake(now);

        assertThat(frames).containsExactly("+A", "+B,C,D");
    }

    @Test
    void shouldTakeSilenceForConsentWhereTheProviderNeverAnswers() {
        SessionRules silent = new SessionRules(10, 8, 0, false, Duration.ofSeconds(1), true, true, null, null);
        Registrar quiet = new Registrar(UpstreamConfig.DEFAULTS, silent, new Pacer(8, 0), this);
        quiet.onConnected(now);
        quiet.want("A", now);
        now += 100 * MILLI;
        quiet.wake(now);
        assertThat(quiet.delivers("A")).isFalse();

        now += SECOND;
        quiet.wake(now);

        assertThat(quiet.delivers("A")).isTrue();
        assertThat(ackTimeouts).isZero();
    }

    @Test
    void shouldGiveUpACodeThatFindsNoRoom() {
        registrar.onConnected(now);
        registrar.want("A", now);
        pass(100 * MILLI);
        registrar.onFull("MAX SUBSCRIBE OVER", now);
        pass(100 * SECOND);

        assertThat(frames).containsExactly("+A");
        assertThat(standings).containsExactly("A FULL MAX SUBSCRIBE OVER");
    }

    @Test
    void shouldSuspectACodeOverWhichTheProviderHangsUpTwice() {
        for (int i = 0; i < 2; i++) {
            registrar.want("A", now);
            registrar.onConnected(now);
            pass(100 * MILLI);
            registrar.onDisconnected(true);
        }

        assertThat(standings).containsExactly("A REFUSED the provider ends the connection when it is asked for");
        assertThat(frames).containsExactly("+A", "+A");
    }
}
