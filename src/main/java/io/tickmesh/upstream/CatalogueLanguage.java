package io.tickmesh.upstream;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a provider tells over REST what it has. Worth having where it answers an unknown code with silence. */
public interface CatalogueLanguage {
    /** Asks for the whole list; no token is needed. */
    RestCall call(Access access);

    /**
     * All that the provider has, as {@link Provider#keyOf} names it; null where the answer is no whole list. Never throws
     * for what the provider sent.
     */
    @Nullable
    Set<String> read(RestReply reply);
}
