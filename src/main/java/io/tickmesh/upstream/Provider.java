package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.market.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a pool must know of the kind of its upstream. */
public interface Provider {
    String name();

    /** Whether the credentials are enough to log in with. */
    boolean configured(Map<String, Secret> credentials);

    /** What to tell an operator whose credentials are not enough. */
    String notConfigured();

    SessionRules rules();

    /** The connections that a feed may open, in the order in which they are filled. */
    default List<LinkPlan> links(FeedConfig feed) {
        return List.of(new LinkPlan(feed.id(), feed.url(), feed.maxSubscriptions(), LinkPlan.Carries.BOTH));
    }

    /** Headers of the WebSocket upgrade; new ones for each attempt. */
    default Map<String, String> handshake(Access access, LinkPlan link) {
        return Map.of();
    }

    /** How long it wants nothing more of the kind after it answered an upgrade so; zero where it does not say. */
    default Duration pauseAfter(RestReply answer) {
        return Duration.ZERO;
    }

    /** The tokens that sessions or REST need. */
    default List<TokenRecipe> tokens() {
        return List.of();
    }

    /** The names of those that sessions need. */
    default List<String> sessionTokens() {
        return tokens().stream()
                .filter(TokenRecipe::forSessions)
                .map(TokenRecipe::name)
                .toList();
    }

    /** A new instance of the provider's language, for one connection. */
    FeedProtocol protocol(Access access, LinkPlan link);

    /**
     * The registrations that carry a topic: its own first, then those that carry more and it too, the strongest last.
     *
     * @throws IllegalArgumentException if the provider has no such topic
     */
    List<Registration> registrations(Topic topic);

    /** How {@link Reading#key} names the topic's instrument and venue; unused for {@code notice}. */
    String keyOf(Topic topic);

    /** The REST side, or null where there is none. */
    default @Nullable RestLanguage rest() {
        return null;
    }

    /** How to ask for the list of what it has, or null where there is none. */
    default @Nullable CatalogueLanguage catalogue() {
        return null;
    }

    /** When its markets trade. */
    default TradingHours hours() {
        return TradingHours.ALWAYS;
    }
}
