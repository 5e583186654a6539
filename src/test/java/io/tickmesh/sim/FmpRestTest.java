package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class FmpRestTest extends SimulatorFixture {
    private static final String KEY = "?apikey=sim-key";
    private static final String[] STABLE = {
        "symbol",
        "name",
        "price",
        "changePercentage",
        "change",
        "volume",
        "dayLow",
        "dayHigh",
        "yearHigh",
        "yearLow",
        "marketCap",
        "priceAvg50",
        "priceAvg200",
        "exchange",
        "open",
        "previousClose",
        "timestamp"
    };

    private JsonArray array(String path) {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new JsonArray(response.body());
    }

    private static String error(HttpResponse<String> response) {
        return new JsonObject(response.body()).getString("Error Message");
    }

    @Test
    void shouldQuoteOneSymbolOnStable() {
        JsonObject quote = array("/stable/quote" + KEY + "&symbol=AAPL").getJsonObject(0);

        assertThat(List.copyOf(quote.fieldNames())).containsExactlyInAnyOrder(STABLE);
        assertThat(quote.getString("symbol")).isEqualTo("AAPL");
        assertThat(quote.getDouble("price")).isBetween(180.0, 220.0);
        assertThat(quote.getDouble("dayLow")).isLessThanOrEqualTo(quote.getDouble("price"));
        assertThat(quote.getDouble("dayHigh")).isGreaterThanOrEqualTo(quote.getDouble("price"));
        assertThat(quote.getLong("timestamp")).isBetween(1_000_000_000L, 9_999_999_999L);
    }

    @Test
    void shouldQuoteAListOnV3WithItsOwnFields() {
        JsonArray quotes = array("/api/v3/quote/AAPL,ZZZX,BTCUSD" + KEY);

        assertThat(quotes).hasSize(2);
        assertThat(quotes.getJsonObject(0).fieldNames())
                .contains("changesPercentage", "avgVolume", "eps", "pe", "earningsAnnouncement", "sharesOutstanding")
                .doesNotContain("changePercentage");
        assertThat(quotes.getJsonObject(1).getString("symbol")).isEqualTo("BTCUSD");
        assertThat(List.copyOf(array("/api/v3/quote-short/EURUSD" + KEY)
                        .getJsonObject(0)
                        .fieldNames()))
                .containsExactly("symbol", "price", "volume");
    }

    @Test
    void shouldReadEscapesInAPath() {
        assertThat(array("/api/v3/quote/AAPL%2C%5EGSPC" + KEY)).hasSize(2);
        Bench bench = new Bench(FmpSimSettings.DEFAULTS);
        assertThat(bench.exchange
                        .rest()
                        .answer("/api/v3/quote/AAPL%2", name -> "sim-key", bench.now)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void shouldQuoteShortAndInBatches() {
        assertThat(List.copyOf(array("/stable/quote-short" + KEY + "&symbol=AAPL")
                        .getJsonObject(0)
                        .fieldNames()))
                .containsExactly("symbol", "price", "change", "volume");
        assertThat(array("/stable/batch-quote" + KEY + "&symbols=AAPL,MSFT")).hasSize(2);
        assertThat(array("/stable/batch-quote-short" + KEY + "&symbols=AAPL,MSFT,zzz"))
                .hasSize(2);
        assertThat(simulator.restRequests())
                .extracting(RestRequest::symbols)
                .containsExactly("AAPL", "AAPL,MSFT", "AAPL,MSFT,zzz");
    }

    @Test
    void shouldAnswerAnEmptyListForWhatIsUnknownOrLowerCase() {
        assertThat(array("/stable/quote" + KEY + "&symbol=ZZZX")).isEmpty();
        assertThat(array("/stable/quote" + KEY + "&symbol=aapl")).isEmpty();
    }

    @Test
    void shouldTakeOnlyOneSymbolOnStableQuote() {
        HttpResponse<String> response = get("/stable/quote" + KEY + "&symbol=AAPL,MSFT");

        assertThat(response.statusCode()).isEqualTo(402);
        assertThat(response.body()).startsWith("Premium Query Parameter: ");
        assertThat(get("/stable/quote" + KEY).statusCode()).isEqualTo(400);
    }

    @Test
    void shouldRefuseWrongAndMissingKeys() {
        for (String path : List.of("/stable/quote?symbol=AAPL", "/api/v3/quote/AAPL?apikey=guess")) {
            HttpResponse<String> response = get(path);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(error(response)).startsWith("Invalid API KEY.");
        }
        assertThat(get("/stable/quote?symbol=AAPL&apikey=no-feed-key").statusCode())
                .isEqualTo(200);
        change("rest_errors_with_200", true);
        HttpResponse<String> response = get("/stable/quote?symbol=AAPL");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(error(response)).startsWith("Invalid API KEY.");
    }

    @Test
    void shouldLimitRequestsPerMinute() {
        change("rest_per_minute", 2);
        get("/stable/quote" + KEY + "&symbol=AAPL");
        get("/stable/quote" + KEY + "&symbol=AAPL");
        HttpResponse<String> response = get("/stable/quote" + KEY + "&symbol=AAPL");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(error(response)).startsWith("Limit Reach . ");
    }

    @Test
    void shouldRefillTheLimitSteadily() {
        TokenBucket bucket = new TokenBucket(60, 0);
        for (int i = 0; i < 60; i++) {
            assertThat(bucket.take(60, 0)).isTrue();
        }
        assertThat(bucket.take(60, 999)).isFalse();
        assertThat(bucket.take(60, 1_000)).isTrue();
        assertThat(bucket.take(60, 1_000)).isFalse();
    }

    @Test
    void shouldRefuseByPlan() {
        result(simulator.change(new JsonObject()
                .put("rest_v3_refused", true)
                .put("rest_batch_refused", true)
                .put("rest_premium_symbols", List.of("NVDA"))));

        HttpResponse<String> v3 = get("/api/v3/quote/AAPL" + KEY);
        assertThat(v3.statusCode()).isEqualTo(403);
        assertThat(error(v3)).startsWith("Legacy Endpoint : ");
        HttpResponse<String> batch = get("/stable/batch-quote" + KEY + "&symbols=AAPL");
        assertThat(batch.statusCode()).isEqualTo(402);
        assertThat(error(batch)).startsWith("Restricted Endpoint: ");
        HttpResponse<String> premium = get("/stable/quote" + KEY + "&symbol=NVDA");
        assertThat(premium.statusCode()).isEqualTo(402);
        assertThat(premium.body()).startsWith("Premium Query Parameter: ");
    }

    @Test
    void shouldWriteNullsWhereToldAndPlainDecimals() {
        change("rest_null_fields", List.of("dayLow", "marketCap", "nothing"));
        JsonObject quote = array("/stable/quote" + KEY + "&symbol=SHIBUSD").getJsonObject(0);

        assertThat(quote.containsKey("dayLow")).isTrue();
        assertThat(quote.getValue("dayLow")).isNull();
        assertThat(quote.getValue("marketCap")).isNull();
        assertThat(quote.containsKey("nothing")).isFalse();
        assertThat(get("/stable/quote-short" + KEY + "&symbol=SHIBUSD").body()).contains("\"price\":0.0000");
    }

    @Test
    void shouldFreezePricesOfAClosedMarketOnly() {
        Bench bench = new Bench(FmpSimSettings.DEFAULTS);
        bench.fault("market-closed", "{\"feed\":\"stock\"}");
        String stock = price(bench, "AAPL");
        String crypto = price(bench, "BTCUSD");
        bench.pass(60_000);

        assertThat(price(bench, "AAPL")).isEqualTo(stock);
        assertThat(price(bench, "BTCUSD")).isNotEqualTo(crypto);
    }

    private static String price(Bench bench, String symbol) {
        return bench.exchange
                .rest()
                .answer("/api/v3/quote-short/" + symbol, name -> "sim-key", bench.now)
                .body();
    }
}
