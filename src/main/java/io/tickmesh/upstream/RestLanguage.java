package io.tickmesh.upstream;

import io.tickmesh.market.Topic;
import java.util.List;

/** A provider's REST side without a connection: it asks for the newest values of topics and reads the answers. */
public interface RestLanguage {
    /** What an answer means for the pace. */
    enum Outcome {
        OK,
        /** Over the provider's limit: slow down and ask again. */
        TOO_FAST,
        STALE_TOKEN,
        /** The provider's own trouble, or one that asking again does not change. */
        FAILED
    }

    /** The tokens that its calls need, by name. */
    List<String> tokens();

    /** Calls that an account may make in any second, with some room left. */
    double callsPerSecond(String restUrl);

    /** Topics of the same group may be asked for in one call; empty if REST does not offer the topic. */
    String group(Topic topic);

    /** The most topics of a group in one call. */
    int topicsPerCall(String group);

    RestCall call(List<Topic> topics, Access access);

    /**
     * Reads the answer to a call; {@code receivedAt} in microseconds since 1970. Readings are told to {@code events}.
     * Never throws for what the provider sent.
     */
    Outcome read(List<Topic> asked, RestReply reply, long receivedAt, FeedEvents events);

    /** What an answer, of whatever outcome, says of the calls to come. Never throws for what the provider sent. */
    default RestAdvice advice(RestReply reply) {
        return RestAdvice.NONE;
    }
}
