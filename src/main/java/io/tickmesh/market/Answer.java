package io.tickmesh.market;

import org.jspecify.annotations.Nullable;

/**
 * The owner's answer to a node's first interest in a topic: accepted or why not, the data state, and the newest value
 * if there is one. {@code epoch} is the owner's; a tick of the topic that follows has a position after
 * {@code (epoch, seq)}.
 *
 * @param refusal why the topic cannot be had, or null where it is accepted
 */
public record Answer(
        Topic topic,
        @Nullable String refusal,
        TopicState state,
        long epoch,
        long seq,
        @Nullable Tick newest) implements TopicEvent {

    public boolean accepted() {
        return refusal == null;
    }
}
