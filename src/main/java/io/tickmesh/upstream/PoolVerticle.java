package io.tickmesh.upstream;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.FeedNews;
import io.tickmesh.bus.HistoryAsk;
import io.tickmesh.bus.HistoryPage;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.bus.LeaseEnd;
import io.tickmesh.bus.LeaseGrant;
import io.tickmesh.bus.LedgerNews;
import io.tickmesh.bus.LedgerQuery;
import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.bus.Members;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.PoolOwner;
import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.Topic;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One pool on this node. It listens at any time, and acts for the pool only while this node holds the lease: each epoch
 * is a {@link Tenure} of its own.
 */
public final class PoolVerticle extends VerticleBase {
    private static final long BEAT_MILLIS = 500;
    private static final String PAUSES = "pause:";

    /** While this node does not own the pool, interest is only noted. */
    private static final InterestBook.Changes NOBODY = new InterestBook.Changes() {
        @Override
        public void onNode(String node) {}

        @Override
        public void onHeld(String node, Topic topic) {}

        @Override
        public void onReleased(String node, Topic topic) {}
    };

    private final PoolSetup setup;
    private final PoolMeters meters;
    private final Metrics metrics;
    private PoolEngine.Memory memory;
    private @Nullable Duration writeInterval;
    private @Nullable WriteBehind store;
    private final Map<String, Retries> retries = new HashMap<>();
    private final Map<String, AccountPass> passes = new HashMap<>();

    /** What nodes told to an epoch that this node was not granted yet: their news may be faster than the lease. */
    private InterestBook early = new InterestBook(Long.MIN_VALUE);

    private long ended = Long.MIN_VALUE;
    private boolean paused;
    private boolean pauseKnown;
    private @Nullable Members members;
    /** What other owners said last of each connection. */
    private final Map<String, FeedStatus> heard = new HashMap<>();

    private @Nullable Tenure tenure;

    /**
     * A pool of one or more feeds.
     *
     * @param node the name of this node
     * @param feeds already pointed at a simulator where they are to be simulated
     * @param linger the interest of a node that left is kept so long
     * @param historyBytes bound of the short history that sessions resume from
     */
    public PoolVerticle(
            String node,
            List<FeedConfig> feeds,
            UpstreamConfig timing,
            Duration linger,
            Provider provider,
            long historyBytes,
            Metrics metrics) {
        this.setup = new PoolSetup(node, feeds, timing, linger, provider, historyBytes);
        this.metrics = metrics;
        this.meters = new PoolMeters(metrics, setup.pool());
        this.memory = new PoolEngine.Memory(this::retriesOf, this::passOf, Shelf.none());
    }

    /** What it tells is to be stored at that interval, and what earlier owners stored to be told until there is news. */
    public PoolVerticle storing(Duration interval) {
        writeInterval = interval;
        memory = new PoolEngine.Memory(this::retriesOf, this::passOf, Shelf.empty());
        return this;
    }

    @Override
    public Future<?> start() {
        EventBus bus = vertx.eventBus();
        String pool = setup.pool();
        vertx.setPeriodic(BEAT_MILLIS, timer -> withTenure(Tenure::beat));
        return Future.all(
                        bus.<InterestUpdate>localConsumer(Addresses.interestIn(pool), this::onInterest)
                                .completion(),
                        bus.<LinkReceipt>localConsumer(Addresses.receiptsIn(pool), this::onReceipt)
                                .completion(),
                        bus.localConsumer(Addresses.leaseOf(pool), this::onLease)
                                .completion(),
                        bus.<Inquiry>localConsumer(Addresses.inquiry("pool." + pool), this::onInquiry)
                                .completion(),
                        bus.<Members>localConsumer(Addresses.MEMBERS, this::onMembers)
                                .completion(),
                        Future.all(
                                bus.<FeedNews>localConsumer(Addresses.FEED_NEWS, this::onFeedNews)
                                        .completion(),
                                bus.<LedgerNews>localConsumer(Addresses.LEDGER_NEWS, this::onLedgerNews)
                                        .completion(),
                                bus.<HistoryAsk>localConsumer(Addresses.historyIn(pool), this::onHistory)
                                        .completion()))
                .onSuccess(listening -> askForPauses())
                .compose(listening -> startStore());
    }

    private Future<?> startStore() {
        @Nullable Duration interval = writeInterval;
        if (interval == null) {
            return Future.succeededFuture();
        }
        WriteBehind behind = new WriteBehind(vertx, setup.pool(), memory.shelf(), metrics, this::holds);
        store = behind;
        return vertx.eventBus()
                .<PoolOwner>localConsumer(Addresses.OWNERS, message -> onOwner(message.body(), behind))
                .completion()
                .compose(listening -> behind.start(interval));
    }

    /** Who takes over from an owner that has fallen silent should know what that one said. */
    private void onOwner(PoolOwner owner, WriteBehind behind) {
        if (owner.pool().equals(setup.pool()) && !owner.heard() && !holds()) {
            behind.recall();
        }
    }

    private Retries retriesOf(String link) {
        return retries.computeIfAbsent(
                link,
                name -> new Retries(
                        setup.timing(), () -> ThreadLocalRandom.current().nextDouble()));
    }

    private Pass passOf(FeedConfig feed) {
        List<TokenRecipe> recipes = setup.provider().tokens();
        return recipes.isEmpty() ? Pass.withoutTokens(new Access(feed, Map.of())) : accountOf(feed, recipes);
    }

    private AccountPass accountOf(FeedConfig feed, List<TokenRecipe> recipes) {
        return passes.computeIfAbsent(
                feed.id(),
                id -> new AccountPass(vertx, feed, recipes, setup.timing(), TokenDirectory.of(feed), this::holds));
    }

