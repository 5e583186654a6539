package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.MILLI;
import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.bus.Members;
import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.Topic;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import io.tickmesh.upstream.kis.Kis;
import io.tickmesh.upstream.kis.KisHours;
import io.tickmesh.upstream.kiwoom.Kiwoom;
import io.tickmesh.upstream.upbit.Upbit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ObjLongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An hour in which two hundred topics are filled in over REST, in simulated time, against the strictest reading of each
 * provider's limit: any second, refused calls counted too, on ways that are not equally long for all calls.
 */
class RestHourTest {
    private static final long HOUR = 3_600 * SECOND;
    private static final long BEAT = SECOND / 2;
    private static final int INSTRUMENTS = 100;
    private static final int NODES = 3;
    private static final long MOST_DELAY_MILLIS = 50;
    private static final long MOST_ANSWER_MILLIS = 80;

    /** An orderly takeover: from the last call of the one to the first of the other. */
    private static final long TAKEOVER = 300 * MILLI;

    private static final int TENURES = 12;

    /** A provider, how many calls it takes in any second, and what it has to answer. */
    enum Exchange {
        KIS("https://openapi.koreainvestment.com:9443", 18, 15),
        KIS_PAPER("https://openapivts.koreainvestment.com:29443", 1, 0.9),
        KIWOOM("https://api.kiwoom.com", 5, 4),
        /** Of each group of calls; two calls a second for the books and one for the trades are all that is wanted. */
        UPBIT("https://api.upbit.com", 10, 3);

        private final String restUrl;
        private final int perSecond;
        private final double usual;

        Exchange(String restUrl, int perSecond, double usual) {
            this.restUrl = restUrl;
            this.perSecond = perSecond;
            this.usual = usual;
        }

        private Provider provider() {
            return switch (this) {
                case KIS, KIS_PAPER -> new Kis(new KisHours());
                case KIWOOM -> new Kiwoom(Set.of());
                case UPBIT -> new Upbit(1);
            };
        }

        private String symbol(int number) {
            return this == UPBIT ? "KRW-S" + (1_000 + number) : String.valueOf(200_000 + 10 * number);
        }

        /** What a limit is kept for. */
        private String group(RestCall call) {
            return this == UPBIT ? call.path().replaceFirst("\\?.*", "") : "";
        }

        private List<String> instruments(RestCall call) {
            return switch (this) {
                case KIS, KIS_PAPER -> List.of(call.path().substring(call.path().lastIndexOf('=') + 1));
                case KIWOOM -> List.of(call.body().replaceAll("\\D+", ""));
                case UPBIT ->
                    asksForMarkets(call)
                            ? List.of()
                            : List.of(call.path()
                                    .substring(call.path().indexOf('=') + 1)
                                    .split(",", -1));
            };
        }

        private boolean asksForMarkets(RestCall call) {
            return call.path().startsWith("/v1/market/all");
        }

        private String markets() {
            return IntStream.range(0, 2 * INSTRUMENTS)
                    .mapToObj(number -> "{'market':'" + symbol(number) + "'}")
                    .collect(Collectors.joining(",", "[", "]"));
        }

        private String answer(RestCall call, long price) {
            if (asksForMarkets(call)) {
                return markets();
            }
            boolean book = Stream.of("asking-price", "mrkcond", "orderbook").anyMatch(call.path()::contains);
            return switch (this) {
                case KIS, KIS_PAPER ->
                    book
                            ? "{'rt_cd':'0','msg_cd':'MCA00000','output1':{'askp1':'" + (price + 100)
                                    + "','askp_rsqn1':'15','bidp1':'" + price + "','bidp_rsqn1':'20'}}"
                            : "{'rt_cd':'0','msg_cd':'MCA00000','output':{'stck_prpr':'" + price + "'}}";
                case KIWOOM ->
                    book
                            ? "{'sel_fpr_bid':'+" + (price + 100) + "','sel_fpr_req':'1','buy_fpr_bid':'-" + price
                                    + "','buy_fpr_req':'3','return_code':0}"
                            : "{'cur_prc':'+" + price + "','return_code':0}";
                case UPBIT ->
                    instruments(call).stream()
                            .map(each -> book
                                    ? "{'market':'" + each
                                            + "','timestamp':1827302400155,'orderbook_units':[{'ask_price':"
                                            + (price + 100) + ",'bid_price':" + price + ",'ask_size':1,'bid_size':2}]}"
                                    : "{'market':'" + each
                                            + "','trade_timestamp':1827302400155,'timestamp':1827302400155,"
                                            + "'trade_volume':1,'trade_price':" + price + "}")
                            .collect(Collectors.joining(",", "[", "]"));
            };
        }
    }

