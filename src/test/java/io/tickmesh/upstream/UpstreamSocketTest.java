package io.tickmesh.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.UpstreamConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpstreamSocketTest implements UpstreamSocket.Listener {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> events = new CopyOnWriteArrayList<>();

    @TempDir
    Path dir = Path.of("");

    @Override
    public void onOpened() {
        events.add("opened");
    }

    @Override
    public void onMessage(byte[] message, int length) {
        events.add(length > 100 ? length + " bytes" : new String(message, 0, length, StandardCharsets.UTF_8));
    }

    @Override
    public void onPong() {
        events.add("pong");
    }

    @Override
    public void onUpgradeRefused(RestReply answer) {
        events.add("refused HTTP " + answer.status() + ' ' + answer.header("Retry-After") + ' '
                + new String(answer.body(), StandardCharsets.UTF_8));
    }

    @Override
    public void onClosed(String cause) {
        events.add("closed " + cause);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private UpstreamSocket open(String url, @Nullable Path caFile) {
        FeedConfig feed = new FeedConfig(
                "fmp",
                "fmp",
                "stock",
                FeedConfig.Mode.LIVE,
                url,
                "",
                1,
                FeedConfig.Overflow.FALLBACK,
                Map.of(),
                caFile == null ? null : caFile.toString());
        UpstreamSocket socket = new UpstreamSocket(
                vertx, new UpstreamSocket.Target(feed, url, Map.of()), UpstreamConfig.DEFAULTS, this);
        vertx.runOnContext(start -> socket.open());
        return socket;
    }

    private void awaitEvent(String start) {
        await().untilAsserted(() -> assertThat(events).anyMatch(event -> event.startsWith(start)));
    }

    /** A key store and the PEM file of its certificate, for a host name. */
    private HttpServerOptions tls(String alternativeName) throws Exception {
        Path store = dir.resolve("server.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=test",
                "-validity",
                "3",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-ext",
                "SAN=" + alternativeName);
        keytool("-exportcert", "-rfc", "-alias", "a", "-keystore", store.toString(), "-file", caFile().toString());
        return new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions().setPath(store.toString()).setPassword("made-up"));
    }

    private Path caFile() {
        return dir.resolve("ca.pem");
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new CopyOnWriteArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-storepass", "made-up"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void shouldTrustTheCertificatesOfTheFile() throws Exception {
        ScriptedFeed provider = new ScriptedFeed(vertx, tls("IP:127.0.0.1"));
        open("wss://127.0.0.1:" + provider.listen(), caFile());

        awaitEvent("opened");
    }

    @Test
    void shouldNotTrustACertificateThatNobodyVouchesFor() throws Exception {
        ScriptedFeed provider = new ScriptedFeed(vertx, tls("IP:127.0.0.1"));
        open("wss://127.0.0.1:" + provider.listen(), null);

        awaitEvent("closed unable to find valid certification path");
        assertThat(provider.log).isEmpty();
    }

    @Test
    void shouldNotTrustACertificateOfAnotherHost() throws Exception {
        ScriptedFeed provider = new ScriptedFeed(vertx, tls("DNS:elsewhere.example"));
        open("wss://127.0.0.1:" + provider.listen(), caFile());

        awaitEvent("closed No subject alternative names matching IP address 127.0.0.1");
        assertThat(provider.log).isEmpty();
    }

    @Test
    void shouldKeepTrustingWhatTheJdkTrusts() throws Exception {
        tls("IP:127.0.0.1");
        TrustManager[] managers = ExtraTrust.from(vertx, caFile().toString())
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .getTrustManagerFactory(vertx)
                .getTrustManagers();

        X509Certificate[] trusted = ((X509TrustManager) managers[0]).getAcceptedIssuers();
        assertThat(trusted).hasSizeGreaterThan(20);
        assertThat(trusted)
                .anyMatch(each -> each.getSubjectX500Principal().getName().equals("CN=test"));
    }

    @Test
    void shouldSayWhatIsWrongWithTheFile() throws Exception {
        open("wss://127.0.0.1:1", caFile());
        awaitEvent("closed ca_file '" + caFile() + "' does not exist");

        Files.writeString(caFile(), "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
        open("wss://127.0.0.1:1", caFile());
        awaitEvent("closed ca_file '" + caFile() + "' is no PEM file");

        Files.writeString(caFile(), "");
        open("wss://127.0.0.1:1", caFile());
        awaitEvent("closed ca_file '" + caFile() + "' holds no certificate");
    }

    @Test
    void shouldSayThatAnAddressIsNoneWithoutRepeatingIt() {
        open("http://127.0.0.1/?apikey=made-up-key", null);

        awaitEvent("closed the address of feed fmp is no ws:// or wss:// address");
        assertThat(events.toString()).doesNotContain("made-up-key");
    }

    @Test
    void shouldPutAMessageTogetherFromItsParts() throws Exception {
        ScriptedFeed provider = new ScriptedFeed(vertx);
        open("ws://127.0.0.1:" + provider.listen(), null);
        await().until(() -> !provider.sockets.isEmpty());
        ServerWebSocket side = provider.sockets.get(0);
        side.writeFrame(WebSocketFrame.textFrame("one ", false));
        side.writePing(Buffer.buffer("!"));
        side.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("two "), false));
        side.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("three"), true));
        side.writeTextMessage("x".repeat(1 << 20));
        side.writeTextMessage("four");

        awaitEvent("four");
        assertThat(events).containsExactly("opened", "one two three", "1048576 bytes", "four");
    }

    @Test
    void shouldRefuseAMessageThatGrowsTooLargeInParts() throws Exception {
        ScriptedFeed provider = new ScriptedFeed(vertx);
        open("ws://127.0.0.1:" + provider.listen(), null);
        await().until(() -> !provider.sockets.isEmpty());
        ServerWebSocket side = provider.sockets.get(0);
        side.writeFrame(WebSocketFrame.textFrame("x".repeat(1 << 19), false));
        side.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("y".repeat(1 << 19)), false));
        side.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("z"), true));

        awaitEvent("closed a message of over 1048576 bytes");
        assertThat(events).hasSize(2);
    }

    /** A provider that upgrades and then only does what {@code then} says: it never closes anything itself. */
    private int mute(Consumer<NetSocket> then) throws Exception {
        return vertx.createNetServer()
                .connectHandler(socket -> {
                    Buffer head = Buffer.buffer();
                    socket.handler(bytes -> {
                        if (head.length() > 0 && head.toString().endsWith("\r\n\r\n")) {
                            return;
                        }
                        head.appendBuffer(bytes);
                        if (head.toString().endsWith("\r\n\r\n")) {
                            socket.write("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n"
                                    + "connection: upgrade\r\nsec-websocket-accept: " + accept(head.toString())
                                    + "\r\n\r\n");
                            then.accept(socket);
                        }
                    });
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    private static String accept(String head) {
        String key = head.lines()
                .filter(line -> line.regionMatches(true, 0, "sec-websocket-key:", 0, 18))
                .findFirst()
                .orElseThrow()
                .substring(18)
                .strip();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldHandOnWhatAnswersAnUpgrade() throws Exception {
        HttpServer provider = vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .setStatusCode(418)
                        .putHeader("retry-after", "30")
                        .end("blocked"));
        provider.listen(0).toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        open("ws://127.0.0.1:" + provider.actualPort(), null);

        awaitEvent("refused HTTP 418 30 blocked");
        assertThat(events).hasSize(1);
    }

    @Test
    void shouldNotWaitForAProviderThatNeverAnswersAClose() throws Exception {
        UpstreamSocket socket = open("ws://127.0.0.1:" + mute(side -> {}), null);
        awaitEvent("opened");
        vertx.runOnContext(end -> socket.close());

        socket.closed().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        assertThat(events).containsExactly("opened");
    }

    @Test
    void shouldNotWaitForAProviderThatSaysGoodbyeAndStays() throws Exception {
        Buffer close1001 = Buffer.buffer(new byte[] {(byte) 0x88, 2, 3, (byte) 0xE9});
        open("ws://127.0.0.1:" + mute(side -> side.write(close1001)), null);

        awaitEvent("closed by the provider, code 1001");
    }

    @Test
    void shouldBeGoneAtOnceWhenAborted() throws Exception {
        ScriptedFeed provider = new ScriptedFeed(vertx);
        UpstreamSocket socket = open("ws://127.0.0.1:" + provider.listen(), null);
        awaitEvent("opened");
        vertx.runOnContext(end -> socket.abort());

        socket.closed().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        await().untilAsserted(() -> assertThat(provider.log).containsExactly("1 open", "1 closed 1006"));
        assertThat(events).containsExactly("opened");
    }
}
