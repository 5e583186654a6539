// The page's modules without a browser: run by `node --test`.

import assert from "node:assert/strict";
import { test } from "node:test";

const web = new URL("../../src/main/resources/web/js/", import.meta.url);
const digits = await import(new URL("digits.js", web));
const { Instrument } = await import(new URL("instrument.js", web));
const symbols = await import(new URL("symbols.js", web));

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

test("symbols are read from what people write and share", () => {
  assert.deepEqual(symbols.instruments(" aapl, Fmp:btcusd;quote/fmp:AAPL\nupbit:krw-btc "), [
    "fmp:AAPL",
    "fmp:BTCUSD",
    "upbit:KRW-BTC",
  ]);
  assert.deepEqual(symbols.instruments("trade/kis:005930@nxt book.5.0.1/upbit:KRW-BTC book.5/upbit:krw-eth Kiwoom:000660 kis:brk/b"), [
    "kis:005930@NXT",
    "upbit:KRW-BTC",
    "upbit:KRW-ETH",
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
  instrument.onEvent(quote, { type: "snapshot", received: 1, bid_price: "1.0", ask_price: "1.1", state: "live" });
  assert.equal(instrument.price, "1.05");
  assert.equal(instrument.isMiddle(), true);
  instrument.onEvent(trade, { type: "snapshot", received: 2, price: "1.10", state: "live" });
  instrument.onEvent(trade, { type: "tick", received: 3, price: "1.21", state: "live" });
  assert.equal(instrument.isMiddle(), false);
  assert.deepEqual(instrument.prices, [1.1, 1.21]);
  assert.equal(instrument.change().difference, "0.11");
  assert.equal(instrument.change().percent.toFixed(2), "10.00");
});

test("the least trusted state is shown, with its reason, and the reasons of all", () => {
  const instrument = new Instrument("fmp:AAPL");
  const [trade, quote] = instrument.topics;
  assert.equal(instrument.state(), null);
  instrument.onEvent(trade, { type: "accepted", ok: true, state: "live", reason: "" });
  assert.deepEqual(instrument.state(), { word: "live", reason: "", reasons: "trade live" });
  instrument.onEvent(quote, { type: "accepted", ok: true, state: "stale", reason: "silent for 5 s" });
  assert.deepEqual(instrument.state(), {
    word: "stale",
    reason: "quote: silent for 5 s",
    reasons: "trade live\nquote stale: silent for 5 s",
  });
  instrument.onEvent(trade, { type: "state", state: "stale", reason: "silent for 6 s" });
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
    instrument.onEvent(trade, { type: "accepted", ok: true, state, reason });
    instrument.onEvent(quote, { type: "refused", ok: false, code: "bad_topic", message: "kis has no quote", retry: false });
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
  instrument.onEvent(trade, { type: "accepted", ok: true, state: "live", reason: "" });
  instrument.onEvent(trade, { type: "tick", received: 1, price: "71300", state: "fallback" });
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
  instrument.onEvent(trade, { type: "refused", ok: false, code: "bad_topic", message: "no trades" });
  assert.equal(instrument.refusal(), null);
  instrument.onEvent(quote, { type: "refused", ok: false, code: "refused", message: "full", retry: true });
  assert.deepEqual(instrument.refusal(), { message: "full", retry: true });
  instrument.onEvent(quote, { type: "refused", ok: false, code: "bad_topic", message: "no quotes", retry: false });
  assert.deepEqual(instrument.refusal(), { message: "no trades", retry: false });
});
