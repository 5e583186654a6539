package io.tickmesh.bus;

import io.tickmesh.bus.ChannelEvent.Numbered;
import java.util.List;

/**
 * The home of a channel asks for its newest messages to be stored; answered with {@link ChannelWritten}.
 *
 * @param follows the number that these come after; where the store does not have so much, it takes none of them
 * @param messages in order; may be empty, to find out what is there
 * @param most so many are to be kept, these included
 * @param end the number that the channel has come to, all that was said being told; 0 if it goes on
 */
public record ChannelWrite(String channel, long follows, List<Numbered> messages, int most, long end) {
    public ChannelWrite {
        messages = List.copyOf(messages);
    }
}
