// The client against a running node with simulated feeds: TICKMESH_URL=http://127.0.0.1:8390 node --test

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Tickmesh } from "../tickmesh.js";
import { nodeUrl, outside } from "./outside.mjs";

const { WebSocket } = outside("ws");
const TRADE = "trade/fmp:BTCUSD";
const TOPICS = [TRADE, "quote/fmp:AAPL", "trade/upbit:KRW-BTC", "book/upbit:KRW-BTC", "ticker/upbit:KRW-BTC"];
const clients = [];

function connect(options = {}) {
  const mesh = new Tickmesh(nodeUrl(), { WebSocket, ...options });
  clients.push(mesh);
  return mesh;
}

after(() => clients.forEach((mesh) => mesh.close()));

/** Reads a subscription until the condition holds. */
async function read(subscription, condition) {
  const events = [];
  const signal = AbortSignal.timeout(60_000);
  signal.addEventListener("abort", () => subscription.unsubscribe());
  for await (const event of subscription.events({ limit: 100_000 })) {
    events.push(event);
    if (condition(events)) {
      return events;
    }
  }
  throw new Error(`never so: ${condition}, of ${events.length} events ${JSON.stringify(events.slice(-3))}`);
}

const of = (events, type) => events.filter((event) => event.type === type);

for (const [name, options] of [["JSON", {}], ["compact arrays in batches", { format: "compact", batch: 50 }]]) {
  test(`every kind comes: a snapshot, then ticks whose numbers rise, as ${name}`, async () => {
    const mesh = connect({ numbers: "string", ...options });
    const subscription = mesh.subscribe([...TOPICS, "trade/nowhere:X"]);
    const events = await read(subscription, (all) =>
      TOPICS.every((topic) => all.filter((event) => event.type === "tick" && event.topic === topic).length >= 5),
    );
    const results = await subscription.ready;
    assert.deepEqual(results.map(({ ok }) => ok), [true, true, true, true, true, false]);
    assert.equal(results.at(-1).code, "bad_topic");
    const ticks = of(events, "tick");
    assert.ok(ticks.every(({ received }) => Number.isSafeInteger(received)));
    const trade = ticks.find(({ topic }) => topic === TRADE);
    assert.match(trade.price, /^\d+(\.\d+)?$/);
    const book = ticks.find(({ topic }) => topic.startsWith("book/"));
    assert.match(book.asks[0][0], /^\d+(\.\d+)?$/);
    const side = ticks.find((tick) => tick.side !== undefined)?.side;
    assert.ok(["buy", "sell"].includes(side), `a side: ${side}`);
    assert.equal(mesh.violations, 0, mesh.violationLog.join());
    assert.ok(mesh.roundTrip < 1_000);
    assert.ok(mesh.age(ticks.at(-1)) < 5_000);
  });
}

test("a bounded rate is kept, told, and changed while running", async () => {
  const mesh = connect();
  const subscription = mesh.subscribe("book/upbit:KRW-BTC", { maxRate: 2, fields: ["asks"] });
  const events = await read(subscription, (all) => of(all, "conflated").length >= 1 && of(all, "tick").length >= 6);
  const times = [];
  assert.ok(of(events, "tick").every((tick) => tick.asks && !tick.bids));
  subscription.configure({ maxRate: 1, fields: null });
  await read(subscription, (all) => {
    times.push(performance.now());
    return of(all, "tick").filter((tick) => tick.bids).length >= 3;
  });
  assert.ok(times.at(-1) - times.at(0) >= 1_500, `${times.at(-1) - times.at(0)}`);
  assert.equal(mesh.violations, 0, mesh.violationLog.join());
});

test("a connection that is cut goes on without a seam", async () => {
  const sockets = [];
  class Remembered extends WebSocket {
    constructor(url) {
      super(url);
      sockets.push(this);
    }
  }
  const mesh = connect({ WebSocket: Remembered });
  const subscription = mesh.subscribe([TRADE, "trade/upbit:KRW-BTC"]);
  const seen = [];
  subscription.on("*", (event) => seen.push(event));
  const ticks = (count) => (all) => of(all, "tick").length >= count;
  await read(subscription, ticks(10));
  sockets.at(-1).terminate();
  await read(subscription, (all) => of(all, "accepted").length >= 2 && of(all, "tick").length >= 10);
  assert.equal(sockets.length, 2);
  assert.equal(of(seen, "snapshot").length, 2, "one each, from before the cut");
  assert.equal(of(seen, "reset").length, 0);
  assert.equal(of(seen, "gap").length, 0);
  for (const topic of subscription.topics) {
    const numbers = of(seen, "tick").filter((tick) => tick.topic === topic).map(({ seq }) => seq);
    assert.deepEqual(numbers, numbers.map((_, i) => numbers[0] + i), `${topic} is whole`);
  }
  assert.equal(mesh.violations, 0, mesh.violationLog.join());
});

test("contract 4: tickers, order books and one-off prices by components", async () => {
  const mesh = connect();
  const component = mesh.component("my_app");
  assert.ok((await component.price("KRW-ETH", { timeout: 10_000 })) > 0);
  assert.equal(await component.price("KRW-NOSUCHCOIN$", { timeout: 10_000 }), null);
  const heard = { ticker: [], orderbook: [] };
  const enough = new Promise((resolve) => {
    const on = (event) => {
      heard[event.type].push(event);
      if (heard.ticker.length >= 3 && heard.orderbook.length >= 3) {
        resolve();
      }
    };
    component.subscribeTicker(["KRW-BTC"], on);
    component.subscribeOrderbook(["KRW-BTC"], on, "realtime_only");
  });
  await enough;
  assert.ok(heard.ticker.every(({ symbol, trade_price }) => symbol === "KRW-BTC" && trade_price > 0));
  assert.ok(heard.orderbook.every(({ stream_type, orderbook_units: units }) => stream_type === "REALTIME" && units[0].ask_price > 0));
  assert.equal(component.getHealthStatus().status, "healthy");
  assert.ok(component.getAllConnectionMetrics().total_processed > 6);
  assert.equal(mesh.violations, 0, mesh.violationLog.join());
});

test("what is wanted twice is held once", async () => {
  const mesh = connect();
  const first = mesh.subscribe(TRADE);
  await read(first, (all) => of(all, "tick").length >= 2);
  const second = mesh.subscribe(TRADE.toLowerCase());
  const [accepted, snapshot, tick] = await read(second, (all) => of(all, "tick").length >= 1);
  assert.deepEqual([accepted.type, snapshot.type, tick.type], ["accepted", "snapshot", "tick"]);
  assert.equal(tick.seq, snapshot.seq + 1);
  assert.equal(mesh.getAllConnectionMetrics().topics, 1);
});
