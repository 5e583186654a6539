package io.tickmesh.cluster;

import io.tickmesh.bus.LeaseMessage;

/** A message that is to be sent to another node. */
record Outgoing(String to, LeaseMessage message) {}
