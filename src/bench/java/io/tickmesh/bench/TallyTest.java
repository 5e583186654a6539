package io.tickmesh.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class TallyTest {
    private final Tally tally = new Tally();

    private void receive(String json) {
        byte[] bytes = ("??" + json + "1").getBytes(StandardCharsets.US_ASCII);
        tally.text(ByteBuffer.wrap(bytes), 2, json.length());
    }

    @Test
    void shouldTellTicksFromAllElseByTheirType() {
        receive("{\"type\":\"hello\",\"protocol\":1}");
        receive("{\"type\":\"connected\",\"message\":\"x\"}");
        receive("{\"type\":\"subscribed\",\"results\":[]}");
        receive("{\"type\":\"subscription\",\"action\":\"subscribed\"}");
        receive("{\"type\":\"snapshot\",\"topic\":\"trade/fmp:T\"}");
        receive("{\"type\":\"tick\",\"topic\":\"trade/fmp:T\"}");
        receive("{\"type\":\"price_update\",\"symbol\":\"T\"}");
        receive("{\"type\":\"gap\",\"lost\":3}");
        receive("{\"type\":\"conflated\",\"count\":3}");

        assertThat(tally.ticks).isEqualTo(2);
        assertThat(tally.answers).isEqualTo(2);
        assertThat(tally.gaps).isEqualTo(1);
        assertThat(tally.conflated).isEqualTo(1);
    }

    @Test
    void shouldTakeTheAgeOfEverySeventhTickByBothOfItsTimes() {
        tally.read(5_000);
        for (int i = 0; i < 70; i++) {
            receive("{\"type\":\"tick\",\"time\":4000,\"received\":4900}");
        }

        assertThat(tally.sinceReceived.getCountAtValue(100)).isEqualTo(10);
        assertThat(tally.sinceStamped.getCountAtValue(1_000)).isEqualTo(10);
    }

    @Test
    void shouldTakeMillisecondsWhereTheContractHasThem() {
        tally.read(5_000);
        for (int i = 0; i < 7; i++) {
            receive("{\"type\":\"price_update\",\"timestamp\":4}");
        }

        assertThat(tally.sinceReceived.getTotalCount()).isZero();
        assertThat(tally.sinceStamped.getCountAtValue(1_000)).isEqualTo(1);
    }

    @Test
    void shouldReadANumberNoFurtherThanItsFrame() {
        ByteBuffer in = ByteBuffer.wrap("\"time\":1234,\"time\":9".getBytes(StandardCharsets.US_ASCII));

        assertThat(Tally.number(in, 0, 9, Tally.key("time"))).isEqualTo(12);
        assertThat(Tally.number(in, 0, 20, Tally.key("received"))).isEqualTo(-1);
    }

    @Test
    void shouldGiveTheDifferenceToAnEarlierCopy() {
        receive("{\"type\":\"tick\"}");
        Tally before = tally.copy();
        receive("{\"type\":\"tick\"}");
        receive("{\"type\":\"gap\",\"lost\":1}");

        Tally difference = tally.since(before);

        assertThat(difference.ticks).isEqualTo(1);
        assertThat(difference.gaps).isEqualTo(1);
        assertThat(tally.ticks).isEqualTo(2);
    }
}
