package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.sim.SessionRecord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients see when the provider sends frames that it should not; the upstream session survives all of them. */
final class UpstreamFramesTest {
    private static NodeUnderTest node;
    private FaultBench bench;
    private long session;

    @BeforeAll
    static void start() {
        node = FaultBench.hastyNode();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void begin() {
        bench = new FaultBench(node);
        session = bench.session("stock").id();
    }

    @AfterEach
    void heal() {
        try (FaultBench ending = bench) {
            NodeUnderTest.await(node.sim().reset());
            ending.expectHealed();
            assertThat(ending.session("stock").id()).isEqualTo(session);
        }
    }

    @Test
    void shouldDropAndCountWhatMakesNoSense() {
        double bad = bench.counter("bad_frames", "fmp.stock");
        double unknown = bench.counter("unknown_frames", "fmp.stock");
        bench.fault("malformed-frame");
        bench.fault("binary-frame");
        bench.fault("big-frame");
        await().until(() -> bench.counter("unknown_frames", "fmp.stock") == unknown + 1);
        assertThat(bench.counter("bad_frames", "fmp.stock")).isEqualTo(bad + 2);
    }

    @Test
    void shouldDropAndCountDataThatCannotBeMeant() {
        double before = bench.counter("bad_frames", "fmp.stock");
        String stock = "{'s':'" + bench.ticker() + "',";
        List<String> frames = List.of(
                "",
                "7",
                "[[]]",
                stock + "'t':1,'type':'T'}",
                stock + "'t':1,'type':'T','lp':'NaN'}",
                stock + "'type':'T','lp':1e999999999}",
                "{'s':7,'t':1,'type':'Q','ap':1}",
                "{'t':1,'type':'T','lp':1}");
        node.emit("stock", frames.toArray(String[]::new));
        await().until(() -> bench.counter("bad_frames", "fmp.stock") == before + frames.size());
    }

    @Test
    void shouldCountFramesOfAnUnknownSortAndDataThatNobodyHolds() {
        double unknown = bench.counter("unknown_frames", "fmp.stock");
        double unwanted = bench.counter("unwanted", "fmp.stock");
        node.emit("stock", "{}", "{'event':'party'}", "{'s':'zz','type':'X'}", "{'s':'zz','type':'T','lp':1}");
        await().until(() -> bench.counter("unwanted", "fmp.stock") == unwanted + 1);
        assertThat(bench.counter("unknown_frames", "fmp.stock")).isEqualTo(unknown + 3);
    }

    @Test
    void shouldNeverStepBackWhenFramesComeTwiceOrLate() {
        double late = bench.counter("late", "fmp.stock");
        node.change("ticks_per_second", 100);
        bench.read(() -> bench.ledger().ticks(bench.topic()) > 5);
        bench.fault("duplicate", "count", 10);
        bench.fault("late", "count", 10, "by_ms", 300);
        await().untilAsserted(
                        () -> assertThat(bench.counter("late", "fmp.stock")).isGreaterThanOrEqualTo(late + 10));
        long seen = bench.ledger().ticks(bench.topic());
        bench.read(() -> bench.ledger().ticks(bench.topic()) > seen + 20);
    }

    @Test
    void shouldGoOnWhenTimesComeInAnotherUnit() {
        bench.ledger().expectTimesIn(1_000_000);
        node.change("ticks_per_second", 100);
        for (String unit : List.of("s", "ms", "us", "digits20")) {
            bench.fault("wrong-time-unit", "unit", unit);
            long seen = bench.ledger().ticks(bench.topic());
            bench.read(() -> bench.ledger().ticks(bench.topic()) > seen + 20);
            JsonObject tick = bench.ledger().value(bench.topic());
            assertThat(tick.getLong("received") - tick.getLong("time")).isBetween(-1_000_000L, 10_000_000L);
        }
    }

    @Test
    void shouldStampATimeThatCannotBeByItsReceipt() {
        double restamped = bench.counter("restamped", "fmp.stock");
        for (String time : List.of("1", "'soon'", "null", "1500000000", "-5", "1.5e18")) {
            node.emit("stock", "{'s':'" + bench.ticker() + "','t':" + time + ",'type':'T','lp':7,'ls':1}");
            JsonObject tick = bench.next("tick");
            assertThat(tick.getLong("time")).as(time).isEqualTo(tick.getLong("received"));
        }
        assertThat(bench.counter("restamped", "fmp.stock")).isEqualTo(restamped + 6);
    }

    @Test
    void shouldReadNullsArraysAndQuotesThatCarryAnOldTrade() {
        String stock = "'s':'" + bench.ticker() + "','t':" + System.currentTimeMillis() + "000000";
        node.emit(
                "stock",
                "[{" + stock + ",'type':'T','lp':50.5,'ls':3,'ap':null,'as':null,'bp':null,'bs':null},{" + stock
                        + ",'type':'Q','lp':1.5,'ls':9,'ap':50.7,'as':1,'bp':50.3,'bs':2}]");
        JsonObject trade = bench.next("tick");
        assertThat(trade.getDouble("price")).isEqualTo(50.5);
        assertThat(bench.prices().next().getDouble("last_price")).isEqualTo(50.5);
        JsonObject quote = bench.prices().next();
        assertThat(quote.getString("data_type")).isEqualTo("Q");
        assertThat(quote.getDouble("last_price")).isEqualTo(50.5);
        assertThat(quote.getDouble("ask_price")).isEqualTo(50.7);
        assertThat(quote.getInteger("bid_size")).isEqualTo(2);
    }

    @Test
    void shouldReadEveryShapeOfTheSimulator() {
        double bad = bench.counter("bad_frames");
        node.change("ticks_per_second", 100);
        for (String shape : List.of("explicit_nulls", "quotes_carry_last", "arrays")) {
            node.change(shape, true);
            long seen = bench.ledger().ticks(bench.topic());
            bench.read(() -> bench.ledger().ticks(bench.topic()) > seen + 20);
        }
        assertThat(bench.counter("bad_frames")).isEqualTo(bad);
    }

    @Test
    void shouldTakeDataForTheAnswerThatNeverCame() {
        double timeouts = bench.counter("ack_timeouts", "fmp.stock");
        bench.fault("swallow-acks", "count", 1);
        SocketClient client = bench.stream("trade/fmp:QUIET");
        assertThat(client.next("snapshot").getString("state")).isEqualTo("waiting");
        await().until(() -> bench.counter("ack_timeouts", "fmp.stock") == timeouts + 1);
        node.emit("stock", "{'s':'quiet','t':" + System.currentTimeMillis() + "000000,'type':'T','lp':1,'ls':1}");
        assertThat(client.next("state").getString("state")).isEqualTo("live");
        assertThat(client.next("tick").getInteger("price")).isEqualTo(1);
        SocketClient later = bench.stream("trade/fmp:LATER");
        assertThat(later.next("state").getString("state")).isEqualTo("live");
    }

    @Test
    void shouldRegisterTheOthersWhenOneSymbolAmongManyIsRefused() {
        bench.fault("refuse-symbols", "symbols", new JsonArray().add("m3"));
        String[] topics = IntStream.range(0, 8).mapToObj(i -> "trade/fmp:M" + i).toArray(String[]::new);
        SocketClient client = bench.stream(topics);
        StreamLedger ledger = new StreamLedger();
        client.readInto(
                ledger,
                () -> ledger.topics() == 8
                        && IntStream.range(0, 8)
                                .filter(i -> i != 3)
                                .allMatch(i -> ledger.state(topics[i]).equals("live")));
        JsonObject snapshot = bench.stream("trade/fmp:M3").next("snapshot");
        assertThat(snapshot.getString("state")).isEqualTo("waiting");
        assertThat(snapshot.getString("reason")).isEqualTo("fmp refused the subscription: 400 Not allowed: m3");
        assertThat(bench.session("stock").tickers())
                .contains("m0", "m2", "m4", "m7")
                .doesNotContain("m3");
    }

    @Test
    void shouldTakeABurstOfTwentyThousandFrames() {
        SocketClient quotes = bench.stream("quote/fmp:" + bench.symbol());
        StreamLedger quoted = new StreamLedger();
        SessionRecord before = bench.session("stock");
        double late = bench.counter("late", "fmp.stock");
        long trades = bench.ledger().seq(bench.topic());
        bench.fault("burst", "frames", 20_000);
        long sent = bench.session("stock").framesSent() - before.framesSent();
        assertThat(sent).isGreaterThan(5_000);
        bench.expectTicks();
        long quotesSent = sent - (bench.ledger().seq(bench.topic()) - trades - 1);
        quotes.readInto(quoted, () -> quoted.topics() == 1 && quoted.seq("quote/fmp:" + bench.symbol()) == quotesSent);
        assertThat(bench.counter("late", "fmp.stock")).isEqualTo(late);
    }
}
