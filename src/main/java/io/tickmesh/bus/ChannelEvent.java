package io.tickmesh.bus;

import java.util.List;
import java.util.Set;

/** What the channel role tells an event loop that has clients of contract 3. */
public sealed interface ChannelEvent
        permits ChannelEvent.Admitted,
                ChannelEvent.Refused,
                ChannelEvent.Subscribed,
                ChannelEvent.Unsubscribed,
                ChannelEvent.Told,
                ChannelEvent.Done,
                RoomDelivery {
    void deliverTo(Receiver receiver);

    /** Takes each sort of event. */
    interface Receiver {
        void onAdmitted(Admitted event);

        void onRefused(Refused event);

        void onSubscribed(Subscribed event);

        void onUnsubscribed(Unsubscribed event);

        void onTold(Told event);

        void onDone(Done event);

        void onDelivery(RoomDelivery event);
    }

    /** Why a session must end. */
    enum Cause {
        TAKEN,
        REPLACED,
        FULL,
        UNAVAILABLE
    }

    /** The session is in; {@code types} are those of the messages that there are handlers for. */
    record Admitted(long session, Set<String> types) implements ChannelEvent {
        @Override
        public void deliverTo(Receiver receiver) {
            receiver.onAdmitted(this);
        }
    }

    /** The session is not let in, or no longer. */
    record Refused(long session, Cause cause) implements ChannelEvent {
        @Override
        public void deliverTo(Receiver receiver) {
            receiver.onRefused(this);
        }
    }

    /** A message of a channel by its number. */
    record Numbered(long number, String json) {}

    /**
     * The answer to {@link ChannelRequest.Subscribe}.
     *
     * @param success false if nothing changed; then the rest does not count
     * @param number of the newest message of the channel
     * @param missed what the client has missed, in order
     * @param reset whether that cannot be told
     */
    record Subscribed(
            long session,
            ChannelRequest.Subscribe request,
            boolean success,
            long number,
            List<Numbered> missed,
            boolean reset)
            implements ChannelEvent {
        @Override
        public void deliverTo(Receiver receiver) {
            receiver.onSubscribed(this);
        }
    }

    /** The answer to {@link ChannelRequest.Unsubscribe}. */
    record Unsubscribed(long session, String channel) implements ChannelEvent {
        @Override
        public void deliverTo(Receiver receiver) {
            receiver.onUnsubscribed(this);
        }
    }

    /** The answer to any other request that waited for one. */
    record Told(long session, String json) implements ChannelEvent {
        @Override
        public void deliverTo(Receiver receiver) {
            receiver.onTold(this);
        }
    }

    /**
     * A {@link ChannelRequest.Say} is dealt with.
     *
     * @param error what went wrong, in words for the client; empty if nothing did
     */
    record Done(long session, String error) implements ChannelEvent {
        @Override
        public void deliverTo(Receiver receiver) {
            receiver.onDone(this);
        }
    }
}
