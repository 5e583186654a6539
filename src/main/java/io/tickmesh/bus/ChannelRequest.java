package io.tickmesh.bus;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What a client of contract 3 wants. */
public sealed interface ChannelRequest {
    void deliverTo(Receiver receiver, ChannelCall call);

    /** Takes each sort of request. */
    interface Receiver {
        void onEnter(ChannelCall call, Enter request);

        void onLeave(ChannelCall call, Leave request);

        void onSubscribe(ChannelCall call, Subscribe request);

        void onUnsubscribe(ChannelCall call, Unsubscribe request);

        void onWho(ChannelCall call, Who request);

        void onSay(ChannelCall call, Say request);
    }

    /** The first: to be let in by that id. */
    record Enter(String client, @Nullable String user) implements ChannelRequest {
        @Override
        public void deliverTo(Receiver receiver, ChannelCall call) {
            receiver.onEnter(call, this);
        }
    }

    /** The last: the session is over. */
    record Leave(String reason) implements ChannelRequest {
        @Override
        public void deliverTo(Receiver receiver, ChannelCall call) {
            receiver.onLeave(call, this);
        }
    }

    /**
     * To get what is sent to a channel.
     *
     * @param presence whether the client is told who joins and leaves
     * @param numbers whether its messages carry their numbers
     * @param after the last number that the client has seen; -1 if it does not resume
     */
    record Subscribe(String channel, boolean presence, boolean numbers, long after) implements ChannelRequest {
        @Override
        public void deliverTo(Receiver receiver, ChannelCall call) {
            receiver.onSubscribe(call, this);
        }
    }

    /** To get no more of it. */
    record Unsubscribe(String channel) implements ChannelRequest {
        @Override
        public void deliverTo(Receiver receiver, ChannelCall call) {
            receiver.onUnsubscribe(call, this);
        }
    }

    /** Who is in a channel. */
    record Who(String channel) implements ChannelRequest {
        @Override
        public void deliverTo(Receiver receiver, ChannelCall call) {
            receiver.onWho(call, this);
        }
    }

    /** A message for the handler of its type. */
    record Say(String type, JsonObject body) implements ChannelRequest {
        @Override
        public void deliverTo(Receiver receiver, ChannelCall call) {
            receiver.onSay(call, this);
        }
    }
}
