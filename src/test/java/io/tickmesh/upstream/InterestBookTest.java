package io.tickmesh.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.market.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterestBookTest implements InterestBook.Changes {
    private final InterestBook book = new InterestBook();
    private final List<String> changes = new ArrayList<>();

    @Override
    public void onNode(String node) {
        changes.add(node);
    }

    @Override
    public void onHeld(String node, Topic topic) {
        changes.add(node + " +" + topic.instrument().symbol());
    }

    @Override
    public void onReleased(String node, Topic topic) {
        changes.add(node + " -" + topic.instrument().symbol());
    }

    private List<String> apply(String node, long number, boolean full, String... holders) {
        changes.clear();
        List<InterestUpdate.Entry> entries = Arrays.stream(holders)
                .map(text -> text.split("=", 2))
                .map(parts -> new InterestUpdate.Entry(
                        Topic.parse("trade/fmp:" + parts[0]),
                        parts[1].equals("pin") ? 0 : Integer.parseInt(parts[1]),
                        parts[1].equals("pin")))
                .toList();
        book.apply(
                new InterestUpdate(
                        node,
                        "fmp.stock",
                        1,
                        number,
                        full ? InterestUpdate.Form.FULL : InterestUpdate.Form.CHANGE,
                        0,
                        entries),
                this);
        return changes;
    }

    @Test
    void shouldTellFirstHoldersAndLastOnesOnly() {
        assertThat(apply("n1", 1, false, "A=1", "B=pin")).containsExactly("n1", "n1 +A", "n1 +B");
        assertThat(apply("n1", 2, false, "A=7", "B=2")).isEmpty();
        assertThat(apply("n1", 3, false, "A=0", "C=0")).containsExactly("n1 -A");
    }

    @Test
    void shouldReplaceTheInterestOfANodeByItsFullList() {
        apply("n1", 1, true, "A=1", "B=1");
        apply("n2", 1, true, "A=1");

        assertThat(apply("n1", 5, true, "B=1", "C=1")).containsExactly("n1 -A", "n1 +C");
        changes.clear();
        book.replay(this);
        assertThat(changes).containsExactly("n1", "n1 +B", "n1 +C", "n2", "n2 +A");
    }

    @Test
    void shouldTellEverythingAgainToANodeThatHasBegunAnew() {
        apply("n1", 1, true, "A=1", "B=1");

        assertThat(apply("n1", 1, true, "A=1")).containsExactly("n1", "n1 -B", "n1 +A");
    }

    @Test
    void shouldForgetANodeWithoutInterest() {
        apply("n1", 1, true, "A=1");
        apply("n1", 2, true);
        changes.clear();

        book.replay(this);

        assertThat(changes).isEmpty();
    }
}
