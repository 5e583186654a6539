package io.tickmesh.upstream;

import io.tickmesh.bus.Members;
import org.jspecify.annotations.Nullable;

/**
 * What an owner begins with.
 *
 * @param book what was already told to its epoch
 * @param members who is there; null if nobody has said
 * @param paused whether an operator wants the upstream closed
 * @param takeover whether the session of another owner may still be open at the provider
 */
record Beginning(InterestBook book, @Nullable Members members, boolean paused, boolean takeover) {}
