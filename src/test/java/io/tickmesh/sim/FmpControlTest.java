package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FmpControlTest extends SimulatorFixture {
    private static String error(HttpResponse<String> response) {
        return new JsonObject(response.body()).getString("error");
    }

    @Test
    void shouldShowAndChangeSettings() {
        JsonObject before = new JsonObject(get("/control/settings").body());
        HttpResponse<String> patched = request(
                "PATCH", "/control/settings", "{\"ticks_per_second\":2.5,\"keys\":[\"a1\"],\"crypto_time\":\"ms\"}");
        JsonObject after = new JsonObject(get("/control/settings").body());

        assertThat(patched.statusCode()).isEqualTo(200);
        assertThat(before.getJsonArray("keys")).isEqualTo(JsonArray.of("sim-key"));
        assertThat(before.getString("second_login")).isEqualTo("kick_old");
        before.put("ticks_per_second", 2.5).put("keys", List.of("a1")).put("crypto_time", "ms");
        assertThat(after.encode()).isEqualTo(before.encode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PATCH | /control/settings          | {"speed":1}                     | unknown name 'speed'
            PATCH | /control/settings          | {"ticks_per_second":"x"}        | 'ticks_per_second' must be a number
            PATCH | /control/settings          | {"ticks_per_second":-1}         | 'ticks_per_second' must be a number
            PATCH | /control/settings          | {"ticker_cap":1.5}              | 'ticker_cap' must be a whole number
            PATCH | /control/settings          | {"quiet":1}                     | 'quiet' must be true or false
            PATCH | /control/settings          | {"keys":"a"}                    | 'keys' must be a list of texts
            PATCH | /control/settings          | {"keys":[1]}                    | 'keys' must be a list of texts
            PATCH | /control/settings          | {"keys":[""]}                   | must not hold a blank key
            PATCH | /control/settings          | {"second_login":"both"}         | 'second_login' must be one of
            PATCH | /control/settings          | {"quiet":null}                  | 'quiet' must not be null
            PATCH | /control/settings          | {"crypto_exchanges":["one"]}    | 'crypto_exchanges' must be two names
            PATCH | /control/settings          | [1]                             | must be a JSON object
            PATCH | /control/settings          | {                               | must be a JSON object
            POST  | /control/fault/earthquake  | {}                              | unknown fault 'earthquake'
            POST  | /control/fault/drop        | {"feed":"bonds"}                | unknown feed 'bonds'
            POST  | /control/fault/drop        | {"session":99}                  | no open session 99
            POST  | /control/fault/drop        | {"hard":true}                   | unknown name 'hard'
            POST  | /control/fault/close       | {"code":1006}                   | 'code' must be one that may be sent
            POST  | /control/fault/close       | {"code":7}                      | 'code' must be a whole number
            POST  | /control/emit              | {"feed":"stock"}                | 'frames' must be
            POST  | /control/emit              | {"frames":[{}]}                 | 'frames' must be a list of texts
            """)
    void shouldSayWhatIsWrongWithARequest(String method, String path, String body, String why) {
        String before = get("/control/settings").body();
        HttpResponse<String> response = request(method, path, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response)).contains(why);
        assertThat(get("/control/settings").body()).isEqualTo(before);
    }

    @Test
    void shouldNotKnowOtherPathsAndMethods() {
        assertThat(request("POST", "/control/settings", "{}").statusCode()).isEqualTo(405);
        assertThat(request("GET", "/control/fault/drop", "").statusCode()).isEqualTo(405);
        assertThat(error(get("/control/else"))).contains("no such control path");
        assertThat(get("/controls").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldShowSessionsWithoutTheirKeys() {
        FmpClient.loggedIn(simulator.url("stock")).subscribe("aapl").until("\"s\":\"aapl\"");
        await().untilAsserted(
                        () -> assertThat(new JsonObject(get("/control/sessions").body())
                                        .getJsonArray("sessions")
                                        .getJsonObject(0)
                                        .getInteger("frames_sent"))
                                .isPositive());
        String body = get("/control/sessions").body();
        JsonObject session = new JsonObject(body).getJsonArray("sessions").getJsonObject(0);

        assertThat(body).doesNotContain("sim-key");
        assertThat(session.getString("key")).isEqualTo("***ey");
        assertThat(session.getString("remote")).startsWith("127.0.0.1:");
        assertThat(session.getLong("logged_in_at")).isGreaterThanOrEqualTo(session.getLong("opened_at"));
        assertThat(session.getLong("closed_at")).isZero();
        assertThat(session.getJsonArray("tickers")).isEqualTo(JsonArray.of("aapl"));
        assertThat(session.getInteger("control_frames")).isEqualTo(2);
        assertThat(session.getJsonArray("frames").getJsonObject(1).getString("text"))
                .isEqualTo("{\"event\":\"subscribe\",\"data\":{\"ticker\":[\"aapl\"]}}");
    }

    @Test
    void shouldActOnOneSessionAlone() {
        FmpClient stock = FmpClient.loggedIn(simulator.url("stock"));
        FmpClient crypto = FmpClient.loggedIn(simulator.url("crypto"));
        long id = simulator.sessions().get(1).id();
        HttpResponse<String> response = request("POST", "/control/fault/close", "{\"session\":" + id + "}");

        assertThat(response.body()).isEqualTo("{\"sessions\":1}");
        await().until(crypto.closed::isDone);
        assertThat(stock.closed).isNotDone();
    }

    @Test
    void shouldResetSettingsFaultsAndTheLogButKeepOpenSessions() {
        FmpClient.loggedIn(simulator.url("stock"));
        FmpClient gone = FmpClient.loggedIn(simulator.url("crypto"));
        fault("drop", "{\"feed\":\"crypto\"}");
        await().until(gone.failed::isDone);
        change("quiet", true);
        fault("mute", "{}");
        fault("refuse-upgrades", "{\"count\":9}");

        assertThat(request("POST", "/control/reset", "").statusCode()).isEqualTo(200);

        assertThat(simulator.settings().stream().quiet()).isFalse();
        assertThat(simulator.sessions()).extracting(SessionRecord::feed).containsExactly("stock");
        FmpClient.loggedIn(simulator.url("crypto")).subscribe("btcusd").until("\"s\":\"btcusd\"");
    }

    @Test
    void shouldOfferTheSameFromJava() {
        assertThatThrownBy(() -> change("speed", 1))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown name 'speed'");
        assertThatThrownBy(() -> fault("earthquake", "{}")).hasMessageContaining("unknown fault");
        result(simulator.reset());
    }

    @Test
    void shouldRefuseABodyThatNobodyNeeds() {
        String most = " ".repeat(BoundedBody.MOST - 2) + "{}";

        assertThat(request("PATCH", "/control/settings", most).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = request("PATCH", "/control/settings", most + ' ');
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(error(refused)).isEqualTo("a body of over 4194304 bytes");
        assertThat(request("POST", "/stable/quote", " ".repeat(2 * BoundedBody.MOST))
                        .statusCode())
                .isEqualTo(413);
        assertThat(get("/control/settings").statusCode()).isEqualTo(200);
    }
}
