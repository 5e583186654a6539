package io.tickmesh.sim;

import static io.tickmesh.sim.SimulatorFixture.config;
import static io.tickmesh.sim.SimulatorFixture.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The simulator of Kiwoom from outside, and what its document says of it. */
class KiwoomSimulatorTest {
    private static final Pattern CURL = Pattern.compile(
            "curl -s(?: -X (\\w+))? '?http://127\\.0\\.0\\.1:8102([^' ]+)'?((?: -H '[^']*')*)(?: -d '([^']*)')?");
    private static final Pattern HEADER = Pattern.compile(" -H '([^:]+): ([^']*)'");
    private static final Pattern SETTING = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\| `([^`]+)` \\|");
    private static final String REG = "{\"trnm\":\"REG\",\"grp_no\":\"1\",\"refresh\":\"1\","
            + "\"data\":[{\"item\":[\"005930\",\"000660_AL\"],\"type\":[\"0B\",\"0D\"]}]}";

    private final Vertx vertx = Vertx.vertx();
    private final KiwoomSimulator simulator = new KiwoomSimulator(config(1, 20));

    @BeforeEach
    void deploy() {
        result(vertx.deployVerticle(simulator));
    }

    @AfterEach
    void close() {
        result(vertx.close());
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator.restUrl() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return FmpClient.HTTP
                .sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private String token() {
        String body = KiwoomBench.credentials().encode();
        return new JsonObject(send("POST", "/oauth2/token", body, "Content-Type", "application/json;charset=UTF-8")
                        .body())
                .getString("token");
    }

    private FmpClient loggedIn() {
        return FmpClient.connect(simulator.url())
                .say("{\"trnm\":\"LOGIN\",\"token\":\"" + token() + "\"}")
                .until("sor_yn");
    }

    @Test
    void shouldFeedAClientThatLogsInAndRegisters() {
        FmpClient client = loggedIn().say(REG).until("\"REG\"").until("주식체결").until("주식호가잔량");

        SessionRecord session = simulator.sessions().get(0);
        assertThat(session.isLoggedIn()).isTrue();
        assertThat(session.tickers()).containsExactly("0B:005930", "0D:005930", "0B:000660_AL", "0D:000660_AL");
        assertThat(client.texts.get(0)).isEqualTo(KiwoomBench.LOGGED_IN);
        assertThat(client.texts.get(1)).isEqualTo(KiwoomBench.REGISTERED);
    }

    @Test
    void shouldSayByeToTheOlderSession() {
        FmpClient older = loggedIn();
        FmpClient newer = loggedIn().say(REG);

        assertThat(older.closed.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(1000);
        assertThat(older.closeReason).isEqualTo("Bye");
        assertThat(older.texts).last().asString().contains("R10001");
        newer.until("REAL");
    }

    @Test
    void shouldAnswerAPingFrameAndSendPings() {
        result(simulator.change(new JsonObject().put("ping_ms", 50).put("ping_misses", 1_000)));
        FmpClient client = loggedIn().ping("are you there");

        assertThat(client.ponged.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("are you there");
        client.until("\"PING\"");
    }

    @Test
    void shouldCutOnReset() {
        FmpClient client = loggedIn();
        assertThat(result(simulator.fault("reset", new JsonObject()))).isEqualTo(1);

        assertThat(client.failed.orTimeout(10, TimeUnit.SECONDS).join()).isInstanceOf(IOException.class);
    }

    @Test
    void shouldEmitAndReset() {
        FmpClient client = loggedIn();
        assertThat(result(simulator.emit(List.of("by hand")))).isEqualTo(1);
        client.until("by hand");
        result(simulator.reset());
        assertThat(simulator.settings().session().pingMs()).isEqualTo(10_000);
    }

    @Test
    void shouldKnowNoOtherPathOrMethod() {
        assertThatThrownBy(() -> FmpClient.connect(simulator.url() + "/x")).isInstanceOf(CompletionException.class);
        assertThat(send("POST", "/api/dostk/stkquot", "{}").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/oauth2/token", "").statusCode()).isEqualTo(405);
    }

    @Test
    void shouldAnswerAQueryWithItsHeadersAndLogIt() {
        HttpResponse<String> response = send(
                "POST",
                "/api/dostk/mrkcond",
                "{\"stk_cd\":\"005930\"}",
                "Content-Type",
                "application/json;charset=UTF-8",
                "api-id",
                "ka10004",
                "authorization",
                "Bearer " + token());

        assertThat(response.headers().firstValue("cont-yn")).hasValue("N");
        assertThat(response.headers().firstValue("api-id")).hasValue("ka10004");
        assertThat(new JsonObject(response.body()).getString("sel_fpr_bid")).isNotBlank();
        await().until(() -> simulator.restRequests().size() == 2);
        assertThat(simulator.restRequests().get(1).symbols()).isEqualTo("005930");
    }

    private static String document() throws IOException {
        String all = Files.readString(Path.of("docs/simulator.md"));
        int start = all.indexOf("# The Kiwoom simulator\n");
        int end = all.indexOf("\n# The ", start);
        return all.substring(start, end < 0 ? all.length() : end);
    }

    private static List<Matcher> commands() throws IOException {
        List<Matcher> commands = new ArrayList<>();
        for (String line :
                document().lines().filter(each -> each.startsWith("curl")).toList()) {
            Matcher command = CURL.matcher(line);
            assertThat(command.matches()).as(line).isTrue();
            commands.add(command);
        }
        return commands;
    }

    @Test
    void shouldAnswerEveryCommandOfTheDocument() throws IOException {
        String token = token();
        loggedIn();
        List<Matcher> commands = commands();
        assertThat(commands).hasSizeGreaterThan(25);
        for (Matcher command : commands) {
            List<String> headers = new ArrayList<>();
            for (Matcher header = HEADER.matcher(command.group(3)); header.find(); ) {
                headers.add(header.group(1));
                headers.add(header.group(2).replace("TOKEN", token));
            }
            String body = command.group(4) == null ? "" : command.group(4);
            String method = command.group(1) == null ? "GET" : command.group(1);
            HttpResponse<String> response = send(method, command.group(2), body, headers.toArray(new String[0]));
            assertThat(response.statusCode())
                    .as("%s: %s", command.group(), response.body())
                    .isEqualTo(200);
            assertThat(new JsonObject(response.body()).getInteger("return_code", 0))
                    .as(command.group())
                    .isZero();
        }
    }

    @Test
    void shouldDocumentEverySettingWithItsDefault() throws IOException {
        JsonObject documented = new JsonObject();
        for (Matcher found = SETTING.matcher(document()); found.find(); ) {
            String value = found.group(2);
            boolean json = value.matches("true|false|-?\\d+|\\[.*]");
            documented.put(found.group(1), json ? new JsonArray("[" + value + "]").getValue(0) : value);
        }
        JsonObject defaults = KiwoomSimSettings.DEFAULTS.toJson().put("ticks_per_second", 4);

        assertThat(documented.encode()).isEqualTo(defaults.encode());
    }

    @Test
    void shouldShowEveryFaultInACommand() throws IOException {
        Set<String> faults = new TreeSet<>();
        for (Matcher command : commands()) {
            if (command.group(2).startsWith("/control/fault/")) {
                faults.add(command.group(2).substring("/control/fault/".length()));
            }
        }

        assertThat(faults).isEqualTo(new KiwoomExchange(KiwoomSimSettings.DEFAULTS).faultNames());
    }
}
