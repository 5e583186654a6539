package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpbitRequestTest {
    private static final UpbitRequest.Rights PUBLIC = new UpbitRequest.Rights(true, false, 0);
    private static final UpbitRequest.Rights PRIVATE = new UpbitRequest.Rights(false, true, 0);

    private static String refusal(String text, UpbitRequest.Rights rights) {
        UpbitRefusal refusal = catchThrowableOfType(UpbitRefusal.class, () -> UpbitRequest.read(text, rights));
        assertThat(refusal).as(text).isNotNull();
        return refusal.toFrame();
    }

    private static String error(String name, String message) {
        return "{\"error\":{\"name\":\"" + name + "\",\"message\":\"" + message + "\"}}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ping",
                "{}",
                "{\"ticket\":\"t\"}",
                "[1]",
                "[[]]",
                "[null]",
                "[{\"ticket\":\"t\"},5]",
                "[{",
                "[] []",
                "[{\"ticket\":\"t\"},{\"type\":\"ticker\",\"codes\":\"KRW-BTC\"}]",
                "[{\"ticket\":\"t\"},{\"type\":\"ticker\",\"codes\":[1]}]",
                "[{\"ticket\":\"t\"},{\"type\":\"ticker\",\"codes\":[\"KRW-BTC\"],\"is_only_snapshot\":1}]",
                "[{\"ticket\":\"t\"},{\"type\":\"orderbook\",\"codes\":[\"KRW-BTC\"],\"level\":\"high\"}]",
                "[{\"ticket\":\"t\"},{\"type\":\"orderbook\",\"codes\":[\"KRW-BTC\"],\"level\":\"1e999999999\"}]",
                "[{\"ticket\":\"t\"},{\"type\":\"ticker\",\"codes\":[\"KRW-BTC\"]},{\"method\":\"LIST_SUBSCRIPTIONS\"}]"
            })
    void shouldRefuseWhatIsNotAListOfObjectsOfTheRightShape(String text) {
        assertThat(refusal(text, PUBLIC)).isEqualTo(error("WRONG_FORMAT", "Requested using wrong format"));
    }

    /** Each text has the wrong thing of its line and of all later lines. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NO_TICKET     | [{'format':'XML'}]",
                "NO_TICKET     | []",
                "NO_TICKET     | [{'ticket':''},{'type':'ticker'}]",
                "NO_TICKET     | [{'ticket':5},{'type':'ticker'}]",
                "NO_TYPE       | [{'ticket':'t'},{'format':'XML'}]",
                "NO_TYPE       | [{'ticket':'t'},{'type':null},{'format':'XML'}]",
                "INVALID_PARAM | [{'ticket':'t'},{'type':'kline'},{'format':'XML'}]",
                "INVALID_PARAM | [{'ticket':'t'},{'type':'ticker'},{'type':'kline'}]",
                "INVALID_AUTH  | [{'ticket':'t'},{'type':'myOrder'},{'type':'ticker'}]",
                "NO_CODES      | [{'ticket':'t'},{'type':'ticker','codes':[]},{'type':'trade'}]",
                "INVALID_PARAM | [{'ticket':'t'},{'type':'ticker','codes':[]},{'type':'trade','codes':['KRW-BTC']}]",
                "INVALID_PARAM | [{'ticket':'t'},{'method':'UNSUBSCRIBE'}]",
                "INVALID_PARAM | [{'ticket':'t'},{'type':'candle.2m','codes':['KRW-BTC']}]",
            })
    void shouldRefuseForTheFirstThingInTheProvidersOrder(String name, String text) {
        assertThat(refusal(text.replace('\'', '"'), PUBLIC)).startsWith("{\"error\":{\"name\":\"" + name + "\"");
    }

    @Test
    void shouldNameTheFormatBeforeTheType() {
        assertThat(refusal("[{\"ticket\":\"t\"},{\"type\":\"kline\"},{\"format\":\"XML\"}]", PUBLIC))
                .isEqualTo(error("INVALID_PARAM", "format XML is not supported."));
        assertThat(refusal("[{\"ticket\":\"t\"},{\"type\":\"kline\"}]", PUBLIC))
                .isEqualTo(error("INVALID_PARAM", "type kline is not supported."));
        assertThat(refusal("[{\"ticket\":\"t\"},{\"type\":\"ticker\",\"codes\":[]}]", PUBLIC))
                .isEqualTo(error("INVALID_PARAM", "codes field is empty."));
    }

    @Test
    void shouldTakeOrdersWithoutCodesAndAssetsOnlyWithoutThem() throws UpbitRefusal {
        UpbitRequest request = UpbitRequest.read(
                "[{\"ticket\":\"t\"},{\"type\":\"myOrder\"},{\"type\":\"myOrder\",\"codes\":[]},{\"type\":\"myAsset\"}]",
                PRIVATE);

        assertThat(request.wanted()).hasSize(3);
        assertThat(refusal("[{\"ticket\":\"t\"},{\"type\":\"myAsset\",\"codes\":[]}]", PRIVATE))
                .startsWith("{\"error\":{\"name\":\"WRONG_FORMAT\"");
        assertThat(refusal("[{\"ticket\":\"t\"},{\"type\":\"ticker\",\"codes\":[\"KRW-BTC\"]}]", PRIVATE))
                .startsWith("{\"error\":{\"name\":\"INVALID_PARAM\"");
    }

    @Test
    void shouldTakeObjectsInAnyOrderBothSpellingsAndBothKindsOfLevel() throws UpbitRefusal {
        UpbitRequest request = UpbitRequest.read(
                "[{\"format\":\"SIMPLE\"},"
                        + "{\"type\":\"orderbook\",\"codes\":[\"KRW-BTC.5\"],\"level\":\"10000\",\"isOnlyRealtime\":true},"
                        + "{\"type\":\"orderbook\",\"codes\":[\"KRW-BTC\"],\"level\":10000.0,\"is_only_snapshot\":true},"
                        + "{\"ticket\":\"t\"}]",
                PUBLIC);

        assertThat(request.format()).isEqualTo(UpbitFormat.SIMPLE);
        assertThat(request.wanted()).extracting(UpbitWanted::realtimeOnly).containsExactly(true, false);
        assertThat(request.wanted()).extracting(UpbitWanted::snapshotOnly).containsExactly(false, true);
        assertThat(request.wanted())
                .allSatisfy(each -> assertThat(each.level()).isEqualByComparingTo(BigDecimal.valueOf(10_000)));
    }

    @Test
    void shouldTakeBothFlagsForSnapshotOnly() throws UpbitRefusal {
        UpbitWanted wanted = UpbitRequest.read(
                        "[{\"ticket\":\"t\"},{\"type\":\"ticker\",\"codes\":[\"KRW-BTC\"],"
                                + "\"is_only_snapshot\":true,\"is_only_realtime\":true}]",
                        PUBLIC)
                .wanted()
                .get(0);

        assertThat(List.of(wanted.wantsSnapshot(), wanted.streams())).containsExactly(true, false);
    }
}
