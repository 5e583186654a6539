/**
 * The JavaScript client of Tickmesh: the native dialect (docs/protocol.md) with reconnect, resume and failover, for
 * browsers and for Node. One module that needs nothing else.
 */

const TOPICS_PER_REQUEST = 500;
const REQUEST_BYTES = 60_000;
const FIELDS_PER_REQUEST = 16;
const PING_EVERY = 5_000;
const PONG_WITHIN = 10_000;
const STOOD_STILL = 2_000;
const HELLO_WITHIN = 10_000;
const STABLE_AFTER = 5_000;
const RETRY_REFUSED_AFTER = 15_000;
const OTHER_NODE_WITHIN = 500;
const ELSEWHERE_AT_MOST_EVERY = 30_000;
const KEPT_VIOLATIONS = 50;
const WAITS = [1_000, 2_000, 4_000, 8_000, 16_000];
/** A node that cuts or refuses us is not asked again before this attempt's wait. */
const PATIENT_ATTEMPT = 3;

const NORMAL_CLOSURE = 1000;
const HOLD_LESS = 1008;
const TOO_LARGE = 1009;
const FULL = 1013;

const PREFERENCES = ["both", "snapshot_only", "realtime_only"];
const VALUE_EVENTS = new Set(["tick", "snapshot", "reset"]);
const TOPIC_EVENTS = new Set([...VALUE_EVENTS, "gap", "conflated", "state", "done"]);
/** What an event has beside its value. */
const HEAD = new Set(["type", "topic", "n", "epoch", "seq", "state", "reason", "since", "simulated"]);
/** Members that count or tell a time; every other number of an event is a decimal. */
const WHOLE = new Set(["n", "epoch", "seq", "time", "received", "since", "start", "lost", "count"]);
/** What the places of a compact tick mean. */
const COMPACT = {
  trade: ["price", "size", "side"],
  quote: ["bid_price", "bid_size", "ask_price", "ask_size"],
  candle: ["start", "open", "high", "low", "close", "volume", "amount"],
  book: ["asks", "bids"],
};
const SIDES = { b: "buy", s: "sell" };

// A token of JSON: a whole string, so that nothing is looked for inside one, or a number.
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const NUMBER = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
const MOST_ZEROS = 400;
/** Stands before the digits of a number that was made a string to keep them. */
const MARK = "\u0000";

const encoder = new TextEncoder();

/** The same number as digits, without an exponent and without a plus sign; null if the text is no number. */
export function plain(text) {
  const match = NUMBER.exec(text);
  if (!match) {
    return null;
  }
  const [, sign, whole, fraction = "", exponent = "0"] = match;
  const shift = Number(exponent);
  if (Math.abs(shift) > MOST_ZEROS) {
    return null;
  }
  let digits = whole + fraction;
  let point = whole.length + shift;
  if (point <= 0) {
    digits = "0".repeat(1 - point) + digits;
    point = 1;
  }
  digits = digits.padEnd(point, "0");
  const kept = digits.slice(0, point).replace(/^0+(?=\d)/, "");
  const rest = digits.slice(point);
  return (sign === "-" ? "-" : "") + kept + (rest ? `.${rest}` : "");
}

/**
 * Reads a message: what it holds as a list, since a batch holds several frames; null if it is none. With `exact`, decimals
 * come out as texts with the digits that were sent.
 */
export function decode(text, exact = false) {
  let message;
  try {
    message = JSON.parse(exact ? text.replace(STRING_OR_NUMBER, marked) : text);
  } catch {
    return null;
  }
  if (exact) {
    message = unmarked(message, "");
  }
  const frames = Array.isArray(message) && !isNumber(message[0]) ? message : [message];
  return frames.length > 0 && frames.every((frame) => typeof frame === "object" && frame !== null) ? frames : null;
}

function marked(token) {
  return token[0] === '"' ? token : `"\\u0000${token}"`;
}

function isNumber(value) {
  return typeof value === "number" || (typeof value === "string" && plain(value) !== null);
}

/** Gives counts and times ("whole") back as numbers, and decimals as plain digits. */
function unmarked(value, name) {
  if (typeof value === "string") {
    return value[0] === MARK ? fromMarked(value.slice(1), name) : value;
  }
  if (Array.isArray(value)) {
    return value.map((each) => unmarked(each, name));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const whole = value.type === undefined ? name === "whole" : !VALUE_EVENTS.has(value.type);
  for (const [key, member] of Object.entries(value)) {
    value[key] = unmarked(member, whole || WHOLE.has(key) ? "whole" : "");
  }
  return value;
}

function fromMarked(digits, name) {
  return name === "whole" ? Number(digits) : (plain(digits) ?? digits);
}

/**
 * Milliseconds before an attempt, 1 being the first: 1, 2, 4, 8, then 16 s. Half of the time is chance, so that the
 * clients of a node that went away do not all come back in the same instant.
 */
export function delayBefore(attempt, random = Math.random) {
  const most = WAITS[Math.min(attempt, WAITS.length) - 1];
  return Math.round(most * (0.5 + random() / 2));
}

/** What a topic is known by: providers are written in lower case, symbols in any case. */
function keyOf(topic) {
  const slash = topic.indexOf("/");
  const colon = topic.indexOf(":", slash);
  return colon < 0
    ? topic
    : topic.slice(0, slash) + topic.slice(slash, colon).toLowerCase() + topic.slice(colon).toUpperCase();
}

function kindOf(topic) {
  return /^[^./]*/.exec(topic)[0];
}

function patternOf(topic) {
  return `${topic.slice(0, topic.indexOf(":") + 1)}*`;
}

/** Who listens to what; a listener that throws harms no other. */
class Emitter {
  #listeners = new Map();

  /** Calls the listener for events of that type; returns what ends that. */
  on(type, listener) {
    if (!this.#listeners.has(type)) {
      this.#listeners.set(type, new Set());
    }
    this.#listeners.get(type).add(listener);
    return () => this.off(type, listener);
  }

  off(type, listener) {
    this.#listeners.get(type)?.delete(listener);
  }

  has(type) {
    return (this.#listeners.get(type)?.size ?? 0) > 0;
  }

  emit(type, event, ...more) {
    for (const listener of [...(this.#listeners.get(type) ?? [])]) {
      guarded(() => listener(event, ...more));
    }
  }
}

/** What a listener throws is the page's to hear of, as if it had thrown in a listener of its own. */
function guarded(task) {
  try {
    task();
  } catch (cause) {
    if (typeof globalThis.reportError === "function") {
      globalThis.reportError(cause);
    } else {
      console.error(cause);
    }
  }
}

/**
 * Watches the numbers of one topic on one connection: (epoch, seq) only rises, and every jump is announced in a frame of
 * its own before the tick. Where the rate is bounded, announcements are sums that may come after the jump.
 */
export class Continuity {
  #announced = 0;
  #synced;
  #resuming;

  epoch = -1;
  seq = -1;
  loose = false;

  /** With a position this goes on behind it, as a resumed topic does. */
  constructor(position = null) {
    this.#synced = position !== null;
    this.#resuming = this.#synced;
    if (position !== null) {
      this.epoch = position.epoch;
      this.seq = position.seq;
    }
  }

  /** What is wrong with a frame, or null. */
  check(frame) {
    switch (frame.type) {
      case "tick":
        return this.#tick(frame.epoch, frame.seq);
      case "snapshot":
        return this.#begins(frame, this.#synced ? "a second snapshot" : null);
      case "reset":
        return this.#begins(frame, this.#wrongReset(frame.epoch));
      case "gap":
        return this.#announce(frame.lost);
      case "conflated":
        return this.#announce(frame.count);
      default:
        return null;
    }
  }

  /** Whether this is later than everything that was seen. */
  isNews({ epoch, seq }) {
    return epoch > this.epoch || (epoch === this.epoch && seq > this.seq);
  }

  /** How many ticks are missing before this one, and were not announced. */
  missingBefore({ epoch, seq }) {
    const missing = epoch === this.epoch ? seq - this.seq - 1 - this.#announced : 0;
    return this.#synced && !this.loose ? Math.max(0, missing) : 0;
  }

  #begins({ epoch, seq }, otherwise) {
    const wrong = numbers(epoch, seq) ?? otherwise;
    this.#at(epoch, seq);
    return wrong;
  }

  /** Within an epoch only a topic that was just resumed may begin anew. */
  #wrongReset(epoch) {
    if (!this.#synced) {
      return "a reset before the snapshot";
    }
    return epoch > this.epoch || this.#resuming ? null : `a reset from epoch ${this.epoch} to ${epoch}`;
  }

  #announce(ticks) {
    if (!Number.isSafeInteger(ticks) || ticks < 1) {
      return `an announced jump of ${ticks}`;
    }
    if (!this.#synced) {
      return "an announced jump before the snapshot";
    }
    this.#announced += ticks;
    return null;
  }

  #tick(epoch, seq) {
    let wrong = numbers(epoch, seq);
    if (!wrong && !this.#synced) {
      wrong = "a tick before the snapshot";
    } else if (!wrong && epoch !== this.epoch) {
      wrong = `a tick of epoch ${epoch} within epoch ${this.epoch}, not announced`;
    } else if (!wrong && (this.loose ? seq <= this.seq : seq !== this.seq + 1 + this.#announced)) {
      wrong = `seq ${seq} after ${this.seq} with ${this.#announced} announced`;
    }
    if (wrong === null || this.isNews({ epoch, seq })) {
      this.#at(epoch, seq);
    }
    return wrong;
  }

  #at(epoch, seq) {
    this.epoch = epoch;
    this.seq = seq;
    this.#announced = 0;
    this.#synced = true;
    this.#resuming = false;
  }
}

