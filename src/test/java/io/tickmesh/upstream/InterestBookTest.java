package io.tickmesh.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.market.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterestBookTest implements InterestBook.Changes {
    private final InterestBook book = new InterestBook(3);
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

    private static InterestUpdate.Entry entry(String text) {
        String[] parts = text.split("=", 2);
        boolean pin = parts[1].equals("pin");
        return new InterestUpdate.Entry(
                Topic.parse("trade/fmp:" + parts[0]), pin ? 0 : Integer.parseInt(parts[1]), pin);
    }

    private boolean tell(String node, long epoch, long number, InterestUpdate.Form form, String... holders) {
        List<InterestUpdate.Entry> entries =
                Arrays.stream(holders).map(InterestBookTest::entry).toList();
        boolean digest = form == InterestUpdate.Form.DIGEST;
        return book.apply(
                new InterestUpdate(
                        node,
                        "fmp.stock",
                        epoch,
                        number,
                        form,
                        digest ? InterestUpdate.digestOf(entries) : 0,
                        digest ? List.of() : entries),
                this);
    }

    private List<String> full(String node, long number, String... holders) {
        changes.clear();
        assertThat(tell(node, 3, number, InterestUpdate.Form.FULL, holders)).isTrue();
        return changes;
    }

    private boolean change(String node, long number, String... holders) {
        changes.clear();
        return tell(node, 3, number, InterestUpdate.Form.CHANGE, holders);
    }

    @Test
    void shouldTellFirstHoldersAndLastOnesOnly() {
        assertThat(full("n1", 1, "A=1", "B=pin")).containsExactly("n1", "n1 +A", "n1 +B");
        assertThat(change("n1", 2, "A=7", "B=2")).isTrue();
        assertThat(changes).isEmpty();
        assertThat(change("n1", 3, "A=0", "C=0")).isTrue();
        assertThat(changes).containsExactly("n1 -A");
    }

    @Test
    void shouldReplaceTheInterestOfANodeByItsFullList() {
        full("n1", 1, "A=1", "B=1");
        full("n2", 1, "A=1");

        assertThat(full("n1", 5, "B=1", "C=1")).containsExactly("n1 -A", "n1 +C");
        changes.clear();
        book.replay(this);
        assertThat(changes).containsExactly("n1", "n1 +B", "n1 +C", "n2", "n2 +A");
    }

    @Test
    void shouldTellEverythingAgainToANodeThatHasBegunAnew() {
        full("n1", 1, "A=1", "B=1");

        assertThat(full("n1", 1, "A=1")).containsExactly("n1", "n1 -B", "n1 +A");
    }

    @Test
    void shouldIgnoreWhatIsToldToAnotherEpoch() {
        assertThat(tell("n1", 2, 1, InterestUpdate.Form.FULL, "A=1")).isTrue();
        assertThat(tell("n1", 4, 1, InterestUpdate.Form.FULL, "A=1")).isTrue();

        assertThat(changes).isEmpty();
        assertThat(book.knows("n1")).isFalse();
    }

    @Test
    void shouldWantTheFullListFirst() {
        assertThat(change("n1", 1, "A=1")).isFalse();
        assertThat(tell("n1", 3, 1, InterestUpdate.Form.DIGEST)).isFalse();

        assertThat(changes).isEmpty();
        assertThat(book.knows("n1")).isFalse();
    }

    @Test
    void shouldAskOnceForAllWhenANumberIsMissingAndUseWhatCameAllTheSame() {
        full("n1", 1, "A=1");

        assertThat(change("n1", 3, "B=1")).isFalse();
        assertThat(changes).containsExactly("n1 +B");
        assertThat(change("n1", 4, "C=1")).isTrue();
        assertThat(book.knows("n1")).isFalse();

        // What the lost update said of A is not known, so that everything is answered again.
        assertThat(full("n1", 5, "A=1", "B=1")).containsExactly("n1", "n1 -C", "n1 +A", "n1 +B");
        assertThat(change("n1", 6, "B=0")).isTrue();
        assertThat(book.knows("n1")).isTrue();
    }

    @Test
    void shouldTakeAnUpdateThatCameTwiceOnce() {
        full("n1", 1, "A=1");
        change("n1", 2, "A=0");

        assertThat(change("n1", 2, "A=0")).isTrue();
        assertThat(change("n1", 1, "A=1")).isTrue();
        assertThat(changes).isEmpty();
    }

    @Test
    void shouldSeeByADigestWhetherItKnowsAll() {
        full("n1", 1, "A=1", "B=pin");
        change("n1", 2, "A=2");

        assertThat(tell("n1", 3, 2, InterestUpdate.Form.DIGEST, "B=pin", "A=2")).isTrue();
        assertThat(tell("n1", 3, 2, InterestUpdate.Form.DIGEST, "B=pin", "A=3")).isFalse();
        full("n1", 3, "A=3", "B=pin");
        assertThat(tell("n1", 3, 4, InterestUpdate.Form.DIGEST, "B=pin", "A=3")).isFalse();
        assertThat(book.knows("n1")).isFalse();
    }

    @Test
    void shouldForgetANode() {
        full("n1", 1, "A=1");
        changes.clear();

        book.forget("n1", this);

        assertThat(changes).containsExactly("n1 -A");
        assertThat(book.nodes()).isEmpty();
        assertThat(book.knows("n1")).isFalse();
    }

    @Test
    void shouldPageThroughWhatAllNodesHold() {
        full("n1", 1, "D=1", "A=1", "B=1");
        full("n2", 1, "C=1", "B=pin");

        assertThat(book.topicsAfter("", 2)).containsExactly("trade/fmp:A", "trade/fmp:B");
        assertThat(book.topicsAfter("trade/fmp:B", 9)).containsExactly("trade/fmp:C", "trade/fmp:D");
        assertThat(book.holders(Topic.parse("trade/fmp:B")))
                .containsOnlyKeys("n1", "n2")
                .containsEntry("n2", entry("B=pin"));
    }
}
