package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.sim.SessionRecord;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * A node whose stock feed is made to fail, and who must not suffer: clients of both dialects that hold a stock, and
 * others that hold a crypto pair. Each test has symbols of its own.
 */
final class FaultBench implements AutoCloseable {
    static final long REFUSED_PAUSE_MILLIS = 1_500;
    static final String LOST = "WebSocket connection closed";
    static final String MANY_ATTEMPTS = "Max reconnection attempts reached";

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final AtomicInteger TESTS = new AtomicInteger();

    private final NodeUnderTest node;
    private final String symbol = "S" + TESTS.incrementAndGet();
    private final List<SocketClient> clients = new ArrayList<>();
    private final StreamLedger stockLedger = new StreamLedger();
    private final StreamLedger cryptoLedger = new StreamLedger();
    private final SocketClient stockStream;
    private final SocketClient stockPrices;
    private final SocketClient cryptoStream;
    private final SocketClient cryptoPrices;
    private final long cryptoSession;
    private int price = 100;

    /** A node that is quick to notice and to come back. */
    static NodeUnderTest hastyNode() {
        return NodeUnderTest.still(
                100,
                "limits.linger=0ms",
                "upstream.watchdog=2s",
                "upstream.login_timeout=300ms",
                "upstream.ack_timeout=300ms",
                "upstream.quiet_window=20ms",
                "upstream.backoff_first=50ms",
                "upstream.backoff_doublings=2",
                "upstream.backoff_most=200ms",
                "upstream.stable_after=300ms",
                "upstream.refused_pause=" + REFUSED_PAUSE_MILLIS + "ms");
    }

    /** Begins with everything well, and nothing held but by these clients. */
    FaultBench(NodeUnderTest node) {
        this.node = node;
        NodeUnderTest.await(node.sim().reset());
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> session("stock").tickers().isEmpty()
                        && session("crypto").tickers().isEmpty()
                        && node.metric("tickmesh_feed_attempts") == 0
                        && node.metric("tickmesh_feed_connected") == 3);
        stockStream = stream("trade/fmp:" + symbol);
        cryptoStream = stream("trade/fmp:BTCUSD");
        stockPrices = prices(symbol);
        cryptoPrices = prices("BTCUSD");
        awaitLive(stockStream, stockLedger, "trade/fmp:" + symbol);
        awaitLive(cryptoStream, cryptoLedger, "trade/fmp:BTCUSD");
        expectTicks();
        NodeUnderTest.await(node.sim().reset());
        cryptoSession = session("crypto").id();
    }

    /** The stock that the clients of this test hold. */
    String symbol() {
        return symbol;
    }

    String ticker() {
        return symbol.toLowerCase(Locale.ROOT);
    }

    /** The client of contract 1 that holds the stock. */
    SocketClient prices() {
        return stockPrices;
    }

    /** What the native client that holds the stock has seen. */
    StreamLedger ledger() {
        return stockLedger;
    }

    /** The next frame of a type that comes to the native client that holds the stock. */
    JsonObject next(String type) {
        return stockStream.nextInto(stockLedger, type);
    }

    /** Reads on as the native client that holds the stock. */
    void read(BooleanSupplier enough) {
        stockStream.readInto(stockLedger, enough);
    }

    String topic() {
        return "trade/fmp:" + symbol;
    }

    SocketClient stream(String... topics) {
        SocketClient client = node.stream();
        clients.add(client);
        client.send("{'type':'subscribe','topics':['" + String.join("','", topics) + "']}");
        client.next("subscribed");
        return client;
    }

    SocketClient prices(String held) {
        SocketClient client = node.prices();
        clients.add(client);
        client.send("{'action':'subscribe','symbols':['" + held + "']}");
        client.next("subscription");
        return client;
    }

    static void awaitLive(SocketClient client, StreamLedger ledger, String topic) {
        client.readInto(ledger, () -> ledger.topics() > 0 && ledger.state(topic).equals("live"));
    }

    /** The newest session of a feed that the simulator let in. */
    SessionRecord session(String feed) {
        return await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .until(
                        () -> sessions(feed).stream()
                                .filter(each -> each.isOpen() && each.isLoggedIn())
                                .reduce((older, newer) -> newer),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The sessions of a feed since the test began, oldest first. */
    List<SessionRecord> sessions(String feed) {
        return node.sim().sessions().stream()
                .filter(each -> each.feed().equals(feed))
                .toList();
    }

    void fault(String name, Object... members) {
        JsonObject body = new JsonObject().put("feed", "stock");
        for (int i = 0; i < members.length; i += 2) {
            body.put((String) members[i], members[i + 1]);
        }
        node.fault(name, body);
    }

    double counter(String name, String... labels) {
        return node.metric("tickmesh_upstream_" + name + "_total", labels);
    }

    /** A trade of the stock, now. */
    String trade(String lastPrice) {
        return "{'s':'" + ticker() + "','t':" + System.currentTimeMillis() + "000000,'type':'T','lp':" + lastPrice
                + ",'ls':1}";
    }

    /** A fresh trade on both feeds reaches all four clients, nothing in between being out of order. */
    void expectTicks() {
        int next = ++price;
        node.emit("stock", trade(Integer.toString(next)));
        node.emit(
                "crypto",
                "{'s':'btcusd','t':" + System.currentTimeMillis() + "0000000,'e':'binance','type':'T','lp':" + next
                        + ",'ls':1}");
        readUntil(stockStream, stockLedger, "trade/fmp:" + symbol, next);
        readUntil(cryptoStream, cryptoLedger, "trade/fmp:BTCUSD", next);
        stockPrices.next(frame -> Integer.valueOf(next).equals(frame.getValue("last_price")));
        cryptoPrices.next(frame -> {
            assertThat(frame.getString("type")).as("%s", frame).isEqualTo("price_update");
            return Integer.valueOf(next).equals(frame.getValue("last_price"));
        });
    }

    private static void readUntil(SocketClient client, StreamLedger ledger, String topic, int lastPrice) {
        client.readInto(
                ledger,
                () -> ledger.topics() > 0
                        && Integer.valueOf(lastPrice).equals(ledger.value(topic).getValue("price")));
    }

    /** The stock feed is back, and nothing else has even noticed. */
    void expectHealed() {
        awaitLive(stockStream, stockLedger, "trade/fmp:" + symbol);
        expectTicks();
        assertThat(session("crypto").id()).isEqualTo(cryptoSession);
        assertThat(node.metric("tickmesh_cache_lost_ticks_total")).isZero();
        assertThat(node.metric("tickmesh_client_closed_total", "too_slow")).isZero();
    }

    @Override
    public void close() {
        clients.forEach(SocketClient::close);
    }
}
