// The client against a server and a clock in the hands of the test: run by `node --test`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Continuity, decode, delayBefore, plain, Tickmesh } from "../tickmesh.js";
import { World, short, tick } from "./world.mjs";

const A = "trade/x:A";
const B = "trade/x:B";

test("digits stay as sent where texts are wanted", () => {
  const text = '{"type":"tick","price":201.30,"size":0.00001234,"bid_price":123456789012345678.90,"seq":7,"asks":[[1.10,2]]}';
  assert.deepEqual(decode(text, true), [
    { type: "tick", price: "201.30", size: "0.00001234", bid_price: "123456789012345678.90", seq: 7, asks: [["1.10", "2"]] },
  ]);
  assert.deepEqual(decode(text)[0].price, 201.3);
});

test("what is no decimal stays a number, what is a text stays a text", () => {
  const reason = 'said "price":1.10 and {"size": 2} \\"';
  assert.equal(decode(JSON.stringify({ type: "state", reason }), true)[0].reason, reason);
  const answer = { type: "subscribed", id: 4, results: [{ ok: true, n: 7, code: "005930", missed: 2 }] };
  assert.deepEqual(decode(JSON.stringify(answer), true), [answer]);
  const broken = '{"type":"tick","time":12,"received":13,"broken":{"price":1.50,"size":2}}';
  assert.deepEqual(decode(broken, true)[0], { type: "tick", time: 12, received: 13, broken: { price: "1.50", size: "2" } });
});

test("a batch is several frames, a compact tick is one", () => {
  assert.deepEqual(decode('[{"type":"pong"},[7,1,2]]'), [{ type: "pong" }, [7, 1, 2]]);
  assert.deepEqual(decode("[7,1,2,1.50]", true), [["7", "1", "2", "1.50"]]);
});

test("a message that is no frame is none", () => {
  for (const text of ["", "[]", "null", "7", '{"price":1.}', "{", '["a"]']) {
    assert.equal(decode(text), null, text);
    assert.equal(decode(text, true), null, text);
  }
});

test("exponents are written out", () => {
  assert.equal(plain("1.234e-5"), "0.00001234");
  assert.equal(plain("1.5E3"), "1500");
  assert.equal(plain("-0012.50"), "-12.50");
  assert.equal(plain("1e999999999"), null);
  assert.equal(plain("x"), null);
});

test("unannounced jumps are found, announced ones are not", () => {
  const topic = new Continuity();
  const at = (type, epoch, seq, more = {}) => topic.check({ type, epoch, seq, ...more });
  assert.equal(at("snapshot", 5, 10), null);
  assert.equal(at("tick", 5, 11), null);
  assert.match(at("tick", 5, 13), /seq 13 after 11/);
  assert.equal(at("gap", 0, 0, { lost: 3 }), null);
  assert.equal(at("conflated", 0, 0, { count: 1 }), null);
  assert.equal(at("tick", 5, 18), null);
  assert.match(at("tick", 5, 18), /seq 18 after 18/);
  assert.match(at("tick", 6, 1), /not announced/);
  assert.equal(at("reset", 7, 3), null);
  assert.equal(at("tick", 7, 4), null);
  assert.match(at("reset", 7, 5), /a reset from epoch 7/);
  assert.match(at("snapshot", 7, 5), /second snapshot/);
  assert.match(at("gap", 0, 0, { lost: 0 }), /jump of 0/);
  assert.match(new Continuity().check({ type: "tick", epoch: 1, seq: 1 }), /before the snapshot/);
  assert.match(new Continuity().check({ type: "reset", epoch: 1, seq: 1 }), /before the snapshot/);
  assert.equal(new Continuity({ epoch: 5, seq: 3 }).check({ type: "reset", epoch: 5, seq: 9 }), null);
});

