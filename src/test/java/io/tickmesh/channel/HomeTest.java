package io.tickmesh.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.Rendezvous;
import io.tickmesh.bus.Room;
import io.tickmesh.bus.RoomDelivery;
import io.tickmesh.bus.RoomUpdate;
import io.tickmesh.bus.RoomUpdate.Entry;
import io.tickmesh.config.ChannelsConfig;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What node a decides as the home of rooms while b and c come and go. */
final class HomeTest {
    private static final Set<String> ALL = Set.of("a", "b", "c");

    private final View view = new View("a", 1);
    private final List<String> said = new ArrayList<>();
    private final Home home = new Home(view, ChannelsConfig.DEFAULTS, () -> 1, new Recording());

    private final class Recording implements Home.Carrier {
        @Override
        public void deliver(RoomDelivery delivery, Collection<String> nodes) {
            JsonObject news = new JsonObject(delivery.json());
            said.add(news.getString("type") + ' ' + news.getValue("client_id", news.getValue("count")) + ' '
                    + news.getString("reason", "-") + " to " + nodes);
        }

        @Override
        public void evict(String node, String client) {
            said.add("evict " + client + " from " + node);
        }
    }

    @BeforeEach
    void meet() {
        view.onMembers(ALL);
        view.onHeard("b", 1);
        view.onHeard("c", 1);
    }

    /** Kept by a for as long as there is a. */
    private Room kept() {
        return room("a");
    }

