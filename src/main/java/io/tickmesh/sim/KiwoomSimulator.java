package io.tickmesh.sim;

import io.tickmesh.config.SimConfig;
import java.util.function.LongSupplier;

/** Kiwoom's REST API over real sockets: tokens, queries, the real-time socket and a control endpoint on one port. */
public final class KiwoomSimulator extends Simulator {
    /** An app key that every simulator accepts unless its settings name others. */
    public static final String DEFAULT_APP_KEY = "sim-app-key";

    /** The secret of {@link #DEFAULT_APP_KEY}. */
    public static final String DEFAULT_APP_SECRET = "sim-app-secret";

    private final KiwoomExchange exchange;

    /** A simulator with the default switches. */
    public KiwoomSimulator(SimConfig config) {
        this(config, KiwoomSimSettings.DEFAULTS);
    }

    /** Seed and tick rate are those of {@code config}, all else is as {@code settings} say. */
    public KiwoomSimulator(SimConfig config, KiwoomSimSettings settings) {
        this(config, settings, System::currentTimeMillis);
    }

    KiwoomSimulator(SimConfig config, KiwoomSimSettings settings, LongSupplier clock) {
        this(
                config,
                new KiwoomExchange(
                        settings.with("seed", config.seed()).with("ticks_per_second", config.ticksPerSecond())),
                clock);
    }

    private KiwoomSimulator(SimConfig config, KiwoomExchange exchange, LongSupplier clock) {
        super(config, exchange, clock);
        this.exchange = exchange;
    }

    /** The real-time socket. */
    public String url() {
        return "ws://" + authority() + KiwoomExchange.SOCKET;
    }

    public KiwoomSimSettings settings() {
        return exchange.settings();
    }
}
