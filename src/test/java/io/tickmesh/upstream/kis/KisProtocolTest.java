package io.tickmesh.upstream.kis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tickmesh.config.Secret;
import io.tickmesh.upstream.RecordedEvents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KisProtocolTest {
    /** A second after the captured frames: 10:15:04 in Seoul. */
    static final long NOW = micros("2026-10-12T01:15:04Z");

    private final KisProtocol protocol = new KisProtocol(new Secret("made-up \"key\""), new Secret("DEMOUSER"), true);
    private final RecordedEvents events = new RecordedEvents();

    static long micros(String instant) {
        return Instant.parse(instant).toEpochMilli() * 1_000;
    }

    static List<String> capture(String name) {
        try (InputStream in = KisProtocolTest.class.getResourceAsStream("/feeds/kis/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void decode(String frame) {
        decode(frame, NOW);
    }

    private void decode(String frame, long receivedAt) {
        byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
        protocol.decode(bytes, bytes.length, receivedAt, events);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trade", "book", "expected", "status", "overseas", "notice", "other"})
    void shouldReadEveryDocumentedShape(String name) {
        capture(name + ".txt").forEach(this::decode);

        assertThat(events.lines).containsExactlyElementsOf(capture(name + ".expected"));
    }

    @Test
    void shouldSayShortAndPrintablyWhatIsWrongWithABadFrame() {
        for (String frame : capture("bad.txt")) {
            events.lines.clear();
            decode(frame);

            assertThat(events.lines).as(frame).isNotEmpty();
            assertThat(events.last())
                    .as(frame)
                    .startsWith("bad: ")
                    .hasSizeLessThan(100)
                    .doesNotContainPattern("\\p{Cntrl}");
        }
    }

    @Test
    void shouldTellTheSoundRecordsOfAFrameBesideABadOne() {
        String record = capture("trade.txt").get(1).split("\\|", -1)[3];
        decode("0|H0STCNT0|003|" + record + "^" + record.replace("^70700^", "^x^") + "^"
                + record.replace("000001^", "000002^"));

        assertThat(events.lines).hasSize(5);
        assertThat(events.lines.get(0)).startsWith("trade 000001 ");
        assertThat(events.lines.get(2)).isEqualTo("bad: field 2 is not a number that is kept");
        assertThat(events.lines.get(3)).startsWith("trade 000002 ");
    }

    @ParameterizedTest
    @CsvSource({
        // Received at, clock of the frame, its time; KST is nine hours ahead.
        "2026-10-12T14:59:59Z,235958,2026-10-12T14:59:58Z",
        "2026-10-12T15:00:01Z,235959,2026-10-12T14:59:59Z",
        "2026-10-12T14:59:59Z,000001,2026-10-12T15:00:01Z",
        "2026-10-12T15:00:01Z,000000,2026-10-12T15:00:00Z",
        "2026-10-12T01:25:03Z,101503,2026-10-12T01:15:03Z",
        "2026-10-12T01:25:04Z,101503,",
        "2026-10-12T01:05:02Z,101503,",
        "2026-10-12T01:15:04Z,011504,",
        "2026-10-12T01:15:04Z,246060,",
        "2026-10-12T01:15:04Z,10150,",
        "2026-10-12T01:15:04Z,1015:3,"
    })
    void shouldFindTheDayOfABook(String receivedAt, String clock, String time) {
        decode(capture("book.txt").get(0).replace("^101503^", "^" + clock + "^"), micros(receivedAt));

        assertThat(events.lines.get(0)).startsWith("book 000001 " + (time == null ? "none" : micros(time)) + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-28T15:00:05Z,20240229,000003,2024-02-28T15:00:03Z",
        "2027-02-28T15:00:05Z,20270301,000003,2027-02-28T15:00:03Z",
        "2026-12-31T14:59:59Z,20261231,235958,2026-12-31T14:59:58Z",
        "2026-10-12T01:15:04Z,20261011,101503,",
        "2026-10-12T01:15:04Z,00000000,101503,",
        "2026-10-12T01:15:04Z,'',101503,2026-10-12T01:15:03Z"
    })
    void shouldTakeTheDateOfATradeFromItsRecord(String receivedAt, String date, String clock, String time) {
        String frame = capture("trade.txt").get(1).replace("^101502^", "^" + clock + "^");
        decode(frame.replace("^20261012^", "^" + date + "^"), micros(receivedAt));

        assertThat(events.lines.get(0)).startsWith("trade 000001 " + (time == null ? "none" : micros(time)) + " ");
    }

    @Test
    void shouldReadAFrameOfManyRecords() {
        String record = capture("trade.txt").get(1).split("\\|", -1)[3];
        StringBuilder frame = new StringBuilder("0|H0STCNT0|1000|").append(record);
        for (int i = 1; i < 1_000; i++) {
            frame.append('^').append(record.replace("^1000064^", "^" + (1_000_064 + i) + "^"));
        }
        decode(frame.toString());
        decode(capture("trade.txt").get(1));

        // The one after the burst is older than the burst's last.
        assertThat(events.lines).hasSize(2_001);
        assertThat(events.lines.get(1_999)).contains("VOLUME=1001063");
        assertThat(events.last()).isEqualTo("heartbeat");
    }

    @Test
    void shouldSendALifeSignBackAsItIs() {
        String odd = "{\"header\":{ \"tr_id\":\"PINGPONG\",\"datetime\":\"20261012093000\"} , \"x\":\"\\u00e9 한\"}";
        decode(odd);

        assertThat(events.lines).containsExactly("heartbeat", "reply " + odd);
    }

    @Test
    void shouldNotSendBackALifeSignWithoutMeasure() {
        decode("{\"header\":{\"tr_id\":\"PINGPONG\",\"datetime\":\"" + "2".repeat(5_000) + "\"}}");

        assertThat(events.lines).containsExactly("bad: PINGPONG of 5045 bytes");
    }

    @Test
    void shouldAskForOneRegistrationWithTheKeyAsItIs() {
        assertThat(protocol.login()).isNull();
        assertThat(protocol.subscribe(List.of("H0STCNT0|000001")))
                .isEqualTo(
                        "{\"header\":{\"approval_key\":\"made-up \\\"key\\\"\",\"custtype\":\"P\",\"tr_type\":\"1\","
                                + "\"content-type\":\"utf-8\"},\"body\":{\"input\":{\"tr_id\":\"H0STCNT0\",\"tr_key\":\"000001\"}}}");
        assertThat(protocol.unsubscribe(List.of("HDFSCNT0|DNASAAPL")))
                .contains("\"tr_type\":\"2\"", "\"tr_id\":\"HDFSCNT0\",\"tr_key\":\"DNASAAPL\"");
        assertThatIllegalArgumentException().isThrownBy(() -> protocol.subscribe(List.of("a|1", "a|2")));
    }

    @ParameterizedTest
    @CsvSource({"true,H0STCNI9", "false,H0STCNI0"})
    void shouldAskForNoticesOfTheAccountAsTheServerKnowsThem(boolean paper, String trId) {
        KisProtocol other = new KisProtocol(new Secret("key"), new Secret("DEMOUSER"), paper);

        assertThat(other.subscribe(List.of(KisProtocol.NOTICES)))
                .contains("\"tr_id\":\"" + trId + "\",\"tr_key\":\"DEMOUSER\"");
    }
}
