package io.tickmesh.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickmesh.config.FeedConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private Duration bound = Duration.ofSeconds(10);

    @TempDir
    Path dir = Path.of("");

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private int serve(HttpServerOptions options) throws Exception {
        return await(vertx.createHttpServer(options)
                        .connectionHandler(opened -> log.add("connection"))
                        .requestHandler(this::answer)
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    private String serve() throws Exception {
        return "http://127.0.0.1:" + serve(new HttpServerOptions());
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/base/silent" -> log.add("silent");
            case "/base/hangup" -> request.connection().close();
            case "/base/endless" -> {
                request.response().setChunked(true);
                endless(request);
            }
            case "/base/large" -> request.response().end(Buffer.buffer(new byte[RestExchange.LARGEST_BODY]));
            default ->
                request.body().onSuccess(body -> {
                    log.add(request.method() + " " + request.uri() + ' ' + request.getHeader("appkey") + ' ' + body);
                    request.response().setStatusCode(201).end("{\"price\":1}");
                });
        }
    }

    private static void endless(HttpServerRequest request) {
        request.response().write(Buffer.buffer(new byte[1 << 18])).onSuccess(more -> endless(request));
    }

    private RestClient client(String restUrl, @Nullable Path caFile) {
        return client(restUrl, caFile, Duration.ofSeconds(2));
    }

    private RestClient client(String restUrl, @Nullable Path caFile, Duration patience) {
        FeedConfig feed = new FeedConfig(
                "kis",
                "kis",
                "",
                FeedConfig.Mode.LIVE,
                "ws://nowhere",
                restUrl,
                1,
                FeedConfig.Overflow.FALLBACK,
                Map.of(),
                caFile == null ? null : caFile.toString());
        return new RestClient(vertx, feed, patience, bound);
    }

    private static RestCall get(String path) {
        return new RestCall("GET", path, Map.of("appkey", "made-up-key"), "");
    }

    /** Calls on an event loop, as a pool does. */
    private RestReply call(RestClient client, RestCall call) throws Exception {
        return await(calling(client, call));
    }

    private Future<RestReply> calling(RestClient client, RestCall call) {
        Promise<RestReply> reply = Promise.promise();
        vertx.runOnContext(start -> client.call(call).onComplete(reply));
        return reply.future();
    }

    private void assertFails(RestClient client, RestCall call, String words) {
        assertThatThrownBy(() -> call(client, call))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .hasMessageContaining(words)
                .message()
                .doesNotContain("made-up", "secretly", "?");
    }

    @Test
    void shouldAskBelowTheRestUrl() throws Exception {
        RestClient client = client(serve() + "/base/", null);

        RestReply reply = call(client, get("/price?code=005930&x=%20"));
        call(client, new RestCall("POST", "/token", Map.of("appkey", "made-up-key"), "{\"a\":\"가\"}"));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("{\"price\":1}");
        assertThat(log)
                .contains(
                        "GET /base/price?code=005930&x=%20 made-up-key ", "POST /base/token made-up-key {\"a\":\"가\"}");
    }

    @Test
    void shouldKeepFewConnections() throws Exception {
        RestClient client = client(serve() + "/base", null);
        for (int i = 0; i < 5; i++) {
            call(client, get("/price"));
        }
        assertThat(log.stream().filter("connection"::equals)).hasSize(1);

        await(Future.all(
                Stream.generate(() -> calling(client, get("/price"))).limit(12).toList()));
        assertThat(log.stream().filter("connection"::equals)).hasSizeBetween(1, 4);
    }

    @Test
    void shouldBoundTheAnswer() throws Exception {
        RestClient client = client(serve() + "/base", null);

        assertThat(call(client, get("/large")).body()).hasSize(RestExchange.LARGEST_BODY);
        assertFails(client, get("/endless?key=secretly"), "an answer of over 4194304 bytes");
        assertThat(call(client, get("/price")).status()).isEqualTo(201);
    }

    @Test
    void shouldBoundTheTimeOfTheWholeCall() throws Exception {
        bound = Duration.ofMillis(300);
        RestClient client = client(serve() + "/base", null);

        assertFails(client, get("/silent?key=secretly"), "no whole answer within 300 ms");
        assertThat(call(client, get("/price")).status()).isEqualTo(201);
    }

    @Test
    void shouldSayInWordsWhatWentWrong() throws Exception {
        String url = serve() + "/base";
        int free = await(vertx.createNetServer()
                        .connectHandler(socket -> socket.write("secretly no HTTP\r\n\r\n"))
                        .listen(0, "127.0.0.1"))
                .actualPort();

        assertFails(client(url, null), get("/hangup?key=secretly"), "Connection was closed");
        assertFails(client("http://127.0.0.1:1", null), get("/?key=secretly"), "Connection refused");
        assertFails(client("http://127.0.0.1:" + free, null), get("/?key=secretly"), "the answer is not HTTP");
        assertFails(client("", null), get("/?key=secretly"), "the rest_url of feed kis and GET make no http://");
        assertFails(client("ws://127.0.0.1", null), get("/"), "make no http:// or https:// request");
        assertFails(client(url, null), get("/a b?key=secretly"), "make no http:// or https:// request");
        assertFails(
                client(url, null),
                new RestCall("GET", "/", Map.of("appkey", "secretly\r\nx: y"), ""),
                "make no http:// or https:// request");
    }

    @Test
    void shouldTrustTheCertificatesOfTheFileOnly() throws Exception {
        int port = serve(tls());
        Path caFile = dir.resolve("ca.pem");

        assertFails(
                client("https://127.0.0.1:" + port + "/base", null, PATIENCE),
                get("/price"),
                "unable to find valid certification path");
        RestClient client = client("https://127.0.0.1:" + port + "/base", caFile, PATIENCE);
        assertFails(client, get("/price"), "ca_file '" + caFile + "' does not exist");
        keytool("-exportcert", "-rfc", "-file", caFile.toString());
        assertThat(call(client, get("/price")).status()).isEqualTo(201);
    }

    @Test
    void shouldEndWhatIsUnderWayWhenClosed() throws Exception {
        RestClient client = client(serve() + "/base", null);
        Future<RestReply> silent = calling(client, get("/silent"));
        org.awaitility.Awaitility.await().until(() -> log.contains("silent"));

        await(client.close());

        assertThatThrownBy(() -> await(silent)).hasMessageContaining("Connection was closed");
        assertFails(client, get("/price"), "given up");
    }

    private HttpServerOptions tls() throws Exception {
        keytool("-genkeypair", "-keyalg", "RSA", "-dname", "CN=test", "-validity", "3", "-ext", "SAN=IP:127.0.0.1");
        return new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions()
                        .setPath(dir.resolve("server.p12").toString())
                        .setPassword("made-up"));
    }

    private void keytool(String... arguments) throws Exception {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> store = List.of(
                "-alias",
                "a",
                "-storetype",
                "PKCS12",
                "-keystore",
                dir.resolve("server.p12").toString(),
                "-storepass",
                "made-up");
        Process process = new ProcessBuilder(Stream.of(List.of(tool), List.of(arguments), store)
                        .flatMap(List::stream)
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
