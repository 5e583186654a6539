package io.tickmesh.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Properties;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The values behind the placeholders of {@code cluster.xml}; all of them, for Hazelcast knows no defaults there. */
public final class ClusterProperties {
    private static final String HMAC = "HmacSHA256";

    private ClusterProperties() {}

    public static Properties of(ClusterConfig cluster) {
        KubernetesConfig kubernetes = cluster.kubernetes();
        Properties properties = new Properties();
        properties.setProperty("tickmesh.cluster.name", guardedName(cluster));
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