test("the wait doubles to 16 s and stays, half of it by chance", () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 100].map((attempt) => delayBefore(attempt, () => 1));
  assert.deepEqual(longest, [1000, 2000, 4000, 8000, 16000, 16000, 16000, 16000]);
  assert.equal(delayBefore(1, () => 0), 500);
});

test("an address may leave out what is always the same", () => {
  const url = (text, options) => new World(options, text).socket.url;
  assert.equal(url("http://host:8000"), "ws://host:8000/stream");
  assert.equal(url("https://host/market/stream#x"), "wss://host/market/stream");
  assert.equal(url("ws://host/", { format: "compact", batch: 50 }), "ws://host/stream?format=compact&batch=50");
});

test("bad arguments are refused at once", () => {
  const { mesh } = new World();
  assert.throws(() => mesh.subscribe([]), /at least one/);
  assert.throws(() => mesh.subscribe(A, { preference: "all" }), /preference must be one of both/);
  assert.throws(() => mesh.subscribe(A, { maxRate: 0 }), /maxRate must be/);
  assert.throws(() => mesh.subscribe(A, { fields: "price" }), /fields must be/);
  assert.throws(() => mesh.subscribe("trade/x:*", { preference: "snapshot_only" }), /no single snapshot/);
  assert.throws(() => new Tickmesh([]), /no URL/);
  assert.throws(() => new Tickmesh("ws://x", { numbers: "big" }), /numbers must be/);
});

test("what one turn wants is one request", async () => {
  const world = World.subscribed(A);
  world.listen(B);
  world.listen([B, "trade/x:C"], { maxRate: 2 });
  world.pass(0);
  const requests = world.asked("subscribe").slice(1);
  assert.deepEqual(requests.map(({ topics, max_rate }) => [topics, max_rate]), [[[B], undefined], [["trade/x:C"], 2]]);
  const results = await world.subscription.ready;
  assert.deepEqual(results.map(({ topic, ok, state }) => [topic, ok, state]), [[A, true, "live"]]);
});

test("requests keep to the node's limits", () => {
  const world = new World();
  const topics = Array.from({ length: 25 }, (_, i) => `trade/x:S${i}`);
  world.listen(topics);
  world.hello({ limits: { topics_per_request: 10, message_bytes: 65536 } });
  assert.deepEqual(world.asked("subscribe").map((request) => request.topics.length), [10, 10, 5]);
  world.cut(1009, "too large");
  world.pass(1000);
  world.hello({ limits: { topics_per_request: 10, message_bytes: 65536 } });
  assert.deepEqual(world.asked("subscribe").map((request) => request.topics.length), [5, 5, 5, 5, 5]);
});

test("events come in order with the topic as it was written", () => {
  const world = new World();
  const heard = [];
  world.mesh.subscribe("trade/x:a", (event, topic) => heard.push([short(event), event.topic, topic]));
  world.hello();
  const [request] = world.asked("subscribe");
  world.say(
    { type: "subscribed", id: request.id, results: [{ topic: A, ok: true, n: 3, state: "live", reason: "" }] },
    { type: "snapshot", topic: A, n: 3, epoch: 1, seq: 1, state: "live" },
    { type: "gap", topic: A, lost: 1 },
    tick(A, 3),
    { type: "conflated", topic: A, count: 2 },
    tick(A, 6),
    { type: "state", topic: A, state: "stale", reason: "silent", since: 1 },
    { type: "reset", topic: A, epoch: 2, seq: 1, state: "live" },
  );
  assert.deepEqual(heard.map(([event]) => event), [
    "accepted", "snapshot 1.1", "gap 1", "tick 1.3", "conflated 2", "tick 1.6", "state stale", "reset 2.1",
  ]);
  assert.ok(heard.every(([, topic, asked]) => topic === A && asked === "trade/x:a"));
  assert.equal(world.mesh.violations, 0);
  assert.equal(world.mesh.getAllConnectionMetrics().conflated, 2);
});

