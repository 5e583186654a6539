package io.tickmesh.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of one feed. A feed that is not built in has no default for what only its owner can know. */
record FeedKeys(
        String id,
        Key<String> provider,
        Key<String> asset,
        Key<FeedConfig.Mode> mode,
        Key<String> url,
        Key<String> restUrl,
        Key<Integer> maxSubscriptions,
        Key<FeedConfig.Overflow> slotsOverflow,
        Key<Secret> apiKey,
        Key<String> caFile) {
    static final String SECTION = "feeds";
    static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    /** In the order in which they are printed. */
    static final List<String> BUILT_IN = List.of("fmp", "fmp-crypto", "fmp-forex");

    private static final Map<String, String> ASSETS =
            Map.of("fmp", "stock", "fmp-crypto", "crypto", "fmp-forex", "forex");
    private static final Map<String, String> HOSTS = Map.of(
            "fmp", "wss://websockets.financialmodelingprep.com",
            "fmp-crypto", "wss://crypto.financialmodelingprep.com",
            "fmp-forex", "wss://forex.financialmodelingprep.com");

    static FeedKeys of(String id) {
        String section = SECTION + '.' + id + '.';
        boolean builtIn = isBuiltIn(id);
        return new FeedKeys(
                id,
                key(section + "provider", Types.oneOf("fmp"), builtIn ? "fmp" : null, "Whose feed it is."),
                key(
                        section + "asset",
                        Types.oneOf("stock", "crypto", "forex"),
                        ASSETS.get(id),
                        "Asset class; together with the provider the pool."),
                key(
                        section + "mode",
                        Types.oneOf(FeedConfig.Mode.class),
                        FeedConfig.Mode.AUTO,
                        "Where ticks come from; auto is live with a key, else sim."),
                key(section + "url", FeedUrl.of("ws", "wss"), HOSTS.get(id), "WebSocket of the provider."),
                key(
                        section + "rest_url",
                        FeedUrl.of("http", "https"),
                        "https://financialmodelingprep.com",
                        "REST address of the provider."),
                key(
                        section + "max_subscriptions",
                        Types.integer(1, 1_000_000),
                        500,
                        "Upstream registrations that the account allows."),
                key(
                        section + "slots_overflow",
                        Types.oneOf(FeedConfig.Overflow.class),
                        FeedConfig.Overflow.FALLBACK,
                        "What becomes of a topic that finds no slot."),
                key(section + "api_key", Types.secret(), null, "Key of the account; better given as FMP_API_KEY."),
                key(section + "ca_file", Types.text(), null, "PEM file of certificates to trust besides the JDK's."));
    }

    static boolean isBuiltIn(String id) {
        return BUILT_IN.contains(id);
    }

    @Nullable
    Key<?> find(String path) {
        return all().stream().filter(key -> key.path().equals(path)).findFirst().orElse(null);
    }

    List<Key<?>> all() {
        return List.of(provider, asset, mode, url, restUrl, maxSubscriptions, slotsOverflow, apiKey, caFile);
    }

    private static <T> Key<T> key(String path, ValueType<T> type, @Nullable T fallback, String says) {
        return new Key<>(path, type, fallback, says);
    }
}
