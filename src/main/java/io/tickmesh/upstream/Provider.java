package io.tickmesh.upstream;

import io.tickmesh.config.Secret;
import io.tickmesh.market.Topic;
import java.util.Map;

/** What a pool must know of the kind of its upstream. */
public interface Provider {
    String name();

    /** Whether the credentials are enough to log in with. */
    boolean configured(Map<String, Secret> credentials);

    /** What to tell an operator whose credentials are not enough. */
    String notConfigured();

    /** A new instance of the provider's language, for one connection. */
    FeedProtocol protocol(Map<String, Secret> credentials);

    /**
     * The upstream registration that carries a topic; several topics may share one.
     *
     * @throws IllegalArgumentException if the provider has no such topic
     */
    String codeOf(Topic topic);

    /** The most codes in one control frame. */
    int codesPerFrame();

    /** The most control frames in any second. */
    int controlFramesPerSecond();
}
