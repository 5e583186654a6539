package io.tickmesh.bus;

import java.util.List;

/** What the channel role tells one event loop, in order. */
public record ChannelEvents(List<ChannelEvent> events) {}
