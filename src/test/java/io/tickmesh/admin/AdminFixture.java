package io.tickmesh.admin;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Codecs;
import io.tickmesh.bus.Finding;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.LedgerChange;
import io.tickmesh.bus.LedgerNews;
import io.tickmesh.bus.LedgerQuery;
import io.tickmesh.bus.Members;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.config.ManagementConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.market.Catalog;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Symbology;
import io.tickmesh.market.Topic;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The management port of node n1, its parts played by the test, with n2 and n3 beside it: n1 owns fmp.stock, n2
 * fmp.crypto, nobody fmp.forex.
 */
abstract class AdminFixture {
    static final String TOKEN = "let-me-in-please";

    final Vertx vertx = Vertx.vertx();
    final NodeBus bus = new NodeBus(vertx.eventBus());
    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final Set<String> ledger = new ConcurrentSkipListSet<>();
    final List<String> told = new CopyOnWriteArrayList<>();
    volatile String trouble = "";
    private final HttpClient http = vertx.createHttpClient();
    final ManagementVerticle management = new ManagementVerticle(
            new ManagementVerticle.Setup(
                    "n1",
                    new ManagementConfig("127.0.0.1", 0, new Secret(TOKEN)),
                    new Catalog(List.of(new AnySymbols())),
                    new Metrics(registry),
                    2,
                    10_000,
                    () -> new JsonObject().put("state", "off")),
            registry,
            () -> trouble);

    record Reply(int status, String text, String type) {
        JsonObject json() {
            return new JsonObject(text);
        }

        List<String> items(String key) {
            return json().getJsonArray("items").stream()
                    .map(each -> ((JsonObject) each).getString(key))
                    .toList();
        }

        String next() {
            return json().getString("next");
        }
    }

    private static final class AnySymbols implements Symbology {
        @Override
        public String provider() {
            return "fmp";
        }

        @Override
        public String canonical(String symbol) {
            return symbol.toUpperCase(java.util.Locale.ROOT);
        }

        @Override
        public Set<Kind> kindsOf(String symbol) {
            return Set.of(Kind.TRADE, Kind.QUOTE);
        }

        @Override
        public void requireOffered(Topic topic) {
            if (!kindsOf("").contains(topic.kind())) {
                throw new IllegalArgumentException("not offered: " + topic);
            }
        }

        @Override
        public String poolOf(String symbol) {
            return symbol.endsWith("USD") ? "fmp.crypto" : symbol.startsWith("EUR") ? "fmp.forex" : "fmp.stock";
        }
    }

    @BeforeEach
    void start() {
        Codecs.registerOn(vertx.eventBus());
        part("ownership", this::ownership);
        part("node", arguments -> node("n1", arguments));
        part("subscription", arguments -> Finding.of(json("{'sessions':{'stream':3},'held':4,'pins':1}")));
        part(
                "channels",
                arguments -> "busy".equals(arguments.getString("name"))
                        ? Finding.refused(503, "too many messages are under way on this node")
                        : Finding.of(json("{'reached':2}")));
        part("pool.fmp.stock", arguments -> pool("n1", "fmp.stock", arguments));
        part("sessions.0", arguments -> sessions(arguments, "n1/0-1", "n1/0-2", "n1/0-10"));
        part("sessions.1", arguments -> sessions(arguments, "n1/1-1"));
        remote("n2", inquiry -> switch (inquiry.subject()) {
            case "node" -> node("n2", inquiry.arguments());
            case "subscription" -> Finding.of(json("{'sessions':{},'held':0,'pins':1}"));
            case "pool.fmp.crypto" -> pool("n2", "fmp.crypto", inquiry.arguments());
            case "sessions", "sessions.0" -> sessions(inquiry.arguments(), "n2/0-1", "n2/0-2");
            case "ownership" -> ownership(inquiry.arguments());
            default -> Finding.refused(404, "nothing on node n2 knows of " + inquiry.subject());
        });
        vertx.eventBus().localConsumer(Addresses.LEDGER, this::onLedger);
        result(vertx.deployVerticle(management));
        members("n1", "n2");
    }

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    void members(String... names) {
        bus.publish(Addresses.MEMBERS, new Members(new TreeSet<>(List.of(names))));
    }

