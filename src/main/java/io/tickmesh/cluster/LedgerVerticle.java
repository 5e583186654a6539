package io.tickmesh.cluster;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Inbound;
import io.tickmesh.bus.LedgerChange;
import io.tickmesh.bus.LedgerNews;
import io.tickmesh.bus.LedgerQuery;
import io.tickmesh.bus.LedgerUpdate;
import io.tickmesh.bus.Members;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.StoreResult;
import io.tickmesh.bus.StoreUp;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps the ledger of this node the same as those of the others: a change is told at once, and every ten seconds, and to
 * a node that joins, a digest, to which whoever knows something else answers with all it has. Where there is a store that
 * outlives the nodes, it begins with what stands there, and what it knows is entered there too. One per node.
 */
public final class LedgerVerticle extends VerticleBase {
    private static final long DIGEST_MILLIS = 10_000;
    private static final int ENTRIES_PER_MESSAGE = 2_000;
    private static final int REFUSED = 422;

    private final String node;
    private final Metrics metrics;
    private final Ledger ledger;
    private Set<String> others = Set.of();
    private boolean stored;
    private boolean unstored;

    public LedgerVerticle(String node, Metrics metrics) {
        this.node = node;
        this.metrics = metrics;
        this.ledger = new Ledger(node);
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(DIGEST_MILLIS, timer -> {
            ledger.expire(System.currentTimeMillis());
            others.forEach(this::sendDigest);
            if (stored) {
                store(List.of());
            }
        });
        return Future.all(
                        vertx.eventBus()
                                .localConsumer(Addresses.LEDGER, this::onAsked)
                                .completion(),
                        vertx.eventBus()
                                .<Members>localConsumer(Addresses.MEMBERS, message -> onMembers(message.body()))
                                .completion(),
                        new Inbound(vertx.eventBus(), metrics)
                                .listen(Addresses.ledgerOf(node), (body, message) -> onTold(body)),
                        vertx.eventBus()
                                .<StoreUp>localConsumer(Addresses.STORE_UP, message -> learn())
                                .completion())
                .compose(listening -> learn());
    }

    /** Takes what is stored, and stores what it lacks; nothing where there is no store. */
    private Future<?> learn() {
        return new NodeBus(vertx.eventBus())
                .<LedgerUpdate>request(Addresses.STORE_LEDGER, new LedgerQuery(""))
                .onSuccess(answer -> {
                    publish(ledger.merge(answer.body().entries()));
                    stored = true;
                    store(ledger.all());
                })
                .otherwiseEmpty();
    }

    /** What could not be stored is when the store is there again, with all the rest. */
    private void store(List<LedgerUpdate.Entry> entries) {
        new NodeBus(vertx.eventBus())
                .<StoreResult>request(Addresses.STORE_LEDGER, new LedgerUpdate(node, 0, entries))
                .onSuccess(answer -> {
                    boolean again = unstored || answer.body() == StoreResult.FORGOTTEN;
                    unstored = answer.body() == StoreResult.FAILED;
                    if (again && !unstored) {
                        store(ledger.all());
                    }
                });
    }

    private void onAsked(Message<Object> message) {
        if (message.body() instanceof LedgerQuery query) {
            message.reply(new LedgerNews(ledger.keys(query.prefix()), Set.of()));
        } else if (message.body() instanceof LedgerChange change) {
            change(change, message);
        }
    }

    private void change(LedgerChange change, Message<Object> message) {
        List<LedgerUpdate.Entry> changed;
        try {
            changed = ledger.change(change.add(), change.remove(), System.currentTimeMillis());
        } catch (IllegalArgumentException refused) {
            message.fail(REFUSED, refused.getMessage());
            return;
        }
        others.forEach(other -> send(other, changed));
        if (stored) {
            store(changed);
        }
        LedgerNews news = newsOf(changed);
        publish(news);
        message.reply(news);
    }

    private static LedgerNews newsOf(List<LedgerUpdate.Entry> changed) {
        Set<String> added = new TreeSet<>();
        Set<String> removed = new TreeSet<>();
        changed.forEach(entry -> (entry.present() ? added : removed).add(entry.key()));
        return new LedgerNews(added, removed);
    }

    private void publish(LedgerNews news) {
        if (!news.added().isEmpty() || !news.removed().isEmpty()) {
            new NodeBus(vertx.eventBus()).publish(Addresses.LEDGER_NEWS, news);
        }
    }

    private void onMembers(Members members) {
        Set<String> now = new TreeSet<>(members.names());
        now.remove(node);
        Set<String> before = others;
        others = now;
        now.stream().filter(other -> !before.contains(other)).forEach(this::sendDigest);
    }

    private boolean onTold(Object body) {
        if (!(body instanceof LedgerUpdate update)) {
            return false;
        }
        if (!update.entries().isEmpty()) {
            publish(ledger.merge(update.entries()));
        } else if (update.digest() != ledger.digest()) {
            send(update.node(), ledger.all());
        }
        return true;
    }

    private void sendDigest(String to) {
        vertx.eventBus().send(Addresses.ledgerOf(to), new LedgerUpdate(node, ledger.digest(), List.of()));
    }

    private void send(String to, List<LedgerUpdate.Entry> entries) {
        for (int from = 0; from < entries.size(); from += ENTRIES_PER_MESSAGE) {
            List<LedgerUpdate.Entry> part = entries.subList(from, Math.min(entries.size(), from + ENTRIES_PER_MESSAGE));
            vertx.eventBus().send(Addresses.ledgerOf(to), new LedgerUpdate(node, ledger.digest(), part));
        }
    }
}
