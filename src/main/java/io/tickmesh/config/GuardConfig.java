package io.tickmesh.config;

import org.jspecify.annotations.Nullable;

/**
 * What keeps strangers out of the cluster.
 *
 * @param secret goes into the name that a member of Hazelcast must know
 * @param tls of the event bus
 */
public record GuardConfig(@Nullable Secret secret, @Nullable TlsConfig tls) {
    public static final GuardConfig NONE = new GuardConfig(null, null);
}
