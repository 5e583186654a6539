package io.tickmesh.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CatalogTest {
    private final Catalog catalog = new Catalog(List.of(
            new Provider("fmp", Set.of(Kind.TRADE, Kind.QUOTE)),
            new Provider("kis", Set.of(Kind.TRADE, Kind.BOOK, Kind.NOTICE)),
            new Provider("upbit", Set.of(Kind.TRADE, Kind.CANDLE))));

    /** Writes symbols in upper case and has one pool. */
    private record Provider(String provider, Set<Kind> kinds) implements Symbology {
        @Override
        public String canonical(String symbol) {
            return symbol.toUpperCase(Locale.ROOT);
        }

        @Override
        public Set<Kind> kindsOf(String canonicalSymbol) {
            return kinds;
        }

        @Override
        public void requireOffered(Topic topic) {
            if (!kinds.contains(topic.kind())) {
                throw new IllegalArgumentException(
                        provider + " has no " + topic.kind().word());
            }
        }

        @Override
        public String poolOf(String canonicalSymbol) {
            return provider + "-pool";
        }
    }

    @Test
    void shouldAskTheProviderThatATopicNames() {
        assertThat(catalog.topic("trade/fmp:aapl")).isEqualTo(Topic.parse("trade/fmp:AAPL"));
        assertThat(catalog.topic("book.5/kis:005930@NXT")).isEqualTo(Topic.parse("book.5/kis:005930@NXT"));
        assertThat(catalog.topic("candle.1m/upbit:krw-btc")).isEqualTo(Topic.parse("candle.1m/upbit:KRW-BTC"));
        assertThatThrownBy(() -> catalog.topic("book/upbit:KRW-BTC")).hasMessage("upbit has no book");
        assertThatThrownBy(() -> catalog.topic("trade/nowhere:A"))
                .hasMessage("unknown provider 'nowhere', known: [fmp, kis, upbit]");
    }

    @Test
    void shouldLeaveTheIdOfAFeedAsItIs() {
        assertThat(catalog.topic("notice/kis-a")).isEqualTo(Topic.parse("notice/kis-a"));
        assertThat(catalog.poolOf(Topic.parse("notice/kis-a"))).isEqualTo("kis-pool");
        assertThatThrownBy(() -> catalog.topic("notice/upbit")).hasMessage("upbit has no notice");
        assertThatThrownBy(() -> catalog.topic("notice/nowhere-1")).hasMessageContaining("unknown provider 'nowhere'");
    }

    @Test
    void shouldTellThePoolAndTheTopicsOfAnInstrumentOfEachProvider() {
        Instrument stock = catalog.instrument("kis", "q530031");
        assertThat(stock).isEqualTo(new Instrument("kis", "Q530031"));
        assertThat(catalog.topicsOf(stock, Kind.QUOTE, Kind.BOOK)).containsExactly(Topic.parse("book/kis:Q530031"));
        assertThat(catalog.poolOf(Topic.parse("trade/kis:Q530031"))).isEqualTo("kis-pool");
        assertThat(catalog.poolOf(Topic.parse("trade/upbit:KRW-BTC"))).isEqualTo("upbit-pool");
    }
}