test("an unannounced jump is told as a gap, and never a tick twice or backwards", () => {
  const world = World.subscribed(A);
  world.heard.length = 0;
  world.say(tick(A, 2), tick(A, 5), tick(A, 5), tick(A, 4));
  assert.deepEqual(world.heard, ["tick 1.2", "gap 2", "tick 1.5"]);
  assert.equal(world.mesh.violations, 3);
  assert.equal(world.mesh.violationLog.length, 3);
});

test("nonsense from a node is counted and harms nothing", () => {
  const world = World.subscribed(A);
  world.heard.length = 0;
  world.sayText("{");
  world.sayText("[[],[1],[1,2,3],{}]");
  world.say({ type: "tick", topic: A }, { type: "tick" }, { type: "snapshot", topic: 7 }, { type: "later", topic: A });
  world.say({ type: "gap", topic: A, lost: -1 }, { type: "subscribed", id: 99 }, { type: "resumed", id: 1, results: null });
  world.say(tick(A, 2));
  assert.deepEqual(world.heard, ["tick 1.2"]);
  assert.equal(world.mesh.getAllConnectionMetrics().lost, 0);
  assert.equal(world.mesh.violations, 4);
});

test("a handler that throws harms nobody", (context) => {
  const world = World.subscribed(A);
  const complaint = context.mock.method(console, "error", () => {});
  world.mesh.subscribe(A, () => {
    throw new Error("mine");
  });
  world.pass(0);
  world.say(tick(A, 2));
  assert.equal(world.heard.at(-1), "tick 1.2");
  assert.ok(complaint.mock.callCount() > 0);
});

test("a topic is held once for all subscriptions, and left with the last", () => {
  const world = World.subscribed(A);
  const other = [];
  const second = world.listen("trade/X:a", {}, other);
  world.pass(0);
  assert.equal(world.asked("subscribe").length, 1);
  assert.deepEqual(other, ["accepted", "snapshot 1.1"], "the snapshot is what is known");
  world.say(tick(A, 2));
  assert.equal(other.at(-1), "tick 1.2");
  second.unsubscribe();
  world.say(tick(A, 3));
  world.pass(0);
  assert.equal(other.length, 3);
  assert.equal(world.heard.at(-1), "tick 1.3");
  world.subscription.unsubscribe();
  world.pass(0);
  assert.deepEqual(world.asked("unsubscribe").map(({ topics }) => topics), [[A]]);
});

test("who comes late hears no tick before the snapshot", () => {
  const world = World.subscribed(A);
  const late = [];
  world.listen(A, {}, late);
  world.say(tick(A, 2));
  world.pass(0);
  world.say(tick(A, 3));
  assert.deepEqual(late, ["accepted", "snapshot 1.2", "tick 1.3"]);
});

test("what is dropped in the turn it was wanted is never asked", () => {
  const world = World.subscribed(A);
  world.listen(B).unsubscribe();
  world.pass(0);
  assert.equal(world.asked("subscribe").length, 1);
  assert.equal(world.asked("unsubscribe").length, 0);
});

test("late ticks of what was dropped and wanted again are no violation", () => {
  const world = World.subscribed(A);
  world.subscription.unsubscribe();
  const again = [];
  world.listen(A, {}, again);
  world.pass(0);
  const [leave] = world.asked("unsubscribe");
  const request = world.asked("subscribe")[1];
  assert.ok(world.socket.sent.indexOf(leave) < world.socket.sent.indexOf(request));
  world.say(tick(A, 2), { type: "unsubscribed", id: leave.id, results: [{ topic: A, ok: true }] });
  world.accept();
  world.say({ type: "snapshot", topic: A, epoch: 1, seq: 3, state: "live" }, tick(A, 4));
  assert.deepEqual(again, ["accepted", "snapshot 1.3", "tick 1.4"]);
  assert.equal(world.mesh.violations, 0);
});

