package io.tickmesh.config;

/**
 * Finding other nodes through the Kubernetes API instead of the list of members.
 *
 * @param enabled replaces {@code cluster.members}
 * @param namespace where the service is
 * @param service whose endpoints are the nodes
 */
public record KubernetesConfig(boolean enabled, String namespace, String service) {
    public static final KubernetesConfig DEFAULTS = new KubernetesConfig(false, "default", "tickmesh");
}
