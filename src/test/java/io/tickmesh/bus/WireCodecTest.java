package io.tickmesh.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tickmesh.market.Answer;
import io.tickmesh.market.DataState;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.Quote;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import io.tickmesh.market.Trade;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WireCodecTest {
    private static final Topic TRADES = Topic.parse("trade/fmp:AAPL");
    private static final Topic QUOTES = Topic.parse("quote/fmp:AAPL");
    private static final TopicState STALE = new TopicState(DataState.STALE, "upstream gone", 1_700_000_000_000L);

    private static TickBatch everything() {
        Trade trade = new Trade(
                TRADES, 7, 1, 11, 12, Decimal.parse("201.30"), Decimal.parse("0.00001234"), null, "binance", null);
        Trade broken = new Trade(
                TRADES, 7, 2, 13, 14, Decimal.parse("201.30"), null, null, null, new Trade.Broken(Decimal.of(5), null));
        Quote quote = new Quote(QUOTES, 7, 3, 15, 16, null, null, Decimal.parse("1.1"), Decimal.of(9), null);
        FeedStatus status = new FeedStatus(
                "fmp.stock", "fmp", "fmp", true, true, FeedState.SUSPENDED, "refused", 17, 3, 4, 500, 2, 99, "n1", 7);
        return new TickBatch(
                "fmp.stock",
                "n1",
                7,
                42,
                43,
                List.of(
                        trade,
                        broken,
                        quote,
                        new Answer(TRADES, null, STALE, 7, 2, broken),
                        new Answer(QUOTES, "no", STALE, 7, 0, null),
                        new StateChange(QUOTES, STALE),
                        status));
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

    @Test
    void shouldMoveInterestBetweenNodes() {
        InterestUpdate update = new InterestUpdate(
                "a:1",
                "fmp.stock",
                3,
                9,
                InterestUpdate.Form.FULL,
                77,
                List.of(new InterestUpdate.Entry(TRADES, 3, false), new InterestUpdate.Entry(QUOTES, 0, true)));
        Buffer buffer = Buffer.buffer();
        new InterestUpdateCodec().encodeToWire(buffer, update);
        assertThat(new InterestUpdateCodec().decodeFromWire(0, buffer)).isEqualTo(update);
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
