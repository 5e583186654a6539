package io.tickmesh.client.prices;

import io.netty.buffer.ByteBuf;
import io.tickmesh.client.Audience;
import io.tickmesh.client.DialectMeters;
import io.tickmesh.client.Frames;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sessions that watch one instrument. The contract has no frames for jumps and states: those are counted only. */
final class PriceAudience extends Audience {
    private final List<Topic> topics;
    private final MergedPrice price;
    private final DialectMeters meters;
    private final StringBuilder text = new StringBuilder(320);

    PriceAudience(List<Topic> topics, MergedPrice price, DialectMeters meters) {
        this.topics = topics;
        this.price = price;
        this.meters = meters;
    }

    @Override
    public List<Topic> topics() {
        return topics;
    }

    @Override
    protected boolean update(Tick newest) {
        return price.update(newest);
    }

    @Override
    protected ByteBuf encodeTick() {
        text.setLength(0);
        price.appendUpdate(text);
        return Frames.text(text);
    }

    @Override
    protected @Nullable ByteBuf encodeSnapshot() {
        return price.known() ? tickFrame() : null;
    }

    @Override
    protected DialectMeters meters() {
        return meters;
    }
}
