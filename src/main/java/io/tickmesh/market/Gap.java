package io.tickmesh.market;

/** Ticks of a topic were lost on the way and will not come: {@code lost} of them, before the next tick. */
public record Gap(Topic topic, long lost) implements TopicEvent {
    public Gap {
        if (lost <= 0) {
            throw new IllegalArgumentException("lost must be positive: " + lost);
        }
    }
}
