package io.tickmesh;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Nodes of a cluster that come, go and falter in an order that a seed decides; at least one always stays. */
final class Comings {
    private static final Logger LOG = LoggerFactory.getLogger(Comings.class);
    private static final List<String> NAMES = List.of("n1", "n2", "n3");
    private static final int STARTS_OF_TEN = 4;
    private static final int OWNERS_OF_TEN = 6;
    private static final int PAUSES_OF_TEN = 2;
    private static final int LONGEST_PAUSE_MILLIS = 2_500;
    private static final int LONGEST_REST_MILLIS = 8_000;

    private final ClusterUnderTest cluster;
    private final Random random;
    private volatile List<URI> doors = List.of();
    private int joins;
    private int kills;
    private int leaves;
    private int pauses;

    Comings(ClusterUnderTest cluster, long seed) {
        this.cluster = cluster;
        random = new Random(seed);
    }

    /** The first two. */
    void begin() {
        cluster.start(NAMES.get(0), NAMES.get(1));
        look();
    }

    private void look() {
        doors = cluster.nodes().stream().map(cluster::socketDoor).toList();
    }

    /** Where the nodes are reached that live, or did a moment ago. */
    List<URI> doors() {
        return doors;
    }

    /** One comes, goes or is stopped for a moment, the owner rather than another. */
    void next() {
        List<String> live = cluster.nodes();
        boolean pauses = random.nextInt(10) < PAUSES_OF_TEN;
        boolean starts = random.nextInt(10) < STARTS_OF_TEN;
        boolean kills = random.nextBoolean();
        boolean owner = random.nextInt(10) < OWNERS_OF_TEN;
        int place = random.nextInt(NAMES.size());
        if (pauses) {
            pause(owner ? owner(live) : live.get(place % live.size()));
        } else if (live.size() == 1 || (starts && live.size() < NAMES.size())) {
            List<String> absent =
                    NAMES.stream().filter(each -> !live.contains(each)).toList();
            start(absent.get(place % absent.size()));
        } else {
            end(owner ? owner(live) : live.get(place % live.size()), kills);
        }
        look();
    }

    private void start(String name) {
        joins++;
        LOG.info("{} starts", name);
        cluster.start(name);
    }

    private void pause(String name) {
        Duration pause = Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS));
        LOG.info("{} stops for {} ms", name, pause.toMillis());
        pauses++;
        cluster.pause(name);
        cluster.pass(pause, System.nanoTime());
        cluster.resume(name);
    }

    private void end(String name, boolean killed) {
        LOG.info("{} {}", name, killed ? "is killed" : "leaves");
        if (killed) {
            kills++;
            cluster.kill(name);
        } else {
            leaves++;
            cluster.leave(name).exitCode();
        }
    }

    private static String ownerOf(List<JsonObject> open, List<String> live) {
        return open.stream()
                .map(UpstreamLog::nodeOf)
                .filter(live::contains)
                .reduce((earlier, later) -> later)
                .orElse(live.get(0));
    }

    private String owner(List<String> live) {
        return ownerOf(cluster.upstream().open(ClusterUnderTest.FEED), live);
    }

    /** How long nothing happens before the next. */
    Duration rest() {
        return Duration.ofMillis(random.nextInt(LONGEST_REST_MILLIS));
    }

    /** Whether a node has joined, one was killed, and one has left. */
    boolean hadAll() {
        return joins > 0 && kills > 0 && leaves > 0;
    }

    @Override
    public String toString() {
        return joins + " joins, " + kills + " kills, " + leaves + " leaves, " + pauses + " pauses";
    }
}
