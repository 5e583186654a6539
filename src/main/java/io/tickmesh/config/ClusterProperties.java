package io.tickmesh.config;

import java.util.Properties;

/** The values behind the placeholders of {@code cluster.xml}; all of them, for Hazelcast knows no defaults there. */
public final class ClusterProperties {
    private ClusterProperties() {}

    public static Properties of(ClusterConfig cluster) {
        KubernetesConfig kubernetes = cluster.kubernetes();
        Properties properties = new Properties();
        properties.setProperty("tickmesh.cluster.name", cluster.name());
        properties.setProperty("tickmesh.cluster.host", cluster.host());
        properties.setProperty("tickmesh.cluster.port", Integer.toString(cluster.port()));
        // Hazelcast wants a text there, also when it does not use it
        properties.setProperty(
                "tickmesh.cluster.members",
                cluster.members().isEmpty() ? cluster.host() : String.join(",", cluster.members()));
        properties.setProperty("tickmesh.cluster.kubernetes", Boolean.toString(kubernetes.enabled()));
        properties.setProperty("tickmesh.cluster.kubernetes_namespace", kubernetes.namespace());
        properties.setProperty("tickmesh.cluster.kubernetes_service", kubernetes.service());
        // Hazelcast refuses two ways of joining at once
        boolean members = !kubernetes.enabled() && !cluster.members().isEmpty();
        properties.setProperty("tickmesh.cluster.tcp_ip", Boolean.toString(members));
        return properties;
    }
}
