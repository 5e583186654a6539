package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tickmesh.config.GuardConfig;
import io.tickmesh.config.TlsConfig;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With certificates on the bus, a member of the cluster without one of the same authority is not talked with. */
final class ClusterTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final DeliveryOptions SOON = new DeliveryOptions().setSendTimeout(3_000);

    @TempDir
    private Path directory;

    private void keytool(Path store, String alias, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString(),
                "-alias",
                alias,
                "-dname",
                "CN=" + alias));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private Path pem(String name, String what, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(
                directory.resolve(name), "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    /** A certificate of an authority of its own. */
    private GuardConfig guard(String authority) throws IOException, InterruptedException, GeneralSecurityException {
        Path file = directory.resolve(authority + ".p12");
        keytool(file, "ca", "-ext", "bc:c");
        keytool(file, "node", "-signer", "ca");
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        Path certificate = pem(
                authority + ".crt", "CERTIFICATE", store.getCertificate("node").getEncoded());
        Path key = pem(
                authority + ".key",
                "PRIVATE KEY",
                store.getKey("node", PASSWORD).getEncoded());
        Path ca =
                pem(authority + ".ca", "CERTIFICATE", store.getCertificate("ca").getEncoded());
        return new GuardConfig(null, new TlsConfig(certificate.toString(), key.toString(), ca.toString()));
    }

    /** One that trusts us, so that only our looking at its certificate keeps it out. */
    private static TlsConfig withAuthorityOf(GuardConfig ours, GuardConfig theirs) {
        return new TlsConfig(
                tls(theirs).certificate(), tls(theirs).key(), tls(ours).ca());
    }

    private static TlsConfig tls(GuardConfig guard) {
        return Objects.requireNonNull(guard.tls());
    }

    private static List<Object> listen(Vertx vertx, String address) {
        List<Object> heard = new CopyOnWriteArrayList<>();
        NodeUnderTest.await(vertx.eventBus()
                .consumer(address, message -> {
                    heard.add(message.body());
                    message.reply("heard");
                })
                .completion());
        return heard;
    }

    private static Throwable failure(Vertx from, String address, String text) {
        return catchThrowable(() -> NodeUnderTest.await(from.eventBus().request(address, text, SOON)));
    }

    @Test
    void shouldTalkOnlyWithCertificatesOfItsAuthority() throws Exception {
        GuardConfig ours = guard("ours");
        try (VertxCluster cluster = new VertxCluster()) {
            Vertx a = cluster.join(ours);
            Vertx b = cluster.join(ours);
            Vertx foreign = cluster.join(new GuardConfig(null, withAuthorityOf(ours, guard("theirs"))));
            Vertx open = cluster.join(GuardConfig.NONE);
            List<Object> atA = listen(a, "a");
            List<Object> atForeign = listen(foreign, "foreign");
            List<Object> atOpen = listen(open, "open");

            assertThat(failure(b, "a", "1")).isNull();
            assertThat(failure(foreign, "a", "2")).isNotNull();
            assertThat(failure(open, "a", "3")).isNotNull();
            assertThat(failure(a, "foreign", "4")).isNotNull();
            assertThat(failure(a, "open", "5")).isNotNull();
            assertThat(failure(b, "a", "6")).isNull();

            assertThat(atA).containsExactly("1", "6");
            assertThat(atForeign).isEmpty();
            assertThat(atOpen).isEmpty();
        }
    }
}
