package io.tickmesh.upstream;

import io.tickmesh.market.Topic;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a provider tells over REST what it has. Worth having where it answers an unknown code with silence. */
public interface CatalogueLanguage {
    /** Asks for the whole list; no token is needed. */
    RestCall call(Access access);

    /**
     * The symbols of all that the provider has; null where the answer is no whole list. Never throws for what the provider
     * sent.
     */
    @Nullable
    Set<String> read(RestReply reply);

    /** Asks what the list does not tell of these symbols, one call after the other; nothing by default. */
    default List<RestCall> details(Collection<String> symbols, Access access) {
        return List.of();
    }

    /**
     * By symbol, what an answer to one of these calls says that there is of it, in the provider's order; null where it is
     * no answer. Never throws for what the provider sent.
     */
    default @Nullable Map<String, List<String>> readDetails(RestReply reply) {
        return null;
    }

    /** Why there is no such topic of a symbol of which the details are these, or null if there may be. */
    default @Nullable String unknown(Topic topic, List<String> details) {
        return null;
    }
}
