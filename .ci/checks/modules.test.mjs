// The page's modules without a browser: run by `node --test`.

import assert from "node:assert/strict";
import { test } from "node:test";

const web = new URL("../../src/main/resources/web/js/", import.meta.url);
const { delayBefore } = await import(new URL("backoff.js", web));
const { Continuity } = await import(new URL("continuity.js", web));
const digits = await import(new URL("digits.js", web));
const { Instrument } = await import(new URL("instrument.js", web));
const { Stream } = await import(new URL("stream.js", web));
const symbols = await import(new URL("symbols.js", web));
const { decode } = await import(new URL("wire.js", web));

test("digits stay as sent", () => {
  const frame = decode('{"type":"tick","price":201.30,"size":0.00001234,"bid_price":123456789012345678.90,"seq":7}');
  assert.deepEqual(frame, { type: "tick", price: "201.30", size: "0.00001234", bid_price: "123456789012345678.90", seq: 7 });
});

test("what looks like a price inside a text is left alone", () => {
  const reason = 'said "price":1.10 and {"size": 2}';
  assert.equal(decode(JSON.stringify({ type: "state", reason })).reason, reason);
});

test("a frame that is no object is none", () => {
  for (const text of ["", "[]", "null", "7", '{"price":1.}', "{"]) {
    assert.equal(decode(text), null, text);
  }
});

test("exponents are written out", () => {
  assert.equal(digits.plain("1.234e-5"), "0.00001234");
  assert.equal(digits.plain("1.5E3"), "1500");
  assert.equal(digits.plain("-0012.50"), "-12.50");
  assert.equal(digits.plain("1e999999999"), null);
  assert.equal(digits.plain("x"), null);
});

test("arithmetic is exact", () => {
  assert.equal(digits.middle("1.10247", "1.10251"), "1.10249");
  assert.equal(digits.middle("1.10247", "1.10250"), "1.102485");
  assert.equal(digits.middle("0.1", "0.2"), "0.15");
  assert.equal(digits.difference("201.30", "201.4"), "-0.10");
  assert.equal(digits.difference("0.3", "0.1"), "0.2");
  assert.equal(digits.compare("201.30", "201.3"), 0);
  assert.equal(digits.compare("-1", "0.5"), -1);
});

test("numbers are grouped and padded", () => {
  assert.equal(digits.grouped(digits.padded("1234567.5", 2)), "1,234,567.50");
  assert.equal(digits.grouped("-999"), "\u2212999");
  assert.equal(digits.grouped("-100000.12345"), "\u2212100,000.12345");
  assert.equal(digits.padded("7", 2), "7.00");
});

test("unannounced jumps are found, announced ones are not", () => {
  const topic = new Continuity();
  assert.equal(topic.snapshot(5, 10), null);
  assert.equal(topic.tick(5, 11), null);
  assert.match(topic.tick(5, 13), /seq 13 after 11/);
  assert.equal(topic.announce(3), null);
  assert.equal(topic.announce(1), null);
  assert.equal(topic.tick(5, 18), null);
  assert.match(topic.tick(5, 18), /seq 18 after 18/);
  assert.match(topic.tick(6, 1), /not announced/);
  assert.equal(topic.reset(7, 3), null);
  assert.equal(topic.tick(7, 4), null);
  assert.match(topic.reset(7, 5), /a reset from epoch 7/);
  assert.match(topic.snapshot(7, 5), /second snapshot/);
  assert.match(topic.announce(0), /jump of 0/);
});

test("a tick before the snapshot is found", () => {
  assert.match(new Continuity().tick(1, 1), /before the snapshot/);
  assert.match(new Continuity().reset(1, 1), /before the snapshot/);
});

test("the wait doubles to 16 s and stays at 30 s, half of it by chance", () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 100].map((attempt) => delayBefore(attempt, () => 1));
  assert.deepEqual(longest, [1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  assert.equal(delayBefore(1, () => 0), 500);
});

test("symbols are read from what people write and share", () => {
  assert.deepEqual(symbols.instruments(" aapl, Fmp:btcusd;quote/fmp:AAPL\nupbit:krw-btc "), [
    "fmp:AAPL",
    "fmp:BTCUSD",
    "upbit:KRW-BTC",
  ]);
  assert.deepEqual(symbols.instruments("trade/kis:005930@nxt book.5/upbit:KRW-BTC Kiwoom:000660 kis:brk/b"), [
    "kis:005930@NXT",
    "upbit:KRW-BTC",
    "kiwoom:000660",
    "kis:BRK/B",
  ]);
  const names = ["fmp:AAPL", "upbit:KRW-BTC", "fmp:A,B"];
  assert.equal(symbols.toHash(names), "#AAPL,upbit:KRW-BTC,A%2CB");
  assert.equal(symbols.fromHash("#"), null);
  assert.deepEqual(symbols.fromHash("#AAPL,upbit:KRW-BTC"), ["fmp:AAPL", "upbit:KRW-BTC"]);
  assert.deepEqual(symbols.fromHash("#%"), ["fmp:%"]);
});

