package io.tickmesh.upstream.kiwoom;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.config.Secret;
import io.tickmesh.upstream.RecordedEvents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KiwoomProtocolTest {
    private static final String REG_DONE = "{\"trnm\":\"REG\",\"return_code\":0,\"return_msg\":\"\"}";
    private static final String REMOVE_DONE = "{\"trnm\":\"REMOVE\",\"return_code\":0,\"return_msg\":\"\"}";

    private final RecordedEvents events = new RecordedEvents();
    private KiwoomProtocol protocol = new KiwoomProtocol(new Secret("made-up \"token\""));

    private void decode(String frame) {
        decode(frame, Captures.NOW);
    }

    private void decode(String frame, long receivedAt) {
        byte[] bytes = (frame + "}garbage").getBytes(StandardCharsets.UTF_8);
        protocol.decode(bytes, bytes.length - "}garbage".length(), receivedAt, events);
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "control", "trade", "book", "other"})
    void shouldReadEveryDocumentedShape(String name) {
        Captures.lines(name + ".jsonl").forEach(this::decode);

        String expected = String.join("\n", Captures.lines(name + ".expected"));
        assertThat(String.join("\n", events.lines)).isEqualTo(expected);
    }

    @Test
    void shouldReadEveryRefusalOfASession() {
        for (String frame : Captures.lines("refusals.jsonl")) {
            protocol = new KiwoomProtocol(new Secret("made-up"));
            decode(frame);
        }

        assertThat(events.lines).containsExactlyElementsOf(Captures.lines("refusals.expected"));
    }

    @Test
    void shouldTellARefusalOnceWhenASystemFrameFollowsIt() {
        decode("{\"trnm\":\"LOGIN\",\"return_code\":805004,\"return_msg\":\"[CODE=8005, MESSAGE=no]\"}");
        decode("{\"trnm\":\"SYSTEM\",\"code\":\"R10004\",\"message\":\"no login\"}");

        assertThat(events.lines)
                .containsExactly("login refused STALE_TOKEN: 805004 [CODE=8005, MESSAGE=no]", "heartbeat");
    }

    @Test
    void shouldSayShortAndPrintablyWhatIsWrongWithABadFrame() {
        for (String frame : Captures.lines("bad.jsonl")) {
            events.lines.clear();
            decode(frame);

            assertThat(events.lines).as(frame).hasSize(1);
            assertThat(events.last())
                    .as(frame)
                    .startsWith("bad: ")
                    .hasSizeLessThan(100)
                    .doesNotContainPattern("\\p{Cntrl}");
        }
    }

    @Test
    void shouldNotLetOneEntryLeaveAnythingToTheNext() {
        decode("{\"trnm\":\"REAL\",\"data\":["
                + "{\"type\":\"0B\",\"item\":\"000001_AL\",\"values\":{\"10\":\"1\",\"11\":\"2\",\"15\":\"+3\",\"20\":\"101504\",\"9081\":\"1\"}},"
                + "{\"type\":\"0B\",\"item\":\"000002_AL\",\"values\":{\"10\":\"5\"}},"
                + "{\"values\":{\"10\":\"6\"}}]}");

        assertThat(events.lines)
                .contains("trade 000002@AL none 5 null null", "ticker 000002@AL none PRICE=5")
                .endsWith("unknown");
    }

    @Test
    void shouldTakeTheDayOfATimeFromWhenItCame() {
        long midnight = 1_795_186_800_000_000L;
        decode(trade("235959"), midnight + 1_000_000);
        decode(trade("000001"), midnight - 1_000_000);
        decode(trade("000001"), midnight + 5_000_000);
        decode(trade("001002"), midnight);
        decode(trade("240000"), midnight);
        decode(trade("12000"), midnight);

        assertThat(events.lines.stream()
                        .filter(line -> line.startsWith("trade"))
                        .map(line -> line.split(" ", -1)[2]))
                .containsExactly(
                        Long.toString(midnight - 1_000_000),
                        Long.toString(midnight + 1_000_000),
                        Long.toString(midnight + 1_000_000),
                        "none",
                        "none",
                        "none");
    }

    private static String trade(String time) {
        return "{\"trnm\":\"REAL\",\"data\":[{\"type\":\"0B\",\"item\":\"000001\",\"values\":{\"10\":\"1\",\"20\":\""
                + time + "\"}}]}";
    }

    private static String volume(String time, int volume) {
        return "{\"trnm\":\"REAL\",\"data\":[{\"type\":\"0B\",\"item\":\"000001\",\"values\":{\"10\":\"1\",\"15\":\"+1\",\"20\":\""
                + time + "\",\"13\":\"" + volume + "\"}}]}";
    }

    @Test
    void shouldNotLetTheVolumeOfADayStepBack() {
        decode(volume("101503", 10));
        decode(volume("101503", 9));
        decode(volume("101502", 9));
        decode(volume("101503", 10));
        decode(volume("101504", 2));

        assertThat(events.lines.stream().map(line -> line.split(" ", -1)[0]))
                .containsExactly("trade", "ticker", "heartbeat", "heartbeat", "trade", "ticker", "trade", "ticker");
        assertThat(events.lines.get(0)).isEqualTo(events.lines.get(4));
    }

    @Test
    void shouldLoginWithTheTokenAsItIs() {
        assertThat(protocol.login()).isEqualTo("{\"trnm\":\"LOGIN\",\"token\":\"made-up \\\"token\\\"\"}");
    }

    @Test
    void shouldRegisterItemsByTheirTypes() {
        assertThat(protocol.subscribe(List.of("0B|000001", "0D|000001", "0B|000002_AL", "00,04|")))
                .isEqualTo("{\"trnm\":\"REG\",\"grp_no\":\"1\",\"refresh\":\"1\",\"data\":["
                        + "{\"item\":[\"000001\",\"000002_AL\"],\"type\":[\"0B\"]},"
                        + "{\"item\":[\"000001\"],\"type\":[\"0D\"]},"
                        + "{\"item\":[\"\"],\"type\":[\"00\",\"04\"]}]}");
        assertThat(protocol.unsubscribe(List.of("0B|000001")))
                .isEqualTo(
                        "{\"trnm\":\"REMOVE\",\"grp_no\":\"1\",\"data\":[{\"item\":[\"000001\"],\"type\":[\"0B\"]}]}");
    }

    private static List<String> codes(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> String.format("0B|%06d", i))
                .toList();
    }

    @Test
    void shouldRemoveFromTheGroupInWhichItRegistered() {
        assertThat(protocol.subscribe(codes(0, 60))).contains("\"grp_no\":\"1\"");
        decode(REG_DONE);
        assertThat(protocol.subscribe(codes(60, 160))).contains("\"grp_no\":\"2\"");
        decode(REG_DONE);
        assertThat(protocol.subscribe(codes(160, 200))).contains("\"grp_no\":\"1\"");
        decode(REG_DONE);
        events.lines.clear();

        String first = protocol.unsubscribe(List.of("0B|000001", "0B|000061", "0B|000199", "0B|000160"));
        assertThat(first).contains("\"grp_no\":\"1\"").contains("[\"000001\",\"000199\",\"000160\"]");
        decode(REMOVE_DONE);
        assertThat(events.lines)
                .containsExactly(
                        "reply {\"trnm\":\"REMOVE\",\"grp_no\":\"2\",\"data\":[{\"item\":[\"000061\"],\"type\":[\"0B\"]}]}");
        decode(REMOVE_DONE);
        assertThat(events.last()).isEqualTo("acknowledged UNSUBSCRIBE");
        assertThat(protocol.subscribe(codes(300, 303))).contains("\"grp_no\":\"1\"");
        assertThat(protocol.subscribe(codes(303, 305))).contains("\"grp_no\":\"3\"");
    }

    @Test
    void shouldKeepTheGroupOfWhatCouldNotBeRemoved() {
        protocol.subscribe(codes(0, 100));
        decode(REG_DONE);
        protocol.subscribe(codes(100, 102));
        decode(REG_DONE);
        protocol.unsubscribe(codes(100, 102));
        decode("{\"trnm\":\"REMOVE\",\"return_code\":1}");
        assertThat(events.last()).startsWith("refused UNSUBSCRIBE");

        assertThat(protocol.unsubscribe(codes(100, 101))).contains("\"grp_no\":\"2\"");
    }

    @Test
    void shouldFreeTheGroupOfWhatWasRefused() {
        protocol.subscribe(codes(0, 100));
        decode("{\"trnm\":\"REG\",\"return_code\":1,\"return_msg\":\"no\"}");

        assertThat(protocol.subscribe(codes(0, 50))).contains("\"grp_no\":\"1\"");
        assertThat(protocol.subscribe(codes(50, 100))).contains("\"grp_no\":\"1\"");
    }
}