    private boolean holds() {
        Tenure current = tenure;
        return current != null && current.holds(System.nanoTime());
    }

    private void withTenure(Consumer<Tenure> action) {
        if (tenure != null) {
            action.accept(tenure);
        }
    }

    private void onInterest(Message<InterestUpdate> message) {
        InterestUpdate update = message.body();
        Tenure current = tenure;
        if (current != null && update.epoch() <= current.epoch()) {
            if (update.epoch() == current.epoch()) {
                current.onInterest(update);
            }
            return;
        }
        if (update.epoch() > early.epoch()) {
            early = new InterestBook(update.epoch());
        }
        early.apply(update, NOBODY);
    }

    private void onReceipt(Message<LinkReceipt> message) {
        LinkReceipt receipt = message.body();
        Tenure current = tenure;
        if (current != null && receipt.epoch() == current.epoch()) {
            current.onReceipt(receipt);
        }
    }

    private void onHistory(Message<HistoryAsk> message) {
        Tenure current = tenure;
        HistoryPage own = current == null ? new HistoryPage(List.of()) : current.history(message.body());
        if (current == null || store == null) {
            message.reply(own);
        } else {
            store.history(message.body(), current.epoch(), own).onSuccess(message::reply);
        }
    }

    private void onMembers(Message<Members> message) {
        Members now = message.body();
        members = now;
        withTenure(current -> current.onMembers(now));
    }

    private void onInquiry(Message<Inquiry> message) {
        Tenure current = tenure;
        message.reply(
                current == null
                        ? PoolInquiries.notOwned()
                        : current.answer(message.body().arguments()));
    }

    /** What another owner says of the feed; should this node take over, it goes on from there. */
    private void onFeedNews(Message<FeedNews> message) {
        FeedStatus status = message.body().status();
        boolean ofAnother =
                status.pool().equals(setup.pool()) && !status.owner().equals(setup.node());
        if (ofAnother) {
            heard.merge(status.feed(), status, (old, news) -> news.epoch() >= old.epoch() ? news : old);
        }
    }

    private void askForPauses() {
        new NodeBus(vertx.eventBus())
                .<LedgerNews>request(Addresses.LEDGER, new LedgerQuery(PAUSES))
                .onSuccess(answer -> {
                    pauseKnown = true;
                    onPauses(answer.body());
                });
    }

    private void onLedgerNews(Message<LedgerNews> message) {
        onPauses(message.body());
    }

    private void onPauses(LedgerNews news) {
        String key = PAUSES + setup.pool();
        boolean now = news.added().contains(key) || (paused && !news.removed().contains(key));
        if (now != paused) {
            paused = now;
            withTenure(current -> current.pause(now));
        }
    }

    private void onLease(Message<Object> message) {
        if (message.body() instanceof LeaseGrant grant) {
            onGrant(grant);
        } else if (message.body() instanceof LeaseEnd end) {
            onEnd(end).onComplete(gone -> message.reply(end));
        }
    }

    private void onGrant(LeaseGrant grant) {
        Tenure current = tenure;
        if (current != null && grant.epoch() <= current.epoch()) {
            if (grant.epoch() == current.epoch()) {
                current.extend(grant);
                if (current.ranOut()) {
                    // it came too late: this epoch is over here, whatever the voters think
                    new NodeBus(vertx.eventBus())
                            .send(Addresses.LEASES_OVER, new LeaseEnd(setup.pool(), grant.epoch(), false));
                }
            }
            return;
        }
        long now = System.nanoTime();
        long wallMillis = System.currentTimeMillis();
        if (grant.epoch() <= ended || !grant.validAt(now, wallMillis)) {
            return;
        }
        Future<Void> gone = Future.succeededFuture();
        if (current != null) {
            current.end();
            gone = current.socketGone();
        }
        long mine = current == null ? Long.MIN_VALUE : current.epoch();
        for (FeedStatus status : heard.values()) {
            if (status.epoch() < grant.epoch() && status.epoch() > mine) {
                retriesOf(status.feed()).inherit(status, now, wallMillis);
                inheritTokens(status);
            }
        }
        begin(new Tenure(vertx, setup, meters, memory, grant, gone), grant);
    }

    private void inheritTokens(FeedStatus status) {
        for (FeedConfig feed : setup.feeds()) {
            List<TokenRecipe> recipes = setup.provider().tokens();
            if (feed.id().equals(status.feed()) && !status.tokens().isEmpty() && !recipes.isEmpty()) {
                accountOf(feed, recipes).inherit(status.tokens());
            }
        }
    }

    private void begin(Tenure next, LeaseGrant grant) {
        InterestBook book = early.epoch() == grant.epoch() ? early : new InterestBook(grant.epoch());
        tenure = next;
        if (store != null) {
            store.recall();
        }
        next.begin(new Beginning(book, members, paused, grant.takeover()));
        if (!pauseKnown) {
            askForPauses();
        }
    }

    private Future<Void> onEnd(LeaseEnd end) {
        ended = Math.max(ended, end.epoch());
        Tenure current = tenure;
        if (current == null || current.epoch() > end.epoch()) {
            return Future.succeededFuture();
        }
        if (end.orderly()) {
            Future<Void> left = current.leave();
            flush();
            return left;
        }
        current.lose();
        return current.socketGone();
    }

    @Override
    public Future<?> stop() {
        passes.values().forEach(AccountPass::close);
        Future<Void> left = tenure == null ? Future.succeededFuture() : tenure.leave();
        return left.eventually(this::flush);
    }

    /** Of an epoch that ends in order the last words are stored too. */
    private Future<Void> flush() {
        return store == null ? Future.succeededFuture() : store.flush();
    }
}