test("a name has a provider to show unless it is the default one", () => {
  assert.deepEqual(symbols.parts("fmp:AAPL"), { provider: "", symbol: "AAPL" });
  assert.deepEqual(symbols.parts("upbit:KRW-BTC"), { provider: "upbit:", symbol: "KRW-BTC" });
});

test("the list comes from the address, else the memory, else the defaults", () => {
  const storage = (text) => ({ getItem: () => text });
  assert.deepEqual(symbols.remembered("#TSLA", storage('["IBM"]')), ["fmp:TSLA"]);
  assert.deepEqual(symbols.remembered("", storage('["IBM",7]')), ["fmp:IBM"]);
  assert.deepEqual(symbols.remembered("", storage("[]")), []);
  for (const nothing of [storage(null), storage("{"), storage("{}"), null]) {
    assert.deepEqual(symbols.remembered("", nothing), [
      "fmp:AAPL",
      "kis:005930",
      "kiwoom:000660",
      "upbit:KRW-BTC",
      "fmp:MSFT",
      "fmp:NVDA",
      "fmp:BTCUSD",
      "fmp:EURUSD",
    ]);
  }
});

test("a middle stands in until the first trade, and is not compared with it", () => {
  const instrument = new Instrument("fmp:AAPL");
  const [trade, quote] = instrument.topics;
  instrument.onFrame(quote, { type: "snapshot", received: 1, bid_price: "1.0", ask_price: "1.1", state: "live" });
  assert.equal(instrument.price, "1.05");
  assert.equal(instrument.isMiddle(), true);
  instrument.onFrame(trade, { type: "snapshot", received: 2, price: "1.10", state: "live" });
  instrument.onFrame(trade, { type: "tick", received: 3, price: "1.21", state: "live" });
  assert.equal(instrument.isMiddle(), false);
  assert.deepEqual(instrument.prices, [1.1, 1.21]);
  assert.equal(instrument.change().difference, "0.11");
  assert.equal(instrument.change().percent.toFixed(2), "10.00");
});

test("the least trusted state is shown, with its reason, and the reasons of all", () => {
  const instrument = new Instrument("fmp:AAPL");
  const [trade, quote] = instrument.topics;
  assert.equal(instrument.state(), null);
  instrument.onResult(trade, { ok: true, state: "live", reason: "" });
  assert.deepEqual(instrument.state(), { word: "live", reason: "", reasons: "trade live" });
  instrument.onResult(quote, { ok: true, state: "stale", reason: "silent for 5 s" });
  assert.deepEqual(instrument.state(), {
    word: "stale",
    reason: "quote: silent for 5 s",
    reasons: "trade live\nquote stale: silent for 5 s",
  });
  instrument.onFrame(trade, { type: "state", state: "stale", reason: "silent for 6 s" });
  assert.deepEqual(instrument.state(), {
    word: "stale",
    reason: "silent for 6 s",
    reasons: "trade stale: silent for 6 s\nquote stale: silent for 5 s",
  });
});

test("each state says why, in the server's words or in ours", () => {
  const shown = (state, reason) => {
    const instrument = new Instrument("kis:005930");
    const [trade, quote] = instrument.topics;
    instrument.onResult(trade, { ok: true, state, reason });
    instrument.onResult(quote, { ok: false, code: "bad_topic", message: "kis has no quote", retry: false });
    const { word, reason: why } = instrument.state();
    return `${word}: ${why}`;
  };
  assert.equal(shown("live", ""), "live: ");
  assert.equal(shown("stale", ""), "stale: no news from the provider");
  assert.equal(shown("waiting", "no slot: 40 of 40 in use"), "waiting: no slot: 40 of 40 in use");
  assert.equal(shown("fallback", ""), "fallback: polled, not streamed");
  assert.equal(shown("closed", ""), "closed: the market is closed");
  assert.equal(shown("closed", "KRX opens at 09:00"), "closed: KRX opens at 09:00");
});

test("a tick that says another state is believed", () => {
  const instrument = new Instrument("kis:005930");
  const [trade] = instrument.topics;
  instrument.onResult(trade, { ok: true, state: "live", reason: "" });
  instrument.onFrame(trade, { type: "tick", received: 1, price: "71300", state: "fallback" });
  assert.deepEqual(instrument.state(), {
    word: "fallback",
    reason: "polled, not streamed",
    reasons: "trade fallback",
  });
  assert.equal(instrument.price, "71300");
});

