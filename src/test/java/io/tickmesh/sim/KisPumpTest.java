package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the socket is fed with. */
class KisPumpTest {
    private final KisBench bench = new KisBench(KisSimSettings.DEFAULTS.with("ticks_per_second", 20));
    private final String approval = bench.approval();
    private final KisBench.Client client = bench.connect();

    private static List<String[]> records(String frame) {
        String[] parts = frame.split("\\|", 4);
        String[] fields = parts[3].split("\\^", -1);
        int count = Integer.parseInt(parts[2]);
        assertThat(parts[2]).hasSize(3);
        assertThat(fields.length % count).isZero();
        int stride = fields.length / count;
        List<String[]> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(Arrays.copyOfRange(fields, i * stride, (i + 1) * stride));
        }
        return records;
    }

    private List<String[]> all() {
        return client.data().stream().flatMap(each -> records(each).stream()).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "y2025,H0STCNT0,46", "y2025,H0STASP0,59", "y2026_07,H0STCNT0,46", "y2026_07,H0STASP0,62",
        "y2026_09,H0STCNT0,47", "y2026_09,H0STASP0,63", "future,H0STCNT0,48", "future,H0STASP0,64",
        "y2026_09,H0STANC0,45", "y2026_09,H0UNANC0,46", "y2025,H0UNASP0,65", "y2026_09,H0UNASP0,66",
        "y2026_09,H0NXCNT0,46"
    })
    void shouldWriteTheWidthOfTheTime(String width, String trId, int fields) {
        bench.change("width", width);
        client.ask(approval, "1", trId, "005930");
        bench.pass(3_000);

        assertThat(all()).isNotEmpty().allMatch(each -> each.length == fields && each[0].equals("005930"));
    }

    @Test
    void shouldWriteTradesThatAddUp() {
        client.ask(approval, "1", "H0STCNT0", "005930");
        bench.pass(10_000);
        List<String[]> trades = all();

        assertThat(trades.size()).isBetween(180, 220);
        for (int i = 1; i < trades.size(); i++) {
            long volume = Long.parseLong(trades.get(i)[13]);
            assertThat(volume - Long.parseLong(trades.get(i - 1)[13])).isEqualTo(Long.parseLong(trades.get(i)[12]));
        }
        for (String[] each : trades) {
            assertThat(Long.parseLong(each[2])).isBetween(Long.parseLong(each[11]), Long.parseLong(each[10]));
            assertThat(Long.parseLong(each[2]) - Long.parseLong(each[4])).isEqualTo(71_200);
            assertThat(each[44]).isEmpty();
        }
    }

    @Test
    void shouldPutSeveralRecordsIntoAFrameAndTwentyInABurst() {
        client.ask(approval, "1", "H0STCNT0", "005930");
        bench.pass(10_000);
        Set<Integer> counts = new TreeSet<>();
        client.data().forEach(each -> counts.add(records(each).size()));
        assertThat(counts).contains(1, 2, 3).allMatch(each -> each <= 6);
        client.wire.texts.clear();
        bench.fault("burst", "{\"records\":50}");

        assertThat(client.data()).extracting(each -> records(each).size()).containsExactly(20, 20, 10);
    }

    @Test
    void shouldMixSymbolsInAFrameWhereSwitchedOn() {
        bench.change("mixed_frames", true);
        client.ask(approval, "1", "H0STCNT0", "005930").ask(approval, "1", "H0STCNT0", "000660");
        bench.pass(3_000);

        assertThat(client.data())
                .anyMatch(each -> records(each).stream()
                                .map(fields -> fields[0])
                                .distinct()
                                .count()
                        > 1);
    }

    @Test
    void shouldBeginBehindTheAcknowledgementAndStopAtTheEnd() {
        client.ask(approval, "1", "H0STCNT0", "005930");
        bench.pass(1_000);
        client.ask(approval, "2", "H0STCNT0", "005930");
        int before = client.wire.texts.size();
        bench.pass(3_000);

        assertThat(client.wire.texts.get(0)).contains("OPSP0000");
        assertThat(client.wire.texts).hasSize(before);
        assertThat(client.wire.last()).contains("OPSP0001");
    }

    @Test
    void shouldLetOneFrameStraggleWhereSwitchedOn() {
        bench.change("straggler", true);
        client.ask(approval, "1", "H0STCNT0", "005930");
        client.ask(approval, "2", "H0STCNT0", "005930");
        bench.pass(3_000);

        assertThat(client.wire.texts.subList(
                        client.wire.texts.indexOf(client.wire.texts.stream()
                                        .filter(each -> each.contains("OPSP0001"))
                                        .findFirst()
                                        .orElseThrow())
                                + 1,
                        client.wire.texts.size()))
                .hasSize(1);
    }

    @Test
    void shouldEncryptNotices() throws Exception {
        client.ask(approval, "1", "H0STCNI0", "sim-hts");
        JsonObject ack = new JsonObject(client.wire.last());
        JsonObject keys = ack.getJsonObject("body").getJsonObject("output");
        assertThat(bench.fault("notice", "{\"symbol\":\"000660\",\"quantity\":7,\"price\":183500}"))
                .isEqualTo(1);
        String[] parts = client.wire.last().split("\\|", 4);
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(keys.getString("key").getBytes(StandardCharsets.US_ASCII), "AES"),
                new IvParameterSpec(keys.getString("iv").getBytes(StandardCharsets.US_ASCII)));
        String plain = new String(cipher.doFinal(Base64.getDecoder().decode(parts[3])), StandardCharsets.UTF_8);

        assertThat(ack.getJsonObject("header").getString("encrypt")).isEqualTo("Y");
        assertThat(parts[0] + parts[1] + parts[2]).isEqualTo("1H0STCNI0001");
        assertThat(plain.split("\\^", -1)).hasSize(26).contains("000660", "0000000007", "000183500");
    }

    @Test
    void shouldSealAsTheTestVectorOfTheNotes() {
        KisChannel channel = new KisChannel("H0STCNI9", KisChannel.Kind.NOTICE, KisChannel.Venue.KRX);
        KisRegistration registration =
                new KisRegistration(channel, "x", "abcdefghijklmnopqrstuvwxyz012345", "0123456789abcdef");

        assertThat(registration.frame("DEMOUSER^1234567801^0000012345^^02^0^00^0^000001^0000000010^000070700^101503^0^2"
                        + "^2^00950^000000010^DEMO^^1^N^^00^^SAMPLE CO^000070700"))
                .isEqualTo("1|H0STCNI9|001|kx6izH2eZU5aWTX75vfjgnhZriFKMjRycs+A/oKTgy3Oqvd4xoA4OdiAcngHFFhEa1BrGNwfssk7"
                        + "yg3nOWDxl/pfbwCHBFe88kMrnqeVREgFHiFcGIEoyhrr1yW4Kcx1ueo28ZgJ/hIQmhes4F7IYZr9H3GUZXDe+eDD"
                        + "MhDLJ6YkJ5mTbLV3mk0k/horX2pZ");
    }

    @Test
    void shouldFeedOverseasRecords() {
        client.ask(approval, "1", "HDFSCNT0", "DNASAAPL");
        bench.pass(1_000);
        assertThat(all()).isNotEmpty().allMatch(each -> each.length == 26 && each[0].equals("DNASAAPL"));
        client.wire.texts.clear();
        client.ask(approval, "2", "HDFSCNT0", "DNASAAPL").ask(approval, "1", "HDFSASP0", "DNASAAPL");
        client.wire.texts.clear();
        bench.pass(1_000);

        assertThat(all()).isNotEmpty().allMatch(each -> each.length == 71);
    }

    @Test
    void shouldSayWhenTheMarketCloses() {
        client.ask(approval, "1", "H0STMKO0", "005930");
        bench.pass(100);
        bench.change("market", "closed");
        bench.pass(100);

        assertThat(all()).hasSize(1).allMatch(each -> each.length == 11 && each[3].equals("311"));
    }

    @Test
    void shouldMisbehaveOnDemand() {
        client.ask(approval, "1", "H0STASP0", "005930");
        bench.fault("mute", "{}");
        client.wire.texts.clear();
        bench.pass(11_000);
        assertThat(client.data()).isEmpty();
        assertThat(client.wire.last()).contains("PINGPONG");
        bench.fault("mute", "{\"on\":false}");
        bench.fault("duplicate", "{\"count\":1}");
        bench.pass(2_000);
        assertThat(client.data().get(0)).isEqualTo(client.data().get(1));
        client.wire.texts.clear();
        bench.fault("malformed", "{\"count\":1}");
        bench.pass(2_000);
        assertThat(client.data().get(0).split("\\^", -1).length).isLessThan(63);
        client.wire.texts.clear();
        bench.fault("silent", "{}");
        bench.pass(20_000);

        assertThat(client.wire.texts).isEmpty();
        assertThat(client.wire.dropped).isFalse();
    }

    @Test
    void shouldSwapFramesOnDemand() {
        client.ask(approval, "1", "H0STCNT0", "005930");
        bench.fault("reorder", "{\"count\":1}");
        bench.pass(3_000);
        List<Long> volumes =
                all().stream().map(each -> Long.parseLong(each[13])).toList();

        assertThat(volumes).doesNotHaveDuplicates().hasSizeGreaterThan(50);
        assertThat(volumes.stream().sorted().toList()).isNotEqualTo(volumes);
    }
}
