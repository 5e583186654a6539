package io.tickmesh.sim;

import io.tickmesh.config.SimConfig;
import java.util.function.LongSupplier;

/** Korea Investment &amp; Securities: one socket for all channels, and REST with its keys and tokens. */
public final class KisSimulator extends Simulator {
    /** An app key that the simulator accepts unless its settings name others. */
    public static final String DEFAULT_APP_KEY = "sim-app-key";

    public static final String DEFAULT_APP_SECRET = "sim-app-secret";

    /** Whose execution notices may be registered. */
    public static final String DEFAULT_HTS_ID = "sim-hts";

    private final KisExchange exchange;

    /** A simulator with the default switches. */
    public KisSimulator(SimConfig config) {
        this(config, KisSimSettings.DEFAULTS);
    }

    /** Seed and tick rate are those of {@code config}, all else is as {@code settings} say. */
    public KisSimulator(SimConfig config, KisSimSettings settings) {
        this(config, settings, System::currentTimeMillis);
    }

    KisSimulator(SimConfig config, KisSimSettings settings, LongSupplier clock) {
        this(
                config,
                new KisExchange(settings.with("seed", config.seed()).with("ticks_per_second", config.ticksPerSecond())),
                clock);
    }

    private KisSimulator(SimConfig config, KisExchange exchange, LongSupplier clock) {
        super(config, exchange, clock);
        this.exchange = exchange;
    }

    /** The WebSocket, with the path that the provider's samples use; any other works too. */
    public String url() {
        return "ws://" + authority() + "/tryitout";
    }

    public KisSimSettings settings() {
        return exchange.settings();
    }
}
