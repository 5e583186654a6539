package io.tickmesh.upstream.upbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.market.Topic;
import io.tickmesh.upstream.Access;
import io.tickmesh.upstream.LinkPlan;
import io.tickmesh.upstream.LinkPlan.Carries;
import io.tickmesh.upstream.Registration;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpbitTest {
    static final Map<String, Secret> KEYS = Map.of(
            "access_key", new Secret("TESTACCESSKEY0000000000000000000000000AA"),
            "secret_key", new Secret("TESTSECRETKEY0000000000000000000000000BB"));

    private final Upbit upbit = new Upbit(2);

    static FeedConfig feed(String url, String restUrl, Map<String, Secret> credentials) {
        return new FeedConfig(
                "upbit-1",
                "upbit",
                "",
                FeedConfig.Mode.LIVE,
                url,
                restUrl,
                50,
                FeedConfig.Overflow.FALLBACK,
                credentials,
                null);
    }

    @Test
    void shouldNeedBothKeysOrNone() {
        assertThat(upbit.configured(Map.of())).isTrue();
        assertThat(upbit.configured(KEYS)).isTrue();
        assertThat(upbit.configured(Map.of("access_key", new Secret("a")))).isFalse();
        assertThat(upbit.configured(Map.of("secret_key", new Secret("a")))).isFalse();
    }

    @Test
    void shouldOpenPublicConnectionsAndOneForTheAccount() {
        FeedConfig open = feed("wss://upbit.test/websocket/v1", "", Map.of());
        FeedConfig keyed = feed("wss://upbit.test/websocket/v1/", "", KEYS);

        assertThat(upbit.links(open))
                .containsExactly(
                        new LinkPlan("upbit-1", "wss://upbit.test/websocket/v1", 50, Carries.PUBLIC),
                        new LinkPlan("upbit-1#2", "wss://upbit.test/websocket/v1", 50, Carries.PUBLIC));
        assertThat(upbit.links(keyed))
                .hasSize(3)
                .last()
                .isEqualTo(
                        new LinkPlan("upbit-1#private", "wss://upbit.test/websocket/v1/private", 1, Carries.PRIVATE));
    }

    @Test
    void shouldRefuseToHaveNoConnection() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Upbit(0));
    }

    @Test
    void shouldShowANewTokenToThePrivateConnectionOnly() {
        FeedConfig feed = feed("wss://upbit.test/websocket/v1", "", KEYS);
        Access access = new Access(feed, Map.of());
        List<LinkPlan> links = upbit.links(feed);

        assertThat(upbit.handshake(access, links.get(0))).isEmpty();
        String first =
                Objects.requireNonNull(upbit.handshake(access, links.get(2)).get("Authorization"));
        String second = upbit.handshake(access, links.get(2)).get("Authorization");

        assertThat(first).startsWith("Bearer ").isNotEqualTo(second);
        String payload = first.split("[ .]", -1)[2];
        assertThat(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
                .matches("\\{\"access_key\":\"TESTACCESSKEY0{25}AA\",\"nonce\":\"[0-9a-f-]{36}\"}");
    }

    @Test
    void shouldSignAsDocumented() {
        assertThat(UpbitToken.of(
                                new Secret("TESTACCESSKEY0000000000000000000000000AA"),
                                new Secret("TESTSECRETKEY0000000000000000000000000BB"),
                                "00000000-0000-4000-8000-000000000001")
                        .reveal())
                .isEqualTo("eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJhY2Nlc3Nfa2V5IjoiVEVTVEFDQ0VTU0tFWTAwMDAwMDAwMDAw"
                        + "MDAwMDAwMDAwMDAwMDBBQSIsIm5vbmNlIjoiMDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAxIn0."
                        + "50M3SP0NqgrNSq91zhPI0CP8zqKtW0AC48S2KhppwU2iCp6Ed0oWHNCVriiuWjz_l-lwsyb4ANI_ugzfwUX0Bg");
    }

    @Test
    void shouldEscapeAKeyThatIsOdd() {
        String token = UpbitToken.of(new Secret("a\"b"), new Secret("k"), "n").reveal();

        assertThat(new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8))
                .isEqualTo("{\"access_key\":\"a\\\"b\",\"nonce\":\"n\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "trade/upbit:KRW-BTC,trade|KRW-BTC",
        "ticker/upbit:KRW-BTC,ticker|KRW-BTC",
        "candle.15m/upbit:KRW-BTC,candle.15m|KRW-BTC",
        "book/upbit:KRW-BTC,orderbook.30|KRW-BTC",
        "book.30/upbit:KRW-BTC,orderbook.30|KRW-BTC",
        "book.5/upbit:KRW-BTC,orderbook.5|KRW-BTC orderbook.15|KRW-BTC orderbook.30|KRW-BTC",
        "quote/upbit:KRW-BTC," + "orderbook.1|KRW-BTC orderbook.5|KRW-BTC orderbook.15|KRW-BTC orderbook.30|KRW-BTC"
    })
    void shouldRegisterATopicWhereItIsCarried(String topic, String codes) {
        assertThat(upbit.registrations(Topic.parse(topic)))
                .extracting(Registration::code)
                .containsExactly(codes.split(" "));
        assertThat(upbit.keyOf(Topic.parse(topic))).isEqualTo("KRW-BTC");
    }

    @Test
    void shouldRegisterAGroupedBookWhereItsLevelIsCarried() {
        assertThat(upbit.registrations(Topic.parse("book.15.0.1/upbit:KRW-DOGE")))
                .extracting(Registration::code)
                .containsExactly("orderbook.15.0.1|KRW-DOGE", "orderbook.30.0.1|KRW-DOGE");
        assertThat(upbit.keyOf(Topic.parse("book.15.0.1/upbit:KRW-DOGE"))).isEqualTo("KRW-DOGE.0.1");
        assertThat(UpbitCode.parse("orderbook.15.0.1|KRW-DOGE"))
                .isEqualTo(new UpbitCode("orderbook", 15, "0.1", "KRW-DOGE"))
                .hasToString("orderbook.15.0.1|KRW-DOGE");
    }

    @Test
    void shouldCarryNoticesOnTheConnectionOfTheirFeed() {
        FeedConfig feed = feed("wss://upbit.test/websocket/v1", "", KEYS);
        Registration registration =
                upbit.registrations(Topic.parse("notice/upbit-1")).get(0);

        assertThat(upbit.links(feed))
                .extracting(link -> link.mayCarry(registration, "upbit-1"))
                .containsExactly(false, false, true);
        assertThat(upbit.links(feed)).noneMatch(link -> link.mayCarry(registration, "upbit-2"));
    }

    @Test
    void shouldRefuseATopicThatUpbitHasNot() {
        assertThatIllegalArgumentException().isThrownBy(() -> upbit.registrations(Topic.parse("book.3/upbit:KRW-BTC")));
    }
}
