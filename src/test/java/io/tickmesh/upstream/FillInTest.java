package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.MILLI;
import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.market.Topic;
import io.tickmesh.upstream.RestLanguage.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FillInTest {
    private static final Topic A = topic("A");
    private static final Topic B = topic("B");

    private final Map<Topic, List<Long>> asked = new HashMap<>();
    private final List<List<Topic>> calls = new ArrayList<>();
    private long now = Long.MAX_VALUE - SECOND;
    private int perCall = 1;
    private final FillIn fillIn = new FillIn(2, group -> perCall, this::onCall);

    private static Topic topic(String symbol) {
        return Topic.parse("trade/kis:" + symbol);
    }

    private void onCall(List<Topic> topics) {
        calls.add(topics);
        topics.forEach(
                topic -> asked.computeIfAbsent(topic, none -> new ArrayList<>()).add(now));
    }

    private void pass(long nanos) {
        now += nanos;
        if (fillIn.nanosToWake(now) <= 0) {
            fillIn.wake(now);
        }
    }

    /** Lets time pass, with answers that follow each call at once. */
    private void pass(long nanos, Function<List<Topic>, Outcome> provider) {
        for (long end = now + nanos; end - now > 0; ) {
            int before = calls.size();
            pass(10 * MILLI);
            calls.subList(before, calls.size()).forEach(call -> fillIn.onOutcome(call, provider.apply(call), now));
        }
    }

    private int times(Topic topic) {
        return asked.getOrDefault(topic, List.of()).size();
    }

    @Test
    void shouldAskAtAnEvenPaceAndNobodyMoreThanOnceASecond() {
        fillIn.want(A, "g", 1, now);
        pass(0);
        fillIn.want(B, "g", 1, now);
        pass(499 * MILLI);
        assertThat(calls).containsExactly(List.of(A));
        pass(MILLI);
        assertThat(calls).containsExactly(List.of(A), List.of(B));

        fillIn.onOutcome(List.of(A), Outcome.OK, now);
        fillIn.drop(B);
        fillIn.want(B, "g", 1, now);
        assertThat(fillIn.nanosToWake(now)).isEqualTo(500 * MILLI);
        fillIn.drop(A);
        fillIn.onOutcome(List.of(B), Outcome.OK, now);
        assertThat(fillIn.nanosToWake(now)).isEqualTo(SECOND);
    }

    @Test
    void shouldHaveNothingToDoWithoutTopics() {
        assertThat(fillIn.nanosToWake(now)).isEqualTo(Long.MAX_VALUE);
        fillIn.want(A, "g", 1, now);
        fillIn.drop(A);
        fillIn.wake(now);

        assertThat(fillIn.nanosToWake(now)).isEqualTo(Long.MAX_VALUE);
        assertThat(calls).isEmpty();
        assertThat(fillIn.size()).isZero();
    }

    @Test
    void shouldAskForTopicsOfOneGroupTogether() {
        perCall = 2;
        fillIn.want(A, "one", 1, now);
        fillIn.want(topic("X"), "two", 1, now);
        fillIn.want(B, "one", 1, now);
        fillIn.want(topic("C"), "one", 1, now);
        pass(2 * SECOND - 500 * MILLI, call -> Outcome.OK);

        assertThat(calls).containsExactly(List.of(A, B), List.of(topic("X")), List.of(topic("C"), A));
    }

    @Test
    void shouldAskForTheHeavyMoreOftenAndForTheLightInBoundedTime() {
        List<Topic> light = new ArrayList<>();
        for (int i = 0; i < 19; i++) {
            light.add(topic("L" + i));
            fillIn.want(light.get(i), "g", 1, now);
        }
        fillIn.want(A, "g", 1_000, now);
        pass(300 * SECOND, call -> Outcome.OK);

        assertThat(times(A)).isGreaterThan(4 * times(light.get(0)));
        assertThat(light).allSatisfy(each -> assertThat(times(each)).isGreaterThan(15));
    }

    @Test
    void shouldFindTheOneThatMakesCallsFail() {
        perCall = 64;
        List<Topic> all = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            all.add(topic("T" + i));
            fillIn.want(all.get(i), "g", 1, now);
        }
        Topic bad = all.get(37);
        Set<Topic> answered = new LinkedHashSet<>();
        Function<List<Topic>, Outcome> provider = call -> {
            if (call.contains(bad)) {
                return Outcome.FAILED;
            }
            answered.addAll(call);
            return Outcome.OK;
        };
        pass(10 * SECOND, provider);
        assertThat(answered).hasSizeGreaterThan(50);
        pass(60 * SECOND, provider);

        assertThat(answered).hasSize(63).doesNotContain(bad);
        calls.clear();
        pass(60 * SECOND, provider);
        assertThat(calls.stream().filter(call -> call.contains(bad)))
                .hasSizeBetween(1, 3)
                .containsOnly(List.of(bad));
        assertThat(calls.stream().mapToInt(List::size).max()).hasValue(63);
    }

    @Test
    void shouldAskFailingOnesLessAndLessAndTheOthersAsEver() {
        fillIn.want(A, "g", 1, now);
        fillIn.want(B, "g", 1, now);
        pass(110 * SECOND, call -> call.contains(A) ? Outcome.FAILED : Outcome.OK);

        assertThat(times(A)).isBetween(7, 9);
        assertThat(times(B)).isGreaterThan(100);
        fillIn.drop(A);
        pass(SECOND, call -> Outcome.OK);
        fillIn.want(A, "g", 1, now);
        int before = times(A);
        pass(2 * SECOND, call -> Outcome.OK);
        assertThat(times(A)).isEqualTo(before);
    }

    @Test
    void shouldHalveThePaceWhereItWasTooFastAndComeBack() {
        for (int i = 0; i < 9; i++) {
            fillIn.want(topic("T" + i), "g", 1, now);
        }
        pass(0);
        pass(500 * MILLI);
        fillIn.onOutcome(calls.get(0), Outcome.TOO_FAST, now);
        fillIn.onOutcome(calls.get(1), Outcome.TOO_FAST, now);
        assertThat(fillIn.callsPerSecond()).isEqualTo(1);
        assertThat(fillIn.nanosToWake(now)).isEqualTo(SECOND);

        pass(SECOND);
        assertThat(calls.get(2)).as("it keeps its place").isEqualTo(calls.get(0));
        fillIn.onOutcome(calls.get(2), Outcome.TOO_FAST, now);
        assertThat(fillIn.callsPerSecond()).isEqualTo(0.5);
        pass(20 * SECOND, call -> Outcome.OK);
        assertThat(fillIn.callsPerSecond()).isEqualTo(2);
    }

    @Test
    void shouldLeaveWhatTheProviderStillTakesToWhatIsUnderWay() {
        for (int i = 0; i < 4; i++) {
            fillIn.want(topic("T" + i), "g", 1, now);
        }
        pass(0);
        pass(500 * MILLI);
        fillIn.onOutcome(calls.get(0), Outcome.OK, now);
        fillIn.onAdvice(new RestAdvice(2, Duration.ZERO), now);
        assertThat(fillIn.nanosToWake(now)).isEqualTo(500 * MILLI);

        fillIn.onAdvice(new RestAdvice(1, Duration.ZERO), now);
        assertThat(fillIn.nanosToWake(now)).isEqualTo(SECOND);
        pass(SECOND);
        assertThat(fillIn.callsPerSecond()).as("nothing went wrong").isEqualTo(2);
        assertThat(calls).hasSize(3);
    }

    @Test
    void shouldAskNothingWhileItIsBlocked() {
        fillIn.want(A, "g", 1, now);
        fillIn.want(B, "g", 1, now);
        pass(0);
        pass(500 * MILLI);
        fillIn.onOutcome(List.of(A), Outcome.TOO_FAST, now);
        fillIn.onAdvice(new RestAdvice(0, Duration.ofSeconds(40)), now);
        fillIn.onOutcome(List.of(B), Outcome.TOO_FAST, now);
        fillIn.onAdvice(new RestAdvice(0, Duration.ofSeconds(20)), now);

        pass(40 * SECOND - MILLI);
        assertThat(calls).hasSize(2);
        pass(MILLI);
        assertThat(calls).hasSize(3);
    }

    @Test
    void shouldWaitForAFreshToken() {
        fillIn.want(A, "g", 1, now);
        fillIn.want(B, "g", 1, now);
        pass(0);
        pass(500 * MILLI);
        fillIn.onOutcome(List.of(A), Outcome.STALE_TOKEN, now);
        pass(60 * SECOND);
        assertThat(calls).hasSize(2);
        assertThat(fillIn.nanosToWake(now)).isEqualTo(Long.MAX_VALUE);

        fillIn.tokenRenewed(now);
        fillIn.onOutcome(List.of(B), Outcome.STALE_TOKEN, now);
        pass(0);
        assertThat(calls).hasSize(3);
        fillIn.onOutcome(calls.get(2), Outcome.STALE_TOKEN, now);
        assertThat(fillIn.nanosToWake(now)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldLeaveNothingBehindOfWhatNobodyWants() {
        perCall = 10;
        for (int i = 0; i < 500; i++) {
            fillIn.want(topic("T" + i), "g", 1, now);
            pass(10 * MILLI, call -> Collections.frequency(call, A) > 0 ? Outcome.FAILED : Outcome.OK);
            fillIn.drop(topic("T" + i));
        }
        pass(40 * SECOND, call -> Outcome.OK);
        fillIn.wake(now);

        assertThat(fillIn.remembered()).isZero();
    }
}
