package io.tickmesh.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.Room;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ViewTest {
    private final View view = new View("a", 1);

    @Test
    void shouldCountMembersThatHaveSaidThatTheyServe() {
        assertThat(view.onMembers(Set.of("a", "b", "c"))).isFalse();
        assertThat(view.onHeard("b", 2)).isTrue();
        assertThat(view.onHeard("b", 2)).isFalse();
        assertThat(view.incarnations()).isEqualTo(Map.of("a", 1L, "b", 2L));
        assertThat(view.onHeard("b", 3)).as("started anew").isTrue();
        assertThat(view.onBye("b", 3)).isTrue();
        assertThat(view.onHeard("b", 3)).as("late").isFalse();
        assertThat(view.nodes()).containsExactly("a");
    }

    @Test
    void shouldKeepNothingWhenItLeavesUnlessThereIsNobodyElse() {
        view.leave();
        assertThat(view.isHome(Room.channel("x"))).isTrue();
        view.onMembers(Set.of("a", "b"));
        view.onHeard("b", 1);
        for (int i = 0; i < 20; i++) {
            assertThat(view.homeOf(Room.channel("ch" + i))).isEqualTo("b");
        }
        assertThat(view.others()).containsExactly("b");
    }

    @Test
    void shouldKnowWhetherItAwaitsOneThatWasAway() {
        view.onMembers(Set.of("a", "b"));
        view.onHeard("b", 1);
        assertThat(view.awaitsOneThatWasAway()).as("it is new").isFalse();
        view.onMembers(Set.of("a"));
        view.onMembers(Set.of("a", "b"));
        view.onHeard("b", 1);
        assertThat(view.awaitsOneThatWasAway()).isTrue();
        view.onReport("b", view.digest());
        assertThat(view.awaitsOneThatWasAway()).isFalse();

        view.onMembers(Set.of("a"));
        view.onMembers(Set.of("a", "b"));
        view.onHeard("b", 2);
        assertThat(view.awaitsOneThatWasAway()).as("started anew").isFalse();
    }

    /** Meanwhile rooms have gone from here, and who was in them is forgotten. */
    @Test
    void shouldAwaitAnewWhoToldBeforeTheNodesWereOthersForAWhile() {
        view.onMembers(Set.of("a", "b"));
        view.onHeard("b", 1);
        view.onReport("b", view.digest());
        assertThat(view.awaited()).isEmpty();

        view.onMembers(Set.of("a", "b", "c"));
        view.onHeard("c", 1);
        assertThat(view.awaited()).containsExactly("b", "c");
        view.onMembers(Set.of("a", "b"));
        assertThat(view.awaited()).containsExactly("b");
    }

    /** It has seen sooner who is there. */
    @Test
    void shouldNotAwaitWhoHasToldBeforeTheNodesChanged() {
        View later = new View("a", 1);
        later.onMembers(Set.of("a", "b", "c"));
        later.onHeard("b", 1);
        later.onHeard("c", 1);

        view.onMembers(Set.of("a", "b", "c"));
        view.onHeard("b", 1);
        view.onReport("b", later.digest());
        view.onHeard("c", 1);
        assertThat(view.awaited()).containsExactly("c");
    }
}
