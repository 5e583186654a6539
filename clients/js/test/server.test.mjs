// The client on real sockets, against small nodes that come and go: run by `node --test`.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Tickmesh } from "../tickmesh.js";
import { FakeNode, Market } from "./fake.mjs";
import { outside } from "./outside.mjs";
import { short } from "./world.mjs";

const { WebSocket } = outside("ws");
const TOPIC = "trade/x:A";
const clients = [];

function connect(...urls) {
  const mesh = new Tickmesh(urls, { WebSocket });
  clients.push(mesh);
  return mesh;
}

after(() => clients.forEach((mesh) => mesh.close()));

function until(what, condition, mesh) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`never: ${what}; ${JSON.stringify(mesh.connection)}`)), 10_000);
    const look = () => {
      if (condition()) {
        clearTimeout(late);
        resolve();
      } else {
        setTimeout(look, 10);
      }
    };
    look();
  });
}

test("without a WebSocket the client says what to do, and why it is not connected", async (context) => {
  const kept = globalThis.WebSocket;
  globalThis.WebSocket = undefined;
  context.after(() => (globalThis.WebSocket = kept));
  const mesh = new Tickmesh("ws://127.0.0.1:1");
  await until("the reason", () => /pass one/.test(mesh.connection.why), mesh);
  mesh.close();
});

test("killed nodes: each tick once, in order, from whichever node is there", async () => {
  const market = new Market();
  const nodes = [await new FakeNode(market, "one").start(), await new FakeNode(market, "two").start()];
  const mesh = connect(...nodes.map(({ url }) => url));
  const heard = [];
  const subscription = mesh.subscribe(TOPIC, (event) => event.seq && heard.push(short(event)));
  await subscription.ready;
  await until("the snapshot", () => heard.length === 1, mesh);
  market.tick(TOPIC);
  await until("a tick", () => heard.length === 2, mesh);
  for (const [gone, other] of [[0, 1], [1, 0]]) {
    await nodes[gone].stop();
    market.tick(TOPIC);
    market.tick(TOPIC);
    await until("the other node", () => mesh.connection.state === "open" && mesh.connection.node === ["one", "two"][other], mesh);
    const count = heard.length;
    market.tick(TOPIC);
    await until("what was missed", () => heard.length >= count + 1 && heard.at(-1).endsWith(`.${market.of(TOPIC).length}`), mesh);
    await nodes[gone].start();
  }
  assert.deepEqual(heard, ["snapshot 7.1", ...Array.from({ length: 7 }, (_, i) => `tick 7.${i + 2}`)]);
  assert.equal(mesh.violations, 0);
  assert.deepEqual(nodes.flatMap(({ requests }) => requests).filter(({ type }) => type === "subscribe").length, 1);
  mesh.close();
  await Promise.all(nodes.map((node) => node.stop()));
});

test("a leaving node is obeyed, and connected to again", async () => {
  const market = new Market();
  const node = await new FakeNode(market, "one").start();
  const mesh = connect(node.url);
  const states = [];
  mesh.on("connection", ({ state, code }) => states.push(code === null ? state : `${state} ${code}`));
  const subscription = mesh.subscribe(TOPIC);
  await subscription.ready;
  const left = Date.now();
  node.say({ type: "leaving", retry_after_ms: 300 });
  await node.stop(1001);
  await node.start();
  await until("it is open again", () => states.filter((state) => state === "open").length === 2, mesh);
  assert.ok(Date.now() - left >= 290);
  assert.deepEqual(states, ["connecting", "open", "waiting 1001", "connecting 1001", "open"]);
  mesh.close();
  await node.stop();
});
