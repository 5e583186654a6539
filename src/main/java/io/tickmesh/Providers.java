package io.tickmesh;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.config.SimConfig;
import io.tickmesh.market.Symbology;
import io.tickmesh.sim.FmpSimulator;
import io.tickmesh.sim.KisSimulator;
import io.tickmesh.sim.KiwoomSimulator;
import io.tickmesh.sim.Simulator;
import io.tickmesh.sim.UpbitSimulator;
import io.tickmesh.upstream.Holidays;
import io.tickmesh.upstream.Provider;
import io.tickmesh.upstream.fmp.Fmp;
import io.tickmesh.upstream.fmp.FmpSymbology;
import io.tickmesh.upstream.kis.Kis;
import io.tickmesh.upstream.kis.KisHours;
import io.tickmesh.upstream.kis.KisSymbology;
import io.tickmesh.upstream.kiwoom.Kiwoom;
import io.tickmesh.upstream.kiwoom.KiwoomSymbology;
import io.tickmesh.upstream.upbit.Upbit;
import io.tickmesh.upstream.upbit.UpbitSymbology;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The providers that there are: the only place that names them all. */
final class Providers {
    private static final String KOREA = "KRX";
    private static final String UNITED_STATES = "NYSE";

    /** Those that holidays are asked for. */
    static final List<String> MARKETS = List.of(KOREA, UNITED_STATES);

    /**
     * A simulator and how a feed is pointed at it.
     *
     * @param says what a user of it needs to know beside its address
     */
    record Simulated(Simulator simulator, Function<FeedConfig, FeedConfig> aim, String says) {}

    private Providers() {}

    static List<Symbology> symbologies() {
        return List.of(new FmpSymbology(), new KisSymbology(), new KiwoomSymbology(), new UpbitSymbology());
    }

    /** The providers that have a simulator. */
    static List<String> simulated() {
        return List.of("fmp", "kis", "kiwoom", "upbit");
    }

    /** The provider of a feed; {@code holidays} of its markets. */
    static Provider of(FeedConfig feed, Holidays holidays) {
        return switch (feed.provider()) {
            case "fmp" -> new Fmp();
            case "kis" ->
                new Kis(new KisHours(
                        Map.of("KR", holidays.closedDays(KOREA), "US", holidays.closedDays(UNITED_STATES))));
            case "kiwoom" -> new Kiwoom(holidays.closedDays(KOREA));
            case "upbit" -> new Upbit(feed.manner().connections());
            default -> throw new IllegalArgumentException("unknown provider " + feed.provider());
        };
    }

    /** What a recording of a feed takes where nobody says otherwise: all that one well-known instrument offers. */
    static List<String> sample(FeedConfig feed) {
        return switch (feed.pool()) {
            case "fmp.stock" -> List.of("trade/fmp:AAPL", "quote/fmp:AAPL");
            case "fmp.crypto" -> List.of("trade/fmp:BTCUSD", "quote/fmp:BTCUSD");
            case "fmp.forex" -> List.of("quote/fmp:EURUSD");
            case "kis" -> List.of("trade/kis:005930", "book/kis:005930", "expected/kis:005930", "status/kis:005930");
            case "kiwoom" ->
                List.of(
                        "trade/kiwoom:000660",
                        "quote/kiwoom:000660",
                        "book/kiwoom:000660",
                        "expected/kiwoom:000660",
                        "status/kiwoom:000660");
            case "upbit" ->
                List.of("trade/upbit:KRW-BTC", "book/upbit:KRW-BTC", "ticker/upbit:KRW-BTC", "candle.1m/upbit:KRW-BTC");
            default -> List.of();
        };
    }

    /** A new simulator of a provider. */
    static Simulated simulated(String provider, SimConfig config) {
        return switch (provider) {
            case "fmp" -> fmp(new FmpSimulator(config));
            case "kis" -> kis(new KisSimulator(config));
            case "kiwoom" -> kiwoom(new KiwoomSimulator(config));
            case "upbit" -> upbit(new UpbitSimulator(config));
            default -> throw new IllegalArgumentException("there is no simulator of " + provider);
        };
    }

    private static Simulated fmp(FmpSimulator fmp) {
        return new Simulated(
                fmp,
                feed -> feed.simulatedAt(
                        fmp.url(feed.asset()), fmp.restUrl(), Map.of("api_key", new Secret(FmpSimulator.DEFAULT_KEY))),
                "sockets /stock, /crypto, /forex; api_key " + FmpSimulator.DEFAULT_KEY);
    }

    private static Simulated kis(KisSimulator kis) {
        return new Simulated(
                kis,
                feed -> feed.simulatedAt(
                        kis.url(),
                        kis.restUrl(),
                        Map.of(
                                "app_key", new Secret(KisSimulator.DEFAULT_APP_KEY),
                                "app_secret", new Secret(KisSimulator.DEFAULT_APP_SECRET),
                                "hts_id", new Secret(KisSimulator.DEFAULT_HTS_ID))),
                "socket /tryitout; app_key " + KisSimulator.DEFAULT_APP_KEY + ", app_secret "
                        + KisSimulator.DEFAULT_APP_SECRET);
    }

    private static Simulated kiwoom(KiwoomSimulator kiwoom) {
        return new Simulated(
                kiwoom,
                feed -> feed.simulatedAt(
                        kiwoom.url(),
                        kiwoom.restUrl(),
                        Map.of(
                                "app_key", new Secret(KiwoomSimulator.DEFAULT_APP_KEY),
                                "app_secret", new Secret(KiwoomSimulator.DEFAULT_APP_SECRET))),
                "socket /api/dostk/websocket; app_key " + KiwoomSimulator.DEFAULT_APP_KEY + ", app_secret "
                        + KiwoomSimulator.DEFAULT_APP_SECRET);
    }

    private static Simulated upbit(UpbitSimulator upbit) {
        return new Simulated(
                upbit,
                feed -> feed.simulatedAt(
                        upbit.url(),
                        upbit.restUrl(),
                        Map.of(
                                "access_key", new Secret(UpbitSimulator.DEFAULT_ACCESS_KEY),
                                "secret_key", new Secret(UpbitSimulator.DEFAULT_SECRET_KEY))),
                "sockets /websocket/v1 and /websocket/v1/private; access_key " + UpbitSimulator.DEFAULT_ACCESS_KEY
                        + ", secret_key " + UpbitSimulator.DEFAULT_SECRET_KEY);
    }
}