function numbers(epoch, seq) {
  return Number.isSafeInteger(epoch) && Number.isSafeInteger(seq) ? null : `a position of (${epoch}, ${seq})`;
}

/** What the client stands on; tests bring their own. */
function surroundings(options) {
  const Socket = options.WebSocket ?? globalThis.WebSocket;
  return {
    open: (url) => {
      if (typeof Socket !== "function") {
        throw new TypeError("there is no WebSocket here: pass one, as in new Tickmesh(url, { WebSocket })");
      }
      return new Socket(url);
    },
    now: () => performance.now(),
    later: (task, delay) => setTimeout(task, delay),
    cancel: (timer) => clearTimeout(timer),
    random: Math.random,
    ...options.world,
  };
}

/** Timers by name: setting one anew ends the one before. */
class Timers {
  #world;
  #running = new Map();

  constructor(world) {
    this.#world = world;
  }

  set(name, task, delay) {
    this.clear(name);
    const timer = this.#world.later(() => {
      this.#running.delete(name);
      task();
    }, delay);
    this.#running.set(name, timer);
  }

  has(name) {
    return this.#running.has(name);
  }

  clear(name) {
    if (this.#running.has(name)) {
      this.#world.cancel(this.#running.get(name));
      this.#running.delete(name);
    }
  }

  clearAll() {
    [...this.#running.keys()].forEach((name) => this.clear(name));
  }
}

/**
 * One socket at a time to one of several nodes: greets, measures, notices silence, and comes back. Tells its listener
 * `onState(state)`, `onOpen(hello)`, `onFrame(frame)` and `onLost(why, code)`.
 */
class Connection {
  #urls;
  #at = 0;
  #exact;
  #world;
  #listener;
  #timers;
  #socket = null;
  #failures = 0;
  #pingSentAt = 0;
  #serverTimeAhead = null;
  #retryAfter = null;
  #leftAt = -Infinity;

  state;
  roundTrip = null;
  opened = 0;

  constructor(urls, exact, world, listener) {
    this.#urls = urls;
    this.#exact = exact;
    this.#world = world;
    this.#listener = listener;
    this.#timers = new Timers(world);
    this.state = { state: "connecting", url: urls[0], node: null, retryAt: null, why: "", code: null };
  }

  get isOpen() {
    return this.state.state === "open";
  }

  serverTime() {
    return this.#serverTimeAhead === null ? null : this.#world.now() + this.#serverTimeAhead;
  }

  connect() {
    this.#timers.clear("reconnect");
    const url = this.#urls[this.#at];
    this.#tell({ state: "connecting", url, retryAt: null });
    let socket;
    try {
      socket = this.#world.open(url);
    } catch (cause) {
      this.#lost(String(cause.message ?? cause), null);
      return;
    }
    this.#socket = socket;
    socket.onmessage = (event) => this.#onMessage(socket, event.data);
    socket.onclose = (event) => this.#onClose(socket, event);
    // what an error means is told by the close that follows; a listener keeps Node's sockets from throwing it
    socket.onerror = () => {};
    this.#timers.set("hello", () => this.#giveUp("the server did not greet"), HELLO_WITHIN);
  }

  send(request) {
    this.#socket?.send(JSON.stringify(request));
  }

  hurry() {
    if (this.state.state === "waiting") {
      this.connect();
    }
  }

  close() {
    const socket = this.#socket;
    this.#end("closed", null);
    socket?.close(NORMAL_CLOSURE);
  }