test("snapshot_only is asked so, gives one value and leaves by itself", () => {
  const world = new World();
  const subscription = world.listen(A, { preference: "snapshot_only" });
  world.hello();
  assert.equal(world.asked("subscribe")[0].preference, "snapshot_only");
  world.accept();
  world.say({ type: "snapshot", topic: A, epoch: 1, seq: 5, state: "live", price: 3 }, { type: "done", topic: A });
  world.pass(0);
  assert.deepEqual(world.heard, ["accepted", "snapshot 1.5", "done"]);
  assert.equal(subscription.ended, true);
  assert.equal(world.asked("unsubscribe").length, 0);
  assert.equal(world.mesh.getAllConnectionMetrics().topics, 0);
});

test("snapshot_only on a running topic takes what is known and disturbs nobody", () => {
  const world = World.subscribed(A);
  const once = [];
  world.listen(A, { preference: "snapshot_only" }, once);
  world.pass(0);
  world.say(tick(A, 2));
  assert.deepEqual(once, ["accepted", "snapshot 1.1", "done"]);
  assert.equal(world.heard.at(-1), "tick 1.2");
  assert.deepEqual(world.socket.sent.map(({ type }) => type), ["ping", "subscribe"]);
});

test("a stream wanted while a snapshot is awaited asks for the stream", () => {
  const world = new World();
  const once = [];
  world.listen(A, { preference: "snapshot_only" }, once);
  world.hello();
  world.accept();
  world.listen(A);
  world.pass(0);
  assert.deepEqual(world.asked("unsubscribe")[0].topics, [A]);
  world.accept("unsubscribe");
  assert.equal(world.asked("subscribe")[1].preference, undefined);
  world.accept();
  world.say({ type: "snapshot", topic: A, epoch: 1, seq: 5, state: "live", price: 3 }, tick(A, 6));
  assert.deepEqual(once, ["accepted", "accepted", "snapshot 1.5", "done"]);
  assert.deepEqual(world.heard, ["accepted", "snapshot 1.5", "tick 1.6"]);
});

test("realtime_only beside both gets changes only", () => {
  const world = World.subscribed(A);
  const changes = [];
  world.listen(A, { preference: "realtime_only" }, changes);
  world.pass(0);
  world.say(tick(A, 2));
  assert.deepEqual(changes, ["accepted", "tick 1.2"]);
});

test("each subscription has its own rate; the node is asked for the highest", () => {
  const world = new World();
  const slow = [];
  world.listen(A, { maxRate: 10 });
  const subscription = world.listen(A, { maxRate: 2 }, slow);
  world.hello();
  assert.equal(world.asked("subscribe")[0].max_rate, 10);
  world.accept();
  world.say({ type: "snapshot", topic: A, epoch: 1, seq: 1, state: "live", price: 1 });
  for (let seq = 2; seq < 7; seq++) {
    world.say(tick(A, seq));
    world.pass(100);
  }
  assert.deepEqual(slow, ["accepted", "snapshot 1.1", "tick 1.2", "conflated 3", "tick 1.6"]);
  subscription.configure({ maxRate: 20 });
  world.pass(0);
  assert.deepEqual(world.asked("configure").map(({ topics, max_rate, fields }) => [topics, max_rate, fields]), [[[A], 20, null]]);
  world.accept("configure");
  subscription.configure({ maxRate: null });
  world.pass(0);
  assert.equal(world.asked("configure")[1].max_rate, null);
  assert.equal(world.mesh.violations, 0);
});

test("where the rate is bounded, sums of what was replaced may come later", () => {
  const world = new World();
  world.listen(A, { maxRate: 5 });
  world.hello();
  world.accept();
  world.say({ type: "snapshot", topic: A, epoch: 1, seq: 1, state: "live" }, tick(A, 4));
  world.say({ type: "conflated", topic: A, count: 7 }, tick(A, 9));
  assert.equal(world.mesh.violations, 0);
  assert.deepEqual(world.heard.slice(2), ["tick 1.4", "conflated 7", "tick 1.9"]);
});

