package io.tickmesh.config;

import java.util.List;
import java.util.Map;

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

    /** Known, and without effect: what they set does not exist in this version. */
    static final List<String> WITHOUT_EFFECT =
            List.of("NEXT_PUBLIC_WS_URL", "RABBITMQ_URL", "REDIS_URL", "WEBSOCKET_*");

    private ContractNames() {}
}
