package io.tickmesh.market;

/** Something that happened to one topic. */
public sealed interface TopicEvent extends PoolEvent permits Tick, Answer, StateChange {
    Topic topic();
}
