package io.tickmesh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random kills, pauses, cuts, joins and leaves, one a round; after each everything of section 10 must hold. Run by
 * {@code bin/chaos rounds}; {@code -Dseed} replays, {@code -Dcuts=false} does without root.
 */
final class ChaosIT {
    private static final Logger LOG = LoggerFactory.getLogger(ChaosIT.class);
    private static final double TICKS_PER_SECOND = 20;
    private static final List<String> TOPICS = List.of("trade/fmp:AAPL", "quote/fmp:AAPL", "trade/fmp:MSFT");
    private static final int DEFAULT_ROUNDS = 5;
    private static final int SEEDS = 1_000_000;

    private final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextInt(SEEDS));
    private final int rounds = Integer.getInteger("rounds", DEFAULT_ROUNDS);
    private final boolean cuts = !"false".equals(System.getProperty("cuts"));

    @Test
    void shouldKeepItsPromises() {
        LOG.info("{} rounds of seed {}", rounds, seed);
        Site site = cuts ? new Namespaces() : Site.LOOPBACK;
        try (ClusterUnderTest cluster =
                new ClusterUnderTest(site, ClusterUnderTest.VOTERS, TICKS_PER_SECOND).start("n1", "n2", "n3")) {
            cluster.nodes().forEach(each -> watch(cluster, each));
            int number = 0;
            for (Chaos.Round round : Chaos.rounds(seed, rounds, cuts)) {
                number++;
                try {
                    run(cluster, site, round);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError(
                            "round " + number + " of seed " + seed + ", " + round + "; replay: bin/chaos rounds --seed "
                                    + seed + " --rounds " + number + "\n" + e.getMessage(),
                            e);
                }
                LOG.info("round {}: {}", number, round);
            }
        }
    }

    private static void watch(ClusterUnderTest cluster, String node) {
        cluster.stream(node, TOPICS);
        cluster.prices(node, "AAPL");
    }

    private void run(ClusterUnderTest cluster, Site site, Chaos.Round round) {
        cluster.restoreVoters();
        cluster.nodes().stream()
                .filter(each -> cluster.watchersAt(List.of(each)).isEmpty())
                .forEach(each -> watch(cluster, each));
        cluster.awaitFlow();
        String owner = cluster.owner();
        String target = round.target(owner, cluster.others(owner));
        long begun = System.nanoTime();
        cluster.mark(begun);
        switch (round.kind()) {
            case KILL -> {
                cluster.kill(target);
                ended(cluster, owner, target, Bounds.OWNER_LOST);
            }
            case LEAVE -> leave(cluster, owner, target);
            case JOIN -> {
                if (cluster.nodes().contains("n4")) {
                    leave(cluster, owner, "n4");
                } else {
                    cluster.start("n4");
                    cluster.awaitFlow();
                    cluster.expectSilenceBelow(Bounds.CLEAN_LEAVE, cluster.nodes());
                }
            }
            case PAUSE -> {
                cluster.pause(target);
                cluster.pass(round.lasting(), begun);
                cluster.resume(target);
                back(cluster, cluster.others(target));
            }
            case CUT -> cut(cluster, (Namespaces) site, round, target);
        }
        cluster.check();
    }

    private static void leave(ClusterUnderTest cluster, String owner, String target) {
        cluster.leave(target).exitCode();
        ended(cluster, owner, target, Bounds.CLEAN_LEAVE);
    }

    private static void ended(ClusterUnderTest cluster, String owner, String target, Duration bound) {
        if (target.equals(owner)) {
            cluster.awaitTakeover(owner);
        }
        cluster.awaitFlow();
        cluster.expectSilenceBelow(bound, cluster.nodes());
        cluster.forget(target);
    }

    private static void cut(ClusterUnderTest cluster, Namespaces network, Chaos.Round round, String target) {
        List<String> off = new ArrayList<>(List.of(target));
        if (round.withFourth() && cluster.nodes().contains("n4") && !target.equals("n4")) {
            off.add("n4");
        }
        List<String> rest =
                cluster.nodes().stream().filter(each -> !off.contains(each)).toList();
        long begun = System.nanoTime();
        network.cut(List.of(rest, off));
        cluster.pass(round.lasting(), begun);
        network.heal();
        back(cluster, rest);
    }

    /** Everybody has data again; those who stayed together had it in time. */
    private static void back(ClusterUnderTest cluster, List<String> stayed) {
        cluster.awaitFlow();
        cluster.expectSilenceBelow(Bounds.OWNER_LOST, stayed);
    }
}
