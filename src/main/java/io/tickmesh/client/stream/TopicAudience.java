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

/** The sessions that hold one topic in one form of the native dialect. */
final class TopicAudience extends Audience {
    static final TopicState UNANSWERED =
            new TopicState(DataState.WAITING, "the owner of the feed has not answered yet", 0);

    private final Topic topic;
    private final Form form;
    private final TickFormat format;
    private final FieldSets fieldSets;
    private final BooleanSupplier simulated;
    private final DialectMeters meters;
    private final StringBuilder text = new StringBuilder(320);
    private long candleStart;
    private boolean anotherCandle;

    TopicAudience(TopicForm subject, FieldSets fieldSets, BooleanSupplier simulated, DialectMeters meters) {
        this.topic = subject.topic();
        this.form = subject.form();
        this.format = new TickFormat(topic.kind(), form);
        this.fieldSets = fieldSets;
        this.simulated = simulated;
        this.meters = meters;
        fieldSets.acquire(form.fields());
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
    protected boolean settles() {
        return topic.kind() == Kind.CANDLE;
    }

    @Override
    protected ByteBuf encodeTick() {
        Tick newest = line().newest();
        if (newest == null) {
            throw new IllegalStateException("no tick of " + topic + " yet");
        }
        return encode(newest);
    }

    @Override
    protected ByteBuf encodeMissed(Tick missed) {
        return encode(missed);
    }

    private ByteBuf encode(Tick tick) {
        if (format.isArray(tick)) {
            text.setLength(0);
            text.append('[').append(line().number());
            text.append(',').append(tick.seq());
            text.append(',').append(tick.receivedAt());
            format.appendValues(text, tick);
            return Frames.text(text.append(']'));
        }
        begin("tick");
        appendPosition(tick.epoch(), tick.seq());
        Json.text(text, "state", state().state().word());
        format.appendMembers(text, tick);
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
        appendPosition(line().epoch(), line().seq());
        Json.number(text, "n", line().number());
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
    protected ByteBuf encodeDone() {
        begin("done");
        return end();
    }

    @Override
    protected void onEnd() {
        fieldSets.release(form.fields());
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

    private void appendPosition(long epoch, long seq) {
        Json.number(text, "epoch", epoch);
        Json.number(text, "seq", seq);
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
            format.appendMembers(text, newest);
        }
    }
}