  #end(why, code) {
    this.#socket = null;
    this.#timers.clearAll();
    this.roundTrip = null;
    this.#listener.onLost(why, code);
    this.#tell({ state: "closed", why, code, retryAt: null });
  }

  #onClose(socket, { code, reason }) {
    if (socket !== this.#socket) {
      return;
    }
    const why = reason || (code === 1006 ? "connection lost" : `closed with ${code}`);
    if (code >= 4400 && code < 4500) {
      this.#end(why, code);
      return;
    }
    const hint = /come back in (\d+) ms/.exec(reason ?? "");
    this.#retryAfter ??= hint ? Number(hint[1]) : null;
    if (code === HOLD_LESS || code === FULL) {
      this.#failures = Math.max(this.#failures, (PATIENT_ATTEMPT - 1) * this.#urls.length);
    }
    this.#lost(why, code);
  }

  /** A socket may stay half open for minutes; this one is not waited for. */
  #giveUp(why) {
    const socket = this.#socket;
    this.#lost(why, null);
    socket?.close();
  }

  /** The next node is tried soon; where all were tried in vain, the wait grows. */
  #lost(why, code) {
    this.#socket = null;
    this.#timers.clearAll();
    this.roundTrip = null;
    this.#failures++;
    this.#at = (this.#at + 1) % this.#urls.length;
    const rounds = this.#failures / this.#urls.length;
    const delay =
      this.#retryAfter ??
      (Number.isInteger(rounds)
        ? delayBefore(rounds, this.#world.random)
        : Math.round(OTHER_NODE_WITHIN * this.#world.random()));
    this.#retryAfter = null;
    this.#timers.set("reconnect", () => this.connect(), delay);
    this.#listener.onLost(why, code);
    this.#tell({ state: "waiting", why, code, retryAt: this.#world.now() + delay });
  }

  #tell(change) {
    this.state = { ...this.state, ...change };
    this.#listener.onState(this.state);
  }

  #onMessage(socket, text) {
    if (socket !== this.#socket) {
      return;
    }
    const frames = typeof text === "string" ? decode(text, this.#exact) : null;
    if (frames === null) {
      this.#listener.onFrame({});
      return;
    }
    for (const frame of frames) {
      // a frame before it may have ended this socket
      if (socket === this.#socket && !this.#onFrame(frame)) {
        this.#listener.onFrame(frame);
      }
    }
  }

  /** Whether the frame concerned the connection alone. */
  #onFrame(frame) {
    switch (frame.type) {
      case "hello":
        this.#onHello(frame);
        return true;
      case "pong":
        this.#onPong(frame);
        return true;
      case "leaving":
        this.#retryAfter = Number.isFinite(frame.retry_after_ms) ? frame.retry_after_ms : null;
        return false;
      case "elsewhere":
        this.#onElsewhere(String(frame.reason ?? ""));
        return false;
      default:
        return false;
    }
  }

  #onHello(frame) {
    this.#timers.clear("hello");
    this.opened++;
    this.#serverTimeAhead = frame.time - this.#world.now();
    this.#timers.set("stable", () => (this.#failures = 0), STABLE_AFTER);
    this.#tell({ state: "open", node: String(frame.node ?? ""), why: "", code: null, retryAt: null });
    this.#ping();
    this.#listener.onOpen(frame);
  }

  #ping() {
    this.#pingSentAt = this.#world.now();
    this.send({ type: "ping", id: "ping" });
    this.#timers.set("pong", () => this.#onNoPong(), PONG_WITHIN);
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
    this.#timers.clear("pong");
    const now = this.#world.now();
    this.roundTrip = now - this.#pingSentAt;
    this.#serverTimeAhead = frame.time + this.roundTrip / 2 - now;
    this.#timers.set("ping", () => this.#ping(), PING_EVERY);
  }

  /** Goes where it is better, if there is such a place, but not in circles. */
  #onElsewhere(why) {
    this.#tell({ why });
    const now = this.#world.now();
    if (this.#urls.length > 1 && now - this.#leftAt >= ELSEWHERE_AT_MOST_EVERY) {
      this.#leftAt = now;
      this.#giveUp(why);
    }
  }
}

/** What is known of one topic: its numbers, its state, and the newest value. */
class Strand {
  topic;
  /** Null while the node does not send this topic. */
  continuity = null;
  /** Where to resume; null where there is nothing to resume from. */
  position = null;
  told = { state: undefined, reason: "", since: undefined, simulated: undefined };
  #value = {};

  constructor(topic) {
    this.topic = topic;
  }

  begin() {
    this.continuity = new Continuity(this.position);
  }

  pause() {
    if (this.continuity !== null && this.continuity.seq >= 0) {
      this.position = { epoch: this.continuity.epoch, seq: this.continuity.seq };
    }
    this.continuity = null;
  }

  remember(frame) {
    if (frame.type === "tick") {
      if (frame.state !== undefined && frame.state !== this.told.state) {
        this.told = { ...this.told, state: frame.state, reason: "", since: undefined };
      }
    } else if (frame.type === "snapshot" || frame.type === "reset" || frame.type === "state") {
      const { state, reason = "", since, simulated = this.told.simulated } = frame;
      this.told = { state, reason, since, simulated };
    }
    if (VALUE_EVENTS.has(frame.type)) {
      this.position = { epoch: frame.epoch, seq: frame.seq };
      this.#value = frame;
    }
  }

  /** What this topic would answer to who comes now; null before the node told where it stands. */
  snapshot() {
    if (this.position === null) {
      return null;
    }
    return { ...this.#value, type: "snapshot", topic: this.topic, ...this.position, ...this.told };
  }
}

function hasValue(event) {
  return Object.keys(event).some((member) => !HEAD.has(member));
}

/** Lets through so many ticks a second, always the newest, and counts what that replaced. */
class Limiter {
  #world;
  #give;
  #nextAt = -Infinity;
  #waiting = null;
  #replaced = 0;
  #timer = null;

  interval;

  constructor(world, interval, give) {
    this.#world = world;
    this.interval = interval;
    this.#give = give;
  }

  tick(event) {
    this.#replaced += this.#waiting === null ? 0 : 1;
    this.#waiting = event;
    const wait = this.#nextAt - this.#world.now();
    if (wait <= 0) {
      this.flush();
    } else {
      this.#timer ??= this.#world.later(() => this.flush(), wait);
    }
  }

  conflated(count) {
    this.#replaced += count;
  }

  /** Gives what waits at once, for the sake of order. */
  flush() {
    this.end();
    const event = this.#waiting;
    if (event === null) {
      return;
    }
    this.#waiting = null;
    this.#nextAt = this.#world.now() + this.interval;
    if (this.#replaced > 0) {
      const count = this.#replaced;
      this.#replaced = 0;
      this.#give({ type: "conflated", topic: event.topic, count });
    }
    this.#give(event);
  }

  end() {
    if (this.#timer !== null) {
      this.#world.cancel(this.#timer);
      this.#timer = null;
    }
  }
}

/** A subscription's part in a topic. */
class Share {
  #limiters = new Map();

  constructor(subscription, held, asked, world) {
    this.subscription = subscription;
    this.held = held;
    this.asked = asked;
    this.world = world;
    this.ended = false;
    /** Hears nothing until it was told what is known. */
    this.silent = false;
  }

  get options() {
    return this.subscription.options;
  }

  give(event) {
    this.subscription.take(this.#cut(event), this.asked);
  }

  /** Returns whether that was all this share wanted. */
  deliver(event) {
    const { preference } = this.options;
    if (preference === "snapshot_only") {
      return this.#deliverOnce(event);
    }
    if (preference === "realtime_only" && event.type === "snapshot") {
      return false;
    }
    const limiter = this.#limiterOf(event.topic);
    if (limiter !== null && event.type === "tick") {
      limiter.tick(event);
    } else if (limiter !== null && event.type === "conflated") {
      limiter.conflated(event.count);
    } else {
      limiter?.flush();
      this.give(event);
    }
    return false;
  }

  #deliverOnce(event) {
    if (!VALUE_EVENTS.has(event.type) || !hasValue(event)) {
      return false;
    }
    this.give({ ...event, type: "snapshot" });
    this.give({ type: "done", topic: event.topic });
    return true;
  }

  #limiterOf(topic) {
    const { maxRate } = this.options;
    const wired = this.held.wired?.maxRate ?? Infinity;
    let limiter = this.#limiters.get(topic) ?? null;
    if (maxRate === null || maxRate >= wired) {
      limiter?.flush();
      this.#limiters.delete(topic);
      return null;
    }
    if (limiter === null) {
      limiter = new Limiter(this.world, 1000 / maxRate, (event) => this.give(event));
      this.#limiters.set(topic, limiter);
    }
    limiter.interval = 1000 / maxRate;
    return limiter;
  }

