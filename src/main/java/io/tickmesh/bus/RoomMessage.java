package io.tickmesh.bus;

/**
 * A message for a room, to the node that keeps the directory of it. Answered with {@link Reached}.
 *
 * @param json the object as clients get it
 * @param hops how often it was passed on because another node keeps the directory by now
 */
public record RoomMessage(Room room, String json, int hops) {}
