package io.tickmesh.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration knows of a provider.
 *
 * @param assets its asset classes, where it has one host for each; else empty
 * @param urls its WebSocket, by asset class or by the empty text
 * @param maxSubscriptions registrations that an account is known to be allowed
 * @param credentials the provider's names of what an account is known by
 */
record ProviderFacts(
        String name,
        List<String> assets,
        Map<String, String> urls,
        String restUrl,
        int maxSubscriptions,
        List<String> credentials) {
    static final List<ProviderFacts> ALL = List.of(
            new ProviderFacts(
                    "fmp",
                    List.of("stock", "crypto", "forex"),
                    Map.of(
                            "stock", "wss://websockets.financialmodelingprep.com",
                            "crypto", "wss://crypto.financialmodelingprep.com",
                            "forex", "wss://forex.financialmodelingprep.com"),
                    "https://financialmodelingprep.com",
                    500,
                    List.of("api_key")),
            new ProviderFacts(
                    "kis",
                    List.of(),
                    Map.of("", "ws://ops.koreainvestment.com:21000/tryitout"),
                    "https://openapi.koreainvestment.com:9443",
                    40,
                    List.of("app_key", "app_secret", "hts_id")),
            new ProviderFacts(
                    "kiwoom",
                    List.of(),
                    Map.of("", "wss://api.kiwoom.com:10000/api/dostk/websocket"),
                    "https://api.kiwoom.com",
                    100,
                    List.of("app_key", "app_secret")),
            new ProviderFacts(
                    "upbit",
                    List.of(),
                    Map.of("", "wss://api.upbit.com/websocket/v1"),
                    "https://api.upbit.com",
                    200,
                    List.of("access_key", "secret_key")));

    static List<String> names() {
        return ALL.stream().map(ProviderFacts::name).toList();
    }

    static ProviderFacts of(String name) {
        return ALL.stream()
                .filter(facts -> facts.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown provider"));
    }

    @Nullable
    String url(String asset) {
        return urls.get(asset);
    }
}
