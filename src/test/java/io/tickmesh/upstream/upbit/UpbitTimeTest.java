package io.tickmesh.upstream.upbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.upstream.JsonReader;
import io.tickmesh.upstream.Reading;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpbitTimeTest {
    private static final long NOW = 1_827_302_400_120_000L;

    /** The time of a trade as it is understood, in seconds before it came; null for none. */
    private static @Nullable Long secondsBefore(String streamType, long seconds) throws Exception {
        long millis = NOW / 1000 - seconds * 1000;
        String text = "{'type':'trade','code':'KRW-BTC','trade_price':1,'trade_timestamp':" + millis + ",'timestamp':"
                + millis + ",'stream_type':'" + streamType + "'}";
        byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        JsonReader json = new JsonReader();
        json.reset(bytes, bytes.length);
        json.next();
        UpbitFrame frame = new UpbitFrame(null);
        frame.read(json, NOW);
        return frame.reading.time() == Reading.NO_TIME ? null : (NOW - frame.reading.time()) / 1_000_000;
    }

    @ParameterizedTest
    @CsvSource({"REALTIME,0,0", "REALTIME,600,600", "REALTIME,-600,-600", "SNAPSHOT,172800,172800", "SNAPSHOT,-600,-600"
    })
    void shouldTellWhenItWas(String streamType, long seconds, long told) throws Exception {
        assertThat(secondsBefore(streamType, seconds)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"REALTIME,601", "REALTIME,32400", "REALTIME,-601", "SNAPSHOT,-601"})
    void shouldBelieveNoClockThatIsFarOff(String streamType, long seconds) throws Exception {
        assertThat(secondsBefore(streamType, seconds)).isNull();
    }
}