  /** Others may want more members of the same topic. */
  #cut(event) {
    const { fields } = this.options;
    if (fields === null || !VALUE_EVENTS.has(event.type)) {
      return event;
    }
    const wanted = ([member]) => HEAD.has(member) || fields.includes(member);
    return Object.fromEntries(Object.entries(event).filter(wanted));
  }

  end() {
    this.ended = true;
    this.#limiters.forEach((limiter) => limiter.end());
    this.#limiters.clear();
  }
}

/** A topic, or a pattern of topics, that this client holds at the node for all its subscriptions. */
class Held {
  shares = new Set();
  strands = new Map();
  /** What was asked of the node last; null while nothing is. */
  wired = null;
  /** The members by which compact ticks of it are to be read; null for those of its kind. */
  columns = null;
  result = null;
  everyField = false;
  served = false;
  /** Whether it is to be asked for as if nothing were known. */
  fresh = true;

  constructor(key, topic) {
    this.key = key;
    this.keys = [key];
    this.name = topic;
    this.isPattern = topic.endsWith(":*");
  }

  strandOf(topic) {
    let strand = this.strands.get(topic);
    if (strand === undefined) {
      strand = new Strand(topic);
      this.strands.set(topic, strand);
    }
    return strand;
  }

  rename(name) {
    const strand = this.strands.get(this.name);
    if (strand !== undefined && name !== this.name) {
      this.strands.delete(this.name);
      strand.topic = name;
      this.strands.set(name, strand);
    }
    this.name = name;
  }

  begin(wired) {
    this.wired = wired;
    this.result = null;
    this.served = false;
    if (!this.isPattern) {
      const strand = this.strandOf(this.name);
      strand.position = this.fresh ? null : strand.position;
      strand.begin();
      strand.continuity.loose = wired.maxRate !== null;
    }
    this.fresh = false;
  }

  get position() {
    const resumes = !this.fresh && !this.isPattern && this.wanted().preference === "both";
    return resumes ? (this.strands.get(this.name)?.position ?? null) : null;
  }

  /** The least that serves all shares. */
  wanted() {
    const options = [...this.shares].map((share) => share.options);
    const streams = options.filter((each) => each.preference !== "snapshot_only");
    const rates = streams.map((each) => each.maxRate);
    const fields = options.map((each) => each.fields);
    const members = fields.includes(null) ? [] : [...new Set(fields.flat())].sort();
    return {
      preference: streams.length > 0 ? "both" : "snapshot_only",
      maxRate: rates.length === 0 || rates.includes(null) ? null : Math.max(...rates),
      fields: this.everyField || members.length === 0 || members.length > FIELDS_PER_REQUEST ? null : members,
    };
  }

  /** Whether the members that were refused are not what each of the shares wants: then the wrong may be hit. */
  get mixesFields() {
    const { fields } = this.wired;
    return fields !== null && [...this.shares].some((share) => !sameText([...(share.options.fields ?? [])].sort(), fields));
  }
}

/** Whether an answer in the new form cannot be made of the old one. */
function isMore(wanted, wired) {
  return (
    (wanted.preference === "both" && wired.preference !== "both") ||
    (wired.fields !== null && (wanted.fields === null || wanted.fields.some((each) => !wired.fields.includes(each))))
  );
}

function sameText(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Events that wait for a reader who takes his time: at most so many, the oldest ticks replaced by newer ones. */
class Backlog {
  #limit;
  #events = [];
  #missing = new Map();
  #reader = null;
  #ended = false;

  constructor(limit) {
    this.#limit = limit;
  }

  push(event) {
    this.#events.push(event);
    if (this.#events.length > this.#limit) {
      this.#giveUpOne();
    }
    this.#serve();
  }

  end() {
    this.#ended = true;
    this.#serve();
  }

  next() {
    return new Promise((resolve) => {
      this.#reader = resolve;
      this.#serve();
    });
  }

  #giveUpOne() {
    const tick = this.#events.findIndex((event) => event.type === "tick");
    const [lost] = this.#events.splice(Math.max(tick, 0), 1);
    if (lost.type === "tick" || lost.type === "conflated" || lost.type === "gap") {
      this.#missing.set(lost.topic, (this.#missing.get(lost.topic) ?? 0) + (lost.count ?? lost.lost ?? 1));
    }
  }

  #serve() {
    if (this.#reader === null || (this.#events.length === 0 && !this.#ended)) {
      return;
    }
    const resolve = this.#reader;
    this.#reader = null;
    resolve(this.#events.length === 0 ? { done: true, value: undefined } : { done: false, value: this.#take() });
  }

  #take() {
    const [event] = this.#events;
    if (event.type === "snapshot" || event.type === "reset") {
      this.#missing.delete(event.topic);
    }
    const count = event.type === "tick" ? this.#missing.get(event.topic) : undefined;
    if (count !== undefined) {
      this.#missing.delete(event.topic);
      const type = kindOf(event.topic) === "notice" ? "gap" : "conflated";
      return type === "gap" ? { type, topic: event.topic, lost: count } : { type, topic: event.topic, count };
    }
    return this.#events.shift();
  }
}

function optionsOf({ preference = "both", maxRate = null, fields = null }) {
  if (!PREFERENCES.includes(preference)) {
    throw new TypeError(`preference must be one of ${PREFERENCES.join(", ")}, not ${preference}`);
  }
  if (maxRate !== null && !(maxRate >= 0.01 && maxRate <= 1000)) {
    throw new TypeError(`maxRate must be 0.01 to 1000 ticks a second, not ${maxRate}`);
  }
  if (fields !== null && !(Array.isArray(fields) && fields.every((each) => typeof each === "string"))) {
    throw new TypeError("fields must be an array of names");
  }
  return { preference, maxRate, fields: fields === null ? null : [...fields] };
}

/** What one caller wants of some topics. Made by `Tickmesh.subscribe`. */
export class Subscription extends Emitter {
  #owner;
  #unanswered;
  #answer;
  #backlogs = new Set();
  #results = new Map();