    private Room room(String homeOfAll) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> Room.channel("ch" + i))
                .filter(room -> view.homeOf(room).equals(homeOfAll))
                .findFirst()
                .orElseThrow();
    }

    private static Entry entry(Room room, String client, boolean watches) {
        return new Entry(room, client, null, watches, "");
    }

    private RoomUpdate full(String node, Entry... entries) {
        return new RoomUpdate(node, 1, view.digest(), RoomUpdate.Form.FULL, 0, List.of(entries));
    }

    private void lose(String node) {
        List<String> rest =
                view.nodes().stream().filter(each -> !each.equals(node)).toList();
        view.onMembers(Set.copyOf(rest));
        home.onNodes(Set.of(node));
    }

    private void find(String node) {
        view.onMembers(ALL);
        view.onHeard(node, 1);
        home.onNodes(Set.of());
    }

    @Test
    void shouldTellOnceOfEachThatALostNodeHad() {
        Room room = kept();
        home.enter("a", entry(room, "watcher", true));
        home.enter("b", entry(room, "one", false));
        home.enter("c", entry(room, "two", true));
        said.clear();

        lose("b");
        home.onFull(full("c", entry(room, "two", true)));
        home.settle();

        assertThat(said).singleElement().asString().startsWith("left one node_lost to");
        assertThat(home.idsOf(room.name())).containsExactly("two", "watcher");
    }

    /** What b tells of a room of c's comes before a knows that c has gone, and that the room is its own now. */
    @Test
    void shouldTellWhoIsInARoomThatItHeardOfBeforeItWasItsHome() {
        Room room = IntStream.range(0, 1_000)
                .mapToObj(i -> Room.channel("ch" + i))
                .filter(each -> view.homeOf(each).equals("c")
                        && Rendezvous.first(each.toString(), Set.of("a", "b")).equals("a"))
                .findFirst()
                .orElseThrow();
        home.onFull(full("b", entry(room, "watcher", true)));
        home.tellMissed();
        assertThat(said).isEmpty();

        lose("c");
        home.onFull(full("b", entry(room, "watcher", true)));
        home.settle();

        assertThat(said).containsExactly("presence 1 - to [b]");
    }

    /** The second is lost before the others have told what they have after the first. */
    @Test
    void shouldTellOfTwoThatAreLostOneAfterTheOther() {
        Room room = kept();
        home.enter("a", entry(room, "watcher", true));
        home.enter("b", entry(room, "one", false));
        home.enter("c", entry(room, "two", false));
        said.clear();

        lose("b");
        lose("c");
        home.settle();

        assertThat(said).containsExactly("left one node_lost to [a]", "left two node_lost to [a]");
    }

    @Test
    void shouldTellWhoComesAndGoesWhileTheNodesChange() {
        Room room = kept();
        home.enter("a", entry(room, "watcher", true));
        home.enter("c", entry(room, "one", false));
        said.clear();

        lose("b");
        home.onFull(full("c", entry(room, "two", false)));
        home.settle();

        assertThat(said).containsExactly("left one lost to [a]", "joined two - to [a]");
    }

    @Test
    void shouldTellOfARoomThatCameHereOnlyWhenAllHaveTold() {
        Room room = IntStream.range(0, 1_000)
                .mapToObj(i -> Room.channel("ch" + i))
                .filter(each -> view.homeOf(each).equals("b") && heir(each).equals("a"))
                .findFirst()
                .orElseThrow();

        lose("b");
        home.onFull(full("a", entry(room, "watcher", true)));
        home.onFull(full("c", entry(room, "one", false)));
        assertThat(said).isEmpty();
        home.settle();

        assertThat(said).containsExactly("presence 2 - to [a]");
        home.onFull(full("c", entry(room, "one", false)));
        home.settle();
        assertThat(said).as("it has been told already").hasSize(1);
    }

    /** Whoever was away with its node may have missed anything; nobody else has. */
    @Test
    void shouldTellThoseOfANodeThatIsBackWhoIsThere() {
        Room room = kept();
        home.enter("a", entry(room, "watcher", true));
        home.enter("b", entry(room, "one", true));
        home.enter("b", entry(room, "two", true));
        lose("b");
        home.settle();
        said.clear();

        find("b");
        home.onFull(full("b", entry(room, "one", true), entry(room, "two", true)));
        home.settle();

        assertThat(said).containsExactly("joined one - to [a]", "joined two - to [a]", "presence 3 - to [b]");
    }

    /** After a cut it may take longer than a home waits until a node gets through with what it has. */
    @Test
    void shouldTellANodeThatIsBackWhoIsThereHoweverLateItTells() {
        Room room = kept();
        home.enter("a", entry(room, "watcher", true));
        home.enter("b", entry(room, "one", true));
        lose("b");
        home.settle();
        find("b");
        home.settle();
        said.clear();

        home.onFull(full("b", entry(room, "one", true)));
        home.tellMissed();

        assertThat(said).containsExactly("joined one - to [a]", "presence 2 - to [b]");
    }

    /** The same where the room has come here with the change, and what b tells comes before or after the end of the wait. */
    @Test
    void shouldTellWhoIsInARoomThatCameHereHoweverLateANodeTells() {
        Room room = IntStream.range(0, 1_000)
                .mapToObj(i -> Room.channel("ch" + i))
                .filter(each -> view.homeOf(each).equals("b") && heir(each).equals("a"))
                .findFirst()
                .orElseThrow();

        lose("b");
        home.onFull(full("a", entry(room, "watcher", true)));
        home.settle();
        home.onFull(full("c", entry(room, "one", true)));
        home.tellMissed();

        assertThat(said).containsExactly("presence 1 - to [a]", "joined one - to [a]", "presence 2 - to [c]");
    }

    /** As on the one that was cut off: it must not tell those on the other side of each other. */
    @Test
    void shouldTellNobodyWhoIsLostOfTheOthers() {
        Room room = kept();
        home.enter("a", entry(room, "watcher", true));
        home.enter("b", entry(room, "one", true));
        home.enter("c", entry(room, "two", true));
        said.clear();

        view.onMembers(Set.of("a"));
        home.onNodes(Set.of("b", "c"));
        home.settle();

        assertThat(said).containsExactlyInAnyOrder("left one node_lost to [a]", "left two node_lost to [a]");
    }

    /** Who sees other nodes has told those of what it does not tell here. */
    @Test
    void shouldNotTakeForGoneWhatIsToldElsewhere() {
        Room room = kept();
        home.enter("b", entry(room, "one", false));

        home.onFull(new RoomUpdate("b", 1, view.digest() + 1, RoomUpdate.Form.FULL, 0, List.of()));
        assertThat(home.idsOf(room.name())).containsExactly("one");
        home.onFull(full("b"));
        assertThat(home.idsOf(room.name())).isEmpty();
    }

    @Test
    void shouldTellAnewThoseWhoMayHaveMissedNews() {
        Room room = kept();
        home.enter("a", entry(room, "watcher", true));
        home.enter("b", entry(room, "one", true));
        home.enter("c", entry(room, "two", false));
        said.clear();

        home.onMissed("b", room);
        home.onMissed("c", room);
        home.tellMissed();
        home.tellMissed();

        assertThat(said).containsExactly("presence 3 - to [b]");
    }

    private static String heir(Room room) {
        View later = new View("a", 1);
        later.onMembers(Set.of("a", "c"));
        later.onHeard("c", 1);
        return later.homeOf(room);
    }

    /** Of two with the same id, after a cut perhaps, the one that is told first stays. */
    @Test
    void shouldLetOneOfTwoWithAnIdStay() {
        Room room = Room.client("twin");
        assertThat(home.claim("b", "twin")).isTrue();
        assertThat(home.claim("c", "twin")).isFalse();
        home.onFull(full("c", entry(room, "twin", false)));

        assertThat(said).containsExactly("evict twin from c");
        assertThat(home.directory().nodesOf(room)).containsExactly("b");
    }
}