test("each subscription has its own members; the node is asked for all of them", () => {
  const world = new World();
  const events = [];
  world.mesh.subscribe(A, { fields: ["price"] }, (event) => events.push(event));
  world.listen(A, { fields: ["size", "price"] });
  world.hello();
  assert.deepEqual(world.asked("subscribe")[0].fields, ["price", "size"]);
  world.accept();
  world.say({ type: "snapshot", topic: A, epoch: 1, seq: 1, state: "live", price: 5, size: 2 });
  assert.deepEqual(events[1], { type: "snapshot", topic: A, epoch: 1, seq: 1, state: "live", price: 5 });
  world.listen(A);
  world.pass(0);
  assert.deepEqual(world.asked("unsubscribe")[0].topics, [A], "the members that were left out must come anew");
  assert.equal(world.asked("subscribe")[1].fields, undefined);
});

test("where the node knows too many sets of members, they are cut here", () => {
  const world = new World();
  const events = [];
  world.mesh.subscribe(A, { fields: ["price"] }, (event) => events.push(event));
  world.hello();
  const [{ id }] = world.asked("subscribe");
  world.say({ type: "subscribed", id, results: [{ topic: A, ok: false, code: "too_many_field_sets", message: "", retry: true }] });
  world.pass(0);
  assert.equal(world.asked("subscribe")[1].fields, undefined);
  world.accept();
  world.say({ type: "snapshot", topic: A, epoch: 1, seq: 1, state: "live", price: 5, size: 2 });
  assert.deepEqual(events.map(({ type }) => type), ["accepted", "snapshot"]);
  assert.equal(events[1].size, undefined);
});

test("a member that is no member hurts only who wanted it", () => {
  const world = new World();
  const good = [];
  world.listen(A, { fields: ["price"] }, good);
  world.listen(A, { fields: ["prize"] });
  world.listen(B, { fields: ["prize"] });
  world.hello();
  for (const { id, topics } of world.asked("subscribe")) {
    world.say({ type: "error", id, code: "bad_request", message: `unknown field 'prize' of ${topics}`, retry: false });
  }
  world.pass(0);
  world.accept();
  world.say({ type: "snapshot", topic: A, epoch: 1, seq: 1, state: "live", price: 5, size: 2 });
  assert.deepEqual(good, ["accepted", "snapshot 1.1"]);
  assert.deepEqual(world.heard, ["refused bad_request", "accepted", "snapshot 1.1"]);
});

test("compact ticks are read by their numbers", () => {
  const world = new World({ format: "compact", numbers: "string" });
  const events = [];
  world.mesh.subscribe([A, "book/x:A", "quote/x:A"], (event) => event.type === "tick" && events.push(event));
  world.mesh.subscribe(B, { fields: ["size", "side"] }, (event) => event.type === "tick" && events.push(event));
  world.hello();
  for (const { id, topics } of world.asked("subscribe")) {
    const results = topics.map((topic) => ({ topic, ok: true, state: "live", n: { [A]: 1, "book/x:A": 2, "quote/x:A": 3, [B]: 4 }[topic] }));
    world.say({ type: "subscribed", id, results });
    topics.forEach((topic) => world.say({ type: "snapshot", topic, epoch: 9, seq: 1, state: "live" }));
  }
  world.sayText('[1,2,500,201.30,15,"b"]');
  world.sayText("[[2,2,501,[[3.10,1]],[[3.00,2]]],[3,2,502,null,null,7.50]]");
  assert.deepEqual(world.asked("subscribe")[1].fields, ["side", "size"]);
  world.sayText('[4,2,503,"s",8]');
  world.sayText("[99,2,503,8]");
  const head = (topic, received) => ({ type: "tick", topic, epoch: 9, seq: 2, state: "live", ...(received && { received }) });
  assert.deepEqual(events, [
    { ...head(A, 500), price: "201.30", size: "15", side: "buy" },
    { ...head("book/x:A", 501), asks: [["3.10", "1"]], bids: [["3.00", "2"]] },
    { ...head("quote/x:A", 502), ask_price: "7.50" },
    { ...head(B), size: "8", side: "sell" },
  ]);
  assert.equal(world.mesh.violations, 0);
});

