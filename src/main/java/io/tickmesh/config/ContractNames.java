package io.tickmesh.config;

import java.util.List;
import java.util.Map;

/** Variables that the client contracts name, so that an existing {@code .env} works as it is. */
final class ContractNames {
    /** To the name that the key has in each feed of the provider. */
    static final Map<String, String> WITH_EFFECT = Map.of("FMP_API_KEY", "api_key");

    /** Known, and without effect: what they set does not exist in this version. */
    static final List<String> WITHOUT_EFFECT = List.of(
            "KIS_APP_KEY",
            "KIS_APP_SECRET",
            "KIS_MAX_SUBSCRIPTIONS",
            "KIWOOM_APP_KEY",
            "KIWOOM_APP_SECRET",
            "UPBIT_ACCESS_KEY",
            "UPBIT_SECRET_KEY",
            "REDIS_URL",
            "WEBSOCKET_*");

    private ContractNames() {}
}