  /** What was asked; `configure` changes it. */
  options;
  topics;
  ended = false;
  /** Resolves, when the node has answered for every topic, to these answers in the order of the topics. */
  ready = new Promise((resolve) => (this.#answer = resolve));

  constructor(owner, topics, options) {
    super();
    this.#owner = owner;
    this.topics = Object.freeze([...new Set(topics)]);
    this.options = options;
    this.#unanswered = new Set(this.topics);
  }

  /** Ends this; other subscriptions to the same topics go on. */
  unsubscribe() {
    this.#owner.end(this);
    this.finish();
  }

  /** Changes `maxRate` and `fields` while running; null means all. */
  configure({ maxRate = this.options.maxRate, fields = this.options.fields }) {
    this.options = optionsOf({ preference: this.options.preference, maxRate, fields });
    this.#owner.changed(this);
  }

  /** All events in order, for `for await`. A slow reader misses ticks, and is told so. */
  events({ limit = 1_000 } = {}) {
    const backlog = new Backlog(limit);
    this.#backlogs.add(backlog);
    if (this.ended) {
      backlog.end();
    }
    const close = () => {
      this.#backlogs.delete(backlog);
      backlog.end();
      return Promise.resolve({ done: true, value: undefined });
    };
    return { next: () => backlog.next(), return: close, [Symbol.asyncIterator]() { return this; } };
  }

  [Symbol.asyncIterator]() {
    return this.events();
  }

  /** For the client: an event of a topic, which the caller wrote like that. */
  take(event, asked) {
    if (this.ended) {
      return;
    }
    if (event.type === "accepted" || event.type === "refused") {
      this.#onResult(event, asked);
    }
    this.emit(event.type, event, asked);
    this.emit("*", event, asked);
    this.#backlogs.forEach((backlog) => backlog.push(event));
  }

  #onResult(event, asked) {
    this.#results.set(asked, event);
    this.#unanswered.delete(asked);
    if (this.#unanswered.size === 0) {
      this.#answer(this.topics.map((topic) => this.#results.get(topic)));
    }
  }

  /** For the client: nothing comes any more. */
  finish() {
    if (this.ended) {
      return;
    }
    this.ended = true;
    this.#answer(this.topics.map((topic) => this.#results.get(topic) ?? null));
    this.#backlogs.forEach((backlog) => backlog.end());
    this.#backlogs.clear();
    this.emit("end", { type: "end" });
  }
}

/** `http://host:8000` is as good as `ws://host:8000/stream`. */
function address(text, { format = "json", batch = 0 }) {
  const url = new URL(text, globalThis.location?.href);
  url.protocol = url.protocol === "https:" || url.protocol === "wss:" ? "wss:" : "ws:";
  url.hash = "";
  if (url.pathname === "/") {
    url.pathname = "/stream";
  }
  if (format !== "json") {
    url.searchParams.set("format", format);
  }
  if (batch > 0) {
    url.searchParams.set("batch", String(batch));
  }
  return url.href;
}

/**
 * A client of one or more nodes of a cluster. Holds each topic once, however many subscriptions want it, and holds it
 * again after every reconnect, from where it stood.
 *
 * Its own events: `connection`, `leaving`, `elsewhere`, `violation` and `error`.
 */
export class Tickmesh extends Emitter {
  #world;
  #connection;
  #timers;
  #held = new Map();
  #named = new Map();
  #numbered = new Map();
  #patterns = 0;
  #subscriptions = new Map();
  #components = new Set();
  #toAsk = new Set();
  #toLeave = new Set();
  #toConfigure = new Set();
  #leaving = new Map();
  #requests = new Map();
  #lastId = 0;
  #perRequest = TOPICS_PER_REQUEST;
  #bytesPerRequest = REQUEST_BYTES;

  ticks = 0;
  violations = 0;
  violationLog = [];
  counts = { processed: 0, gaps: 0, lost: 0, conflated: 0, resets: 0, refused: 0 };

