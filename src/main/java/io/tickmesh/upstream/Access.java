package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's language may use to speak for an account.
 *
 * @param tokens issued by the provider, by the name of their {@link TokenRecipe}
 */
public record Access(FeedConfig feed, Map<String, Secret> tokens) {
    public Access {
        tokens = Map.copyOf(tokens);
    }

    /** A credential that must be there. */
    public Secret credential(String name) {
        return required(feed.credentials().get(name), name);
    }

    /** A token that must be there. */
    public Secret token(String name) {
        return required(tokens.get(name), name);
    }

    private static Secret required(@Nullable Secret secret, String name) {
        if (secret == null) {
            throw new IllegalStateException("no " + name);
        }
        return secret;
    }
}