    /** Something that happens at a time. */
    private record Due(long at, Runnable what) {}

    /** An owner, its provider, and time. */
    private static final class Hour implements PoolEngine.Uplink {
        private final Exchange exchange;
        private final Random random = new Random(11);
        private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
        private final Map<String, Deque<Long>> lastSecond = new HashMap<>();
        private final Map<String, Integer> asked = new HashMap<>();
        private final List<Topic> topics = new ArrayList<>();
        private final PoolSetup setup;
        private final Metrics metrics = new Metrics(new SimpleMeterRegistry());
        private final PoolMeters meters;
        private PoolEngine engine;
        private Outbox outbox;
        private long epoch;
        private long now;
        private int calls;
        private int refused;

        Hour(Exchange exchange) {
            this.exchange = exchange;
            Provider provider = exchange.provider();
            FeedConfig.Manner manner =
                    new FeedConfig.Manner(1, false, FeedConfig.SocketMode.DISABLED, FeedConfig.Hours.ALWAYS, "");
            FeedConfig feed = new FeedConfig(
                    provider.name(),
                    provider.name(),
                    "",
                    FeedConfig.Mode.LIVE,
                    "wss://nowhere",
                    exchange.restUrl,
                    41,
                    FeedConfig.Overflow.FALLBACK,
                    exchange == Exchange.UPBIT
                            ? Map.of()
                            : Map.of("app_key", new Secret("made-up"), "app_secret", new Secret("made up")),
                    null,
                    manner);
            setup = new PoolSetup("n1", List.of(feed), UpstreamConfig.DEFAULTS, Setups.LINGER, provider);
            meters = new PoolMeters(metrics, setup.pool());
            for (int i = 0; i < INSTRUMENTS; i++) {
                topics.add(Topic.parse("trade/" + provider.name() + ':' + exchange.symbol(i)));
                topics.add(Topic.parse("book/" + provider.name() + ':' + exchange.symbol(INSTRUMENTS + i)));
            }
            outbox = new Outbox(setup.pool(), "n1", epoch, meters, () -> {});
            engine = owner();
        }

        private PoolEngine owner() {
            epoch++;
            outbox = new Outbox(setup.pool(), "n1", epoch, meters, () -> {});
            Map<String, Secret> tokens = Map.of("access", new Secret("made.up.token"));
            PoolEngine.Memory memory = new PoolEngine.Memory(
                    name -> new Retries(UpstreamConfig.DEFAULTS, () -> 0),
                    feed -> Pass.withoutTokens(new Access(feed, tokens)),
                    Shelf.none());
            return new PoolEngine(setup, epoch, memory, this, outbox, meters, () -> now / MILLI);
        }

        /** Begins with the interest of all nodes. */
        private Hour own(int nodes) {
            boolean takeover = epoch > 1;
            Set<String> names = new TreeSet<>();
            for (int node = 1; node <= nodes; node++) {
                names.add("n" + node);
            }
            Beginning beginning =
                    new Beginning(new InterestBook(epoch), new Members(new TreeSet<>(names)), false, takeover);
            engine.start(beginning, now);
            for (String node : names) {
                List<InterestUpdate.Entry> entries = topics.stream()
                        .map(topic -> new InterestUpdate.Entry(topic, 1, false))
                        .toList();
                engine.onInterest(
                        new InterestUpdate(node, setup.pool(), epoch, 1, InterestUpdate.Form.FULL, 0, entries), now);
            }
            return this;
        }

        private void takeOver(int nodes) {
            engine.stop();
            engine = owner();
            pass(TAKEOVER, false);
            own(nodes);
        }

        private void pass(long nanos) {
            pass(nanos, true);
        }

