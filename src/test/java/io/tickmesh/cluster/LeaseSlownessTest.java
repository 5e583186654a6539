package io.tickmesh.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.LeaseGrant;
import io.tickmesh.bus.LeaseMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes that are slow, but whose messages all arrive, in order: somebody owns the pool, and soon again when it was lost. */
final class LeaseSlownessTest {
    private static final String POOL = "fmp.stock";
    private static final long WALL = 1_700_000_000_000L;
    private static final long STEP = 5;
    private static final long UNTIL = 60_000;
    private static final long CLOSING = 20;
    private static final List<Long> LOSSES = List.of(15_000L, 30_000L, 45_000L);

    private record Letter(long at, long order, Outgoing said) {}

    private final Map<String, PoolLease> nodes = new LinkedHashMap<>();
    private final Map<String, Long> ticksAt = new HashMap<>();
    private final Map<String, Long> closesAt = new HashMap<>();
    private final Map<String, Long> lastOnWay = new HashMap<>();
    private final PriorityQueue<Letter> underWay =
            new PriorityQueue<>(Comparator.comparingLong(Letter::at).thenComparingLong(Letter::order));
    private Random random = new Random(0);
    private long order;
    private long millis;

    @ParameterizedTest
    @CsvSource({
        "2, 20, 300, 8000", "2, 150, 0, 8000", "2, 200, 0, 8000", "2, 300, 200, 10000", "2, 500, 100, 15000",
        "3, 20, 300, 8000", "3, 150, 0, 8000", "3, 200, 0, 8000", "3, 300, 200, 10000", "3, 500, 100, 15000"
    })
    void shouldFindAnOwnerHoweverTheirClaimsCross(int count, int delay, int jitter, long most) {
        List<String> names = List.of("n1", "n3", "n2").subList(0, count);
        for (int seed = 0; seed < 20; seed++) {
            for (List<String> voters : List.of(List.<String>of(), names)) {
                assertThat(longestWithoutOwner(names, voters, delay, jitter, seed))
                        .as("longest time without an owner, seed %s, voters %s", seed, voters)
                        .isLessThan(most);
            }
        }
    }

    private long longestWithoutOwner(List<String> names, List<String> voters, int delay, int jitter, long seed) {
        begin(names, voters, seed);
        long longest = 0;
        long ownedAt = 0;
        for (millis = 0; millis < UNTIL; millis += STEP) {
            send(deliver(), delay, jitter);
            send(turns(), delay, jitter);
            String owner = owner();
            if (LOSSES.contains(millis) && !owner.isEmpty()) {
                PoolLease lease = node(owner);
                send(lease.giveUp(lease.epoch(), nanos(), wall()), delay, jitter);
            }
            ownedAt = owner.isEmpty() ? ownedAt : millis;
            longest = Math.max(longest, millis - ownedAt);
        }
        return longest;
    }

    private void begin(List<String> names, List<String> voters, long seed) {
        List.of(nodes, ticksAt, closesAt, lastOnWay).forEach(Map::clear);
        underWay.clear();
        random = new Random(seed);
        millis = 0;
        for (String name : names) {
            nodes.put(name, new PoolLease(POOL, name, voters, names, nanos(), wall()));
            ticksAt.put(name, STEP * random.nextInt((int) (LeaseTimes.TICK / STEP)));
        }
    }

    private PoolLease node(String name) {
        return Objects.requireNonNull(nodes.get(name), name);
    }

    private long nanos() {
        return millis * 1_000_000;
    }

    private long wall() {
        return WALL + millis;
    }

    private List<Outgoing> deliver() {
        List<Outgoing> said = new ArrayList<>();
        while (!underWay.isEmpty() && underWay.peek().at() <= millis) {
            Outgoing next = underWay.remove().said();
            said.addAll(node(next.to()).onMessage(next.message(), nanos(), wall()));
        }
        return said;
    }

    private List<Outgoing> turns() {
        List<Outgoing> said = new ArrayList<>();
        nodes.forEach((name, lease) -> {
            if (millis % LeaseTimes.TICK == ticksAt.getOrDefault(name, 0L)) {
                said.addAll(lease.onTick(nanos(), wall()));
            }
            if (lease.duty() == Duty.ABORT && closesAt.computeIfAbsent(name, first -> millis + CLOSING) <= millis) {
                closesAt.remove(name);
                said.addAll(lease.onUpstreamClosed(lease.epoch(), nanos(), wall()));
            }
        });
        return said;
    }

    private void send(List<Outgoing> said, int delay, int jitter) {
        for (Outgoing each : said) {
            LeaseMessage message = each.message();
            String way = message.from() + '>' + each.to();
            long at = Math.max(
                    millis + delay + (jitter == 0 ? 0 : random.nextInt(jitter)), lastOnWay.getOrDefault(way, 0L));
            lastOnWay.put(way, at);
            underWay.add(new Letter(at, order++, each));
        }
    }

    private String owner() {
        String owner = "";
        for (Map.Entry<String, PoolLease> each : nodes.entrySet()) {
            LeaseGrant grant = each.getValue().grant();
            if (grant != null && grant.validAt(nanos(), wall())) {
                assertThat(owner).as("an owner beside " + each.getKey()).isEmpty();
                owner = each.getKey();
            }
        }
        return owner;
    }
}
