// Contract 4's API: run by `node --test`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { World } from "./world.mjs";

const TICKER = "ticker/upbit:KRW-BTC";
const BOOK = "book/upbit:KRW-BTC";

function summary(type, seq, price) {
  return { type, topic: TICKER, epoch: 1, seq, state: "live", received: 1, price };
}

function collectGarbage() {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

function running() {
  const world = new World();
  const component = world.mesh.component("my_app");
  const heard = [];
  component.subscribeTicker(["KRW-BTC"], (event) => heard.push([event.symbol, event.trade_price, event.stream_type]));
  world.hello();
  world.accept();
  world.say(summary("snapshot", 1, 100));
  return { world, component, heard };
}

test("a ticker comes as snapshot, then stream", () => {
  const { world, heard } = running();
  world.say(summary("tick", 2, 101));
  assert.deepEqual(world.asked("subscribe")[0].topics, [TICKER]);
  assert.deepEqual(heard, [["KRW-BTC", 100, "SNAPSHOT"], ["KRW-BTC", 101, "REALTIME"]]);
});

test("an order book travels beside it, level by level", () => {
  const { world, component } = running();
  const heard = [];
  component.subscribeOrderbook(["KRW-BTC"], (event) => heard.push(event));
  world.pass(0);
  world.accept();
  world.say({ type: "snapshot", topic: BOOK, epoch: 1, seq: 1, state: "live", asks: [[11, 1], [12, 2]], bids: [[10, 3]] });
  assert.equal(world.sockets.length, 1);
  assert.equal(heard[0].symbol, "KRW-BTC");
  assert.deepEqual(heard[0].orderbook_units, [
    { ask_price: 11, bid_price: 10, ask_size: 1, bid_size: 3 },
    { ask_price: 12, bid_price: null, ask_size: 2, bid_size: null },
  ]);
});

test("components with different preferences share one topic", () => {
  const { world, heard } = running();
  const other = world.mesh.component("other", { provider: "upbit" });
  const once = [];
  const changes = [];
  other.subscribeTicker("KRW-BTC", (event) => once.push(event.trade_price), "snapshot_only");
  other.subscribeTicker("upbit:KRW-BTC", (event) => changes.push(event.trade_price), "realtime_only");
  world.pass(0);
  world.say(summary("tick", 2, 101), summary("tick", 3, 102));
  assert.deepEqual(once, [100]);
  assert.deepEqual(changes, [101, 102]);
  assert.equal(heard.length, 3);
  assert.equal(world.asked("subscribe").length, 1);
});

test("a price is asked for once, and none in time is null", async () => {
  const { world, component } = running();
  const known = component.price("KRW-BTC");
  world.pass(0);
  assert.equal(await known, 100);
  const none = component.price("KRW-ETH", { timeout: 500 });
  world.pass(0);
  assert.equal(world.asked("subscribe").at(-1).preference, "snapshot_only");
  world.accept();
  world.pass(500);
  assert.equal(await none, null);
  world.pass(0);
  assert.deepEqual(world.asked("unsubscribe").at(-1).topics, ["ticker/upbit:KRW-ETH"]);
  const refused = component.price("BAD");
  world.pass(0);
  const { id } = world.asked("subscribe").at(-1);
  world.say({ type: "subscribed", id, results: [{ topic: "x", ok: false, code: "bad_topic", message: "", retry: false }] });
  assert.equal(await refused, null);
  assert.equal(world.mesh.getAllConnectionMetrics().subscriptions, 1);
});

test("a closed component needs nothing any more", () => {
  const { world, component, heard } = running();
  component.close();
  world.say(summary("tick", 2, 101));
  world.pass(0);
  assert.equal(heard.length, 1);
  assert.deepEqual(world.asked("unsubscribe")[0].topics, [TICKER]);
  assert.throws(() => component.subscribeTicker("KRW-BTC", () => {}), /my_app is closed/);
});

test("a component that vanishes takes its needs with it, one that is kept does not", async () => {
  const { world, component, heard } = running();
  let calls = 0;
  (function forgets() {
    const forgotten = world.mesh.component("forgotten");
    // a callback that names its component does not keep it
    forgotten.subscribeTicker(["KRW-ETH"], () => (calls += forgotten.name.length));
  })();
  world.pass(0);
  world.accept();
  const eth = (type, seq) => ({ ...summary(type, seq, 5), topic: "ticker/upbit:KRW-ETH" });
  world.say(eth("snapshot", 1));
  assert.ok(calls > 0);
  for (let i = 0; i < 20 && world.mesh.getHealthStatus().components.length > 1; i++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    collectGarbage();
  }
  world.pass(0);
  assert.deepEqual(world.mesh.getHealthStatus().components, ["my_app"]);
  assert.deepEqual(world.asked("unsubscribe").map(({ topics }) => topics), [["ticker/upbit:KRW-ETH"]]);
  world.say(summary("tick", 2, 101));
  assert.equal(heard.length, 2);
  assert.equal(component.name, "my_app");
});

test("health follows the connection, metrics count", () => {
  const { world, component } = running();
  assert.equal(component.getHealthStatus().status, "healthy");
  assert.ok(component.getAllConnectionMetrics().total_processed >= 2);
  world.cut();
  assert.equal(component.getHealthStatus().status, "unhealthy");
  assert.match(component.getHealthStatus().reason, /connection lost/);
});