test("a pattern brings the topics that are there, each with numbers of its own", () => {
  const world = new World();
  const heard = [];
  world.mesh.subscribe("trade/x:*", (event, topic) => heard.push(`${short(event)} ${event.topic} ${topic}`));
  world.hello();
  world.accept();
  world.say({ type: "snapshot", topic: A, epoch: 1, seq: 1, state: "live" }, { type: "snapshot", topic: B, epoch: 1, seq: 8, state: "live" });
  world.say(tick(A, 2), tick(B, 9));
  assert.deepEqual(heard.slice(1), [
    `snapshot 1.1 ${A} trade/x:*`, `snapshot 1.8 ${B} trade/x:*`, `tick 1.2 ${A} trade/x:*`, `tick 1.9 ${B} trade/x:*`,
  ]);
  assert.equal(world.mesh.violations, 0);
});

test("two names that turn out to be one topic are held once", () => {
  const world = World.subscribed(A);
  const heard = [];
  const alias = world.listen("trade/x:A@MAIN", {}, heard);
  world.pass(0);
  const { id } = world.asked("subscribe")[1];
  world.say({ type: "subscribed", id, results: [{ topic: A, ok: true, already: true }] }, tick(A, 2));
  assert.deepEqual(heard, ["accepted", "snapshot 1.1", "tick 1.2"]);
  alias.unsubscribe();
  world.pass(0);
  assert.equal(world.asked("unsubscribe").length, 0);
  world.listen("trade/x:A@MAIN", {}, heard);
  world.pass(0);
  world.pass(0);
  assert.equal(world.asked("subscribe").length, 2, "the other name is known by now");
  assert.equal(heard.at(-1), "snapshot 1.2");
});

test("a refusal that may pass is tried again, another is not", () => {
  const world = new World();
  world.listen([A, B]);
  world.hello();
  const [request] = world.asked("subscribe");
  const refusal = (topic, retry) => ({ topic, ok: false, code: "x", message: "no", retry });
  world.say({ type: "subscribed", id: request.id, results: [refusal(A, true), refusal(B, false)] });
  for (let i = 0; i < 4; i++) {
    world.say({ type: "pong", id: "ping", time: 1 });
    world.pass(5_000);
  }
  assert.deepEqual(world.asked("subscribe").map((each) => each.topics).slice(1), [[A]]);
  assert.deepEqual(world.heard, ["refused x", "refused x"]);
});

test("a request that is never answered is made again", () => {
  const world = new World();
  world.listen(A);
  world.hello();
  for (let i = 0; i < 4; i++) {
    world.say({ type: "pong", id: "ping", time: 1 });
    world.pass(5_000);
  }
  assert.deepEqual(world.asked("subscribe").map(({ topics }) => topics), [[A], [A]]);
});

test("an error for a request refuses its topics; one for nothing is told", () => {
  const world = new World();
  const errors = [];
  world.mesh.on("error", ({ code }) => errors.push(code));
  world.listen(A);
  world.hello();
  world.say({ type: "error", id: world.asked("subscribe")[0].id, code: "bad_request", message: "too many", retry: false });
  assert.deepEqual(world.heard, ["refused bad_request"]);
  world.say({ type: "error", code: "bad_json", message: "?", retry: false });
  assert.deepEqual(errors, ["bad_json"]);
  assert.equal(world.mesh.violations, 1);
});

