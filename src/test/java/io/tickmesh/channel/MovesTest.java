package io.tickmesh.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.Room;
import io.tickmesh.bus.RoomUpdate.Entry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What node a asks while b and c come and go. */
final class MovesTest {
    private static final Set<String> ALL = Set.of("a", "b", "c");

    private final View view = new View("a", 1);
    private final List<String> asked = new ArrayList<>();
    private final Moves moves = new Moves(view, this::asking);
    private Future<?> answer = Future.succeededFuture();

    private Future<?> asking(String node, List<String> channels) {
        asked.add(node + " of " + new TreeSet<>(channels));
        return answer;
    }

    @BeforeEach
    void meet() {
        view.onMembers(ALL);
        view.onHeard("b", 1);
        view.onHeard("c", 1);
        moves.onNodes(List.of());
    }

    /** A room that has this home among three nodes, and this one without b. */
    private Entry watched(String home, String heir) {
        View without = new View("a", 1);
        without.onMembers(Set.of("a", "c"));
        without.onHeard("c", 1);
        return IntStream.range(0, 1_000)
                .mapToObj(i -> Room.channel("ch" + i))
                .filter(room ->
                        view.homeOf(room).equals(home) && without.homeOf(room).equals(heir))
                .map(room -> new Entry(room, "one", null, true, ""))
                .findFirst()
                .orElseThrow();
    }

    private void lose(String node, Entry... entries) {
        Set<String> rest = new TreeSet<>(view.nodes());
        rest.remove(node);
        view.onMembers(rest);
        moves.onNodes(List.of(entries));
    }

    private void find(String node, Entry... entries) {
        view.onMembers(ALL);
        view.onHeard(node, 1);
        moves.onNodes(List.of(entries));
    }

    private static String of(Entry... entries) {
        return " of "
                + new TreeSet<>(List.of(entries).stream()
                        .map(each -> each.room().name())
                        .toList());
    }

    /** The node that was away may have noticed nothing of that. */
    @Test
    void shouldAskTheHomeThatARoomGoesToAndTheOneThatItComesBackTo() {
        Entry kept = watched("c", "c");
        Entry moved = watched("b", "c");
        Entry own = watched("b", "a");
        lose("b", kept, moved, own);
        assertThat(asked).containsExactlyInAnyOrder("c" + of(moved), "a" + of(own));
        asked.clear();

        find("b", kept, moved, own);
        assertThat(asked).containsExactly("b" + of(moved, own));
        moves.ask();
        assertThat(asked).hasSize(1);
    }

    @Test
    void shouldAskForNothingThatNobodyWatches() {
        Room room = watched("b", "c").room();
        lose("b", new Entry(room, "one", null, false, ""));
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldAskAgainWhoeverIsTheHomeThenUntilOneAnswers() {
        Entry moved = watched("b", "c");
        answer = Future.failedFuture("silent");
        lose("b", moved);
        moves.ask();
        find("b", moved);
        answer = Future.succeededFuture();
        moves.ask();
        moves.ask();
        assertThat(asked).containsExactly("c" + of(moved), "c" + of(moved), "b" + of(moved), "b" + of(moved));
    }

    @Test
    void shouldAskOnceWhileAnAnswerIsAwaited() {
        Entry moved = watched("b", "c");
        Promise<Void> awaited = Promise.promise();
        answer = awaited.future();
        lose("b", moved);
        moves.ask();
        assertThat(asked).hasSize(1);
        awaited.fail("silent");
        moves.ask();
        assertThat(asked).hasSize(2);
    }
}
