/** A client of the native dialect: connects, comes back, subscribes again, and checks what it is told. */

import { delayBefore } from "./backoff.js";
import { Continuity } from "./continuity.js";
import { decode } from "./wire.js";

const TOPICS_PER_REQUEST = 500;
const PING_EVERY = 5_000;
const PONG_WITHIN = 10_000;
const STOOD_STILL = 2_000;
const HELLO_WITHIN = 10_000;
const STABLE_AFTER = 5_000;
const RETRY_REFUSED_AFTER = 15_000;
const KEPT_VIOLATIONS = 50;

/** What the client stands on; tests bring their own. */
const BROWSER = {
  open: (url) => new WebSocket(url),
  now: () => performance.now(),
  later: (task, delay) => setTimeout(task, delay),
  cancel: (timer) => clearTimeout(timer),
  random: Math.random,
};

/**
 * Tells its listener: `onConnection(connection)` when the connection changes, `onTopic(topic, frame)` for every snapshot,
 * tick, reset, gap, conflation and state, and `onResult(topic, result)` for the answer to a topic.
 */
export class Stream {
  #url;
  #listener;
  #world;
  #socket = null;
  #wanted = new Map();
  #named = new Map();
  #leaving = new Set();
  #requests = new Map();
  #toAsk = new Set();
  #toLeave = new Set();
  #timers = new Map();
  #attempts = 0;
  #lastId = 0;
  #pingSentAt = 0;
  #serverTimeAhead = null;
  #retryAfter = null;

  connection = { state: "connecting", node: null, retryAt: null, why: "" };
  roundTrip = null;
  ticks = 0;
  violations = 0;
  violationLog = [];

  constructor(url, listener, world = BROWSER) {
    this.#url = url;
    this.#listener = listener;
    this.#world = world;
  }

  start() {
    this.#connect();
  }

  /** Subscribes to a topic, now and after every reconnect. */
  want(topic) {
    if (!this.#wanted.has(topic)) {
      this.#wanted.set(topic, { continuity: null, name: topic });
      this.#toAsk.add(topic);
      this.#askSoon();
    }
  }

  drop(topic) {
    const held = this.#wanted.get(topic);
    if (!held) {
      return;
    }
    this.#wanted.delete(topic);
    if (this.#named.get(held.name) === topic) {
      this.#named.delete(held.name);
    }
    if (!this.#toAsk.delete(topic) && held.continuity !== null) {
      this.#toLeave.add(held.name);
      this.#askSoon();
    }
  }

  /** The server's clock in milliseconds; null before it was told. */
  serverTime() {
    return this.#serverTimeAhead === null ? null : this.#world.now() + this.#serverTimeAhead;
  }

  /** Tries at once, where the next attempt is still being waited for. */
  hurry() {
    if (this.connection.state === "waiting") {
      this.#connect();
    }
  }

