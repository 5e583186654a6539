package io.tickmesh.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the record of the cluster and checks what one key alone cannot show. */
final class ClusterAssembly {
    private static final List<Key<String>> TLS = List.of(Keys.TLS_CERTIFICATE, Keys.TLS_KEY, Keys.TLS_CA);

    private final Values values;
    private final Path directory;
    private final Collection<Problem> problems;
    private final Collection<Problem> warnings;

    ClusterAssembly(Values values, Path directory, Collection<Problem> problems, Collection<Problem> warnings) {
        this.values = values;
        this.directory = directory;
        this.problems = problems;
        this.warnings = warnings;
    }

    ClusterConfig cluster() {
        checkHost();
        checkArbiter();
        return new ClusterConfig(
                values.require(Keys.CLUSTER_NAME),
                values.require(Keys.CLUSTER_HOST),
                values.require(Keys.CLUSTER_PORT),
                values.require(Keys.CLUSTER_BUS_PORT),
                members(),
                values.require(Keys.CLUSTER_VOTERS),
                values.require(Keys.CLUSTER_ARBITER),
                new KubernetesConfig(
                        values.require(Keys.KUBERNETES),
                        values.require(Keys.KUBERNETES_NAMESPACE),
                        values.require(Keys.KUBERNETES_SERVICE)),
                new GuardConfig(values.get(Keys.CLUSTER_SECRET), tls()));
    }

    static boolean isWildcard(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    private static boolean isLoopback(String host) {
        return host.startsWith("127.") || host.equals("::1") || host.equals("localhost");
    }

    private void checkHost() {
        String host = values.require(Keys.CLUSTER_HOST);
        if (isWildcard(host)) {
            problems.add(new Problem(
                    Keys.CLUSTER_HOST.path(),
                    values.source(Keys.CLUSTER_HOST),
                    "must be one address of this machine, which other nodes reach, but is " + host));
        }
    }

    private void checkArbiter() {
        if (!values.require(Keys.CLUSTER_ARBITER).equals("redis")) {
            return;
        }
        @Nullable List<RedisEndpoint> redis = values.get(Keys.REDIS_URL);
        if ((redis == null || redis.isEmpty()) && values.sound(Keys.REDIS_URL)) {
            problems.add(
                    new Problem(Keys.CLUSTER_ARBITER.path(), values.source(Keys.CLUSTER_ARBITER), "needs redis.url"));
        }
        if (!values.require(Keys.CLUSTER_VOTERS).isEmpty()) {
            problems.add(new Problem(
                    Keys.CLUSTER_VOTERS.path(),
                    values.source(Keys.CLUSTER_VOTERS),
                    "must be empty where cluster.arbiter is redis: Redis alone decides"));
        }
        if ("redis".equals(values.get(Keys.NODE_NAME))) {
            problems.add(new Problem(
                    Keys.NODE_NAME.path(),
                    values.source(Keys.NODE_NAME),
                    "must not be redis where cluster.arbiter is redis"));
        }
    }

    /** On one machine nodes find each other; across machines nobody can guess where the others are. */
    private List<String> members() {
        @Nullable List<String> given = values.get(Keys.CLUSTER_MEMBERS);
        if (given != null) {
            return given;
        }
        String host = values.require(Keys.CLUSTER_HOST);
        if (!isLoopback(host) && !values.require(Keys.KUBERNETES) && values.sound(Keys.CLUSTER_MEMBERS)) {
            warnings.add(new Problem(
                    Keys.CLUSTER_MEMBERS.path(), "", "is not given, so this node finds only nodes on " + host));
        }
        return List.of(host.indexOf(':') < 0 ? host : '[' + host + ']');
    }

    /** All three files or none: half of it would be a bus that looks guarded and is not. */
    private @Nullable TlsConfig tls() {
        @Nullable String certificate = file(Keys.TLS_CERTIFICATE);
        @Nullable String key = file(Keys.TLS_KEY);
        @Nullable String ca = file(Keys.TLS_CA);
        if (certificate != null && key != null && ca != null) {
            return new TlsConfig(certificate, key, ca);
        }
        boolean some = TLS.stream().anyMatch(file -> values.get(file) != null);
        if (some) {
            TLS.stream()
                    .filter(file -> values.get(file) == null && values.sound(file))
                    .forEach(file -> problems.add(new Problem(
                            file.path(), "", "is missing: the certificate, the key and the ca belong together")));
        }
        return null;
    }

    private @Nullable String file(Key<String> key) {
        @Nullable String name = values.get(key);
        if (name == null) {
            return null;
        }
        if (!FeedAssembly.isReadable(directory, name)) {
            problems.add(new Problem(key.path(), values.source(key), "cannot be read: " + Quoted.value(name)));
            return null;
        }
        return directory.resolve(name).toString();
    }
}
