package io.tickmesh.market;

/** What the owner of a pool tells the nodes, in one order per pool. */
public sealed interface PoolEvent permits TopicEvent, FeedStatus {}
