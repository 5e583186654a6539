package io.tickmesh.client.stock;

import io.tickmesh.client.Audience;
import io.tickmesh.client.Dialect;
import io.tickmesh.client.DialectMeters;
import io.tickmesh.client.JsonRequest;
import io.tickmesh.client.JsonRequest.BadRequest;
import io.tickmesh.client.Membership;
import io.tickmesh.client.Session;
import io.tickmesh.config.LimitsConfig;
import io.tickmesh.config.StockConfig;
import io.tickmesh.market.Catalog;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Printable;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Contract 2: {@code subscribe}, {@code unsubscribe}, {@code list_subscriptions}, {@code ping}. */
public final class StockDialect implements Dialect {
    /** The dialect's name in metrics and interest reports. */
    public static final String NAME = "stock";

    private static final String PROVIDER = "kis";

    private final Catalog catalog;
    private final LimitsConfig limits;
    private final StockConfig config;
    private final Delay delay;

    /** Runs a task on the event loop after a time. */
    public interface Delay {
        void run(Duration after, Runnable task);
    }

    public StockDialect(Catalog catalog, LimitsConfig limits, StockConfig config, Delay delay) {
        this.catalog = catalog;
        this.limits = limits;
        this.config = config;
        this.delay = delay;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void onOpen(Session session) {
        session.attach(new Requests());
        session.send(StockFrames.GREETING);
    }

    @Override
    public void onText(Session session, String text) {
        if (requests(session).add(text)) {
            carryOut(session);
        } else {
            refuse(session, "too many requests at once, wait for the answers");
        }
    }

    private static Requests requests(Session session) {
        return Objects.requireNonNull(session.attachment(Requests.class));
    }

    private void carryOut(Session session) {
        Requests requests = requests(session);
        for (String text = requests.next(); text != null; text = requests.next()) {
            try {
                onRequest(session, JsonRequest.object(text));
            } catch (BadRequest e) {
                refuse(session, e.text());
            }
        }
    }

    @Override
    public void onBinary(Session session) {
        refuse(session, "Binary frames are not supported, send JSON text");
    }

    @Override
    public void onTooFast(Session session, String words) {
        session.send(StockFrames.error(words));
    }

    private static void refuse(Session session, String message) {
        session.meters().badRequest();
        session.send(StockFrames.error(message));
    }

    private void onRequest(Session session, JsonObject request) {
        Object action = request.getValue("action");
        switch (action instanceof String text ? text : "") {
            case "subscribe" -> subscribe(session, codes(session, request));
            case "unsubscribe" -> unsubscribe(session, codes(session, request));
            case "list_subscriptions" -> list(session);
            case "ping" -> session.send(StockFrames.PONG);
            default ->
                throw new BadRequest(
                        StockTexts.unknownAction(action == null ? StockTexts.ABSENT : Printable.of(action.toString())));
        }
    }

    /** The contract lets the rest of a request go on: the warning comes before its answer. */
    private Codes codes(Session session, JsonObject request) {
        Codes codes = Codes.of(request, limits.symbolsPerRequest());
        if (!codes.invalid().isEmpty()) {
            session.meters().badRequest();
            session.send(StockFrames.warning(codes.invalid()));
        }
        return codes;
    }

    private void subscribe(Session session, Codes codes) {
        Requests requests = requests(session);
        requests.busy(true);
        new StockSubscribe(session, config, limits.topicsPerSession(), codes, () -> {
                    requests.busy(false);
                    carryOut(session);
                })
                .run(this::topic, delay);
    }

    private Topic topic(String code) {
        return Topic.of(Kind.TRADE, catalog.instrument(PROVIDER, code));
    }

    private void unsubscribe(Session session, Codes codes) {
        List<String> left = codes.sound().stream()
                .filter(code -> session.hub().leave(session, topic(code)))
                .toList();
        session.send(StockFrames.unsubscribed(left, session.memberships().size()));
    }

    private void list(Session session) {
        List<String> codes = session.memberships().keySet().stream()
                .map(topic -> ((Topic) topic).instrument().symbol())
                .toList();
        session.send(StockFrames.list(codes, registrations(session), config.slots()));
    }

    /**
     * What the owner says that the provider carries for all clients of all nodes. It carries a new code only after a while, but
     * never is the whole told to be less than this client's part.
     */
    private int registrations(Session session) {
        String pool = catalog.poolOf(topic("000000"));
        int told = session.hub().connectionsOf(pool).stream()
                .mapToInt(FeedStatus::registered)
                .sum();
        long own = session.memberships().values().stream()
                .filter(StockDialect::hasSlot)
                .count();
        return Math.max(told, (int) own);
    }

    private static boolean hasSlot(Membership member) {
        TopicState state = ((StockAudience) member.audience()).line().state();
        return state == null || !state.lacksSlot();
    }

    @Override
    public void onFeed(FeedStatus before, FeedStatus now, Iterable<Session> sessions) {
        // the contract has no words for it
    }

    @Override
    public Audience audienceOf(Object subject, DialectMeters meters) {
        return new StockAudience((Topic) subject, meters);
    }
}