  /** Connects at once. `url` may be several, of which one is used at a time. */
  constructor(url, options = {}) {
    super();
    const urls = (Array.isArray(url) ? url : [url]).map((each) => address(String(each), options));
    if (urls.length === 0) {
      throw new TypeError("no URL");
    }
    const { numbers = "number" } = options;
    if (numbers !== "number" && numbers !== "string") {
      throw new TypeError(`numbers must be "number" or "string", not ${numbers}`);
    }
    this.#world = surroundings(options);
    this.#timers = new Timers(this.#world);
    this.#connection = new Connection(urls, numbers === "string", this.#world, {
      onState: (state) => this.emit("connection", state),
      onOpen: (hello) => this.#onOpen(hello),
      onFrame: (frame) => this.#onFrame(frame),
      onLost: (why, code) => this.#onLost(why, code),
    });
    // who made this can still listen before the first event
    this.#timers.set("connect", () => this.#connection.connect(), 0);
  }

  /** How the connection is: `state` (`connecting`, `open`, `waiting`, `closed`), `url`, `node`, `why`, `code`, `retryAt`. */
  get connection() {
    return this.#connection.state;
  }

  /** Milliseconds to the node and back; null before it was measured. */
  get roundTrip() {
    return this.#connection.roundTrip;
  }

  /** The node's clock in milliseconds; null before it was told. */
  serverTime() {
    return this.#connection.serverTime();
  }

  /** Milliseconds since an event was received at the gateway; null if that is not known. */
  age(event) {
    const now = this.serverTime();
    return now === null || event.received === undefined ? null : Math.max(0, now - event.received / 1000);
  }

  /** Tries at once, where the next attempt is still being waited for. */
  hurry() {
    this.#connection.hurry();
  }

  /**
   * Subscribes to topics. The handler gets every event and the topic as it was written here:
   * `handler(event, topic)`.
   */
  subscribe(topics, options = {}, handler = undefined) {
    if (typeof options === "function") {
      return this.subscribe(topics, {}, options);
    }
    const wanted = Array.isArray(topics) ? topics : [topics];
    if (wanted.length === 0 || !wanted.every((topic) => typeof topic === "string" && topic !== "")) {
      throw new TypeError("topics must be names of topics, at least one");
    }
    const checked = optionsOf(options);
    if (checked.preference === "snapshot_only" && wanted.some((topic) => topic.endsWith(":*"))) {
      throw new TypeError("a pattern has no single snapshot");
    }
    if (this.connection.state === "closed") {
      throw new Error(`the client is closed: ${this.connection.why}`);
    }
    const owner = { end: (ended) => this.#end(ended), changed: (changed) => this.#changed(changed) };
    const subscription = new Subscription(owner, wanted, checked);
    if (handler !== undefined) {
      subscription.on("*", handler);
    }
    this.#subscriptions.set(
      subscription,
      subscription.topics.map((topic) => this.#join(subscription, topic)),
    );
    return subscription;
  }

  /** A part of an application with needs of its own; it is held weakly. */
  component(name, options = {}) {
    return new Component(this, name, options, {
      on: (needs) => this.#components.add(needs),
      off: (needs) => this.#components.delete(needs),
      now: () => this.#world.now(),
      later: (task, delay) => this.#world.later(task, delay),
      cancel: (timer) => this.#world.cancel(timer),
    });
  }

  getHealthStatus() {
    const { state, node, why } = this.connection;
    return {
      status: state === "open" ? "healthy" : "unhealthy",
      connection: state,
      node,
      reason: why,
      components: [...this.#components].map((needs) => needs.name),
      topics: this.#held.size,
    };
  }

  getAllConnectionMetrics() {
    return {
      total_processed: this.counts.processed,
      total_ticks: this.ticks,
      connections: this.#connection.opened,
      topics: this.#held.size,
      subscriptions: this.#subscriptions.size,
      gaps: this.counts.gaps,
      lost: this.counts.lost,
      conflated: this.counts.conflated,
      resets: this.counts.resets,
      refused: this.counts.refused,
      violations: this.violations,
      round_trip_ms: this.roundTrip,
    };
  }

  /** Ends every subscription and the connection. */
  close() {
    this.#timers.clearAll();
    this.#connection.close();
    const ended = [...this.#subscriptions];
    this.#subscriptions.clear();
    this.#held.clear();
    this.#named.clear();
    ended.forEach(([subscription, shares]) => {
      shares.forEach((share) => share.end());
      subscription.finish();
    });
  }

  // What is held

  #join(subscription, topic) {
    const key = keyOf(topic);
    let held = this.#held.get(key);
    const known = held !== undefined;
    if (!known) {
      held = new Held(key, topic);
      this.#held.set(key, held);
      this.#named.set(topic, held);
      this.#patterns += held.isPattern ? 1 : 0;
    }
    const share = new Share(subscription, held, topic, this.#world);
    held.shares.add(share);
    if (!known) {
      this.#askSoon(this.#toAsk, held);
    } else if (!this.#reconcile(held)) {
      share.silent = true;
      // the caller has not seen the subscription yet
      this.#world.later(() => this.#tellWhatIsKnown(share), 0);
    }
    return share;
  }

  #tellWhatIsKnown(share) {
    const { held } = share;
    share.silent = false;
    if (share.ended) {
      return;
    }
    if (held.result !== null) {
      share.give(held.result.ok ? accepted(share, held.result) : refused(share, held.result));
    }
    if (held.fresh) {
      return;
    }
    for (const strand of held.strands.values()) {
      const snapshot = strand.snapshot();
      if (snapshot !== null && !share.ended) {
        this.#deliver(share, snapshot);
      }
    }
  }

  /** Asks for what the shares want now, if that is not what was asked; returns whether a new snapshot is to come. */
  #reconcile(held) {
    if (held.wired === null || this.#toAsk.has(held)) {
      return held.fresh;
    }
    const wanted = held.wanted();
    if (sameText(wanted, held.wired)) {
      return false;
    }
    if (isMore(wanted, held.wired)) {
      if (held.result?.ok !== false && !held.served) {
        this.#toLeave.add(held.name);
      }
      held.fresh = true;
      this.#askSoon(this.#toAsk, held);
      return true;
    }
    if (wanted.preference === "both" && held.wired.preference === "both") {
      this.#askSoon(this.#toConfigure, held);
    }
    return false;
  }

  #changed(subscription) {
    this.#subscriptions.get(subscription)?.forEach((share) => share.ended || this.#reconcile(share.held));
  }

  #end(subscription) {
    this.#subscriptions.get(subscription)?.forEach((share) => share.ended || this.#leave(share));
    this.#subscriptions.delete(subscription);
  }

  #leave(share) {
    const { held } = share;
    share.end();
    held.shares.delete(share);
    if (held.shares.size > 0) {
      this.#reconcile(held);
      return;
    }
    held.keys.forEach((key) => this.#held.delete(key));
    this.#forgetName(held);
    this.#patterns -= held.isPattern ? 1 : 0;
    this.#toConfigure.delete(held);
    const asked = !this.#toAsk.delete(held) && held.wired !== null;
    if (asked && held.result?.ok !== false && !held.served) {
      this.#askSoon(this.#toLeave, held.name);
    }
  }

  #forgetName(held) {
    if (this.#named.get(held.name) === held) {
      this.#named.delete(held.name);
    }
  }

  // Requests

  /** Collects what one turn asks for into few requests. */
  #askSoon(list, item) {
    list.add(item);
    if (!this.#timers.has("ask")) {
      this.#timers.set("ask", () => this.#ask(), 0);
    }
  }

  #ask() {
    this.#timers.clear("ask");
    if (!this.#connection.isOpen) {
      return;
    }
    const left = [...this.#toLeave];
    this.#toLeave.clear();
    left.forEach((name) => this.#leaving.set(keyOf(name), (this.#leaving.get(keyOf(name)) ?? 0) + 1));
    this.#request("unsubscribe", {}, left.map((name) => ({ name, item: name })));
    this.#askFor([...this.#toAsk]);
    this.#configure([...this.#toConfigure].filter((held) => !this.#toAsk.has(held)));
    this.#toAsk.clear();
    this.#toConfigure.clear();
  }

  #askFor(all) {
    const fresh = [];
    const known = [];
    for (const held of all) {
      const { position } = held;
      const item = position === null ? held.name : { topic: held.name, ...position };
      (position === null ? fresh : known).push({ held, item });
      held.begin(held.wanted());
    }
    for (const group of grouped(fresh)) {
      this.#request("subscribe", group[0].held.wired, group);
    }
    for (const group of grouped(known)) {
      this.#request("resume", group[0].held.wired, group);
    }
  }

  #configure(all) {
    for (const held of all) {
      held.wired = held.wanted();
    }
    for (const group of grouped(all.map((held) => ({ held, item: held.name })))) {
      this.#request("configure", group[0].held.wired, group);
    }
  }

  /** The parts are `held` (or, of what is left, `name`) and the `item` that names it in the request. */
  #request(type, wired, parts) {
    for (const chunk of this.#chunks(parts)) {
      const id = ++this.#lastId;
      this.#requests.set(id, { type, wired, parts: chunk, at: this.#world.now() });
      const list = { [type === "resume" ? "positions" : "topics"]: chunk.map(({ item }) => item) };
      this.#connection.send({ type, id, ...list, ...onTheWire(type, wired) });
    }
    if (this.#requests.size > 0 && !this.#timers.has("overdue")) {
      this.#timers.set("overdue", () => this.#onOverdue(), RETRY_REFUSED_AFTER);
    }
  }

  *#chunks(parts) {
    let chunk = [];
    let bytes = 0;
    for (const part of parts) {
      const more = encoder.encode(JSON.stringify(part.item)).length + 1;
      if (chunk.length === this.#perRequest || (chunk.length > 0 && bytes + more > this.#bytesPerRequest)) {
        yield chunk;
        chunk = [];
        bytes = 0;
      }
      chunk.push(part);
      bytes += more;
    }
    if (chunk.length > 0) {
      yield chunk;
    }
  }

  /** A node that is asked too fast drops requests without an answer. */
  #onOverdue() {
    const due = this.#world.now() - RETRY_REFUSED_AFTER;
    for (const [id, request] of this.#requests) {
      if (request.at <= due) {
        this.#requests.delete(id);
        this.#again(request);
      }
    }
    this.#ask();
    if (this.#requests.size > 0 && !this.#timers.has("overdue")) {
      this.#timers.set("overdue", () => this.#onOverdue(), RETRY_REFUSED_AFTER);
    }
  }

  #again({ type, parts }) {
    for (const { held, name } of parts) {
      if (type === "unsubscribe") {
        this.#left(name);
        if (!this.#named.has(name)) {
          this.#toLeave.add(name);
        }
      } else if (this.#held.get(held.key) === held) {
        (type === "configure" ? this.#toConfigure : this.#toAsk).add(held);
      }
    }
  }

  #left(name) {
    const key = keyOf(name);
    const more = (this.#leaving.get(key) ?? 1) - 1;
    if (more > 0) {
      this.#leaving.set(key, more);
    } else {
      this.#leaving.delete(key);
    }
  }

  // What the node says

  #onOpen(hello) {
    const { topics_per_request: topics, message_bytes: bytes } = hello.limits ?? {};
    if (Number.isSafeInteger(topics) && topics > 0) {
      this.#perRequest = Math.min(this.#perRequest, topics);
    }
    if (Number.isSafeInteger(bytes)) {
      this.#bytesPerRequest = Math.max(1, Math.min(this.#bytesPerRequest, bytes - 1_000));
    }
    this.#ask();
  }

  #onLost(why, code) {
    if (code === TOO_LARGE) {
      this.#perRequest = Math.max(1, this.#perRequest >> 1);
    }
    this.#timers.clearAll();
    this.#requests.clear();
    this.#leaving.clear();
    this.#toLeave.clear();
    this.#toConfigure.clear();
    this.#numbered.clear();
    this.#toAsk = new Set(this.#held.values());
    for (const held of this.#toAsk) {
      const running = held.result?.ok === true;
      held.wired = null;
      held.result = null;
      held.strands.forEach((strand) => strand.pause());
      if (running) {
        held.strands.forEach((strand) => this.#sayState(held, strand, { state: "stale", reason: `not connected: ${why}` }));
      }
      if (held.isPattern) {
        held.strands.clear();
      }
    }
  }

  /** The client's own word on a topic, where the node says none. */
  #sayState(held, strand, { state, reason = "" }) {
    const event = { type: "state", topic: strand.topic, state, reason, since: Date.now(), local: true };
    strand.remember(event);
    held.shares.forEach((share) => this.#deliver(share, event));
  }

  #onFrame(frame) {
    this.counts.processed++;
    if (Array.isArray(frame)) {
      this.#onCompact(frame);
      return;
    }
    switch (frame.type) {
      case "subscribed":
      case "resumed":
      case "configured":
      case "unsubscribed":
        this.#onResults(frame);
        break;
      case "error":
        this.#onError(frame);
        break;
      case "leaving":
      case "elsewhere":
        this.emit(frame.type, frame);
        break;
      case undefined:
        this.#violation("frame", "a frame that is no JSON object with a type");
        break;
      default:
        if (TOPIC_EVENTS.has(frame.type) && typeof frame.topic === "string") {
          this.#onTopicFrame(frame);
        }
    }
  }

  #onResults(frame) {
    const request = this.#requests.get(frame.id);
    this.#requests.delete(frame.id);
    request?.parts.forEach(({ held, name }, i) => {
      const result = frame.results?.[i];
      if (request.type === "unsubscribe") {
        this.#left(name);
      } else if (result && this.#held.get(held.key) === held) {
        this.#onResult(request, held, result);
      }
    });
  }

  #onError(frame) {
    const request = this.#requests.get(frame.id);
    if (!request) {
      this.emit("error", frame);
      if (frame.code !== "too_fast") {
        this.#violation("error", String(frame.message));
      }
      return;
    }
    const results = request.parts.map(() => ({ ...frame, ok: false }));
    this.#onResults({ id: frame.id, results });
  }

  #onResult({ type, wired }, held, result) {
    if (type === "configure") {
      if (result.ok) {
        this.#onConfigured(held, wired);
      }
      return;
    }
    if (!result.ok) {
      this.#onRefused(type, held, result);
      return;
    }
    held.result = result;
    held.columns = wired.fields;
    this.#onName(held, result);
    // empty where another one serves this topic
    held.shares.forEach((share) => share.silent || share.give(accepted(share, result)));
    if (type === "resume" && !result.reset && result.state !== undefined) {
      const strand = held.strandOf(held.name);
      if (strand.told.state !== result.state) {
        this.#sayState(held, strand, result);
      }
    }
  }

  #onConfigured(held, wired) {
    held.columns = wired.fields;
    held.strands.forEach((strand) => {
      if (strand.continuity !== null) {
        strand.continuity.loose ||= wired.maxRate !== null;
      }
    });
  }

  #onName(held, { topic, n }) {
    if (typeof topic === "string" && topic !== held.name) {
      this.#forgetName(held);
      held.rename(topic);
      const other = this.#named.get(topic);
      if (other !== undefined && other !== held) {
        this.#merge(held, other);
        return;
      }
      this.#named.set(topic, held);
    }
    if (n !== undefined && !held.isPattern) {
      this.#numbered.set(n, held.name);
    }
  }

  /** Two names turned out to be one topic: what was asked under the one is served by the other. */
  #merge(held, other) {
    this.#held.set(held.key, other);
    other.keys.push(held.key);
    const moved = [...held.shares];
    held.shares.clear();
    moved.forEach((share) => {
      share.held = other;
      other.shares.add(share);
    });
    if (!this.#reconcile(other)) {
      moved.forEach((share) => this.#tellWhatIsKnown(share));
    }
  }

  #onRefused(type, held, result) {
    held.result = result;
    held.strands.forEach((strand) => strand.pause());
    if (type === "resume" && result.code === "unknown_type") {
      // a node of an earlier version, as in a rolling upgrade
      held.fresh = true;
      this.#askSoon(this.#toAsk, held);
      return;
    }
    const ofFields = result.code === "too_many_field_sets" || (result.code === "bad_request" && held.mixesFields);
    if (ofFields && !held.everyField) {
      // members can be left out here as well
      held.everyField = true;
      this.#askSoon(this.#toAsk, held);
      return;
    }
    this.counts.refused++;
    held.shares.forEach((share) => share.silent || share.give(refused(share, result)));
    if (result.retry && this.#held.get(held.key) === held) {
      this.#toAsk.add(held);
      this.#timers.set("refused", () => this.#ask(), RETRY_REFUSED_AFTER);
    }
  }

  #onCompact(values) {
    const topic = this.#numbered.get(Number(values[0]));
    if (topic === undefined) {
      return;
    }
    const held = this.#heldOf(topic);
    const strand = held?.strands.get(topic);
    if (!strand?.continuity) {
      return;
    }
    const columns = held.columns ?? COMPACT[kindOf(topic)] ?? [];
    this.#onTopicFrame(expanded(values, columns, strand));
  }

  #heldOf(topic) {
    return this.#named.get(topic) ?? (this.#patterns > 0 ? this.#named.get(patternOf(topic)) : undefined);
  }

  #onTopicFrame(frame) {
    if (this.#leaving.size > 0 && this.#leaving.has(keyOf(frame.topic))) {
      return;
    }
    if (frame.n !== undefined) {
      this.#numbered.set(frame.n, frame.topic);
    }
    const held = this.#named.get(frame.topic);
    const pattern = this.#patterns > 0 ? this.#named.get(patternOf(frame.topic)) : undefined;
    const both = held !== undefined && pattern !== undefined && pattern !== held;
    if (held !== undefined) {
      this.#take(held, frame, both);
    }
    if (pattern !== undefined && pattern !== held) {
      this.#take(pattern, frame, both);
    }
  }

  /** `twice` says that the node may send the same frame for a topic and for its pattern. */
  #take(held, frame, twice) {
    const strand = held.strandOf(frame.topic);
    if (held.isPattern && strand.continuity === null) {
      strand.begin();
    }
    const { continuity } = strand;
    if (continuity === null || frame.type === "done") {
      return;
    }
    const nowhere = VALUE_EVENTS.has(frame.type) ? numbers(frame.epoch, frame.seq) : null;
    if (nowhere !== null) {
      this.#violation(frame.topic, nowhere);
      return;
    }
    const isTick = frame.type === "tick";
    const news = continuity.isNews(frame);
    const missing = isTick ? continuity.missingBefore(frame) : 0;
    const wrong = continuity.check(frame);
    if (wrong !== null && !(twice && !news)) {
      this.#violation(frame.topic, wrong);
      if (frame.type === "gap" || frame.type === "conflated") {
        return;
      }
    }
    if (isTick) {
      this.ticks++;
      if (!news) {
        return;
      }
    }
    if (missing > 0) {
      this.#tell(held, strand, { type: "gap", topic: frame.topic, lost: missing, unannounced: true });
    }
    this.#tell(held, strand, frame);
  }

  #tell(held, strand, frame) {
    strand.remember(frame);
    this.#count(frame);
    held.served ||= held.wired?.preference === "snapshot_only" && VALUE_EVENTS.has(frame.type) && hasValue(frame);
    for (const share of [...held.shares]) {
      this.#deliver(share, frame);
    }
  }

  #count(frame) {
    if (frame.type === "gap") {
      this.counts.gaps++;
      this.counts.lost += frame.lost;
    } else if (frame.type === "conflated") {
      this.counts.conflated += frame.count;
    } else if (frame.type === "reset") {
      this.counts.resets++;
    }
  }

  #deliver(share, frame) {
    if (!share.ended && !share.silent && share.deliver(frame)) {
      this.#leave(share);
      const { subscription } = share;
      const shares = this.#subscriptions.get(subscription);
      if (shares?.every((each) => each.ended)) {
        this.#subscriptions.delete(subscription);
        subscription.finish();
      }
    }
  }

  #violation(where, what) {
    this.violations++;
    if (this.violationLog.length < KEPT_VIOLATIONS) {
      this.violationLog.push(`${where}: ${what}`);
    }
    this.emit("violation", { type: "violation", where, what });
  }
}

