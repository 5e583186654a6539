package io.tickmesh.sim;

import io.tickmesh.config.SimConfig;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Financial Modeling Prep, generation A: three feeds, each a socket of its own, and REST. */
public final class FmpSimulator extends Simulator {
    /** A key that every simulator accepts unless its settings name others. */
    public static final String DEFAULT_KEY = "sim-key";

    private final FmpExchange exchange;

    /** A simulator with the default switches. */
    public FmpSimulator(SimConfig config) {
        this(config, FmpSimSettings.DEFAULTS);
    }

    /** Seed and tick rate are those of {@code config}, all else is as {@code settings} say. */
    public FmpSimulator(SimConfig config, FmpSimSettings settings) {
        this(config, settings, System::currentTimeMillis);
    }

    FmpSimulator(SimConfig config, FmpSimSettings settings, LongSupplier clock) {
        this(
                config,
                new FmpExchange(settings.with("seed", config.seed()).with("ticks_per_second", config.ticksPerSecond())),
                clock);
    }

    private FmpSimulator(SimConfig config, FmpExchange exchange, LongSupplier clock) {
        super(config, exchange, clock);
        this.exchange = exchange;
    }

    /** The WebSocket of an asset class: {@code stock}, {@code crypto} or {@code forex}. */
    public String url(String asset) {
        FmpAsset known = FmpAsset.valueOf(asset.toUpperCase(Locale.ROOT));
        return "ws://" + authority() + '/' + known.id();
    }

    public FmpSimSettings settings() {
        return exchange.settings();
    }

    /** Sends exactly these text frames to the logged-in sessions of a feed; gives their number. */
    public Future<Integer> emit(String feed, List<String> frames) {
        return emit(new JsonObject().put("feed", feed), frames);
    }
}
