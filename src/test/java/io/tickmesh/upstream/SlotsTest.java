package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.MILLI;
import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlotsTest implements Slots.Listener {
    /** A connection whose provider lets go when it is told to. */
    private static final class Connection implements Slots.Carrier {
        private final Set<String> carried = new LinkedHashSet<>();
        private final Set<String> leaving = new LinkedHashSet<>();
        private final String feed;
        private boolean usable = true;

        Connection(String feed) {
            this.feed = feed;
        }

        @Override
        public boolean mayCarry(Registration registration) {
            return registration.feed().isEmpty() || registration.feed().equals(feed);
        }

        @Override
        public boolean usable() {
            return usable;
        }

        @Override
        public void want(String code, long now) {
            carried.add(code);
            leaving.remove(code);
        }

        @Override
        public void release(String code, long now) {
            leaving.add(code);
        }
    }

    private final Map<Registration, Weight> weights = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private final Connection first = new Connection("one");
    private final Connection second = new Connection("two");
    private final Slots slots = new Slots(true, code -> weights.getOrDefault(code, new Weight(false, 1)), this);
    private long now = Long.MAX_VALUE - SECOND;

    @Override
    public void onSlot(Registration registration) {
        told.add(registration.code());
    }

    private static Registration code(String name) {
        return new Registration(name);
    }

    private void want(String... names) {
        for (String name : names) {
            slots.want(code(name), now);
            now += MILLI;
        }
    }

    private void weigh(String name, boolean pinned, int sessions) {
        weights.put(code(name), new Weight(pinned, sessions));
    }

    private void pass(long nanos) {
        for (long left = nanos; left > 0; left -= 500 * MILLI) {
            now += 500 * MILLI;
            slots.settle(now);
            letGo(first);
            letGo(second);
        }
    }

    private void letGo(Connection connection) {
        for (String each : List.copyOf(connection.leaving)) {
            connection.leaving.remove(each);
            connection.carried.remove(each);
            slots.onGone(connection, each, now);
        }
    }

    @Test
    void shouldGiveSlotsToPinsThenToWhatMoreSessionsHoldThenToWhatCameLast() {
        slots.add(first, 2);
        want("A", "B", "pinned", "popular", "late");
        weigh("pinned", true, 0);
        weigh("popular", false, 9);
        assertThat(first.carried).containsExactly("A", "B");

        pass(11 * SECOND);

        assertThat(first.carried).containsExactly("pinned", "popular");
        slots.unwant(code("pinned"), now);
        pass(11 * SECOND);
        assertThat(first.carried).containsExactly("popular", "late");
    }

    @Test
    void shouldMoveNoSlotTwiceInTenSeconds() {
        slots.add(first, 1);
        want("A");
        pass(20 * SECOND);
        want("B");
        weigh("B", false, 2);
        pass(SECOND);
        assertThat(first.carried).containsExactly("B");

        want("C");
        weigh("C", false, 3);
        pass(8 * SECOND);
        assertThat(first.carried).containsExactly("B");
        pass(2 * SECOND);

        assertThat(first.carried).containsExactly("C");
    }

    @Test
    void shouldCountTheTenSecondsFromWhatTheProviderSaw() {
        slots.add(first, 1);
        want("A");
        weigh("B", false, 2);
        pass(4 * SECOND);
        slots.onSeen(first, "A", false, now);
        pass(SECOND);
        slots.onSeen(first, "A", true, now);
        want("B");

        pass(9 * SECOND);
        slots.onSeen(first, "A", true, now);
        assertThat(first.carried).containsExactly("A");
        pass(2 * SECOND);

        assertThat(first.carried).containsExactly("B");
    }

    @Test
    void shouldNotLendAJustFreedSlotToAnotherTooSoonButToTheSameAtOnce() {
        slots.add(first, 1);
        want("A");
        slots.unwant(code("A"), now);
        pass(SECOND);
        want("B");
        pass(SECOND);
        assertThat(first.carried).isEmpty();

        want("A");
        assertThat(first.carried).containsExactly("A");
    }

    @Test
    void shouldKeepASlotUntilTheProviderHasLetItGo() {
        slots.add(first, 1);
        want("A");
        pass(10 * SECOND);
        want("B");
        slots.unwant(code("A"), now);
        now += 20 * SECOND;
        slots.settle(now);
        assertThat(first.carried).containsExactly("A");

        letGo(first);

        assertThat(first.carried).containsExactly("B");
    }

    @Test
    void shouldComeBackToASlotThatIsBeingLeft() {
        slots.add(first, 1);
        want("A");
        slots.unwant(code("A"), now);
        want("A");
        letGo(first);

        assertThat(first.carried).containsExactly("A");
        assertThat(slots.carrierOf(code("A"))).isSameAs(first);
    }

    @Test
    void shouldRememberForAnHourThatTheProviderAllowsLess() {
        slots.add(first, 3);
        want("A", "B", "C");
        refuse("C");
        pass(30 * SECOND);
        assertThat(slots.capacity()).isEqualTo(2);
        assertThat(first.carried).hasSize(2);

        first.usable = false;
        pass(SECOND);
        first.usable = true;
        pass(3_560 * SECOND);
        assertThat(slots.capacity()).isEqualTo(2);
        pass(20 * SECOND);

        assertThat(first.carried).containsExactlyInAnyOrder("A", "B", "C");
        refuse("C");
        pass(3_590 * SECOND);
        assertThat(slots.capacity()).isEqualTo(2);
    }

    @Test
    void shouldTryForMoreAgainWhenAnOperatorWantsIt() {
        slots.add(first, 3);
        want("A", "B", "C");
        refuse("C");
        assertThat(slots.capacity()).isEqualTo(2);

        slots.forgetLimits();
        slots.settle(now);

        assertThat(first.carried).containsExactlyInAnyOrder("A", "B", "C");
    }

    private void refuse(String name) {
        first.carried.remove(name);
        slots.onFull(first, name, now);
    }

    @Test
    void shouldGiveTheSlotOfARefusedCodeToTheNextAndTryItAgainAfterAMinute() {
        slots.add(first, 1);
        want("bad");
        pass(10 * SECOND);
        first.carried.clear();
        slots.onRefused(first, "bad", "no such symbol", now);
        assertThat(slots.refusal(code("bad"))).isEqualTo("no such symbol");
        want("B");
        pass(20 * SECOND);
        assertThat(first.carried).containsExactly("B");

        weigh("bad", false, 5);
        pass(50 * SECOND);

        assertThat(slots.refusal(code("bad"))).isEmpty();
        assertThat(first.carried).containsExactly("bad");
    }

    @Test
    void shouldFillSeveralConnectionsInOrderAndMoveWhatADeadOneHeld() {
        slots.add(first, 2);
        slots.add(second, 2);
        want("A", "B", "C");
        assertThat(first.carried).containsExactly("A", "B");
        assertThat(second.carried).containsExactly("C");

        first.usable = false;
        pass(12 * SECOND);

        assertThat(second.carried).containsExactlyInAnyOrder("C", "B");
    }

    @Test
    void shouldCarryPrivateNewsOnlyWithTheirOwnAccount() {
        slots.add(first, 2);
        slots.add(second, 2);
        slots.want(new Registration("N", "two"), now);

        assertThat(first.carried).isEmpty();
        assertThat(second.carried).containsExactly("N");
    }

    @Test
    void shouldDisplaceNobodyWhereTopicsAreRefused() {
        Slots strict = new Slots(false, code -> weights.getOrDefault(code, Weight.NONE), this);
        strict.add(first, 1);
        strict.want(code("A"), now);
        weigh("A", false, 1);
        weigh("B", true, 9);
        strict.want(code("B"), now);
        now += 60 * SECOND;
        strict.settle(now);

        assertThat(first.carried).containsExactly("A");
        assertThat(first.leaving).isEmpty();
        assertThat(strict.isWithoutSlot(code("B"))).isTrue();
        assertThat(strict.isSurplus(code("B"))).isTrue();
    }

    @Test
    void shouldLetWhatLingersYieldAlsoWhereTopicsAreRefused() {
        Slots strict = new Slots(false, code -> weights.getOrDefault(code, new Weight(false, 1)), this);
        strict.add(first, 1);
        strict.want(code("A"), now);
        weigh("A", false, 0);
        now += 20 * SECOND;
        strict.want(code("B"), now);
        strict.want(code("C"), now);
        assertThat(strict.isSurplus(code("B"))).isFalse();
        assertThat(strict.isSurplus(code("C"))).isTrue();
        strict.unwant(code("C"), now);
        now += 2 * SECOND;
        strict.settle(now);
        assertThat(first.leaving).containsExactly("A");
        strict.onGone(first, "A", now);
        strict.settle(now);

        assertThat(first.carried).contains("B");
    }

    @Test
    void shouldNotDisplaceForWhatGoesAgainAtOnce() {
        slots.add(first, 1);
        want("A");
        now += 20 * SECOND;
        want("B");
        weigh("B", false, 9);
        slots.settle(now);
        assertThat(first.leaving).isEmpty();
        assertThat(slots.isSurplus(code("B"))).isTrue();

        slots.unwant(code("B"), now);
        pass(5 * SECOND);
        assertThat(first.carried).containsExactly("A");
    }

    @Test
    void shouldCountASlotThatIsFreeButAtRest() {
        slots.add(first, 1);
        want("A");
        slots.unwant(code("A"), now);
        letGo(first);
        want("B", "C");

        assertThat(first.carried).isEmpty();
        assertThat(slots.isSurplus(code("B"))).isFalse();
        assertThat(slots.isSurplus(code("C"))).isTrue();
    }
}