test("after a cut every topic goes on from where it stood", () => {
  const world = World.subscribed(A, B);
  world.say(tick(A, 2));
  world.cut();
  assert.equal(world.heard.at(-1), "state stale");
  world.pass(1000);
  world.hello();
  const [{ positions }] = world.asked("resume");
  assert.deepEqual(positions, [{ topic: A, epoch: 1, seq: 2 }, { topic: B, epoch: 1, seq: 1 }]);
  assert.equal(world.asked("subscribe").length, 0);
  world.heard.length = 0;
  const { id } = world.asked("resume")[0];
  const ok = { ok: true, state: "live", reason: "" };
  world.say({ type: "resumed", id, results: [{ topic: A, ...ok, missed: 2 }, { topic: B, ...ok, reset: true }] });
  world.say(tick(A, 3), tick(A, 4), { type: "reset", topic: B, epoch: 1, seq: 40, state: "live" }, tick(B, 41));
  assert.deepEqual(world.heard, ["accepted", "state live", "accepted", "tick 1.3", "tick 1.4", "reset 1.40", "tick 1.41"]);
  assert.equal(world.mesh.violations, 0);
});

test("a node that cannot resume is asked anew", () => {
  const world = World.subscribed(A);
  world.cut();
  world.pass(1000);
  world.hello();
  world.say({ type: "error", id: world.asked("resume")[0].id, code: "unknown_type", message: "", retry: false });
  world.pass(0);
  world.accept("subscribe");
  world.say({ type: "snapshot", topic: A, epoch: 1, seq: 9, state: "live" }, tick(A, 10));
  assert.deepEqual(world.heard.slice(-3), ["accepted", "snapshot 1.9", "tick 1.10"]);
  assert.equal(world.mesh.violations, 0);
});

test("who comes while the connection is down goes on with the others", () => {
  const world = World.subscribed(A);
  world.cut();
  const late = [];
  world.listen(A, {}, late);
  world.pass(1000);
  world.hello();
  assert.deepEqual(world.asked("resume")[0].positions, [{ topic: A, epoch: 1, seq: 1 }]);
  world.accept("resume", { missed: 1 });
  world.say(tick(A, 2));
  assert.deepEqual(late, ["snapshot 1.1", "accepted", "state live", "tick 1.2"]);
});

test("comes back with growing waits", () => {
  const world = World.subscribed(A);
  for (const [attempt, wait] of [1000, 2000, 4000, 8000, 16000, 16000].entries()) {
    world.cut();
    assert.equal(world.mesh.connection.state, "waiting");
    world.pass(wait - 1);
    assert.equal(world.sockets.length, attempt + 1);
    world.pass(1);
    assert.equal(world.sockets.length, attempt + 2);
  }
});

test("a connection that held begins the waits anew", () => {
  const world = World.subscribed(A);
  world.cut();
  world.pass(1000);
  world.hello();
  world.say({ type: "pong", id: "ping", time: 1 });
  world.pass(5_000);
  world.cut(1001, "node is leaving");
  world.pass(1000);
  assert.equal(world.sockets.length, 3);
});

test("comes back when a leaving node said, once", () => {
  const world = World.subscribed(A);
  world.say({ type: "leaving", retry_after_ms: 2_345 });
  for (const wait of [2_345, 2_000]) {
    const { length } = world.sockets;
    world.cut(1001, "node is leaving");
    world.pass(wait - 1);
    assert.equal(world.sockets.length, length);
    world.pass(1);
    assert.equal(world.sockets.length, length + 1);
  }
  assert.equal(world.mesh.violations, 0);
});

test("a hint in the close is as good", () => {
  const world = World.subscribed(A);
  world.cut(1001, "node is leaving, come back in 1234 ms");
  world.pass(1233);
  assert.equal(world.sockets.length, 1);
  world.pass(1);
  assert.equal(world.sockets.length, 2);
});

test("who was cut for slowness, or found no room, waits longer", () => {
  for (const code of [1008, 1013]) {
    const world = World.subscribed(A);
    world.cut(code);
    world.pass(3_999);
    assert.equal(world.sockets.length, 1);
    world.pass(1);
    assert.equal(world.sockets.length, 2);
    assert.equal(world.mesh.connection.state, "connecting");
  }
});

