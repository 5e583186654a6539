package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Contract 3 when nodes are stopped, cut off, killed one after the other, or leave amid traffic. Run by {@code bin/chaos channels}. */
final class ChannelChaosIT {
    private static final List<String> CHANNELS =
            IntStream.range(0, 9).mapToObj(i -> "ch" + i).toList();
    private static final int MESSAGES = 600;

    private static List<ChannelMember> members(ChannelsUnderTest channels, String... nodes) {
        List<ChannelMember> members = new ArrayList<>();
        for (String node : nodes) {
            members.add(channels.member(node, "at-" + node));
        }
        CHANNELS.forEach(channel -> members.forEach(each -> each.follow(channel)));
        members.forEach(ChannelMember::forget);
        return members;
    }

    /** Says something in each channel; it reaches so many, and all of these have it. */
    private static void say(ChannelsUnderTest channels, String node, String text, List<ChannelMember> members) {
        for (String channel : CHANNELS) {
            assertThat(channels.say(node, channel, text)).as(channel).isEqualTo(members.size());
        }
        channels.awaiting(
                text + " is there",
                () -> assertThat(members)
                        .allSatisfy(each -> assertThat(CHANNELS)
                                .allSatisfy(channel ->
                                        assertThat(each.read().texts(channel)).endsWith(text))));
    }

    private static void expectPresent(ChannelsUnderTest channels, List<ChannelMember> members, String... ids) {
        channels.awaiting(
                "all know who is there",
                () -> assertThat(members)
                        .allSatisfy(each -> assertThat(CHANNELS)
                                .allSatisfy(channel -> assertThat(each.read().present(channel))
                                        .as(channel)
                                        .containsExactlyInAnyOrder(ids))));
        for (String node : channels.nodes()) {
            for (String channel : CHANNELS) {
                assertThat(new JsonObject(channels.get(node, "/ws-channels/" + channel)).getJsonArray("subscribers"))
                        .as(channel + " at " + node)
                        .containsExactlyInAnyOrder((Object[]) ids);
            }
        }
    }

    /** Of two clients with one id each on its side one stays, the same for all. */
    private static ChannelMember expectOneOf(ChannelsUnderTest channels, ChannelMember atOne, ChannelMember atOther) {
        List<String> nodes = channels.nodes().stream()
                .map(node -> new JsonObject(channels.get(node, "/ws-clients/" + atOne.id()))
                        .getJsonObject("metadata")
                        .getString("node"))
                .distinct()
                .toList();
        assertThat(nodes).hasSize(1);
        ChannelMember stays = nodes.get(0).equals("n1") ? atOne : atOther;
        ChannelMember goes = stays.equals(atOne) ? atOther : atOne;
        assertThat(goes.socket().closeCode()).isEqualTo(4409);
        assertThat(channels.send("n3", "client/" + atOne.id(), "{'type':'only'}"))
                .isEqualTo(1);
        stays.socket().next("only");
        return stays;
    }

    @Test
    void shouldForgetANodeThatIsStoppedAndTakeItBackWithoutGhosts() {
        try (ChannelsUnderTest channels = new ChannelsUnderTest(Site.LOOPBACK).start("n1", "n2", "n3")) {
            List<ChannelMember> all = members(channels, "n1", "n2", "n3");
            ChannelMember before = channels.member("n2", "twin");
            say(channels, "n2", "before", all);
            channels.pause("n2");
            channels.awaitTogether(List.of("n1", "n3"));
            List<ChannelMember> living = List.of(all.get(0), all.get(2));
            say(channels, "n1", "meanwhile", living);
            channels.awaiting(
                    "they know that it is gone, from one piece of news",
                    () -> assertThat(living)
                            .allSatisfy(each -> assertThat(CHANNELS).allSatisfy(channel -> {
                                assertThat(each.read().present(channel)).containsExactly("at-n1", "at-n3");
                                assertThat(each.told(channel, "at-n2", "node_lost"))
                                        .isLessThanOrEqualTo(1);
                            })));
            ChannelMember after = channels.member("n1", "twin");
            channels.resume("n2");
            channels.awaitTogether(channels.nodes());
            expectOneOf(channels, after, before);
            expectPresent(channels, all, "at-n1", "at-n2", "at-n3");
            say(channels, "n2", "after", all);
            channels.check();
        }
    }

    @Test
    void shouldBeOneServiceAgainAfterACut() {
        Namespaces network = new Namespaces();
        try (ChannelsUnderTest channels = new ChannelsUnderTest(network).start("n1", "n2", "n3")) {
            List<ChannelMember> all = members(channels, "n1", "n2", "n3");
            say(channels, "n2", "before", all);
            network.cut(List.of(List.of("n1", "n3"), List.of("n2")));
            channels.awaitTogether(List.of("n1", "n3"));
            channels.awaitTogether(List.of("n2"));
            say(channels, "n1", "here", List.of(all.get(0), all.get(2)));
            say(channels, "n2", "there", List.of(all.get(1)));
            ChannelMember here = channels.member("n1", "twin");
            ChannelMember there = channels.member("n2", "twin");
            network.heal();
            channels.awaitTogether(channels.nodes());
            expectOneOf(channels, here, there);
            expectPresent(channels, all, "at-n1", "at-n2", "at-n3");
            say(channels, "n3", "after", all);
            channels.check();
        }
    }

    @Test
    void shouldTellOfNodesThatAreKilledOneAfterTheOther() {
        try (ChannelsUnderTest channels = new ChannelsUnderTest(Site.LOOPBACK).start("n1", "n2", "n3")) {
            List<ChannelMember> all = members(channels, "n1", "n2", "n3");
            channels.kill("n2");
            channels.kill("n3");
            channels.awaitTogether(List.of("n1"));
            List<ChannelMember> left = List.of(all.get(0));
            expectPresent(channels, left, "at-n1");
            say(channels, "n1", "alone", left);
            channels.check();
        }
    }

    /** No message is lost, none comes twice, and nobody is told otherwise. */
    @Test
    void shouldLoseNothingWhenANodeLeavesAmidTraffic() {
        try (ChannelsUnderTest channels = new ChannelsUnderTest(Site.LOOPBACK).start("n1", "n2", "n3")) {
            List<ChannelMember> stay = members(channels, "n1", "n3");
            NodeProcess leaving = channels.node("n2");
            for (int i = 0; i < MESSAGES; i++) {
                if (i == MESSAGES / 3) {
                    channels.leave("n2");
                }
                assertThat(channels.say(i % 2 == 0 ? "n1" : "n3", CHANNELS.get(i % CHANNELS.size()), "t" + i))
                        .isEqualTo(stay.size());
            }
            assertThat(leaving.exitCode()).isEqualTo(143);
            for (int i = 0; i < CHANNELS.size(); i++) {
                int first = i;
                List<String> expected = IntStream.range(0, MESSAGES)
                        .filter(each -> each % CHANNELS.size() == first)
                        .mapToObj(each -> "t" + each)
                        .toList();
                channels.awaiting(
                        "all have all",
                        () -> assertThat(stay).allSatisfy(each -> {
                            assertThat(each.read().texts(CHANNELS.get(first))).isEqualTo(expected);
                            assertThat(each.resets(CHANNELS.get(first))).isZero();
                        }));
            }
            channels.check();
        }
    }
}
