package io.tickmesh.market;

/** The data state of a topic is now another. */
public record StateChange(Topic topic, TopicState state) implements TopicEvent {}
