package io.tickmesh;

import com.hazelcast.config.Config;
import com.hazelcast.config.XmlConfigBuilder;
import io.tickmesh.cluster.Membership;
import io.tickmesh.config.ClusterConfig;
import io.tickmesh.config.ClusterProperties;
import io.tickmesh.config.TlsConfig;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** How a node joins the others: what Hazelcast and the event bus are told. */
final class Joining {
    /** A peer that does not answer is given up within 5 s, as by Hazelcast; the default is 40 s. */
    private static final long PING_MILLIS = 2_000;

    private static final long PONG_MILLIS = 3_000;

    private Joining() {}

    static Config hazelcast(ClusterConfig cluster, Membership membership) {
        try (InputStream xml = Joining.class.getResourceAsStream("/cluster.xml")) {
            Config config = new XmlConfigBuilder(xml)
                    .setProperties(ClusterProperties.of(cluster))
                    .build();
            membership.writeTo(config);
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EventBusOptions bus(ClusterConfig cluster) {
        EventBusOptions options = new EventBusOptions()
                .setHost(cluster.host())
                .setPort(cluster.busPort())
                .setClusterPingInterval(PING_MILLIS)
                .setClusterPingReplyInterval(PONG_MILLIS);
        TlsConfig tls = cluster.guard().tls();
        return tls == null ? options : guarded(options, tls);
    }

    /**
     * Both ends show a certificate of the authority. Vert.x compares no host names here, so any of them is a node; and a
     * bus that is not told otherwise trusts every server.
     */
    private static EventBusOptions guarded(EventBusOptions options, TlsConfig tls) {
        return options.setSsl(true)
                .setKeyCertOptions(
                        new PemKeyCertOptions().setCertPath(tls.certificate()).setKeyPath(tls.key()))
                .setTrustOptions(new PemTrustOptions().addCertPath(tls.ca()))
                .setTrustAll(false)
                .setClientAuth(ClientAuth.REQUIRED);
    }
}