function accepted(share, { topic, state, reason = "" }) {
  return { type: "accepted", ok: true, topic: topic ?? share.held.name, state, reason };
}

function refused(share, { code, message, retry = false }) {
  return { type: "refused", ok: false, topic: share.asked, code, message, retry };
}

/** Parts whose topics are to be asked for with the same options. */
function grouped(parts) {
  const groups = new Map();
  for (const part of parts) {
    const key = JSON.stringify(part.held.wired);
    if (!groups.has(key)) {
      groups.set(key, []);
    }
    groups.get(key).push(part);
  }
  return groups.values();
}

/** Options as the node reads them; what is not wanted is left out, or null where it may have been wanted before. */
function onTheWire(type, { preference, maxRate, fields }) {
  if (type === "unsubscribe") {
    return {};
  }
  if (type === "configure") {
    return { max_rate: maxRate, fields };
  }
  return {
    ...(preference === "both" ? {} : { preference }),
    ...(maxRate === null ? {} : { max_rate: maxRate }),
    ...(fields === null ? {} : { fields }),
  };
}

function expanded(values, columns, strand) {
  const [, seq, received] = values;
  const frame = {
    type: "tick",
    topic: strand.topic,
    epoch: strand.continuity.epoch,
    seq: Number(seq),
    state: strand.told.state,
    received: Number(received),
  };
  columns.forEach((name, i) => {
    const value = values[i + 3];
    if (value !== undefined && value !== null) {
      frame[name] = name === "side" ? (SIDES[value] ?? value) : WHOLE.has(name) ? Number(value) : value;
    }
  });
  return frame;
}

