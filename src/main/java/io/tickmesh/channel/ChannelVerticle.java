package io.tickmesh.channel;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.ChannelCall;
import io.tickmesh.bus.Inbound;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.Members;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.Reached;
import io.tickmesh.bus.RoomDelivery;
import io.tickmesh.bus.RoomMessage;
import io.tickmesh.bus.RoomUpdate;
import io.tickmesh.bus.StoreUp;
import io.tickmesh.config.ChannelsConfig;
import io.tickmesh.metrics.Level;
import io.tickmesh.metrics.Metrics;
import io.tickmesh.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The channel service of one node. Each client id, user and channel has a home among the nodes, which keeps the directory of
 * who is in it and where; the homes are found by rendezvous and told anew by all nodes whenever these change.
 */
public final class ChannelVerticle extends VerticleBase {
    /** So long a home waits for the nodes that have not told yet who of theirs is in its rooms. */
    private static final long REPORTS_MILLIS = 2_000;

    private static final long LEAVE_MILLIS = 2_000;
    private static final int FAILED = 500;

    private final ChannelsConfig config;
    private final Metrics metrics;
    private final @Nullable RedisLink redis;
    private @Nullable RedisCrossing crossing;
    private @Nullable StoredHistories stored;
    private final View view;
    private final Registry registry = new Registry();
    private Map<String, Long> nodesBefore;
    private boolean someLost;
    private boolean leaving;
    private int answering;
    private Promise<Void> answered = Promise.promise();
    private long patience;
    private volatile int nodes = 1;
    private volatile int awaited;
    private @Nullable Staff staff;

    /** All that needs the bus. */
    private record Staff(
            Home home,
            Loops loops,
            Peers peers,
            Post post,
            Reports reports,
            Homes homes,
            ClientDesk desk,
            Inquiries inquiries) {}

    /** {@code redis} may be null, where channels do not cross into other systems. */
    public ChannelVerticle(String node, ChannelsConfig config, @Nullable RedisLink redis, Metrics metrics) {
        this.config = config;
        this.redis = redis;
        this.metrics = metrics;
        this.view = new View(node, System.currentTimeMillis());
        this.nodesBefore = view.incarnations();
    }

    private Staff hire() {
        NodeBus bus = new NodeBus(vertx.eventBus());
        Loops loops = new Loops(bus, registry);
        Peers peers = new Peers(vertx.eventBus(), config.broadcastBufferSize(), metrics);
        Home home = new Home(view, config, System::currentTimeMillis, new Carrying());
        BiConsumer<Duration, Runnable> later = this::later;
        Post post = new Post(view, home, peers, loops, config, later);
        Homes homes = new Homes(view, home, post, peers, config, later);
        Reports reports = new Reports(view, registry, home, peers);
        ClientDesk desk = new ClientDesk(config, new ClientDesk.Tools(registry, reports, homes, post, loops), metrics);
        Overview overview = new Overview(new Overview.Parts(view, registry, home, homes, peers), bus, metrics);
        Inquiries inquiries = new Inquiries(overview, homes, desk, new PostOutbox(post));
        return new Staff(home, loops, peers, post, reports, homes, desk, inquiries);
    }

    /** What the home decides goes out like any other message. */
    private final class Carrying implements Home.Carrier {
        @Override
        public void deliver(RoomDelivery delivery, Collection<String> nodes) {
            for (String node : nodes) {
                if (node.equals(view.self())) {
                    staff().loops().deliver(delivery);
                } else {
                    staff().peers()
                            .bring(node, delivery)
                            .onFailure(cause -> staff().home().onMissed(node, delivery.room()));
                }
            }
        }

        @Override
        public void evict(String node, String client) {
            if (node.equals(view.self())) {
                staff().desk().evict(client);
            } else {
                staff().peers().ask(node, "evict", new JsonObject().put("client", client));
            }
        }
    }

    private Staff staff() {
        if (staff == null) {
            throw new IllegalStateException("not started");
        }
        return staff;
    }

    @Override
    public Future<?> start() {
        staff = hire();
        cross(staff.post());
        store(staff.home(), staff.post());
        metrics.gauge(Level.CHANNEL_NODES, () -> nodes);
        metrics.gauge(Level.CHANNEL_AWAITED, () -> awaited);
        return Future.all(
                vertx.eventBus()
                        .<ChannelCall>localConsumer(Addresses.CHANNEL_CALLS, message -> onCall(message.body()))
                        .completion(),
                vertx.eventBus()
                        .<Inquiry>localConsumer(Addresses.inquiry(Addresses.CHANNELS), this::onInquiry)
                        .completion(),
                vertx.eventBus()
                        .<StoreUp>localConsumer(Addresses.STORE_UP, message -> onStoreUp())
                        .completion(),
                vertx.eventBus()
                        .<Members>localConsumer(Addresses.MEMBERS, message -> onMembers(message.body()))
                        .completion(),
                new Inbound(vertx.eventBus(), metrics).listen(Addresses.channelOf(view.self()), this::onForeign));
    }

    private void cross(Post post) {
        @Nullable String prefix = config.redisPrefix();
        if (redis != null && prefix != null) {
            crossing = new RedisCrossing(vertx, redis, prefix, config.maxMessageSize(), post, metrics);
            post.crossBy(crossing);
            crossing.open();
        }
    }

    private void store(Home home, Post post) {
        if (redis != null && config.historyMessages() > 0) {
            StoredHistories opened = new StoredHistories(
                    home.histories(), config.historyMessages(), new NodeBus(vertx.eventBus()), this::later, metrics);
            home.histories().keptBy(opened);
            post.openBy(opened);
            stored = opened;
        }
        if (redis != null && config.offlineMessages() > 0) {
            post.storeBy(new OfflineMessages(config, new NodeBus(vertx.eventBus()), metrics));
        }
    }

