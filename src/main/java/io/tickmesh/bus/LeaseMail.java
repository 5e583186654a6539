package io.tickmesh.bus;

import java.util.List;

/** All that a node has to say to another about leases in one turn, of any number of pools. */
public record LeaseMail(String from, List<LeaseMessage> messages) {
    public LeaseMail {
        messages = List.copyOf(messages);
        for (LeaseMessage message : messages) {
            if (!message.from().equals(from)) {
                throw new IllegalArgumentException("a message of " + message.from() + " in the mail of " + from);
            }
        }
    }
}
