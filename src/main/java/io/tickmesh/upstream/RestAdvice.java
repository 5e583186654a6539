package io.tickmesh.upstream;

import java.time.Duration;

/**
 * What an answer says of the calls to come, beside what it says of its own.
 *
 * @param left calls that the provider still takes in this second; {@link #PLENTY} where it does not say
 * @param pause how long it wants no call at all
 */
public record RestAdvice(int left, Duration pause) {
    public static final int PLENTY = Integer.MAX_VALUE;

    public static final RestAdvice NONE = new RestAdvice(PLENTY, Duration.ZERO);
}
