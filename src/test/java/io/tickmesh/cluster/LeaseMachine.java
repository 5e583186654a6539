package io.tickmesh.cluster;

import io.tickmesh.bus.LeaseGrant;
import io.tickmesh.bus.LeaseMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One machine of a {@link LeaseModel}, with its clocks, its troubles and an upstream that takes time to close. */
final class LeaseMachine {
    private static final long LOST_AFTER = 400;

    private final LeaseModel model;
    private final int index;
    private final String name;
    private final double rate;
    private final long askew;
    private @Nullable PoolLease lease;
    private int life;
    private boolean frozen;
    private boolean suspended;
    private long since;
    private long bootedAt;
    private long nanosLost;
    private boolean closing;
    private @Nullable LeaseGrant lastGrant;
    private List<Runnable> missed = new ArrayList<>();

    LeaseMachine(LeaseModel model, int index, String name) {
        this.model = model;
        this.index = index;
        this.name = name;
        this.rate = 1 + (model.random.nextDouble() - 0.5) * 0.02;
        this.askew = model.between(-3_600_000, 3_600_000);
        this.since = Long.MIN_VALUE / 2;
    }

    int index() {
        return index;
    }

    String name() {
        return name;
    }

    int life() {
        return life;
    }

    private long nanos() {
        return (long) ((model.now() - nanosLost) * rate * 1_000_000);
    }

    private long wall() {
        return 10_000_000 + askew + (long) (model.now() * rate);
    }

    boolean up() {
        return lease != null;
    }

    boolean frozen() {
        return frozen;
    }

    boolean upSince(long moment) {
        return lease != null && bootedAt < moment;
    }

    /** Whether the cluster still counts it: it takes a while to miss one that is dead or frozen. */
    boolean member(long removedAfter) {
        long gone = model.now() - since;
        return lease == null ? gone < LOST_AFTER : !frozen || gone < removedAfter;
    }

    void boot() {
        if (lease != null) {
            return;
        }
        if (model.nobodyAnswers()) {
            model.in(100, this::boot);
            return;
        }
        life++;
        lastGrant = null;
        closing = false;
        since = model.now();
        bootedAt = since;
        lease = new PoolLease(
                LeaseBench.POOL,
                new PoolLease.Seat(name, model.voters, model.viewOf(this)),
                model.rules,
                new Moment(nanos(), wall()));
        tick(life);
        model.tellMembers(0);
    }

    private void tick(int ofLife) {
        PoolLease mine = lease;
        if (ofLife != life || mine == null) {
            return;
        }
        if (!frozen) {
            after(mine, mine.onTick(nanos(), wall()));
        }
        model.in(model.between(150, 350), () -> tick(ofLife));
    }

    private void after(PoolLease mine, List<Outgoing> said) {
        model.carry(this, said);
        LeaseGrant grant = mine.grant();
        if (grant != null && lastGrant != null && grant.epoch() == lastGrant.epoch()) {
            if (!grant.equals(lastGrant) && !lastGrant.validAt(nanos(), wall())) {
                throw new LeaseModel.Fault(name + " resumed its lease at " + model.now());
            }
        }
        lastGrant = grant == null ? lastGrant : grant;
        if (grant != null) {
            model.check(this);
        }
        closeIfTold(mine);
    }

    private void closeIfTold(PoolLease mine) {
        Duty duty = mine.duty();
        if (duty == Duty.ABORT && model.kind == LeaseModel.Kind.JOINS) {
            throw new LeaseModel.Fault(name + " lost its lease to those who joined at " + model.now());
        }
        if (closing || (duty != Duty.LEAVE && duty != Duty.ABORT)) {
            return;
        }
        closing = true;
        long epoch = mine.epoch();
        int ofLife = life;
        model.in(model.between(1, duty == Duty.LEAVE ? 300 : 20), () -> closed(epoch, ofLife));
    }

    private void closed(long epoch, int ofLife) {
        PoolLease mine = lease;
        if (ofLife != life || mine == null) {
            return;
        }
        if (frozen) {
            missed.add(() -> closed(epoch, ofLife));
            return;
        }
        closing = false;
        after(mine, mine.onUpstreamClosed(epoch, nanos(), wall()));
    }

    void hear(LeaseMessage message) {
        PoolLease mine = lease;
        if (mine == null) {
            return;
        }
        if (frozen) {
            missed.add(() -> hear(message));
        } else {
            after(mine, mine.onMessage(message, nanos(), wall()));
        }
    }

    void learnMembers() {
        PoolLease mine = lease;
        if (mine != null && !frozen) {
            after(mine, mine.onMembers(model.viewOf(this), nanos(), wall()));
        }
    }

    /** Stands still for a while; the monotonic clock of a suspended machine stands still too. */
    void pause(long millis, boolean alsoItsClock) {
        if (lease == null || frozen) {
            return;
        }
        frozen = true;
        suspended = alsoItsClock;
        since = model.now();
        int ofLife = life;
        model.in(millis, () -> resume(ofLife));
        if (millis > 5_000) {
            model.tellMembers(5_000);
        }
    }

    private void resume(int ofLife) {
        if (!frozen || ofLife != life) {
            return;
        }
        frozen = false;
        if (suspended) {
            nanosLost += model.now() - since;
        }
        model.check(this);
        List<Runnable> late = missed;
        missed = new ArrayList<>();
        for (Runnable what : late) {
            what.run();
        }
        model.tellMembers(0);
    }

    void kill() {
        if (lease == null) {
            return;
        }
        if (frozen && suspended) {
            nanosLost += model.now() - since;
        }
        lease = null;
        life++;
        frozen = false;
        missed = new ArrayList<>();
        since = model.now();
        model.tellMembers(LOST_AFTER);
        model.in(model.between(1_000, 5_000), this::boot);
    }

    void handOver(String successor) {
        PoolLease mine = lease;
        if (mine != null && !frozen) {
            after(mine, mine.handOver(successor, nanos(), wall()));
        }
    }

    /** Leaves in order: hands over what it owns, then stops. */
    void leave() {
        PoolLease mine = lease;
        if (mine == null || frozen) {
            return;
        }
        mine.wantsOwner(false);
        handOver("");
        int ofLife = life;
        model.in(1_000, () -> {
            if (ofLife == life) {
                kill();
            }
        });
    }

    /** The faults are over. */
    void mend() {
        if (frozen) {
            resume(life);
        }
        boot();
    }

    boolean acts() {
        return actingGrant() != null;
    }

    @Nullable
    LeaseGrant actingGrant() {
        if (lease == null || frozen) {
            return null;
        }
        LeaseGrant grant = lease.grant();
        return grant != null && grant.validAt(nanos(), wall()) ? grant : null;
    }
}
