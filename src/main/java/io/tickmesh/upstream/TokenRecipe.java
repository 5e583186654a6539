package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import java.time.Duration;

/** How a provider issues a token that is needed beside the account's own credentials. */
public interface TokenRecipe {
    /** What an answer to the request for a token means. */
    sealed interface Answer {
        /** A token, good until then (milliseconds since 1970). */
        record Issued(Secret token, long goodUntil) implements Answer {}

        /** The credentials are not accepted: asking again soon changes nothing. */
        record Refused(String text) implements Answer {}

        /** Asked too soon, or the provider's own trouble. */
        record Later(String text) implements Answer {}
    }

    /** As {@link Access#token} knows it. */
    String name();

    /** Whether a connection needs it; REST may need others. */
    boolean forSessions();

    /** The shortest time between two requests for one account. */
    Duration pause();

    RestCall call(FeedConfig feed);

    /** Reads the answer; never throws for what the provider sent. */
    Answer read(int status, byte[] body, long nowMillis);
}
