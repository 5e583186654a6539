package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.sim.KisSimSettings;
import io.tickmesh.sim.KisSimulator;
import io.tickmesh.sim.KiwoomSimSettings;
import io.tickmesh.sim.SessionRecord;
import io.tickmesh.sim.UpbitSimSettings;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients see, and the provider gets, when things go wrong in the manner of each provider. */
final class ProviderFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long REFUSED_PAUSE_MILLIS = 1_500;
    private static final long FALLBACK_GRACE_MILLIS = 5_000;
    private static final long SLACK_MILLIS = 4_000;
    private static final Duration IN_USE_PAUSE = Duration.ofSeconds(30);
    private static final int NINE_HOURS_MILLIS = 32_400_000;
    private static final String[] HASTY = {
        "limits.linger=0ms",
        "upstream.quiet_window=20ms",
        "upstream.backoff_first=300ms",
        "upstream.backoff_doublings=2",
        "upstream.backoff_most=500ms",
        "upstream.stable_after=500ms",
        "upstream.refused_pause=" + REFUSED_PAUSE_MILLIS + "ms"
    };

    /** A provider, and what its simulator calls things. */
    enum Exchange {
        KIS("trade/kis:005930", "refuse-upgrades", "extra_fields", 3),
        KIWOOM("trade/kiwoom:005930", "refuse-upgrades", "extra_fields", true),
        UPBIT("trade/upbit:KRW-BTC", "refuse-handshakes", "extra_fields", true);

        private final String topic;
        private final String refusal;
        private final String extra;

        @SuppressWarnings("ImmutableEnumChecker") // a number or a flag
        private final Object many;

        Exchange(String topic, String refusal, String extra, Object many) {
            this.topic = topic;
            this.refusal = refusal;
            this.extra = extra;
            this.many = many;
        }

        private ProviderUnderTest start() {
            return switch (this) {
                case KIS -> ProviderUnderTest.kis(8, KisSimSettings.DEFAULTS.with("release_hold_ms", 0), HASTY);
                case KIWOOM -> ProviderUnderTest.kiwoom(16, KiwoomSimSettings.DEFAULTS, HASTY);
                case UPBIT -> ProviderUnderTest.upbit(8, UpbitSimSettings.DEFAULTS, HASTY);
            };
        }
    }

    private static final Map<Exchange, ProviderUnderTest> STARTED = new EnumMap<>(Exchange.class);

    private final StreamLedger ledger = new StreamLedger();
    private Exchange exchange = Exchange.KIS;

    @SuppressWarnings("NullAway.Init") // each test begins with begin()
    private ProviderUnderTest provider;

    @SuppressWarnings("NullAway.Init") // each test begins with begin()
    private SocketClient client;

    @AfterAll
    static void stop() {
        STARTED.values().forEach(ProviderUnderTest::close);
        STARTED.clear();
    }

    private void begin(Exchange chosen) {
        exchange = chosen;
        provider = STARTED.computeIfAbsent(chosen, each -> each.start().start());
        client = provider.stream(0, List.of(chosen.topic));
        client.next("subscribed");
        awaitFlow();
    }

    /** Whatever happened, it ends well: data flows, and none of it went back in time. */
    @AfterEach
    void heal() {
        NodeUnderTest.await(provider.sim().reset());
        awaitFlow();
        client.close();
    }

    private void awaitFlow() {
        awaitState("live");
        long from = ledger.seq(exchange.topic);
        long epoch = ledger.epoch(exchange.topic);
        read(() -> ledger.epoch(exchange.topic) > epoch || ledger.seq(exchange.topic) > from + 3);
    }

    private void read(BooleanSupplier enough) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!enough.getAsBoolean()) {
            assertThat(System.nanoTime()).as("patience with %s", exchange).isLessThan(deadline);
            ledger.take(client.next());
        }
    }

    private void awaitState(String state) {
        read(() -> ledger.topics() > 0 && ledger.state(exchange.topic).equals(state));
    }

    /** Reads until the topic is in a state, and gives the reason. */
    private String reasonOf(String state) {
        return readUntil(frame -> state.equals(frame.getString("state"))).getString("reason", "");
    }

    private JsonObject readUntil(Predicate<JsonObject> wanted) {
        return client.next(frame -> {
            ledger.take(frame);
            return wanted.test(frame);
        });
    }

    private SessionRecord newest() {
        List<SessionRecord> open = provider.open();
        return open.get(open.size() - 1);
    }

    @ParameterizedTest
    @EnumSource
    void shouldComeBackAfterAConnectionThatBroke(Exchange chosen) {
        begin(chosen);
        long before = newest().id();
        provider.fault("drop");
        assertThat(reasonOf("stale")).startsWith("WebSocket connection closed: ");
        long lost = System.nanoTime();
        readUntil(frame -> {
            assertThat(frame.getString("reason", "")).doesNotContain("standing back");
            return "live".equals(frame.getString("state"));
        });
        assertThat(Duration.ofNanos(System.nanoTime() - lost)).isLessThan(Duration.ofSeconds(12));
        assertThat(newest().id()).isGreaterThan(before);
    }

    @ParameterizedTest
    @EnumSource(names = {"KIS", "KIWOOM"})
    void shouldGetNewTokensWhenTheOldAreWorthNothing(Exchange chosen) {
        begin(chosen);
        double refusals = provider.metric("tickmesh_upstream_refusals_total");
        provider.fault("expire-tokens");
        provider.fault("drop");
        reasonOf("stale");
        awaitFlow();
        assertThat(provider.metric("tickmesh_upstream_refusals_total")).isGreaterThan(refusals);
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadOnWhenFieldsAreAdded(Exchange chosen) {
        begin(chosen);
        double bad = provider.metric("tickmesh_upstream_bad_frames_total");
        provider.change(chosen.extra, chosen.many);
        long from = ledger.seq(chosen.topic);
        read(() -> ledger.seq(chosen.topic) > from + 20);
        assertThat(provider.metric("tickmesh_upstream_bad_frames_total")).isEqualTo(bad);
        assertThat(ledger.state(chosen.topic)).isEqualTo("live");
    }

    @ParameterizedTest
    @EnumSource
    void shouldStampByReceiptWhenTheClockIsThatOfAnotherZone(Exchange chosen) {
        begin(chosen);
        provider.change("clock_offset_ms", NINE_HOURS_MILLIS);
        long from = ledger.seq(chosen.topic);
        read(() -> {
            long ahead = ledger.seq(chosen.topic) - from;
            if (ahead > 3) {
                JsonObject tick = ledger.value(chosen.topic);
                assertThat(tick.getLong("time")).as("%s", tick).isEqualTo(tick.getLong("received"));
            }
            return ahead > 20;
        });
        assertThat(ledger.state(chosen.topic)).isEqualTo("live");
    }

    @ParameterizedTest
    @EnumSource
    void shouldFillInByRestWhileTheSocketIsDown(Exchange chosen) {
        begin(chosen);
        provider.fault(chosen.refusal, "count", 10_000);
        provider.fault("drop");
        long lost = System.currentTimeMillis();
        reasonOf("fallback");
        assertThat(System.currentTimeMillis() - lost)
                .isBetween(FALLBACK_GRACE_MILLIS - 500, FALLBACK_GRACE_MILLIS + SLACK_MILLIS);
        long from = ledger.seq(chosen.topic);
        read(() -> ledger.seq(chosen.topic) > from + 2);
        assertThat(ledger.state(chosen.topic)).isEqualTo("fallback");
        provider.fault(chosen.refusal, "count", 0);
        awaitState("live");
    }

    @Test
    void shouldStandBackWhenKiwoomLetsAnotherIn() {
        begin(Exchange.KIWOOM);
        provider.fault("kick");
        assertThat(reasonOf("stale"))
                .startsWith("the key is in use by another connection: ")
                .contains("R10001");
        long kicked = System.currentTimeMillis();
        await().atMost(PATIENCE).until(() -> !provider.open().isEmpty());
        assertThat(newest().openedAt()).isGreaterThanOrEqualTo(kicked + REFUSED_PAUSE_MILLIS - 200);
    }

    @Test
    void shouldStandBackWhileAnotherHasKisKey() {
        begin(Exchange.KIS);
        try (SocketClient rival = new SocketClient(URI.create(((KisSimulator) provider.sim()).url()))) {
            String register = registration(approvalKey());
            provider.fault("drop", "session", newestButLast().id());
            rival.send(register);
            readUntil(frame -> frame.getString("reason", "").startsWith("the key is in use by another connection"));
            long others = provider.sim().sessions().stream()
                    .filter(each -> !each.isLoggedIn())
                    .count();
            assertThat(others).isLessThanOrEqualTo(2);
        }
        await().atMost(IN_USE_PAUSE.plus(PATIENCE))
                .until(() -> provider.open().stream().anyMatch(SessionRecord::isLoggedIn));
    }

    /** The node's, where a rival has just come. */
    private SessionRecord newestButLast() {
        return provider.open().stream()
                .filter(SessionRecord::isLoggedIn)
                .findFirst()
                .orElseThrow();
    }

    private String approvalKey() {
        JsonObject ask = new JsonObject()
                .put("grant_type", "client_credentials")
                .put("appkey", KisSimulator.DEFAULT_APP_KEY)
                .put("secretkey", KisSimulator.DEFAULT_APP_SECRET);
        return new JsonObject(NodeUnderTest.send(
                                HttpRequest.newBuilder(URI.create(provider.sim().restUrl() + "/oauth2/Approval"))
                                        .header("Content-Type", "application/json")
                                        .POST(HttpRequest.BodyPublishers.ofString(ask.encode()))
                                        .build())
                        .body())
                .getString("approval_key");
    }

    private static String registration(String approvalKey) {
        return "{'header':{'approval_key':'" + approvalKey
                + "','custtype':'P','tr_type':'1','content-type':'utf-8'},"
                + "'body':{'input':{'tr_id':'H0STCNT0','tr_key':'000660'}}}";
    }
}