test("only an instrument without any accepted topic is refused", () => {
  const instrument = new Instrument("fmp:EURUSD");
  const [trade, quote] = instrument.topics;
  instrument.onResult(trade, { ok: false, code: "bad_topic", message: "no trades" });
  assert.equal(instrument.refusal(), null);
  instrument.onResult(quote, { ok: false, code: "refused", message: "full", retry: true });
  assert.deepEqual(instrument.refusal(), { message: "full", retry: true });
  instrument.onResult(quote, { ok: false, code: "bad_topic", message: "no quotes", retry: false });
  assert.deepEqual(instrument.refusal(), { message: "no trades", retry: false });
});

/** A server and a clock in the hands of a test. */
class World {
  sockets = [];
  heard = [];
  #now = 1_000;
  #timers = new Map();
  #lastTimer = 0;

  constructor() {
    this.stream = new Stream(
      "ws://test/stream",
      {
        onConnection: () => {},
        onResult: (topic, result) => this.heard.push([topic, result.ok]),
        onTopic: (topic, frame) => this.heard.push([topic, frame.type, frame.seq]),
      },
      {
        open: () => {
          const socket = { sent: [], send: (text) => socket.sent.push(JSON.parse(text)), close: () => (socket.closed = true) };
          this.sockets.push(socket);
          return socket;
        },
        now: () => this.#now,
        later: (task, delay) => this.#timers.set(++this.#lastTimer, { task, at: this.#now + delay }) && this.#lastTimer,
        cancel: (timer) => this.#timers.delete(timer),
        random: () => 1,
      },
    );
  }