    void part(String subject, Function<JsonObject, Finding> answer) {
        vertx.eventBus().<Inquiry>localConsumer(Addresses.inquiry(subject), message -> {
            told.add("n1 " + subject + ' ' + message.body().arguments().encode());
            message.reply(answer.apply(message.body().arguments()));
        });
    }

    void remote(String node, Function<Inquiry, Finding> answer) {
        vertx.eventBus().<Inquiry>consumer(Addresses.commandOf(node), message -> {
            Inquiry asked = message.body();
            told.add(node + ' ' + asked.subject() + ' ' + asked.arguments().encode());
            message.reply(answer.apply(asked));
        });
    }

    /** A node that is there and says nothing. */
    void silent(String node) {
        vertx.eventBus().consumer(Addresses.commandOf(node), message -> {});
    }

    static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    private Finding ownership(JsonObject arguments) {
        if (arguments.containsKey("command")) {
            return arguments.getString("to").equals("n1")
                    ? Finding.refused(409, "node n1 owns it already")
                    : Finding.of(new JsonObject());
        }
        return Finding.of(json("{'node':'n1','rule':'live members','voters':[],'members':[{'name':'n1','since':1},"
                + "{'name':'n2','since':2}],'pools':["
                + "{'pool':'fmp.crypto','owner':'n2','epoch':8,'heard':true,'here':true},"
                + "{'pool':'fmp.forex','owner':null,'epoch':null,'heard':false,'here':true},"
                + "{'pool':'fmp.stock','owner':'n1','epoch':7,'heard':true,'here':true}]}"));
    }

    private static Finding node(String name, JsonObject arguments) {
        return Finding.of(json("{'node':'" + name + "','version':'tickmesh 1','started':5,'ready':true,'reason':'',"
                + "'clients':'127.0.0.1:1','management':'127.0.0.1:2','draining':"
                + "drain".equals(arguments.getString("command")) + "}"));
    }

    private static Finding pool(String owner, String pool, JsonObject arguments) {
        if (arguments.containsKey("command")) {
            return Finding.of(new JsonObject());
        }
        List<String> topics = pool.equals("fmp.stock")
                ? List.of("quote/fmp:AAPL", "trade/fmp:AAPL", "trade/fmp:MSFT")
                : List.of("quote/fmp:BTCUSD", "trade/fmp:BTCUSD");
        return switch (arguments.getString("ask")) {
            case "feed" ->
                Finding.of(json("{'pool':'" + pool + "','feed':'" + pool.replace("fmp.", "fmp-")
                        + "','provider':'fmp','mode':'sim','owner':'" + owner + "','epoch':7,'state':'streaming',"
                        + "'reason':'','since':9,'paused':false,'attempts':0,'retry_at':null,'capacity':500,"
                        + "'registered':3,'frames_per_second':1.5,'ticks_per_second':2,'last_error':null,"
                        + "'last_error_at':null,'links':[{'node':'n2','in_flight':1,'waiting':0}]}"));
            case "topics" -> topics(topics, arguments);
            default ->
                topics.contains(arguments.getString("topic"))
                        ? Finding.of(topic(arguments.getString("topic")))
                        : Finding.refused(404, "no node holds it");
        };
    }

    private static JsonObject topic(String text) {
        return json("{'topic':'" + text + "','state':'live','reason':'','since':3,'epoch':7,'seq':9,'age_ms':12,"
                + "'newest':{'time':1,'received':2,'price':1.5},'pinned':false,'holders':{'n1':2}}");
    }

