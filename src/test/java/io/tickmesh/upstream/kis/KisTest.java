package io.tickmesh.upstream.kis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.market.Instrument;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Topic;
import io.tickmesh.upstream.Access;
import io.tickmesh.upstream.FeedProtocol;
import io.tickmesh.upstream.LinkPlan;
import io.tickmesh.upstream.Registration;
import io.tickmesh.upstream.TokenRecipe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KisTest {
    private final Kis kis = new Kis(new KisHours());

    static FeedConfig feed(String url, String... credentials) {
        Map<String, Secret> secrets = new HashMap<>();
        for (String name : credentials) {
            secrets.put(name, new Secret("made up " + name));
        }
        return new FeedConfig(
                "kis-1",
                "kis",
                "",
                FeedConfig.Mode.LIVE,
                url,
                "https://127.0.0.1:9443",
                40,
                FeedConfig.Overflow.FALLBACK,
                secrets,
                null);
    }

    @ParameterizedTest
    @CsvSource({
        "trade/kis:005930,H0STCNT0|005930,005930",
        "ticker/kis:005930@NXT,H0NXCNT0|005930,005930@NXT",
        "trade/kis:005930@UN,H0UNCNT0|005930,005930@UN",
        "quote/kis:005930,H0STASP0|005930,005930",
        "book.5/kis:Q530036@UN,H0UNASP0|Q530036,Q530036@UN",
        "expected/kis:005930,H0STANC0|005930 H0STASP0|005930,005930",
        "expected/kis:005930@NXT,H0NXANC0|005930 H0NXASP0|005930,005930@NXT",
        "status/kis:005930@UN,H0UNMKO0|005930,005930@UN",
        "trade/kis:NAS.AAPL,HDFSCNT0|DNASAAPL,DNASAAPL",
        "ticker/kis:BAQ.AAPL,HDFSCNT0|RBAQAAPL,RBAQAAPL",
        "quote/kis:NAS.AAPL,HDFSASP0|DNASAAPL,DNASAAPL",
        "book/kis:BAQ.AAPL,HDFSASP0|RBAQAAPL,RBAQAAPL",
        "book/kis:HKS.00700,HDFSASP1|DHKS00700,DHKS00700",
        "book/kis:HKS.00700@RT,HDFSASP0|RHKS00700,RHKS00700"
    })
    void shouldKnowWhatCarriesATopic(String topic, String codes, String key) {
        Topic parsed = Topic.parse(topic);

        assertThat(kis.registrations(parsed).stream().map(Registration::code)).containsExactly(codes.split(" "));
        assertThat(kis.keyOf(parsed)).isEqualTo(key);
    }

    @Test
    void shouldBindNoticesToTheirFeed() {
        assertThat(kis.registrations(Topic.of(Kind.NOTICE, new Instrument("kis", "kis-1"))))
                .containsExactly(new Registration("notice", "kis-1"));
    }

    @Test
    void shouldRefuseWhatItDoesNotOffer() {
        assertThatIllegalArgumentException().isThrownBy(() -> kis.registrations(Topic.parse("candle.1m/kis:005930")));
    }

    @Test
    void shouldCarryNoticesOnlyWithANameToAskFor() {
        FeedConfig without = feed("ws://127.0.0.1:1", "app_key", "app_secret");
        FeedConfig with = feed("ws://127.0.0.1:1", "app_key", "app_secret", "hts_id");

        assertThat(kis.links(without))
                .containsExactly(new LinkPlan("kis-1", "ws://127.0.0.1:1", 40, LinkPlan.Carries.PUBLIC));
        assertThat(kis.links(with).get(0).carries()).isEqualTo(LinkPlan.Carries.BOTH);
    }

    @Test
    void shouldNeedKeyAndSecret() {
        assertThat(kis.configured(feed("", "app_key").credentials())).isFalse();
        assertThat(kis.configured(feed("", "app_secret").credentials())).isFalse();
        assertThat(kis.configured(feed("", "app_key", "app_secret").credentials()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ws://ops.koreainvestment.com:21000/tryitout,H0STCNI0",
        "ws://ops.koreainvestment.com:31000/tryitout,H0STCNI9",
        "ws://127.0.0.1:4711/tryitout,H0STCNI0"
    })
    void shouldTellThePracticeServerByItsAddress(String url, String trId) {
        FeedConfig feed = feed(url, "app_key", "app_secret", "hts_id");
        Access access = new Access(feed, Map.of("approval", new Secret("made up key")));
        FeedProtocol protocol = kis.protocol(access, kis.links(feed).get(0));

        assertThat(protocol.subscribe(List.of("notice"))).contains(trId, "made up hts_id", "made up key");
    }

    @Test
    void shouldSendOneRegistrationAtATimeAndNoPings() {
        assertThat(kis.rules().codesPerFrame()).isEqualTo(1);
        assertThat(kis.rules().acknowledges()).isTrue();
        assertThat(kis.rules().pings()).isFalse();
    }

    @Test
    void shouldNeedOnlyTheApprovalKeyForSessions() {
        assertThat(kis.tokens().stream().filter(TokenRecipe::forSessions).map(TokenRecipe::name))
                .containsExactly("approval");
        assertThat(kis.rest().tokens()).containsExactly("access");
    }
}
