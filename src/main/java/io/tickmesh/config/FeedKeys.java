package io.tickmesh.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of one feed. What a feed that is not built in leaves out comes from its provider. */
record FeedKeys(
        String id,
        Key<String> provider,
        Key<String> asset,
        Key<FeedConfig.Mode> mode,
        Key<String> url,
        Key<String> restUrl,
        Key<Integer> maxSubscriptions,
        Key<FeedConfig.Overflow> slotsOverflow,
        Manners manners,
        List<Key<Secret>> credentials,
        Key<String> caFile) {
    static final String SECTION = "feeds";
    static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    /** The feeds that are there without a word, and the asset class of each, in the order in which they are printed. */
    private static final Map<String, String> ASSETS = assets();

    static final List<String> BUILT_IN = List.copyOf(ASSETS.keySet());

    /** How a feed behaves. */
    record Manners(
            Key<Integer> connections,
            Key<Boolean> notices,
            Key<FeedConfig.SocketMode> socket,
            Key<FeedConfig.Hours> hours,
            Key<String> tokenDirectory) {
        static Manners of(String section) {
            return new Manners(
                    key(
                            section + "connections",
                            Types.integer(1, 20),
                            1,
                            "Connections that may be open at once; each has max_subscriptions. Only Upbit allows several."),
                    key(section + "notices", Types.flag(), false, "Whether clients may have the account's own orders."),
                    key(
                            section + "socket",
                            Types.oneOf(FeedConfig.SocketMode.class),
                            FeedConfig.SocketMode.HYBRID,
                            "`hybrid`: REST where the socket has no room or is down; `full`: never; `disabled`: always."),
                    key(
                            section + "hours",
                            Types.oneOf(FeedConfig.Hours.class),
                            FeedConfig.Hours.AUTO,
                            "Whether the market closes; auto: live feeds keep market hours, simulated ones do not."),
                    key(
                            section + "token_dir",
                            Types.text(),
                            null,
                            "Where issued tokens are kept, encrypted; empty: .cache/tickmesh in the home directory."));
        }

        List<Key<?>> all() {
            return List.of(connections, notices, socket, hours, tokenDirectory);
        }
    }

    private static Map<String, String> assets() {
        Map<String, String> assets = new LinkedHashMap<>();
        assets.put("fmp", "stock");
        assets.put("fmp-crypto", "crypto");
        assets.put("fmp-forex", "forex");
        assets.put("kis", "");
        assets.put("kiwoom", "");
        assets.put("upbit", "");
        return assets;
    }

    static FeedKeys of(String id) {
        String section = SECTION + '.' + id + '.';
        @Nullable String asset = ASSETS.get(id);
        @Nullable ProviderFacts facts = providerOf(id);
        return new FeedKeys(
                id,
                key(
                        section + "provider",
                        Types.oneOf(ProviderFacts.names().toArray(String[]::new)),
                        facts == null ? null : facts.name(),
                        "Whose feed it is."),
                key(
                        section + "asset",
                        Types.oneOf("stock", "crypto", "forex"),
                        asset == null || asset.isEmpty() ? null : asset,
                        "Asset class, where the provider has a host for each."),
                mode(section),
                key(
                        section + "url",
                        FeedUrl.of("ws", "wss"),
                        facts == null || asset == null ? null : facts.url(asset),
                        "WebSocket of the provider."),
                key(
                        section + "rest_url",
                        FeedUrl.of("http", "https"),
                        facts == null ? null : facts.restUrl(),
                        "REST address of the provider."),
                key(
                        section + "max_subscriptions",
                        Types.integer(1, 1_000_000),
                        facts == null ? null : facts.maxSubscriptions(),
                        "Upstream registrations that a connection of the account allows."),
                overflow(section),
                Manners.of(section),
                credentials(section, facts),
                key(section + "ca_file", Types.text(), null, "PEM file of certificates to trust besides the JDK's."));
    }

    private static Key<FeedConfig.Mode> mode(String section) {
        return key(
                section + "mode",
                Types.oneOf(FeedConfig.Mode.class),
                FeedConfig.Mode.AUTO,
                "Where ticks come from; auto is live with a key, else sim.");
    }

    private static Key<FeedConfig.Overflow> overflow(String section) {
        return key(
                section + "slots_overflow",
                Types.oneOf(FeedConfig.Overflow.class),
                FeedConfig.Overflow.FALLBACK,
                "What becomes of a topic that finds no slot.");
    }

    private static List<Key<Secret>> credentials(String section, @Nullable ProviderFacts facts) {
        Stream<ProviderFacts> whose = facts == null ? ProviderFacts.ALL.stream() : Stream.of(facts);
        return whose.flatMap(each -> each.credentials().stream())
                .distinct()
                .map(name -> key(
                        section + name,
                        Types.secret(),
                        (Secret) null,
                        "Known to the account only; better given as a variable."))
                .toList();
    }

    static boolean isBuiltIn(String id) {
        return ASSETS.containsKey(id);
    }

    /** The provider of a built-in feed; null for others, whose configuration has to say. */
    static @Nullable ProviderFacts providerOf(String id) {
        return isBuiltIn(id) ? ProviderFacts.of(id.split("-", 2)[0]) : null;
    }

    @Nullable
    Key<?> find(String path) {
        return all().stream().filter(key -> key.path().equals(path)).findFirst().orElse(null);
    }

    List<Key<?>> all() {
        List<Key<?>> all =
                new ArrayList<>(List.of(provider, asset, mode, url, restUrl, maxSubscriptions, slotsOverflow));
        all.addAll(manners.all());
        all.addAll(credentials);
        all.add(caFile);
        return all;
    }

    private static <T> Key<T> key(String path, ValueType<T> type, @Nullable T fallback, String says) {
        return new Key<>(path, type, fallback, says);
    }
}