const DEFAULT_PROVIDER = "upbit";
const PRICE_WITHIN = 3_000;

/** What a component needs, without holding the component itself. */
class Needs {
  subscriptions = new Set();
  ended = false;

  constructor(name, registry) {
    this.name = name;
    this.registry = registry;
  }

  end() {
    this.ended = true;
    this.subscriptions.forEach((subscription) => subscription.unsubscribe());
    this.subscriptions.clear();
    this.registry.off(this);
  }
}

const vanished = new FinalizationRegistry((needs) => needs.end());

/**
 * A part of an application, with needs that vanish with it: the client holds it weakly, so keep a reference to it for as
 * long as it is to be called. Made by `Tickmesh.component`.
 */
export class Component {
  #mesh;
  #provider;
  #registry;
  #needs;
  #callbacks = new Map();

  constructor(mesh, name, { provider = DEFAULT_PROVIDER }, registry) {
    this.#mesh = mesh;
    this.#provider = provider;
    this.#registry = registry;
    this.#needs = new Needs(String(name), registry);
    registry.on(this.#needs);
    vanished.register(this, this.#needs, this.#needs);
  }

  get name() {
    return this.#needs.name;
  }

  /** Calls back with `symbol`, `trade_price` and the rest of the summary. Symbols without a provider are Upbit's. */
  subscribeTicker(symbols, callback, streamPreference = "both") {
    return this.#subscribe("ticker", symbols, callback, streamPreference);
  }

  /** Calls back with `symbol` and `orderbook_units`, the best level first. */
  subscribeOrderbook(symbols, callback, streamPreference = "both") {
    return this.#subscribe("book", symbols, callback, streamPreference);
  }

  /** The newest price of a symbol, or null where none comes in time. */
  price(symbol, { timeout = PRICE_WITHIN } = {}) {
    return new Promise((resolve) => {
      let subscription = null;
      const answer = (price) => {
        this.#registry.cancel(timer);
        subscription?.unsubscribe();
        resolve(price);
      };
      const timer = this.#registry.later(() => answer(null), timeout);
      subscription = this.subscribeTicker([symbol], (event) => answer(event.trade_price ?? null), "snapshot_only");
      subscription.on("refused", ({ retry }) => retry || answer(null));
    });
  }

  getHealthStatus() {
    return this.#mesh.getHealthStatus();
  }

  getAllConnectionMetrics() {
    return this.#mesh.getAllConnectionMetrics();
  }

  /** Ends what this component needs, now rather than when it is collected. */
  close() {
    vanished.unregister(this.#needs);
    this.#callbacks.clear();
    this.#needs.end();
  }

  #subscribe(kind, symbols, callback, preference) {
    if (this.#needs.ended) {
      throw new Error(`the component ${this.name} is closed`);
    }
    const topics = [symbols].flat().map((symbol) => this.#topic(kind, symbol));
    const subscription = this.#mesh.subscribe(topics, { preference });
    const id = Symbol(kind);
    this.#callbacks.set(id, callback);
    this.#needs.subscriptions.add(subscription);
    Component.#connect(subscription, new WeakRef(this), this.#needs, id);
    return subscription;
  }

  /** In a scope of its own: a listener made where `this` is in reach would hold the component. */
  static #connect(subscription, component, needs, id) {
    const shape = id.description === "ticker" ? tickerEvent : orderbookEvent;
    subscription.on("*", (event) => {
      const owner = component.deref();
      if (owner === undefined) {
        needs.end();
      } else {
        owner.#call(id, event, shape);
      }
    });
    subscription.on("end", () => {
      needs.subscriptions.delete(subscription);
      component.deref()?.#callbacks.delete(id);
    });
  }

  #call(id, event, shape) {
    if (VALUE_EVENTS.has(event.type) && hasValue(event)) {
      this.#callbacks.get(id)?.(shape(event));
    }
  }

  #topic(kind, symbol) {
    return symbol.includes(":") ? `${kind}/${symbol}` : `${kind}/${this.#provider}:${symbol}`;
  }
}

function contractEvent(type, event) {
  const { type: said, ...rest } = event;
  const symbol = event.topic.slice(event.topic.indexOf(":") + 1);
  return { ...rest, type, symbol, stream_type: said === "tick" ? "REALTIME" : "SNAPSHOT" };
}

function tickerEvent(event) {
  return { ...contractEvent("ticker", event), trade_price: event.price };
}

function orderbookEvent(event) {
  const { asks = [], bids = [] } = event;
  const units = Array.from({ length: Math.max(asks.length, bids.length) }, (_, i) => ({
    ask_price: asks[i]?.[0] ?? null,
    bid_price: bids[i]?.[0] ?? null,
    ask_size: asks[i]?.[1] ?? null,
    bid_size: bids[i]?.[1] ?? null,
  }));
  return { ...contractEvent("orderbook", event), orderbook_units: units };
}