    private void later(Duration after, Runnable task) {
        vertx.setTimer(after.toMillis(), timer -> task.run());
    }

    private void onStoreUp() {
        if (stored != null) {
            stored.onStoreUp();
        }
        staff().post().handOverAll();
    }

    private void onCall(ChannelCall call) {
        call.request().deliverTo(staff().desk(), call);
    }

    private void onInquiry(Message<Inquiry> message) {
        staff().inquiries().own(message.body()).onSuccess(message::reply);
    }

    private boolean onForeign(Object body, Message<Object> message) {
        if (body instanceof RoomUpdate update) {
            onUpdate(update);
        } else if (body instanceof RoomDelivery delivery) {
            message.reply(new Reached(staff().loops().deliver(delivery)));
        } else if (body instanceof RoomMessage sent) {
            answer(staff().post().take(sent), message);
        } else if (body instanceof Inquiry inquiry) {
            answer(staff().inquiries().foreign(inquiry), message);
        } else {
            return false;
        }
        return true;
    }

    private void answer(Future<?> answer, Message<Object> message) {
        answering++;
        answer.onSuccess(message::reply)
                .onFailure(cause -> message.fail(FAILED, String.valueOf(cause.getMessage())))
                .onComplete(done -> {
                    answering--;
                    if (answering == 0) {
                        answered.tryComplete();
                    }
                });
    }

    private void onMembers(Members members) {
        if (leaving) {
            return;
        }
        if (view.onMembers(members.names())) {
            onNodes();
        }
        staff().reports().greet();
        staff().homes().handOverAgain();
        staff().home().tellMissed();
    }

    private void onUpdate(RoomUpdate update) {
        boolean bye = update.form() == RoomUpdate.Form.BYE;
        boolean changed = bye
                ? view.onBye(update.node(), update.incarnation())
                : view.onHeard(update.node(), update.incarnation());
        if (changed && !leaving) {
            onNodes();
        }
        switch (update.form()) {
            case CHANGE -> staff().home().onChange(update);
            case FULL -> {
                staff().home().onFull(update);
                view.onReport(update.node(), update.view());
                settle();
            }
            case HELLO -> {
                if (update.view() == view.digest() && isWanting(update)) {
                    staff().reports().ask(update.node());
                }
            }
            case ASK -> tellAll(update.node(), staff().homes().handOver());
            case BYE -> {}
        }
    }

    /** Whether something that the node has told, or all, has not come here. */
    private boolean isWanting(RoomUpdate hello) {
        return hello.digest() != staff().home().directory().digestOf(hello.node())
                || view.awaited().contains(hello.node());
    }

    /** Whoever has been told all goes on numbering, so it has the histories before. */
    private void tellAll(String node, Map<String, List<Future<?>>> handedOver) {
        Future.join(handedOver.getOrDefault(node, List.of()))
                .onSuccess(done -> staff().reports().tellAll(node));
    }

    /** Every room may have another home now. */
    private void onNodes() {
        Map<String, Long> nodesNow = view.incarnations();
        Set<String> lost = without(nodesBefore, nodesNow);
        nodesBefore = nodesNow;
        someLost |= !lost.isEmpty();
        Map<String, List<Future<?>>> handedOver = staff().homes().handOver();
        staff().home().onNodes(lost);
        staff().post().unsettle();
        staff().reports().recount();
        view.others().forEach(node -> tellAll(node, handedOver));
        long asked = ++patience;
        vertx.setTimer(REPORTS_MILLIS, timer -> {
            if (asked == patience) {
                if (view.awaitsOneThatWasAway()) {
                    staff().home().histories().renew();
                }
                know();
            }
        });
        settle();
    }

    /** What was started anew is another. */
    private static Set<String> without(Map<String, Long> nodes, Map<String, Long> others) {
        Set<String> rest = new TreeSet<>();
        nodes.forEach((node, since) -> {
            if (!since.equals(others.get(node))) {
                rest.add(node);
            }
        });
        return rest;
    }

    private void settle() {
        nodes = view.nodes().size();
        awaited = view.awaited().size();
        if (awaited == 0) {
            patience++;
            know();
        }
    }

    /** Of users whose home was lost it is not known whether they got all that was stored for them. */
    private void know() {
        staff().home().settle();
        staff().post().settle();
        if (someLost) {
            someLost = false;
            staff().post().handOverAll();
        }
    }

    /** The clients are gone by now; what is known of channels goes to those who keep it from now on, what still comes too. */
    @Override
    public Future<?> stop() {
        leaving = true;
        if (crossing != null) {
            crossing.close();
        }
        view.leave();
        Map<String, List<Future<?>>> handedOver = staff().homes().handOver();
        staff().reports().bye();
        // who answers has heard the goodbye, and all that it sent before that has come
        List<Future<?>> heard = new ArrayList<>();
        view.others().forEach(node -> heard.add(staff().peers().ask(node, "bye", new JsonObject())));
        handedOver.values().forEach(heard::addAll);
        return Future.join(heard)
                .transform(done -> untilAnswered())
                .transform(done -> stored == null
                        ? Future.succeededFuture()
                        : stored.end(view.others().isEmpty()))
                .timeout(LEAVE_MILLIS, TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    private Future<?> untilAnswered() {
        answered = Promise.promise();
        return answering == 0 ? Future.succeededFuture() : answered.future();
    }
}