  #connect() {
    this.#clear("reconnect");
    this.#tell({ state: "connecting", retryAt: null });
    let socket;
    try {
      socket = this.#world.open(this.#url);
    } catch (cause) {
      this.#wait(String(cause.message ?? cause));
      return;
    }
    this.#socket = socket;
    socket.onmessage = (event) => this.#onFrame(socket, event.data);
    socket.onclose = (event) => this.#onClose(socket, event);
    this.#timer("hello", () => this.#giveUp("the server did not greet"), HELLO_WITHIN);
  }

  #onClose(socket, event) {
    if (socket === this.#socket) {
      this.#wait(event.reason || (event.code === 1006 ? "connection lost" : `closed with ${event.code}`));
    }
  }

  /** A socket may stay half open for minutes; this one is not waited for. */
  #giveUp(why) {
    const socket = this.#socket;
    this.#wait(why);
    socket?.close();
  }

  #wait(why) {
    this.#socket = null;
    ["hello", "ping", "pong", "stable", "ask", "refused"].forEach((name) => this.#clear(name));
    this.#requests.clear();
    this.#leaving.clear();
    this.#toLeave.clear();
    this.#named.clear();
    this.#toAsk = new Set(this.#wanted.keys());
    this.#wanted.forEach((held) => {
      held.continuity = null;
    });
    this.roundTrip = null;
    this.#attempts++;
    const delay = this.#retryAfter ?? delayBefore(this.#attempts, this.#world.random);
    this.#retryAfter = null;
    this.#timer("reconnect", () => this.#connect(), delay);
    this.#tell({ state: "waiting", why, retryAt: this.#world.now() + delay });
  }

  #tell(change) {
    this.connection = { ...this.connection, ...change };
    this.#listener.onConnection(this.connection);
  }

  #onHello(frame) {
    this.#clear("hello");
    this.#serverTimeAhead = frame.time - this.#world.now();
    this.#timer("stable", () => (this.#attempts = 0), STABLE_AFTER);
    this.#tell({ state: "open", node: String(frame.node ?? ""), why: "", retryAt: null });
    this.#ping();
    this.#ask();
  }

  #ping() {
    this.#pingSentAt = this.#world.now();
    this.#send({ type: "ping", id: "ping" });
    this.#timer("pong", () => this.#onNoPong(), PONG_WITHIN);
  }

  /** Where this page itself stood still, the answer may be waiting behind this very timer: it gets another chance. */
  #onNoPong() {
    if (this.#world.now() - this.#pingSentAt > PONG_WITHIN + STOOD_STILL) {
      this.#ping();
    } else {
      this.#giveUp("the server does not answer");
    }
  }

  #onPong(frame) {
    this.#clear("pong");
    const now = this.#world.now();
    this.roundTrip = now - this.#pingSentAt;
    this.#serverTimeAhead = frame.time + this.roundTrip / 2 - now;
    this.#timer("ping", () => this.#ping(), PING_EVERY);
  }

  /** Collects what one turn asks for into few requests. */
  #askSoon() {
    if (!this.#timers.has("ask")) {
      this.#timer("ask", () => this.#ask(), 0);
    }
  }

  #ask() {
    this.#clear("ask");
    if (this.connection.state !== "open") {
      return;
    }
    for (const topics of chunks([...this.#toLeave])) {
      topics.forEach((topic) => this.#leaving.add(topic));
      this.#request("unsubscribe", topics);
    }
    for (const topics of chunks([...this.#toAsk])) {
      topics.forEach((topic) => {
        const held = this.#wanted.get(topic);
        held.continuity = new Continuity();
        held.name = topic;
        this.#named.set(topic, topic);
      });
      this.#request("subscribe", topics);
    }
    this.#toLeave.clear();
    this.#toAsk.clear();
  }

  #request(type, topics) {
    const id = ++this.#lastId;
    this.#requests.set(id, topics);
    this.#send({ type, id, topics });
  }

  #send(request) {
    this.#socket?.send(JSON.stringify(request));
  }

  #onFrame(socket, text) {
    if (socket !== this.#socket) {
      return;
    }
    const frame = typeof text === "string" ? decode(text) : null;
    switch (frame?.type) {
      case "hello":
        return this.#onHello(frame);
      case "pong":
        return this.#onPong(frame);
      case "subscribed":
        return this.#onSubscribed(frame);
      case "unsubscribed":
        return this.#onUnsubscribed(frame);
      case "error":
        return this.#onError(frame);
      case "leaving":
        this.#retryAfter = Number.isFinite(frame.retry_after_ms) ? frame.retry_after_ms : null;
        return undefined;
      case "elsewhere":
        return this.#tell({ why: String(frame.reason ?? "") });
      case undefined:
        return this.#violation("frame", "a frame that is no JSON object with a type");
      default:
        return this.#onTopicFrame(frame);
    }
  }

  #onSubscribed(frame) {
    const topics = this.#requests.get(frame.id) ?? [];
    this.#requests.delete(frame.id);
    topics.forEach((topic, i) => {
      const result = frame.results?.[i];
      if (result && this.#wanted.has(topic)) {
        this.#onResult(topic, result);
      }
    });
  }

  #onResult(topic, result) {
    if (!result.ok) {
      this.#onRefused(topic, result);
      return;
    }
    const held = this.#wanted.get(topic);
    if (result.topic !== held.name) {
      this.#named.delete(held.name);
      held.name = result.topic;
      this.#named.set(held.name, topic);
    }
    this.#listener.onResult(topic, result);
  }

  #onRefused(topic, result) {
    const held = this.#wanted.get(topic);
    held.continuity = null;
    this.#named.delete(held.name);
    if (result.retry) {
      this.#toAsk.add(topic);
      this.#timer("refused", () => this.#ask(), RETRY_REFUSED_AFTER);
    }
    this.#listener.onResult(topic, result);
  }

  #onUnsubscribed(frame) {
    this.#requests.get(frame.id)?.forEach((topic) => this.#leaving.delete(topic));
    this.#requests.delete(frame.id);
  }

  #onError(frame) {
    const topics = this.#requests.get(frame.id);
    if (!topics) {
      this.#violation("error", String(frame.message));
      return;
    }
    this.#requests.delete(frame.id);
    topics
      .filter((topic) => this.#wanted.has(topic))
      .forEach((topic) => this.#onRefused(topic, { ok: false, ...frame }));
  }

  #onTopicFrame(frame) {
    const topic = this.#named.get(frame.topic);
    const held = topic === undefined ? undefined : this.#wanted.get(topic);
    if (!held?.continuity || this.#leaving.has(frame.topic)) {
      return;
    }
    const { continuity } = held;
    const news = continuity.isNews(frame.epoch, frame.seq);
    const wrong = check(continuity, frame);
    if (wrong) {
      this.#violation(frame.topic, wrong);
    }
    if (frame.type === "tick") {
      this.ticks++;
      if (!news) {
        return;
      }
    }
    this.#listener.onTopic(topic, frame);
  }

  #violation(where, what) {
    this.violations++;
    if (this.violationLog.length < KEPT_VIOLATIONS) {
      this.violationLog.push(`${where}: ${what}`);
    }
  }

  #timer(name, task, delay) {
    this.#clear(name);
    const timer = this.#world.later(() => {
      this.#timers.delete(name);
      task();
    }, delay);
    this.#timers.set(name, timer);
  }

  #clear(name) {
    if (this.#timers.has(name)) {
      this.#world.cancel(this.#timers.get(name));
      this.#timers.delete(name);
    }
  }
}

function check(continuity, frame) {
  switch (frame.type) {
    case "tick":
      return continuity.tick(frame.epoch, frame.seq);
    case "snapshot":
      return continuity.snapshot(frame.epoch, frame.seq);
    case "reset":
      return continuity.reset(frame.epoch, frame.seq);
    case "gap":
      return continuity.announce(frame.lost);
    case "conflated":
      return continuity.announce(frame.count);
    default:
      return null;
  }
}

function chunks(topics) {
  const parts = [];
  for (let i = 0; i < topics.length; i += TOPICS_PER_REQUEST) {
    parts.push(topics.slice(i, i + TOPICS_PER_REQUEST));
  }
  return parts;
}
