package io.tickmesh.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The values behind the placeholders of {@code cluster.xml}; all of them, for Hazelcast knows no defaults there. */
public final class ClusterProperties {
    private static final String HMAC = "HmacSHA256";

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost");

    private ClusterProperties() {}

    public static Properties of(ClusterConfig cluster) {
        KubernetesConfig kubernetes = cluster.kubernetes();
        Properties properties = new Properties();
        properties.setProperty("tickmesh.cluster.name", guardedName(cluster));
        properties.setProperty("tickmesh.cluster.host", cluster.host());
        properties.setProperty("tickmesh.cluster.port", Integer.toString(cluster.port()));
        // Hazelcast wants a text there, also when it does not use it
        properties.setProperty(
                "tickmesh.cluster.members", cluster.members().isEmpty() ? cluster.host() : members(cluster));
        properties.setProperty("tickmesh.cluster.kubernetes", Boolean.toString(kubernetes.enabled()));
        properties.setProperty("tickmesh.cluster.kubernetes_namespace", kubernetes.namespace());
        properties.setProperty("tickmesh.cluster.kubernetes_service", kubernetes.service());
        // Hazelcast refuses two ways of joining at once
        boolean members = !kubernetes.enabled() && !cluster.members().isEmpty();
        properties.setProperty("tickmesh.cluster.tcp_ip", Boolean.toString(members));
        return properties;
    }

    /**
     * On this machine a member without a port stands for several ports. Elsewhere for one alone: when that machine is
     * cut off, each port more would keep the search for a lost half waiting for seconds.
     */
    private static String members(ClusterConfig cluster) {
        return cluster.members().stream()
                .map(member -> member.contains(":") || here(member, cluster) ? member : member + ':' + cluster.port())
                .collect(Collectors.joining(","));
    }

    private static boolean here(String member, ClusterConfig cluster) {
        return LOOPBACK.contains(member) || member.equals(cluster.host());
    }

    /**
     * Hazelcast admits who knows the name, so with a secret the name is one that cannot be guessed. It tells nothing of
     * the secret, but travels in clear.
     */
    private static String guardedName(ClusterConfig cluster) {
        Secret secret = cluster.guard().secret();
        if (secret == null) {
            return cluster.name();
        }
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), HMAC));
            byte[] digest = mac.doFinal(cluster.name().getBytes(StandardCharsets.UTF_8));
            return cluster.name() + '-' + HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
