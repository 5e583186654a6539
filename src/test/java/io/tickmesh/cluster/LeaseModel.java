package io.tickmesh.cluster;

import io.tickmesh.bus.LeaseGrant;
import io.tickmesh.bus.LeaseMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One random schedule of a few nodes with one pool: a while of faults, then quiet. Delays, losses, cuts, pauses,
 * suspended machines, kills, joins, leaves and hand-overs come from the seed; clocks run up to 2 % apart and wall clocks
 * are up to an hour askew.
 */
final class LeaseModel {
    enum Kind {
        /** Three voters and every fault: never two owners. */
        VOTERS,
        /** Live members, and every fault but cuts: never two owners. */
        MEMBERS,
        /** Live members and cuts: two owners only until they heal, and never with one epoch. */
        CUTS,
        /** An owner that others join, and no fault: it keeps its lease. */
        JOINS,
        /** Redis decides; every fault, and a Redis that stands still or forgets: never two owners. */
        ARBITER
    }

    /** Ends a schedule. */
    static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Fault(String what) {
            super(what, null, false, false);
        }
    }

    private record Event(long at, long number, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    private static final long FAULTS_FROM = 3_000;
    private static final long FAULTS_UNTIL = 7_000;
    private static final long HEALED_BY = 11_000;
    private static final long QUIET_FROM = 20_000;
    private static final long END = 21_000;
    private static final long REMOVED_AFTER = 5_000;
    private static final int[] DELAYS = {1, 2, 5, 20, 50};
    private static final int[] STILL = {300, 700, 950, 1_500, 1_900, 2_100, 2_600, 4_000, 6_000};

    /** Names whose epochs end in the same digits, which real names seldom do: the rules must do without. */
    private static final List<String> ALIKE = IntStream.range(0, 1_000_000)
            .mapToObj(i -> "n" + i)
            .filter(name -> Math.floorMod(name.hashCode(), 1_000) == 7)
            .limit(5)
            .toList();

    private static final List<String> UNLIKE = List.of("a", "b", "c", "d", "e");

    final SplittableRandom random;
    final Kind kind;
    final Set<LeaseRule> rules;
    final List<LeaseMachine> machines = new ArrayList<>();
    final List<String> voters;
    private final @Nullable LeaseArbiter arbiter;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final long[][] cutFrom;
    private final long[][] cutUntil;
    private long now;
    private long number;
    private long highest;
    private long highestSince;
    private @Nullable LeaseMachine highestOwner;
    private int highestLife;

    LeaseModel(long seed, Kind kind, Set<LeaseRule> rules) {
        this(seed, kind, rules, null);
    }

    /** {@code script} is called for the votes of Redis. */
    LeaseModel(long seed, Kind kind, Set<LeaseRule> rules, LeaseArbiter.@Nullable Script script) {
        this.random = new SplittableRandom(seed);
        this.kind = kind;
        this.rules = rules;
        int size = 3 + random.nextInt(3);
        List<String> names = kind == Kind.VOTERS ? ALIKE : UNLIKE;
        this.voters =
                script != null ? List.of(RedisArbiter.NAME) : kind == Kind.VOTERS ? names.subList(0, 3) : List.of();
        this.arbiter = script == null ? null : new LeaseArbiter(this, script);
        this.cutFrom = new long[size][size];
        this.cutUntil = new long[size][size];
        for (int i = 0; i < size; i++) {
            machines.add(new LeaseMachine(this, i, names.get(i)));
        }
    }

    /** Runs the schedule, or ends in a {@link Fault}. */
    void run() {
        for (LeaseMachine machine : machines) {
            boolean first = machine.index() == 0;
            int latest = kind == Kind.VOTERS ? 300 : 2_800;
            in(first ? 0 : 1 + random.nextInt(latest), machine::boot);
        }
        if (kind != Kind.JOINS) {
            in(FAULTS_FROM + random.nextInt(1_000), this::fault);
            in(HEALED_BY, this::heal);
        }
        for (Event next = events.poll(); next != null && next.at() < END; next = events.poll()) {
            now = next.at();
            next.what().run();
        }
        long owners = machines.stream().filter(LeaseMachine::acts).count();
        if (owners != 1) {
            throw new Fault(owners + " owners in the end");
        }
    }

    long now() {
        return now;
    }

    void in(long millis, Runnable what) {
        events.add(new Event(now + millis, number++, what));
    }

    int between(int least, int beyond) {
        return least + random.nextInt(beyond - least);
    }

    /** The members that a machine is told of; others are missed only after a while. */
    List<String> viewOf(LeaseMachine viewer) {
        List<String> view = new ArrayList<>();
        for (LeaseMachine other : machines) {
            long gone = Math.max(cutSince(viewer, other), cutSince(other, viewer));
            if (other == viewer || (other.member(REMOVED_AFTER) && gone < REMOVED_AFTER)) {
                view.add(other.name());
            }
        }
        return view;
    }

    /** A node that joins a cluster of which all stand still would found another: that is a cut. */
    boolean nobodyAnswers() {
        return voters.isEmpty()
                && machines.stream().anyMatch(LeaseMachine::up)
                && machines.stream().filter(LeaseMachine::up).allMatch(LeaseMachine::frozen);
    }

    private long cutSince(LeaseMachine from, LeaseMachine to) {
        return isCut(from, to) ? now - cutFrom[from.index()][to.index()] : 0;
    }

    private boolean isCut(LeaseMachine from, LeaseMachine to) {
        return cutUntil[from.index()][to.index()] > now;
    }

    /** Everyone learns of a change of the members, each a little later than it happened. */
    void tellMembers(long after) {
        for (LeaseMachine machine : machines) {
            in(after + random.nextInt(300), machine::learnMembers);
        }
    }

    void carry(LeaseMachine from, List<Outgoing> said) {
        for (int i = 0; i < said.size(); i++) {
            Outgoing outgoing = said.get(i);
            if (now > QUIET_FROM && outgoing.message() instanceof LeaseMessage.Refuse) {
                throw new Fault(from.name() + " refuses long after the faults");
            }
            if (arbiter != null && outgoing.to().equals(RedisArbiter.NAME)) {
                arbiter.take(from, outgoing.message());
            }
            for (LeaseMachine to : machines) {
                if (to.name().equals(outgoing.to())) {
                    carry(from, to, outgoing.message());
                }
            }
        }
    }

    /** How long a message to or from Redis takes; negative if it is lost. */
    long delay() {
        int luck = now > HEALED_BY ? 50 : random.nextInt(100);
        return luck >= 98 ? -1 : luck < 3 ? between(100, 6_000) : DELAYS[random.nextInt(DELAYS.length)];
    }

    private void carry(LeaseMachine from, LeaseMachine to, LeaseMessage message) {
        boolean calm = kind == Kind.JOINS || now > HEALED_BY;
        long delay = DELAYS[random.nextInt(DELAYS.length)];
        if (!calm) {
            int luck = random.nextInt(100);
            delay = luck < 3 ? between(100, 6_000) : delay;
            boolean cut = isCut(from, to);
            if ((luck >= 98) || (cut && luck % 2 == 0)) {
                return;
            }
            delay += cut ? cutUntil[from.index()][to.index()] - now : 0;
        }
        in(delay, () -> to.hear(message));
    }

    private void fault() {
        LeaseMachine one = machines.get(random.nextInt(machines.size()));
        int still = STILL[random.nextInt(STILL.length)];
        if (arbiter != null && random.nextInt(4) == 0) {
            arbiter.trouble(still);
        }
        switch (random.nextInt(kind == Kind.MEMBERS ? 7 : 11)) {
            case 0, 1 -> one.pause(still, random.nextBoolean());
            case 2 -> owner().pause(still, random.nextBoolean());
            case 3 -> one.kill();
            case 4 -> owner().kill();
            case 5 -> owner().handOver(random.nextBoolean() ? "" : one.name());
            case 6 -> one.leave();
            case 7 -> cut(one, machines.get(random.nextInt(machines.size())), false);
            case 8 -> cut(one, machines.get(random.nextInt(machines.size())), true);
            default -> part();
        }
        if (now < FAULTS_UNTIL) {
            in(between(100, 2_500), this::fault);
        }
    }

    private LeaseMachine owner() {
        for (LeaseMachine machine : machines) {
            if (machine.acts()) {
                return machine;
            }
        }
        return machines.get(0);
    }

    private void cut(LeaseMachine a, LeaseMachine b, boolean bothWays) {
        long until = now + between(500, 8_000);
        cutOneWay(a, b, until);
        if (bothWays) {
            cutOneWay(b, a, until);
        }
        tellMembers(REMOVED_AFTER);
        tellMembers(until - now + 1);
    }

    private void cutOneWay(LeaseMachine from, LeaseMachine to, long until) {
        if (from != to) {
            cutFrom[from.index()][to.index()] = now;
            cutUntil[from.index()][to.index()] = Math.min(until, HEALED_BY);
        }
    }

    private void part() {
        int side = random.nextInt(1 << machines.size());
        long until = now + between(500, 9_000);
        for (LeaseMachine from : machines) {
            for (LeaseMachine to : machines) {
                if (((side >> from.index()) & 1) != ((side >> to.index()) & 1)) {
                    cutOneWay(from, to, until);
                }
            }
        }
        tellMembers(REMOVED_AFTER);
        tellMembers(until - now + 1);
    }

    private void heal() {
        for (LeaseMachine machine : machines) {
            machine.mend();
        }
        tellMembers(1);
    }

    /**
     * Whether no elector has started since the last epoch began. One that has may be the very node that both quorums
     * share; then only the wall clocks know better, and here they are askew.
     */
    private boolean remembered() {
        return arbiter != null
                ? arbiter.remembersSince(highestSince)
                : machines.stream()
                        .limit(voters.isEmpty() ? machines.size() : voters.size())
                        .allMatch(machine -> machine.upSince(highestSince));
    }

    /** Called whenever a machine may have come to act. */
    void check(LeaseMachine machine) {
        LeaseGrant grant = machine.actingGrant();
        if (grant == null) {
            return;
        }
        for (LeaseMachine other : machines) {
            LeaseGrant second = other == machine ? null : other.actingGrant();
            if (second != null && (kind != Kind.CUTS || second.epoch() == grant.epoch())) {
                throw new Fault(machine.name() + " and " + other.name() + " act at " + now);
            }
        }
        boolean same = highestOwner == machine && highestLife == machine.life();
        boolean older = grant.epoch() < highest || (grant.epoch() == highest && !same);
        if (kind != Kind.CUTS && older && remembered()) {
            throw new Fault(machine.name() + " acts under " + grant.epoch() + " after " + highest + " at " + now);
        }
        if (!same || grant.epoch() != highest) {
            highest = grant.epoch();
            highestSince = now;
            highestOwner = machine;
            highestLife = machine.life();
        }
    }
}
