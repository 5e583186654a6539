package io.tickmesh.cluster;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Finding;
import io.tickmesh.bus.Inbound;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.LeaseEnd;
import io.tickmesh.bus.LeaseGrant;
import io.tickmesh.bus.LeaseMail;
import io.tickmesh.bus.Members;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.PoolOwner;
import io.tickmesh.bus.Probe;
import io.tickmesh.bus.Readiness;
import io.tickmesh.bus.StoreEpochsQuery;
import io.tickmesh.bus.StoredEpochs;
import io.tickmesh.config.ClusterConfig;
import io.tickmesh.metrics.Metrics;
import io.tickmesh.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Votes on the owners of pools, owns what falls to this node, and says who owns what. One per node. */
public final class OwnershipVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(OwnershipVerticle.class);
    private static final int TICKS_PER_OWNERS = (int) (LeaseTimes.HEARTBEAT / LeaseTimes.TICK);
    private static final int TICKS_PER_MEMBERS = 10;
    private static final int TICKS_PER_PROBES = 10;

    private final String node;
    private final ClusterConfig cluster;
    private final Collection<String> pools;
    private final Membership membership;
    private final Metrics metrics;
    private final List<String> voters;
    private final @Nullable RedisArbiter arbiter;
    private final Promise<Void> left = Promise.promise();
    private SortedMap<String, Long> members = new TreeMap<>();
    private @Nullable Leases leases;
    private @Nullable Spread spread;
    private @Nullable Watch watch;
    private boolean leaving;
    private boolean served;
    private String lastTrouble = "";
    private long ticks;

    /**
     * Ownership on a node.
     *
     * @param pools those that this node has, and may own
     * @param redis what decides instead of nodes; null where they do
     */
    public OwnershipVerticle(
            String node,
            ClusterConfig cluster,
            Collection<String> pools,
            Membership membership,
            @Nullable RedisLink redis,
            Metrics metrics) {
        this.node = node;
        this.cluster = cluster;
        this.voters = redis == null ? cluster.voters() : List.of(RedisArbiter.NAME);
        this.arbiter = redis == null
                ? null
                : new RedisArbiter(redis, answer -> context.runOnContext(turn -> leases().onMail(answer, now())));
        this.pools = List.copyOf(pools);
        this.membership = membership;
        this.metrics = metrics;
    }

    private static Moment now() {
        return new Moment(System.nanoTime(), System.currentTimeMillis());
    }

    @Override
    public Future<?> start() {
        members = new TreeMap<>(membership.now());
        members.putIfAbsent(node, System.currentTimeMillis());
        Moment start = now();
        Leases made = new Leases(new PoolLease.Seat(node, voters, members.keySet()), pools, new BusEffects(), start);
        leases = made;
        spread = new Spread(node, start.nanos());
        watch = new Watch(pools, cluster.voters(), start.nanos());
        membership.onChange(names -> context.runOnContext(turn -> onMembers(names)));
        vertx.eventBus()
                .<LeaseEnd>localConsumer(Addresses.LEASES_OVER, message -> leases().giveUp(message.body(), now()));
        return Future.all(
                        new Inbound(vertx.eventBus(), metrics)
                                .listen(Addresses.leaseMailOf(node), (body, message) -> onMail(body)),
                        vertx.eventBus()
                                .<Inquiry>localConsumer(Addresses.inquiry("ownership"), this::onInquiry)
                                .completion(),
                        seeStoredEpochs(made))
                .onSuccess(listening -> {
                    onTick();
                    vertx.setPeriodic(LeaseTimes.TICK, timer -> onTick());
                });
    }

    /** The owners whose values are stored may all be gone; nothing where there is no store. */
    private Future<?> seeStoredEpochs(Leases made) {
        return bus().<StoredEpochs>request(Addresses.STORE_EPOCHS, new StoreEpochsQuery())
                .onSuccess(answer -> answer.body().epochs().forEach(made::seenEpoch))
                .otherwiseEmpty();
    }

    private Leases leases() {
        if (leases == null) {
            throw new IllegalStateException("not started");
        }
        return leases;
    }

    private boolean onMail(Object body) {
        if (body instanceof LeaseMail mail) {
            leases().onMail(mail, now());
            return true;
        }
        return false;
    }

    private void onMembers(SortedMap<String, Long> names) {
        SortedMap<String, Long> next = new TreeMap<>(names);
        next.putIfAbsent(node, System.currentTimeMillis());
        if (next.keySet().equals(members.keySet())) {
            return;
        }
        members = next;
        Moment now = now();
        if (spread != null) {
            spread.onChange(now.nanos());
        }
        publishMembers();
        leases().onMembers(members.keySet(), now);
    }

    private void onTick() {
        Moment now = now();
        leases().onTick(now);
        ticks++;
        if (ticks % TICKS_PER_OWNERS == 0) {
            leases().owners().values().forEach(this::publish);
        }
        if (ticks % TICKS_PER_MEMBERS == 1) {
            publishMembers();
            shareOut(now);
        }
        if (ticks % TICKS_PER_PROBES == 1) {
            probe();
        }
        look(now);
        if (leaving && leases().idle()) {
            left.tryComplete();
        }
    }

    private void look(Moment now) {
        if (watch == null) {
            return;
        }
        watch.look(leases(), members.keySet(), now.nanos());
        String trouble = watch.trouble();
        served |= trouble.isEmpty();
        // clients that come before the first owner does are as well here as anywhere
        if (served && !trouble.equals(lastTrouble)) {
            LOG.atInfo().log(trouble.isEmpty() ? "this node is ready" : "this node is not ready: " + trouble);
            bus().publish(Addresses.READINESS, new Readiness(trouble.isEmpty(), trouble));
            lastTrouble = trouble;
        }
    }

    private void probe() {
        // to itself too: the way there is looked up like any other
        members.keySet().stream()
                .flatMap(name -> Addresses.allOf(name).stream())
                .forEach(address -> vertx.eventBus().send(address, new Probe(node)));
    }

    private void shareOut(Moment now) {
        if (spread == null || leaving) {
            return;
        }
        Spread.Move move = spread.next(leases().owners().values(), members.keySet(), now.nanos());
        if (move != null) {
            LOG.atInfo()
                    .addKeyValue("pool", move.pool())
                    .addKeyValue("to", move.to())
                    .log("this node owns more pools than others, it hands one over");
            leases().handOver(move.pool(), move.to(), now);
        }
    }

    private NodeBus bus() {
        return new NodeBus(vertx.eventBus());
    }

    private void publish(PoolOwner owner) {
        bus().publish(Addresses.OWNERS, owner);
    }

    private void publishMembers() {
        bus().publish(Addresses.MEMBERS, new Members(new TreeMap<>(members).navigableKeySet()));
    }

    private void onInquiry(Message<Inquiry> message) {
        JsonObject arguments = message.body().arguments();
        OwnershipDesk desk = new OwnershipDesk(node, voters, members, leases());
        message.reply(
                "move".equals(arguments.getString("command"))
                        ? desk.move(arguments.getString("pool"), arguments.getString("to"), now())
                        : Finding.of(desk.report()));
    }

    /** Why this node does not serve as it should; empty if it does. To be called from any thread. */
    public String trouble() {
        Watch looking = watch;
        return looking == null ? "" : looking.trouble();
    }

    /** Gives everything away; completes when nothing is owned here. */
    public Future<Void> leave() {
        context.runOnContext(turn -> {
            leaving = true;
            leases().leave(now());
            if (leases().idle()) {
                left.tryComplete();
            }
        });
        return left.future();
    }

    private final class BusEffects implements Leases.Effects {
        @Override
        public void mail(String to, LeaseMail mail) {
            if (arbiter != null && to.equals(RedisArbiter.NAME)) {
                arbiter.take(mail);
                return;
            }
            // a name that no live node has would be looked up in the cluster each time
            if (members.containsKey(to)) {
                vertx.eventBus().send(Addresses.leaseMailOf(to), mail);
            }
        }

        @Override
        public void granted(LeaseGrant grant) {
            bus().send(Addresses.leaseOf(grant.pool()), grant);
        }

        @Override
        public void ended(LeaseEnd end) {
            bus().<LeaseEnd>request(Addresses.leaseOf(end.pool()), end).onComplete(answer -> {
                if (answer.succeeded() || nobodyThere(answer.cause())) {
                    leases().onUpstreamClosed(end, now());
                } else {
                    LOG.atError()
                            .addKeyValue("pool", end.pool())
                            .addKeyValue("epoch", end.epoch())
                            .log("upstream does not end, the lease is not released: " + answer.cause());
                }
            });
        }

        private boolean nobodyThere(Throwable cause) {
            return cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
        }

        @Override
        public void owner(PoolOwner owner, boolean first) {
            if (spread != null) {
                spread.onChange(System.nanoTime());
            }
            if (!first) {
                LOG.atInfo()
                        .addKeyValue("pool", owner.pool())
                        .addKeyValue("owner", owner.node())
                        .addKeyValue("epoch", owner.epoch())
                        .log(owner.heard() ? "the pool has an owner" : "the owner of the pool is silent");
            }
            publish(owner);
        }
    }
}
