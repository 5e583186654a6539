package io.tickmesh.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.PoolOwner;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SpreadTest {
    private static final long CALM = TimeUnit.SECONDS.toNanos(11);

    private final Spread spread = new Spread("a", 0);

    private static List<PoolOwner> owners(String... poolsAndNodes) {
        return Stream.of(poolsAndNodes)
                .map(text -> text.split("=", 2))
                .map(parts -> new PoolOwner(parts[0], parts[1], 1, true))
                .toList();
    }

    @Test
    void shouldGiveOnePoolToTheLeastLoadedNode() {
        assertThat(spread.next(owners("p=a", "q=a", "r=b"), Set.of("a", "b", "c"), CALM))
                .isEqualTo(new Spread.Move("p", "c"));
    }

    @Test
    void shouldKeepWhatIsSpreadWellEnough() {
        assertThat(spread.next(owners("p=a", "q=b"), Set.of("a", "b", "c"), CALM))
                .isNull();
        assertThat(spread.next(owners("p=a", "q=a", "r=b"), Set.of("a", "b"), CALM))
                .isNull();
        assertThat(spread.next(owners("p=a", "q=a"), Set.of("a"), CALM)).isNull();
    }

    @Test
    void shouldWaitUntilNothingChangesAnyMore() {
        spread.onChange(CALM);

        assertThat(spread.next(owners("p=a", "q=a"), Set.of("a", "b"), 2 * CALM - 1_500_000_000L))
                .isNull();
        assertThat(spread.next(owners("p=a", "q=a"), Set.of("a", "b"), 2 * CALM))
                .isNotNull();
    }

    @Test
    void shouldNotOfferThePoolThatCameBackSoonAgain() {
        List<PoolOwner> owners = owners("p=a", "q=a", "r=a");
        assertThat(spread.next(owners, Set.of("a", "b"), CALM)).isEqualTo(new Spread.Move("p", "b"));
        assertThat(spread.next(owners, Set.of("a", "b"), 2 * CALM)).isEqualTo(new Spread.Move("q", "b"));
    }
}
