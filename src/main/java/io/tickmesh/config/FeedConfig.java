package io.tickmesh.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One upstream account and connection.
 *
 * @param id the name of the feed, as in {@code feeds.<id>}
 * @param asset the asset class it serves, where the provider has one host per class; else empty
 * @param url the provider's WebSocket; in simulated mode the node replaces it by its own simulator's
 * @param maxSubscriptions upstream registrations that the account allows
 * @param credentials by the provider's own names, e.g. {@code api_key}
 * @param caFile PEM file with certificates to trust besides the JDK's, or null
 */
public record FeedConfig(
        String id,
        String provider,
        String asset,
        Mode mode,
        String url,
        String restUrl,
        int maxSubscriptions,
        Overflow slotsOverflow,
        Map<String, Secret> credentials,
        @Nullable String caFile,
        Manner manner) {

    /**
     * How a feed behaves.
     *
     * @param connections the most connections that may be open at once
     * @param notices whether clients may have the account's own orders and balances
     * @param tokenDirectory where tokens are kept over restarts; empty for the usual place
     */
    public record Manner(int connections, boolean notices, SocketMode socket, Hours hours, String tokenDirectory) {
        public static final Manner DEFAULTS = new Manner(1, false, SocketMode.HYBRID, Hours.AUTO, "");
    }

    /** What goes over the WebSocket. */
    public enum SocketMode {
        /** As much as it allows, the rest over REST; all over REST while it is down. */
        HYBRID,
        /** Everything, and nothing over REST. */
        FULL,
        /** Nothing: the feed works on REST alone. */
        DISABLED
    }

    /** Whether the market closes. */
    public enum Hours {
        /** Live feeds keep market hours, simulated ones do not. */
        AUTO,
        MARKET,
        ALWAYS
    }

    /** A feed with the usual manner. */
    public FeedConfig(
            String id,
            String provider,
            String asset,
            Mode mode,
            String url,
            String restUrl,
            int maxSubscriptions,
            Overflow slotsOverflow,
            Map<String, Secret> credentials,
            @Nullable String caFile) {
        this(
                id,
                provider,
                asset,
                mode,
                url,
                restUrl,
                maxSubscriptions,
                slotsOverflow,
                credentials,
                caFile,
                Manner.DEFAULTS);
    }

    /** Where the ticks of a feed come from. */
    public enum Mode {
        /** Live where credentials are present, else simulated. */
        AUTO,
        LIVE,
        SIM,
        OFF
    }

    /** What becomes of a topic that finds no slot. */
    public enum Overflow {
        FALLBACK,
        REJECT
    }

    public FeedConfig {
        credentials = Map.copyOf(credentials);
    }

    /** The pool that this feed belongs to. */
    public String pool() {
        return asset.isEmpty() ? provider : provider + '.' + asset;
    }

    /** The mode that {@link Mode#AUTO} comes to; never {@code AUTO}. */
    public Mode effectiveMode() {
        if (mode != Mode.AUTO) {
            return mode;
        }
        return credentials.isEmpty() ? Mode.SIM : Mode.LIVE;
    }

    public boolean isSimulated() {
        return effectiveMode() == Mode.SIM;
    }

    /** Whether the hours of its market count. */
    public boolean keepsHours() {
        return manner.hours() == Hours.MARKET || (manner.hours() == Hours.AUTO && !isSimulated());
    }

    /** The same feed pointed at a simulator. */
    public FeedConfig simulatedAt(String simUrl, String simRestUrl, Map<String, Secret> simCredentials) {
        return new FeedConfig(
                id,
                provider,
                asset,
                Mode.SIM,
                simUrl,
                simRestUrl,
                maxSubscriptions,
                slotsOverflow,
                simCredentials,
                caFile,
                manner);
    }
}