test("a node that wants no more of us is not asked again", () => {
  const world = World.subscribed(A);
  world.cut(4401, "who are you");
  world.pass(100_000);
  assert.equal(world.sockets.length, 1);
  assert.deepEqual([world.mesh.connection.state, world.mesh.connection.code], ["closed", 4401]);
  assert.throws(() => world.mesh.subscribe(B), /closed: who are you/);
});

test("of several nodes the next is tried soon, and the wait grows by the round", () => {
  const world = new World({}, ["ws://one/stream", "ws://two/stream"]);
  const waits = [];
  for (let i = 0; i < 5; i++) {
    world.cut();
    const { length } = world.sockets;
    let waited = 0;
    while (world.sockets.length === length) {
      world.pass(100);
      waited += 100;
    }
    waits.push([waited, world.socket.url]);
  }
  const [one, two] = ["ws://one/stream", "ws://two/stream"];
  assert.deepEqual(waits, [[500, two], [1000, one], [500, two], [2000, one], [500, two]]);
});

test("goes elsewhere where there is such a place, but not in circles", () => {
  const alone = World.subscribed(A);
  alone.say({ type: "elsewhere", reason: "cut off" });
  assert.deepEqual([alone.mesh.connection.why, alone.mesh.connection.state], ["cut off", "open"]);
  const world = new World({}, ["ws://one/stream", "ws://two/stream"]);
  world.hello();
  world.say({ type: "elsewhere", reason: "cut off" });
  assert.equal(world.sockets[0].closed, true);
  world.pass(500);
  assert.equal(world.socket.url, "ws://two/stream");
  world.hello();
  world.say({ type: "elsewhere", reason: "cut off too" });
  assert.equal(world.mesh.connection.state, "open");
});

test("a server that does not answer a ping is left", () => {
  const world = World.subscribed(A);
  const silent = world.socket;
  world.pass(10_000);
  assert.equal(silent.closed, true);
  assert.equal(world.mesh.connection.why, "the server does not answer");
  world.pass(1_000);
  assert.equal(world.sockets.length, 2);
});

test("a page that stood still asks again before it leaves", () => {
  const world = World.subscribed(A);
  world.standStill(60_000);
  assert.equal(world.mesh.connection.state, "open");
  world.pass(10_000);
  assert.equal(world.mesh.connection.state, "waiting");
});

test("frames of a socket that was left count no more", () => {
  const world = World.subscribed(A);
  const left = world.socket;
  world.cut();
  left.onmessage({ data: JSON.stringify(tick(A, 2)) });
  assert.equal(world.mesh.ticks, 0);
});

test("the round trip and the age of a tick are measured by the node's clock", () => {
  const world = new World();
  world.hello({ time: 1_000_000 });
  world.pass(40);
  world.say({ type: "pong", id: "ping", time: 1_000_020 });
  assert.equal(world.mesh.roundTrip, 40);
  assert.equal(world.mesh.serverTime(), 1_000_040);
  assert.equal(world.mesh.age({ received: 1_000_010_000 }), 30);
});

test("closing ends all, and leaves no timer", async () => {
  const world = World.subscribed(A);
  world.mesh.close();
  assert.equal(world.socket.closed, true);
  assert.equal(world.subscription.ended, true);
  assert.equal(world.mesh.connection.state, "closed");
  assert.equal(world.timers, 0);
});

test("a reader who takes his time misses old ticks, and is told", async () => {
  const world = World.subscribed(A);
  const events = world.subscription.events({ limit: 3 });
  for (let seq = 2; seq < 8; seq++) {
    world.say(tick(A, seq));
  }
  world.say({ type: "state", topic: A, state: "stale", reason: "" });
  world.subscription.unsubscribe();
  const read = [];
  for await (const event of events) {
    read.push(short(event));
  }
  assert.deepEqual(read, ["conflated 4", "tick 1.6", "tick 1.7", "state stale"]);
});