        private void pass(long nanos, boolean owned) {
            long end = now + nanos;
            long beatAt = now + BEAT;
            while (now < end) {
                @Nullable Due first = due.peek();
                long next = Math.min(end, beatAt);
                next = first == null ? next : Math.min(next, first.at());
                if (owned) {
                    long wait = Math.min(HOUR, engine.nanosToWake(now));
                    next = Math.min(next, now + Math.max(MILLI, wait));
                }
                now = Math.max(now, next);
                while (first != null && first.at() <= now) {
                    due.remove();
                    first.what().run();
                    first = due.peek();
                }
                if (owned) {
                    turn(now >= beatAt);
                }
                beatAt = now >= beatAt ? now + BEAT : beatAt;
            }
        }

        private void turn(boolean beat) {
            engine.wake(now);
            if (beat) {
                engine.beat(now);
                List<LinkReceipt> receipts = new ArrayList<>();
                outbox.flush((node, batch) ->
                        receipts.add(new LinkReceipt(node, setup.pool(), batch.epoch(), batch.number(), false)));
                receipts.forEach(each -> engine.onReceipt(each, now));
            }
        }

        @Override
        public void call(FeedConfig feed, RestCall call, ObjLongConsumer<@Nullable RestReply> then) {
            PoolEngine asking = engine;
            long arrives = now + random.nextLong(MOST_DELAY_MILLIS * MILLI);
            due.add(new Due(arrives, () -> {
                RestReply reply = serve(call);
                long answered = now + MILLI + random.nextLong(MOST_ANSWER_MILLIS * MILLI);
                due.add(new Due(answered, () -> {
                    if (asking == engine) {
                        then.accept(reply, now);
                        engine.say();
                    }
                }));
            }));
        }

        /** The provider. */
        private RestReply serve(RestCall call) {
            calls++;
            Deque<Long> window = lastSecond.computeIfAbsent(exchange.group(call), group -> new ArrayDeque<>());
            while (!window.isEmpty() && now - window.peekFirst() >= SECOND) {
                window.removeFirst();
            }
            window.addLast(now);
            if (window.size() > exchange.perSecond) {
                refused++;
                return reply(429, "{'rt_cd':'1','msg_cd':'EGW00201','return_code':5,'return_msg':'[1700: too fast]'}");
            }
            exchange.instruments(call).forEach(each -> asked.merge(each, 1, Integer::sum));
            return reply(200, exchange.answer(call, 70_000 + calls % 100 * 100));
        }

        private static RestReply reply(int status, String body) {
            return new RestReply(status, Map.of(), body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public UpstreamLine line(LinkPlan plan) {
            throw new AssertionError("no socket is wanted");
        }

        @Override
        public void ask(String node) {
            // all have told
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeverBeTooFastInAnHourAndYetUseWhatIsAllowed(Exchange exchange) {
        Hour hour = new Hour(exchange).own(NODES);
        for (int tenure = 1; tenure < TENURES; tenure++) {
            hour.pass(HOUR / TENURES + tenure * 137L * MILLI);
            hour.takeOver(NODES);
        }
        hour.pass(HOUR / TENURES);

        double expected = exchange.usual * HOUR / SECOND;
        assertThat(hour.refused).as("of %s calls", hour.calls).isZero();
        assertThat((double) hour.calls).isBetween(expected * 0.9, expected * 1.1);
        assertThat(hour.metrics.counter(Count.REST_FAILURES, hour.setup.pool()).count())
                .as("answers that nobody could read")
                .isZero();
        assertThat(hour.asked).as("no topic is left out").hasSize(2 * INSTRUMENTS);
        int evenShare = hour.asked.values().stream().mapToInt(Integer::intValue).sum() / (2 * INSTRUMENTS);
        assertThat(hour.asked.values()).allMatch(times -> times > evenShare / 2);
    }

    @ParameterizedTest
    @EnumSource
    void shouldAskForThreeNodesAsOftenAsForOne(Exchange exchange) {
        Hour alone = new Hour(exchange).own(1);
        Hour together = new Hour(exchange).own(NODES);
        alone.pass(HOUR / 30);
        together.pass(HOUR / 30);

        assertThat(together.calls).isBetween(alone.calls - 5, alone.calls + 5);
    }

    /** So that the hour proves something: the model does refuse who is too fast. */
    @Test
    void shouldRefuseWhoIsTooFast() {
        Hour hour = new Hour(Exchange.KIWOOM);
        RestCall call = new RestCall("POST", "/api/dostk/stkinfo", Map.of(), "{\"stk_cd\":\"200000\"}");
        for (int i = 0; i < 6; i++) {
            hour.serve(call);
        }
        assertThat(hour.refused).isEqualTo(1);
    }
}
