package io.tickmesh.config;

/**
 * What clients may do.
 *
 * @param wildcards whether a session may ask for all topics that a node holds of a provider
 */
public record SecurityConfig(boolean wildcards) {
    public static final SecurityConfig DEFAULTS = new SecurityConfig(false);
}
