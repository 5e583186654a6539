package io.tickmesh.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Variables that the client contracts name, so that an existing {@code .env} works as it is. */
final class ContractNames {
    /** The key that a variable sets in the feeds of a provider. */
    record Target(String provider, String key) {}

    static final Map<String, Target> WITH_EFFECT = Map.of(
            "FMP_API_KEY", new Target("fmp", "api_key"),
            "KIS_APP_KEY", new Target("kis", "app_key"),
            "KIS_APP_SECRET", new Target("kis", "app_secret"),
            "KIS_MAX_SUBSCRIPTIONS", new Target("kis", "max_subscriptions"),
            "KIWOOM_APP_KEY", new Target("kiwoom", "app_key"),
            "KIWOOM_APP_SECRET", new Target("kiwoom", "app_secret"),
            "UPBIT_ACCESS_KEY", new Target("upbit", "access_key"),
            "UPBIT_SECRET_KEY", new Target("upbit", "secret_key"));

    /**
     * A key that a variable sets.
     *
     * @param unit what the contract counts in, put behind the variable's plain number
     */
    record Whole(String path, String unit) {
        String value(String text) {
            return text + (text.chars().allMatch(c -> c >= '0' && c <= '9') ? unit : "");
        }
    }

    /** The variables of the channel service, and of what stands behind it. */
    static final Map<String, Whole> OF_CHANNELS = Map.of(
            "REDIS_URL", new Whole("redis.url", ""),
            "WEBSOCKET_MAX_CONNECTIONS", new Whole("channels.max_connections", ""),
            "WEBSOCKET_MAX_MESSAGE_SIZE", new Whole("channels.max_message_size", ""),
            "WEBSOCKET_PING_INTERVAL", new Whole("channels.ping_interval", "s"),
            "WEBSOCKET_HEARTBEAT_INTERVAL", new Whole("channels.heartbeat_interval", "s"),
            "WEBSOCKET_CONNECTION_TIMEOUT", new Whole("channels.connection_timeout", "s"),
            "WEBSOCKET_REQUIRE_AUTH", new Whole("channels.require_auth", ""));

    /** Known, and without effect: what they set does not exist in this version. */
    static final List<String> WITHOUT_EFFECT = List.of(
            "NEXT_PUBLIC_WS_URL", "RABBITMQ_URL", "WEBSOCKET_USE_REDIS_PUBSUB", "WEBSOCKET_REDIS_CHANNEL_PREFIX");

    private ContractNames() {}

    /** All that have an effect. */
    static Set<String> effective() {
        Set<String> names = new HashSet<>(WITH_EFFECT.keySet());
        names.addAll(OF_CHANNELS.keySet());
        return names;
    }
}