  pass(millis) {
    const end = this.#now + millis;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) {
        break;
      }
      this.#timers.delete(due[0]);
      this.#now = due[1].at;
      due[1].task();
    }
    this.#now = end;
  }

  /** Time passes, and whatever was due comes late. */
  standStill(millis) {
    this.#now += millis;
    const due = [...this.#timers].filter(([, { at }]) => at <= this.#now);
    due.forEach(([timer, { task }]) => this.#timers.delete(timer) && task());
  }

  get socket() {
    return this.sockets.at(-1);
  }

  say(frame) {
    this.socket.onmessage({ data: JSON.stringify(frame) });
  }

  hello() {
    this.say({ type: "hello", protocol: 1, node: "n1", time: 5_000_000 });
    this.pass(0);
  }

  asked(type) {
    return this.socket.sent.filter((request) => request.type === type);
  }

  accept(request) {
    this.say({
      type: "subscribed",
      id: request.id,
      results: request.topics.map((topic) => ({ topic, ok: true, state: "live", reason: "" })),
    });
  }
}

function subscribed(...topics) {
  const world = new World();
  topics.forEach((topic) => world.stream.want(topic));
  world.stream.start();
  world.hello();
  world.accept(world.asked("subscribe")[0]);
  topics.forEach((topic) => world.say({ type: "snapshot", topic, epoch: 1, seq: 1 }));
  return world;
}

test("what one turn wants is one request", () => {
  const world = subscribed("trade/x:A");
  world.stream.want("trade/x:B");
  world.stream.want("trade/x:C");
  world.stream.want("trade/x:C");
  world.pass(0);
  assert.deepEqual(world.asked("subscribe")[1].topics, ["trade/x:B", "trade/x:C"]);
});

test("comes back when a leaving node said, once", () => {
  const world = subscribed("trade/x:A");
  world.say({ type: "leaving", retry_after_ms: 2_345 });
  for (const wait of [2_345, 2_000]) {
    const { length } = world.sockets;
    world.socket.onclose({ code: 1001, reason: "node is leaving" });
    world.pass(wait - 1);
    assert.equal(world.sockets.length, length);
    world.pass(1);
    assert.equal(world.sockets.length, length + 1);
  }
  assert.equal(world.stream.violations, 0);
});

test("shows why another node would be better, and stays", () => {
  const world = subscribed("trade/x:A");
  world.say({ type: "elsewhere", reason: "cut off" });
  assert.equal(world.stream.connection.why, "cut off");
  assert.equal(world.stream.connection.state, "open");
  assert.equal(world.stream.violations, 0);
});

test("comes back with growing waits and subscribes to everything again", () => {
  const world = subscribed("trade/x:A", "trade/x:B");
  for (const [attempt, wait] of [1000, 2000, 4000].entries()) {
    world.socket.onclose({ code: 1006, reason: "" });
    assert.equal(world.stream.connection.state, "waiting");
    world.pass(wait - 1);
    assert.equal(world.sockets.length, attempt + 1);
    world.pass(1);
    assert.equal(world.sockets.length, attempt + 2);
  }
  world.hello();
  assert.deepEqual(world.asked("subscribe")[0].topics, ["trade/x:A", "trade/x:B"]);
  world.accept(world.asked("subscribe")[0]);
  world.say({ type: "snapshot", topic: "trade/x:A", epoch: 1, seq: 9 });
  world.say({ type: "tick", topic: "trade/x:A", epoch: 1, seq: 10 });
  assert.equal(world.stream.violations, 0);
});

test("a connection that held begins the waits anew", () => {
  const world = subscribed("trade/x:A");
  world.socket.onclose({ code: 1006 });
  world.pass(1000);
  world.hello();
  world.say({ type: "pong", id: "ping", time: 1 });
  world.pass(5_000);
  world.socket.onclose({ code: 1001, reason: "node is leaving" });
  world.pass(1000);
  assert.equal(world.sockets.length, 3);
});

test("a server that does not answer a ping is left", () => {
  const world = subscribed("trade/x:A");
  const silent = world.socket;
  world.pass(10_000);
  assert.equal(silent.closed, true);
  assert.equal(world.stream.connection.why, "the server does not answer");
  world.pass(1_000);
  assert.equal(world.sockets.length, 2);
});

test("a page that stood still asks again before it leaves", () => {
  const world = subscribed("trade/x:A");
  world.standStill(60_000);
  assert.equal(world.stream.connection.state, "open");
  world.pass(10_000);
  assert.equal(world.stream.connection.state, "waiting");
});

test("frames of a socket that was left count no more", () => {
  const world = subscribed("trade/x:A");
  const left = world.socket;
  world.socket.onclose({ code: 1006 });
  left.onmessage({ data: '{"type":"tick","topic":"trade/x:A","epoch":1,"seq":2}' });
  assert.equal(world.stream.ticks, 0);
});

test("violations are counted, and a value is never shown twice or backwards", () => {
  const world = subscribed("trade/x:A");
  for (const seq of [2, 4, 4, 3]) {
    world.say({ type: "tick", topic: "trade/x:A", epoch: 1, seq });
  }
  assert.equal(world.stream.violations, 3);
  assert.deepEqual(world.heard.slice(-2), [["trade/x:A", "tick", 2], ["trade/x:A", "tick", 4]]);
});

test("late ticks of what was dropped and wanted again are no violation", () => {
  const world = subscribed("trade/x:A");
  world.stream.drop("trade/x:A");
  world.stream.want("trade/x:A");
  world.pass(0);
  const [leave] = world.asked("unsubscribe");
  const again = world.asked("subscribe")[1];
  assert.ok(world.socket.sent.indexOf(leave) < world.socket.sent.indexOf(again));
  world.say({ type: "tick", topic: "trade/x:A", epoch: 1, seq: 2 });
  world.say({ type: "unsubscribed", id: leave.id, results: [] });
  world.accept(again);
  world.say({ type: "snapshot", topic: "trade/x:A", epoch: 1, seq: 3 });
  world.say({ type: "tick", topic: "trade/x:A", epoch: 1, seq: 4 });
  assert.equal(world.stream.violations, 0);
  assert.equal(world.heard.at(-1)[2], 4);
});

test("a refusal that may pass is tried again, another is not", () => {
  const world = new World();
  world.stream.want("trade/x:A");
  world.stream.want("trade/x:B");
  world.stream.start();
  world.hello();
  const [request] = world.asked("subscribe");
  const refusal = (topic, retry) => ({ topic, ok: false, code: "x", message: "no", retry });
  world.say({ type: "subscribed", id: request.id, results: [refusal("trade/x:A", true), refusal("trade/x:B", false)] });
  for (let i = 0; i < 4; i++) {
    world.say({ type: "pong", id: "ping", time: 1 });
    world.pass(5_000);
  }
  assert.deepEqual(world.asked("subscribe").map((each) => each.topics).slice(1), [["trade/x:A"]]);
});

test("a topic that the server spells in another way reaches who wanted it", () => {
  const world = new World();
  world.stream.want("trade/x:a");
  world.stream.start();
  world.hello();
  const [request] = world.asked("subscribe");
  world.say({ type: "subscribed", id: request.id, results: [{ topic: "trade/x:A", ok: true, state: "live", reason: "" }] });
  world.say({ type: "snapshot", topic: "trade/x:A", epoch: 1, seq: 1 });
  assert.deepEqual(world.heard.at(-1), ["trade/x:a", "snapshot", 1]);
  world.stream.drop("trade/x:a");
  world.pass(0);
  assert.deepEqual(world.asked("unsubscribe")[0].topics, ["trade/x:A"]);
});

test("an error for a request refuses its topics; one for nothing is a violation", () => {
  const world = new World();
  world.stream.want("trade/x:A");
  world.stream.start();
  world.hello();
  world.say({ type: "error", id: world.asked("subscribe")[0].id, code: "bad_request", message: "too many", retry: false });
  assert.deepEqual(world.heard, [["trade/x:A", false]]);
  world.say({ type: "error", code: "bad_json", message: "?", retry: false });
  assert.equal(world.stream.violations, 1);
});
