package io.tickmesh.bus;

/**
 * A message for the clients of a room on one node. Answered with {@link Reached} where it came from another.
 *
 * @param number of the message in its channel; 0 if it has none
 * @param previous number of the one before
 * @param watchersOnly only for those that want to be told who joins and leaves
 * @param except id of a client that does not get it; empty if all do
 */
public record RoomDelivery(Room room, String json, long number, long previous, boolean watchersOnly, String except)
        implements ChannelEvent {
    /** A message without a number, for all in the room. */
    public RoomDelivery(Room room, String json) {
        this(room, json, 0, 0, false, "");
    }

    @Override
    public void deliverTo(Receiver receiver) {
        receiver.onDelivery(this);
    }
}
