package io.tickmesh.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tickmesh.market.Answer;
import io.tickmesh.market.Book;
import io.tickmesh.market.Candle;
import io.tickmesh.market.DataState;
import io.tickmesh.market.DaySummary;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.Expected;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Level;
import io.tickmesh.market.MarketStatus;
import io.tickmesh.market.Notice;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.Position;
import io.tickmesh.market.Quote;
import io.tickmesh.market.Side;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Ticker;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import io.tickmesh.market.Trade;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class WireCodecTest {
    private static final Topic TRADES = Topic.parse("trade/fmp:AAPL");
    private static final Topic QUOTES = Topic.parse("quote/fmp:AAPL");
    private static final TopicState STALE = new TopicState(DataState.STALE, "upstream gone", 1_700_000_000_000L);

    /** One tick of each kind, bare and full. */
    private static Stream<Tick> ticks() {
        Decimal price = Decimal.parse("201.30");
        Decimal tiny = Decimal.parse("0.00001234");
        Level level = new Level(price, tiny);
        DaySummary bare = new DaySummary(price, null, null, null, null, null, null, null, null, null, null);
        DaySummary full = new DaySummary(price, n(-1), n(2), n(3), n(4), n(5), n(6), n(7), n(8), n(9), n(10));
        Map<String, String> fields = Map.of("종목", "005930", "b", "", "c", "3");
        return Stream.of(
                new Trade(TRADES, 7, 1, 11, 12, price, tiny, Side.BUY, "binance", null),
                new Trade(TRADES, 7, 2, 13, 14, price, null, Side.SELL, null, new Trade.Broken(n(5), null)),
                new Trade(TRADES, 7, 3, 13, 14, price, null, null, null, new Trade.Broken(n(5), tiny)),
                new Quote(QUOTES, 7, 3, 15, 16, null, null, price, n(9), null),
                new Quote(QUOTES, 7, 4, 15, 16, n(1), n(2), n(3), n(4), "XNAS"),
                new Book(topic("book.5/upbit:KRW-BTC"), 7, 5, 17, 18, List.of(), List.of(), null, null),
                new Book(topic("book/kis:005930"), 7, 6, 17, 18, List.of(level, level), List.of(level), n(9), n(8)),
                new Ticker(topic("ticker/upbit:KRW-BTC"), 7, 7, 19, 20, bare),
                new Ticker(topic("ticker/upbit:KRW-BTC"), 7, 8, 19, 20, full),
                new Candle(topic("candle.1m/upbit:KRW-BTC"), 7, 9, 21, 22, 20, n(1), n(4), n(0), n(3), null, null),
                new Candle(topic("candle.1m/upbit:KRW-BTC"), 7, 10, 21, 22, 20, n(1), n(4), n(0), n(3), n(5), n(6)),
                new Expected(topic("expected/kis:005930"), 7, 11, 23, 24, price, null, null, null),
                new Expected(topic("expected/kis:005930@NXT"), 7, 12, 23, 24, price, n(1), n(-2), n(-3)),
                new MarketStatus(topic("status/kis:005930"), 7, 13, 25, 26, fields),
                new Notice(topic("notice/kis-1"), 7, 14, 27, 28, "H0STCNI0", fields),
                new Notice(topic("notice/upbit"), 7, 15, 27, 28, "", Map.of()));
    }

    private static Topic topic(String text) {
        return Topic.parse(text);
    }

    private static Decimal n(long whole) {
        return Decimal.of(whole);
    }

    private static TickBatch everything() {
        FeedStatus status = new FeedStatus(
                "fmp.stock",
                "fmp",
                "fmp",
                true,
                true,
                FeedState.SUSPENDED,
                "refused",
                17,
                3,
                4,
                500,
                2,
                99,
                "sealed",
                "n1",
                7);
        List<PoolEvent> events = new ArrayList<>(ticks().toList());
        ticks().forEach(tick -> events.add(new Answer(tick.topic(), null, STALE, 7, tick.seq(), tick)));
        events.add(new Answer(QUOTES, "no", STALE, 7, 0, null));
        events.add(new StateChange(QUOTES, STALE));
        events.add(status);
        return new TickBatch("fmp.stock", "n1", 7, 42, 43, events);
    }

    private static Buffer bytesOf(TickBatch batch) {
        Buffer buffer = Buffer.buffer("xyz");
        new TickBatchCodec().encodeToWire(buffer, batch);
        return buffer;
    }

    @Test
    void shouldMoveEveryEventBetweenNodes() {
        assertThat(new TickBatchCodec().decodeFromWire(3, bytesOf(everything())))
                .isEqualTo(everything());
    }

    @ParameterizedTest
    @MethodSource("ticks")
    void shouldMoveATickOfEachKind(Tick tick) {
        TickBatch batch = new TickBatch("p", "n1", 7, 42, 43, List.of(tick));
        assertThat(new TickBatchCodec().decodeFromWire(3, bytesOf(batch))).isEqualTo(batch);
    }

    @Test
    void shouldMoveEveryKindThereIs() {
        assertThat(ticks().map(tick -> tick.topic().kind()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Kind.values());
    }

    @Test
    void shouldMoveInterestBetweenNodes() {
        InterestUpdate update = new InterestUpdate(
                "a:1",
                "fmp.stock",
                3,
                9,
                InterestUpdate.Form.FULL,
                77,
                List.of(
                        new InterestUpdate.Entry(TRADES, 3, false),
                        new InterestUpdate.Entry(QUOTES, 0, true),
                        InterestUpdate.Entry.lingering(TRADES)));
        Buffer buffer = Buffer.buffer();
        new InterestUpdateCodec().encodeToWire(buffer, update);
        assertThat(new InterestUpdateCodec().decodeFromWire(0, buffer)).isEqualTo(update);
    }

    private static <T> void expectMoved(WireCodec<T> codec, T message) {
        Buffer buffer = Buffer.buffer();
        codec.encodeToWire(buffer, message);
        assertThat(codec.decodeFromWire(0, buffer)).isEqualTo(message);
        assertThat(codec.name()).endsWith(".1");
        for (int end = 0; end < buffer.length(); end++) {
            Buffer cut = buffer.slice(0, end);
            assertThat(catchThrowable(() -> codec.decodeFromWire(0, cut))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldMoveWhatTheChannelServiceSendsBetweenNodes() {
        expectMoved(new RoomMessageCodec(), new RoomMessage(Room.channel("한국"), "{\"type\":\"x\"}", 2));
        expectMoved(new RoomDeliveryCodec(), new RoomDelivery(Room.user("u"), "{}", 8, 7, true, "c"));
        expectMoved(new RoomDeliveryCodec(), new RoomDelivery(Room.ALL, "{}"));
        expectMoved(new ReachedCodec(), new Reached(70_000, 3));
        expectMoved(
                new RoomUpdateCodec(),
                new RoomUpdate(
                        "n1",
                        5,
                        -6,
                        RoomUpdate.Form.FULL,
                        7,
                        List.of(
                                new RoomUpdate.Entry(Room.client("c"), "c", null, false, ""),
                                new RoomUpdate.Entry(Room.channel("a"), "c", "u", true, "left"))));
    }

    @Test
    void shouldMoveHistoryBetweenNodes() {
        Buffer buffer = Buffer.buffer();
        HistoryAsk ask = new HistoryAsk("fmp.stock", List.of(new Position(TRADES, 7, 1), new Position(QUOTES, 8, 0)));
        new HistoryAskCodec().encodeToWire(buffer, ask);
        assertThat(new HistoryAskCodec().decodeFromWire(0, buffer)).isEqualTo(ask);

        Buffer answer = Buffer.buffer();
        HistoryPage page = new HistoryPage(ticks().toList());
        new HistoryPageCodec().encodeToWire(answer, page);
        assertThat(new HistoryPageCodec().decodeFromWire(0, answer)).isEqualTo(page);
        assertThat(new HistoryAskCodec().name()).isEqualTo("tickmesh.history.ask.1");
        assertThat(new HistoryPageCodec().name()).isEqualTo("tickmesh.history.page.1");
    }

    @Test
    void shouldRefuseWhatGoesOnBehindItsEnd() {
        Buffer longer = bytesOf(everything()).appendByte((byte) 0);

        assertThat(catchThrowable(() -> new TickBatchCodec().decodeFromWire(3, longer)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("message goes on behind its end");
    }

    @Test
    void shouldHandOverTheSameObjectInsideANode() {
        TickBatch batch = everything();
        assertThat(new TickBatchCodec().transform(batch)).isSameAs(batch);
    }

    @Test
    void shouldCarryItsVersionInItsName() {
        assertThat(new TickBatchCodec().name()).isEqualTo("tickmesh.ticks.1");
        assertThat(new InterestUpdateCodec().name()).isEqualTo("tickmesh.interest.1");
    }

    @Test
    void shouldRefuseEveryShortenedOrMutatedMessageWithoutHarm() {
        byte[] whole = bytesOf(everything()).getBytes(3, bytesOf(everything()).length());
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = whole.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Buffer mutated = Buffer.buffer(bytes).slice(0, random.nextInt(bytes.length + 1));
            Throwable thrown = catchThrowable(() -> new TickBatchCodec().decodeFromWire(0, mutated));
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
