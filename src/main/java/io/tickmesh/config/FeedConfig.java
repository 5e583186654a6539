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
        @Nullable String caFile) {

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
                caFile);
    }
}
