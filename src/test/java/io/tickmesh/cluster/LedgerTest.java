package io.tickmesh.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickmesh.bus.LedgerNews;
import io.tickmesh.bus.LedgerUpdate.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LedgerTest {
    private final Ledger ledger = new Ledger("a");

    @Test
    void shouldTellOnlyWhatReallyChanged() {
        assertThat(ledger.change(Set.of("pin:x", "pin:y"), Set.of("pin:z"), 5)).hasSize(2);
        assertThat(ledger.change(Set.of("pin:x"), Set.of("pin:y"), 6))
                .containsExactly(new Entry("pin:y", 6, "a", false));

        assertThat(ledger.keys("pin:")).containsExactly("pin:x");
        assertThat(ledger.keys("pause:")).isEmpty();
    }

    @Test
    void shouldLetTheLastWriterWinWhateverItsClock() {
        ledger.merge(List.of(new Entry("pin:x", 1_000, "b", true)));

        assertThat(ledger.change(Set.of(), Set.of("pin:x"), 7)).containsExactly(new Entry("pin:x", 1_001, "a", false));
        assertThat(ledger.merge(List.of(new Entry("pin:x", 1_000, "b", true))))
                .isEqualTo(new LedgerNews(Set.of(), Set.of()));
        assertThat(ledger.merge(List.of(new Entry("pin:x", 1_001, "b", true))))
                .isEqualTo(new LedgerNews(Set.of("pin:x"), Set.of()));
    }

    @Test
    void shouldRefuseTooMuchAndChangeNothing() {
        Set<String> many = IntStream.range(0, Ledger.MOST + 1)
                .mapToObj(number -> "pin:" + number)
                .collect(Collectors.toSet());

        assertThatThrownBy(() -> ledger.change(many, Set.of(), 1)).hasMessageContaining("at most 200000");
        assertThatThrownBy(() -> ledger.change(Set.of("pin:" + "x".repeat(200)), Set.of(), 1))
                .hasMessageContaining("not a key");
        assertThat(ledger.all()).isEmpty();
    }

    @Test
    void shouldForgetAfterADayWhatWasTakenBack() {
        ledger.change(Set.of("pin:x"), Set.of(), 1);
        ledger.change(Set.of(), Set.of("pin:x"), 2);
        long digest = ledger.digest();

        ledger.expire(TimeUnit.HOURS.toMillis(24) + 3);

        assertThat(ledger.all()).isEmpty();
        assertThat(ledger.digest()).isEqualTo(digest);
    }

    /** Messages are lost, doubled and late; in the end every pair exchanges everything once. */
    @Test
    void shouldBecomeTheSameInWhateverOrderItIsTold() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<Ledger> ledgers = List.of(new Ledger("a"), new Ledger("b"), new Ledger("c"), new Ledger("d"));
            List<List<Entry>> underWay = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                Ledger one = ledgers.get(random.nextInt(ledgers.size()));
                String key = "pin:" + random.nextInt(6);
                underWay.add(one.change(
                        random.nextBoolean() ? Set.of(key) : Set.of(), Set.of("pin:" + random.nextInt(6)), step / 10));
                Ledger other = ledgers.get(random.nextInt(ledgers.size()));
                other.merge(underWay.get(random.nextInt(underWay.size())));
            }
            List<Ledger> order = new ArrayList<>(ledgers);
            Collections.shuffle(order, random);
            for (int round = 0; round < 2; round++) {
                order.forEach(from -> order.forEach(to -> to.merge(from.all())));
            }
            for (Ledger each : ledgers) {
                assertThat(each.keys(""))
                        .as("seed %d", seed)
                        .isEqualTo(ledgers.get(0).keys(""));
                assertThat(each.digest())
                        .as("seed %d", seed)
                        .isEqualTo(ledgers.get(0).digest());
            }
        }
    }
}
