package io.tickmesh.bus;

import io.tickmesh.market.FeedStatus;

/** What a feed last said, as it reached this node. */
public record FeedNews(FeedStatus status) {}
