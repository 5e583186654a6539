/** What is known of one watched instrument; no DOM here. */

import { compare, decimalsOf, difference, middle } from "./digits.js";

const KEPT_PRICES = 100;
/** The less a state can be trusted, the further to the front. */
const WORST_FIRST = ["stale", "waiting", "fallback", "closed", "live"];
/** What a state means where the server gives no reason. */
const MEANINGS = {
  live: "",
  stale: "no news from the provider",
  waiting: "not subscribed at the provider yet",
  fallback: "polled, not streamed",
  closed: "the market is closed",
};

export class Instrument {
  #results = new Map();
  #states = new Map();
  #traded = false;

  bid = null;
  bidSize = null;
  ask = null;
  askSize = null;
  price = null;
  firstPrice = null;
  prices = [];
  priceCount = 0;
  /** Most decimals that the server sent, and most that the price shows: a middle may have one more. */
  decimals = 0;
  priceDecimals = 0;
  direction = 0;
  moves = 0;
  simulated = false;
  received = null;
  gaps = 0;
  conflated = 0;
  resets = 0;

  constructor(name) {
    this.name = name;
    this.topics = [`trade/${name}`, `quote/${name}`];
  }

  #onResult(topic, result) {
    this.#results.set(topic, result);
    if (result.ok && result.state) {
      this.#states.set(topic, result);
    }
    if (!result.ok) {
      this.#states.delete(topic);
    }
  }

  /** What was granted is void; values and refusals stay until there is better. */
  onDisconnect() {
    this.#states.clear();
    this.#results.forEach((result, topic) => {
      if (result.ok) {
        this.#results.delete(topic);
      }
    });
  }

  onEvent(topic, frame) {
    if (frame.type === "accepted" || frame.type === "refused") {
      this.#onResult(topic, frame);
    } else if (frame.type === "gap") {
      this.gaps++;
    } else if (frame.type === "conflated") {
      this.conflated++;
    } else if (frame.type === "state") {
      this.#states.set(topic, frame);
    } else if (frame.type === "tick" || frame.type === "snapshot" || frame.type === "reset") {
      this.#onValue(topic, frame);
    }
  }

  #onValue(topic, frame) {
    if (frame.type === "tick") {
      const known = this.#states.get(topic);
      if (known?.state !== frame.state) {
        this.#states.set(topic, { state: frame.state, reason: "" });
      }
    } else {
      this.resets += frame.type === "reset" ? 1 : 0;
      this.simulated = frame.simulated === true;
      this.#states.set(topic, frame);
    }
    if (frame.received === undefined) {
      return;
    }
    this.received = Math.max(this.received ?? 0, frame.received / 1000);
    if (topic === this.topics[0]) {
      this.#onTrade(frame);
    } else {
      this.#onQuote(frame);
    }
  }

  #onTrade(frame) {
    if (frame.price === undefined) {
      return;
    }
    if (!this.#traded) {
      this.#traded = true;
      this.#startOver();
    }
    this.decimals = Math.max(this.decimals, decimalsOf(frame.price));
    this.#onPrice(frame.price);
  }

  /** Trades are not compared with the middles that stood in for them. */
  #startOver() {
    this.price = null;
    this.firstPrice = null;
    this.prices = [];
    this.priceDecimals = 0;
    this.direction = 0;
  }

  #onQuote(frame) {
    this.bid = frame.bid_price ?? null;
    this.bidSize = frame.bid_size ?? null;
    this.ask = frame.ask_price ?? null;
    this.askSize = frame.ask_size ?? null;
    for (const price of [this.bid, this.ask]) {
      this.decimals = price === null ? this.decimals : Math.max(this.decimals, decimalsOf(price));
    }
    if (!this.#traded && this.bid !== null && this.ask !== null) {
      this.#onPrice(middle(this.bid, this.ask));
    }
  }

  #onPrice(price) {
    this.priceDecimals = Math.max(this.priceDecimals, this.decimals, decimalsOf(price));
    if (this.price !== null && price !== this.price) {
      this.direction = compare(price, this.price);
      this.moves += this.direction === 0 ? 0 : 1;
    }
    this.price = price;
    this.firstPrice ??= price;
    this.priceCount++;
    this.prices.push(Number(price));
    if (this.prices.length > KEPT_PRICES) {
      this.prices.shift();
    }
  }

  /** Whether the price is the middle of the quote, as long as there is no trade to show. */
  isMiddle() {
    return !this.#traded && this.price !== null;
  }

  /** The difference to the first price seen, and its percentage; null before there is one. */
  change() {
    if (this.price === null) {
      return null;
    }
    const first = Number(this.firstPrice);
    const percent = first === 0 ? null : ((Number(this.price) - first) / Math.abs(first)) * 100;
    return { difference: difference(this.price, this.firstPrice), percent };
  }

  /** The server's words if it refused every topic, else null; those of a refusal that may pass count more. */
  refusal() {
    const results = this.topics.map((topic) => this.#results.get(topic));
    if (!results.every((result) => result && !result.ok)) {
      return null;
    }
    const telling = results.find((result) => result.retry === true) ?? results[0];
    return { message: String(telling.message ?? telling.code), retry: telling.retry === true };
  }

  /** The least trusted state of the topics and why it is so, and the states of all; null before the first answer. */
  state() {
    const told = this.topics.filter((topic) => this.#states.has(topic));
    if (told.length === 0) {
      return null;
    }
    const rank = (topic) => WORST_FIRST.indexOf(this.#states.get(topic).state);
    const worst = told.reduce((a, b) => (rank(b) < rank(a) ? b : a));
    const { state, reason } = this.#states.get(worst);
    const why = String(reason || MEANINGS[state] || "");
    const alike = told.every((topic) => this.#states.get(topic).state === state);
    const all = told.map((topic) => {
      const each = this.#states.get(topic);
      return `${kindOf(topic)} ${each.state}${each.reason ? `: ${each.reason}` : ""}`;
    });
    return { word: String(state), reason: alike || !why ? why : `${kindOf(worst)}: ${why}`, reasons: all.join("\n") };
  }
}

function kindOf(topic) {
  return topic.slice(0, topic.indexOf("/"));
}
