package io.tickmesh.sim;

import io.tickmesh.config.SimConfig;
import java.util.function.LongSupplier;

/** Upbit: the public and the private socket, and the quotation REST. */
public final class UpbitSimulator extends Simulator {
    /** With {@link #DEFAULT_SECRET_KEY}, an account that every simulator knows unless its settings name others. */
    public static final String DEFAULT_ACCESS_KEY = "sim-access-key";

    public static final String DEFAULT_SECRET_KEY = "sim-secret-key";

    private final UpbitExchange exchange;

    /** A simulator with the default switches. */
    public UpbitSimulator(SimConfig config) {
        this(config, UpbitSimSettings.DEFAULTS);
    }

    /** Seed and tick rate are those of {@code config}, all else is as {@code settings} say. */
    public UpbitSimulator(SimConfig config, UpbitSimSettings settings) {
        this(config, settings, System::currentTimeMillis);
    }

    UpbitSimulator(SimConfig config, UpbitSimSettings settings, LongSupplier clock) {
        this(
                config,
                new UpbitExchange(
                        settings.with("seed", config.seed()).with("ticks_per_second", config.ticksPerSecond())),
                clock);
    }

    private UpbitSimulator(SimConfig config, UpbitExchange exchange, LongSupplier clock) {
        super(config, exchange, clock);
        this.exchange = exchange;
    }

    /** The socket of the public types. */
    public String url() {
        return "ws://" + authority() + UpbitGate.PUBLIC;
    }

    /** The socket of the private types, for who carries a token. */
    public String privateUrl() {
        return "ws://" + authority() + UpbitGate.PRIVATE;
    }

    public UpbitSimSettings settings() {
        return exchange.settings();
    }
}
