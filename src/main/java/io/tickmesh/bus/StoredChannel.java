package io.tickmesh.bus;

import io.tickmesh.bus.ChannelEvent.Numbered;
import java.util.List;

/**
 * What is stored of a channel.
 *
 * @param last the highest number that was stored; 0 if nothing is known
 * @param ended whether that was surely the last of all: the home before came to an end in order
 * @param messages in order, perhaps with holes
 */
public record StoredChannel(long last, boolean ended, List<Numbered> messages) {
    public StoredChannel {
        messages = List.copyOf(messages);
    }
}
