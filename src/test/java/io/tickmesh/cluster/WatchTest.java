package io.tickmesh.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.PoolOwner;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class WatchTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static Map<String, PoolOwner> owner(boolean heard) {
        return Map.of("p", new PoolOwner("p", "a", 1, heard));
    }

    @Test
    void shouldComplainOnlyOfALongSilence() {
        Watch watch = new Watch(List.of("p"), List.of(), 0);
        assertThat(watch.look(Map.of(), Set.of("a"), 0)).isEqualTo("no owner of pool p is heard");

        watch.look(owner(true), Set.of("a"), SECOND);
        assertThat(watch.look(owner(false), Set.of("a"), 5 * SECOND)).isEmpty();

        assertThat(watch.look(owner(false), Set.of("a"), 7 * SECOND)).isEqualTo("no owner of pool p is heard");

        assertThat(watch.look(owner(true), Set.of("a"), 8 * SECOND)).isEmpty();
    }

    @Test
    void shouldComplainWhereFewerThanAMajorityOfTheVotersIsSeen() {
        Watch watch = new Watch(List.of("p"), List.of("a", "b", "c"), 0);

        assertThat(watch.look(owner(true), Set.of("a", "d"), SECOND))
                .isEqualTo("cut off: 1 of 3 voters are among the nodes it sees");

        assertThat(watch.look(owner(true), Set.of("a", "c"), SECOND)).isEmpty();
    }
}
