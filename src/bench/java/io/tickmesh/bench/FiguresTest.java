package io.tickmesh.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The arithmetic behind the figures. */
final class FiguresTest {
    private static final Metrics SCRAPE = new Metrics("""
            # TYPE tickmesh_delivery_latency_seconds histogram
            tickmesh_delivery_latency_seconds_bucket{dialect="stream",le="0.001"} 20
            tickmesh_delivery_latency_seconds_bucket{dialect="prices",le="2.5E-4"} 10
            tickmesh_delivery_latency_seconds_bucket{dialect="prices",le="0.001"} 50
            tickmesh_delivery_latency_seconds_bucket{dialect="prices",le="0.002"} 90
            tickmesh_delivery_latency_seconds_bucket{dialect="prices",le="+Inf"} 100
            tickmesh_client_flushes_total{dialect="prices"} 7
            tickmesh_client_flushes_total{dialect="stream"} 1.5E3
            """);

    @Test
    void shouldSumTheSeriesOfAName() {
        assertThat(SCRAPE.sum("tickmesh_client_flushes_total", "")).isEqualTo(1507);
        assertThat(SCRAPE.sum("tickmesh_client_flushes_total", Metrics.dialectLabel("stream")))
                .isEqualTo(1500);
        assertThat(SCRAPE.sum("tickmesh_client", "")).isZero();
    }

    @Test
    void shouldInterpolateInsideABucket() {
        Map<Double, Double> latencies = SCRAPE.latencies("prices");

        assertThat(Metrics.quantile(0.5, Map.of(), latencies)).isEqualTo(0.001);
        assertThat(Metrics.quantile(0.7, Map.of(), latencies)).isEqualTo(0.0015, offset(1e-9));
        assertThat(Metrics.quantile(0.99, Map.of(), latencies)).isEqualTo(0.002);
        assertThat(Metrics.quantile(0.5, latencies, latencies)).isNaN();
    }

    @Test
    void shouldCountOnlyWhatCameSinceTheScrapeBefore() {
        Map<Double, Double> before = Map.of(0.001, 100.0, 0.002, 100.0);
        Map<Double, Double> after = Map.of(0.001, 100.0, 0.002, 110.0);

        assertThat(Metrics.quantile(0.5, before, new TreeMap<>(after))).isEqualTo(0.0015, offset(1e-9));
    }

    @Test
    void shouldReadWhatAProcessUsesWhateverItsName() {
        String stat = "42 (a) b (c) R 1 2 3 4 5 6 7 8 9 10 150 25 0 0 20 0 12";

        Usage usage = Usage.parse(stat, List.of("Name:\tjava", "VmHWM:\t   9 kB", "VmRSS:\t   2048 kB"));

        assertThat(usage).isEqualTo(new Usage(1_750_000, 250_000, 2_097_152));
    }

    @Test
    void shouldSeeItsOwnProcess() {
        Usage usage = Usage.of(ProcessHandle.current().pid());

        assertThat(usage.cpuMicros()).isPositive();
        assertThat(usage.residentBytes()).isGreaterThan(1 << 20);
    }

    @Test
    void shouldGiveEverySymbolTheSameNumberOfHolders() {
        for (Scenario scenario : List.of(new Scenario("even", 200, 10, 40, 25), new Scenario("odd", 30, 7, 15, 1))) {
            Map<String, Integer> holders = new HashMap<>();
            for (List<String> choice : scenario.choices()) {
                assertThat(new HashSet<>(choice)).hasSize(scenario.symbolsPerClient());
                choice.forEach(symbol -> holders.merge(symbol, 1, Integer::sum));
            }
            assertThat(holders).hasSize(scenario.symbols());
            assertThat(holders.values()).containsOnly(scenario.holders());
        }
    }

    @Test
    void shouldGiveTheMedianOfOddAndEvenNumbers() {
        assertThat(Report.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2.0);
        assertThat(Report.median(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(3.0);
    }

    @Test
    void shouldSayWhatIsWrongWithACommandLine() {
        assertThat(Options.parse("fanout-50k", "--seconds", "7", "--json").seconds())
                .isEqualTo(7);
        assertThatThrownBy(Options::parse).hasMessageContaining("fanout-50k");
        assertThatThrownBy(() -> Options.parse("fanout-50k", "--seconds")).hasMessage("--seconds needs a value");
        assertThatThrownBy(() -> Options.parse("fanout-50k", "--rounds", "0"))
                .hasMessage("--rounds must be a number from 1 to 99999 but is 0");
        assertThatThrownBy(() -> Options.parse("fanout-50k", "--fast")).hasMessageContaining("--fast");
    }
}
