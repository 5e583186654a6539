package io.tickmesh.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
    @ParameterizedTest
    @CsvSource({
        "http.prot, http.port",
        "HTTP.PORT, http.port",
        "http_port, http.port",
        "limits.pingInterval, limits.ping_interval",
        "feeds.fmp_crypto.mode, feeds.fmp-crypto.mode",
        "feed, feeds",
        "clustr.name, cluster.name",
    })
    void shouldFindWhatWasMeant(String typed, String meant) {
        assertThat(KeyTable.ofBuiltInFeeds().nearestPath(typed)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"'', abc, 3", "abc, abc, 0", "kitten, sitting, 3", "flaw, lawn, 2", "ab, ba, 2"})
    void shouldCountEdits(String a, String b, int edits) {
        assertThat(Nearest.distance(a, b)).isEqualTo(edits);
        assertThat(Nearest.distance(b, a)).isEqualTo(edits);
    }

    @Test
    void shouldNotTakeLongForALongName() {
        assertThat(Nearest.to("x".repeat(10_000_000), List.of("a", "b"))).isEqualTo("a");
    }
}
