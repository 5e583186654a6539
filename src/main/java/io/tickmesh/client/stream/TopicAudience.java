package io.tickmesh.client.stream;

import io.netty.buffer.ByteBuf;
import io.tickmesh.client.Audience;
import io.tickmesh.client.DialectMeters;
import io.tickmesh.client.Frames;
import io.tickmesh.client.Json;
import io.tickmesh.client.TopicLine;
import io.tickmesh.market.Candle;
import io.tickmesh.market.DataState;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The sessions that hold one topic in the native dialect. */
final class TopicAudience extends Audience {
    static final TopicState UNANSWERED =
            new TopicState(DataState.WAITING, "the owner of the feed has not answered yet", 0);

    private final Topic topic;
    private final BooleanSupplier simulated;
    private final DialectMeters meters;
    private final StringBuilder text = new StringBuilder(320);
    private long candleStart;
    private boolean anotherCandle;

    TopicAudience(Topic topic, BooleanSupplier simulated, DialectMeters meters) {
        this.topic = topic;
        this.simulated = simulated;
        this.meters = meters;
    }

    @Override
    public List<Topic> topics() {
        return List.of(topic);
    }

    TopicLine line() {
        return lines().get(0);
    }

    private TopicState state() {
        TopicState state = line().state();
        return state == null ? UNANSWERED : state;
    }

    @Override
    protected boolean update(Tick newest) {
        if (newest instanceof Candle candle) {
            anotherCandle = candle.start() != candleStart;
            candleStart = candle.start();
        }
        return true;
    }

    @Override
    protected boolean conflates() {
        return topic.kind() != Kind.NOTICE;
    }

    /** The last form of a candle is the one that counts: the next candle must not replace it. */
    @Override
    protected boolean beginsAnew() {
        return anotherCandle;
    }

    @Override
    protected ByteBuf encodeTick() {
        begin("tick");
        appendPosition();
        Json.text(text, "state", state().state().word());
        appendValue();
        return end();
    }

    @Override
    protected ByteBuf encodeSnapshot() {
        return encodeWhole("snapshot");
    }

    @Override
    protected ByteBuf encodeReset() {
        return encodeWhole("reset");
    }

    private ByteBuf encodeWhole(String type) {
        begin(type);
        appendPosition();
        appendState();
        Json.flag(text, "simulated", simulated.getAsBoolean());
        appendValue();
        return end();
    }

    @Override
    protected ByteBuf encodeGap(long lost) {
        begin("gap");
        Json.number(text, "lost", lost);
        return end();
    }

    @Override
    protected ByteBuf encodeConflated(int ticks) {
        begin("conflated");
        Json.number(text, "count", ticks);
        return end();
    }

    @Override
    protected ByteBuf encodeState() {
        begin("state");
        appendState();
        return end();
    }

    @Override
    protected DialectMeters meters() {
        return meters;
    }

    private void begin(String type) {
        text.setLength(0);
        text.append('{');
        Json.text(text, "type", type);
        Json.text(text, "topic", topic.toString());
    }

    private ByteBuf end() {
        return Frames.text(text.append('}'));
    }

    private void appendPosition() {
        Json.number(text, "epoch", line().epoch());
        Json.number(text, "seq", line().seq());
    }

    private void appendState() {
        TopicState state = state();
        Json.text(text, "state", state.state().word());
        Json.text(text, "reason", state.reason());
        Json.number(text, "since", state.since());
    }

    private void appendValue() {
        @Nullable Tick newest = line().newest();
        if (newest != null) {
            TickJson.append(text, newest);
        }
    }
}
