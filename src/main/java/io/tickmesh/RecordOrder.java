package io.tickmesh;

import java.nio.file.Path;
import java.util.List;

/**
 * What the command line wants recorded.
 *
 * @param feed the id of a configured feed
 * @param topics as typed; empty for those that are usual
 * @param seconds after which to end; 0 for no such end
 * @param frames after which to end; 0 for no such end
 */
public record RecordOrder(String feed, Path file, List<String> topics, long seconds, long frames) {
    public RecordOrder {
        topics = List.copyOf(topics);
    }
}
