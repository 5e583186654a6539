package io.tickmesh.upstream;

import io.tickmesh.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What one owner tells the next of a token; times in milliseconds since 1970.
 *
 * @param token null if there is none
 * @param life how long the token was good when it was issued
 * @param changedAt when it was last asked for, issued, refused or given up
 * @param askAt no request before
 * @param replacing whether the token took the place of a stale one, or the next one will
 */
record TokenRecord(
        String name,
        @Nullable Secret token,
        long goodUntil,
        long life,
        long changedAt,
        long askAt,
        boolean replacing) {}
