package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.MILLI;
import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.market.Topic;
import io.tickmesh.upstream.RestLanguage.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The filling in against a provider that answers late, refuses and fails at random, for sessions that come and go. */
class FillInModelTest implements FillIn.Calls {
    private static final int HEAVIEST = 8;
    private static final long HEAD_START = 30 * SECOND;

    private final List<List<Topic>> open = new ArrayList<>();
    private final Deque<Long> lastSecond = new ArrayDeque<>();
    private final Map<Topic, Long> wantedSince = new HashMap<>();
    private final Map<Topic, Long> askedAt = new HashMap<>();
    private long now = Long.MIN_VALUE / 2;
    private double pace = 1;
    private int perCall = 1;
    private long longestWait;

    @Override
    public void send(List<Topic> topics) {
        lastSecond.removeIf(sent -> now - sent >= SECOND);
        lastSecond.add(now);
        assertThat(lastSecond.size()).isLessThanOrEqualTo((int) Math.ceil(pace));
        assertThat(topics.size()).isBetween(1, perCall);
        assertThat(topics.stream().map(FillInModelTest::groupOf).distinct()).hasSize(1);
        assertThat(open).noneMatch(call -> call.stream().anyMatch(topics::contains));
        for (Topic topic : topics) {
            assertThat(wantedSince).containsKey(topic);
            Long before = askedAt.put(topic, now);
            assertThat(before == null || now - before >= SECOND).isTrue();
            longestWait = Math.max(longestWait, waited(topic, before));
        }
        open.add(topics);
        assertThat(open).hasSizeLessThanOrEqualTo(3);
    }

    private long waited(Topic topic, Long before) {
        long wanted = wantedSince.getOrDefault(topic, now);
        return now - (before == null ? wanted : Math.max(wanted, before));
    }

    private static String groupOf(Topic topic) {
        return topic.instrument().symbol().substring(0, 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldKeepThePaceAndForgetNobody(long seed) {
        Random random = new Random(seed);
        pace = random.nextInt(4) == 0 ? 0.4 + random.nextDouble() : 1 + random.nextInt(18);
        perCall = 1 + random.nextInt(8) * random.nextInt(2);
        int topics = 1 + random.nextInt(60);
        FillIn fillIn = new FillIn(pace, group -> perCall, this);
        for (int step = 0; step < 30_000; step++) {
            change(fillIn, random, topics);
            if (!open.isEmpty() && random.nextInt(3) == 0) {
                answer(fillIn, random.nextInt(open.size()), random.nextInt(60));
            }
            now += random.nextInt(30) * MILLI;
            fillIn.wake(now);
        }

        long before = now;
        longestWait = 0;
        fillIn.tokenRenewed(now);
        while (now - before < 600 * SECOND) {
            while (!open.isEmpty()) {
                answer(fillIn, 0, 59);
            }
            long next = fillIn.nanosToWake(now);
            now += Math.max(MILLI, Math.min(SECOND, next));
            fillIn.wake(now);
        }
        assertThat(wantedSince.keySet()).allMatch(topic -> now - askedAt.getOrDefault(topic, before) < bound(topics));
        assertThat(longestWait).isLessThan(bound(topics));
        assertThat(fillIn.size()).isEqualTo(wantedSince.size());
        assertThat(fillIn.callsPerSecond()).isBetween(pace * 0.999, pace * 1.001);
    }

    /** Eight even shares, and what it takes to get over what went before. */
    private long bound(int topics) {
        return (long) (HEAVIEST * (topics / pace + 1) * SECOND) + 5 * HEAD_START;
    }

    private void change(FillIn fillIn, Random random, int topics) {
        int number = random.nextInt(topics);
        Topic topic = Topic.parse("trade/kis:G" + number % 2 + "x" + number);
        int choice = random.nextInt(400);
        if (choice < 4) {
            wantedSince.putIfAbsent(topic, now);
            fillIn.want(topic, groupOf(topic), 1 << random.nextInt(12), now);
        } else if (choice == 4) {
            wantedSince.remove(topic);
            fillIn.drop(topic);
        } else if (choice == 5) {
            fillIn.tokenRenewed(now);
        }
    }

    private void answer(FillIn fillIn, int which, int choice) {
        List<Topic> call = open.remove(which);
        Outcome outcome = choice == 0
                ? Outcome.TOO_FAST
                : choice == 1 ? Outcome.STALE_TOKEN : choice < 6 ? Outcome.FAILED : Outcome.OK;
        fillIn.onOutcome(call, outcome, now);
        if (choice == 59) {
            fillIn.tokenRenewed(now);
        }
    }
}