    private static Finding topics(List<String> all, JsonObject arguments) {
        List<String> rest = all.stream()
                .filter(each -> each.compareTo(arguments.getString("after")) > 0)
                .toList();
        List<String> page = rest.subList(0, Math.min(rest.size(), arguments.getInteger("limit")));
        return Finding.of(new JsonObject()
                .put(
                        "topics",
                        new JsonArray(page.stream().map(AdminFixture::topic).toList()))
                .put("next", page.size() < rest.size() ? page.get(page.size() - 1) : null));
    }

    private static Finding sessions(JsonObject arguments, String... ids) {
        List<String> all = List.of(ids);
        if ("cut".equals(arguments.getString("command"))) {
            return all.contains(arguments.getString("id"))
                    ? Finding.of(new JsonObject())
                    : Finding.refused(404, "no such session");
        }
        List<String> rest = all.subList(all.indexOf(arguments.getString("after")) + 1, all.size());
        List<String> page = rest.subList(0, Math.min(rest.size(), arguments.getInteger("limit")));
        return Finding.of(new JsonObject()
                .put(
                        "sessions",
                        new JsonArray(page.stream()
                                .map(id -> json("{'id':'" + id + "','dialect':'stream','address':'127.0.0.1:5',"
                                        + "'since':4,'topics':2,'queue':0,'conflated':0,'loop':0}"))
                                .toList()))
                .put("next", page.size() < rest.size() ? page.get(page.size() - 1) : null));
    }

    private void onLedger(Message<Object> message) {
        if (message.body() instanceof LedgerQuery query) {
            Set<String> found = new HashSet<>(ledger);
            found.removeIf(key -> !key.startsWith(query.prefix()));
            message.reply(new LedgerNews(found, Set.of()));
        } else if (message.body() instanceof LedgerChange change) {
            Set<String> added = new HashSet<>(change.add());
            added.removeIf(key -> !ledger.add(key));
            Set<String> removed = new HashSet<>(change.remove());
            removed.removeIf(key -> !ledger.remove(key));
            message.reply(new LedgerNews(added, removed));
        }
    }

    static <T> T result(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    Reply get(String path) {
        return call(HttpMethod.GET, path, null);
    }

    Reply post(String path, String body) {
        return call(HttpMethod.POST, path, body.replace('\'', '"'), "Content-Type", "application/json");
    }

    Reply delete(String path) {
        return call(HttpMethod.DELETE, path, null);
    }

    /** Headers as name, value, ...; Host is one of them. */
    Reply call(HttpMethod method, String path, @Nullable String body, String... headers) {
        return call("127.0.0.1", method, path, body, headers);
    }

    Reply call(String address, HttpMethod method, String path, @Nullable String body, String... headers) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            given.put(headers[i], headers[i + 1]);
        }
        String host = given.getOrDefault("Host", address);
        given.remove("Host");
        RequestOptions options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(management.port(), address))
                .setHost(host)
                .setPort(management.port())
                .setMethod(method)
                .setURI(path);
        given.forEach(options::putHeader);
        // asked for on the event loop, before the body can have gone by
        return result(http.request(options)
                .compose(request -> (body == null ? request.send() : request.send(body)).compose(AdminFixture::reply)));
    }

    private static Future<Reply> reply(HttpClientResponse response) {
        return response.body()
                .map((Buffer body) -> new Reply(
                        response.statusCode(), body.toString(), String.valueOf(response.getHeader("Content-Type"))));
    }

    /** All pages of a list, each of so many items. */
    List<String> walk(String path, String key, int limit) {
        List<String> all = new ArrayList<>();
        String cursor = "";
        for (int pages = 0; pages < 50; pages++) {
            String after = cursor.isEmpty() ? "" : "&after=" + cursor;
            Reply page = get(path + (path.contains("?") ? '&' : '?') + "limit=" + limit + after);
            all.addAll(page.items(key));
            if (page.next() == null) {
                return all;
            }
            cursor = page.next();
        }
        throw new AssertionError("never ends: " + all);
    }

    /** The values of a list member of an answer. */
    static Stream<Object> in(JsonObject answer, String key) {
        return answer.getJsonArray(key).stream();
    }
}
