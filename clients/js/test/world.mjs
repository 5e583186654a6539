// A server and a clock in the hands of a test.

import { Tickmesh } from "../tickmesh.js";

export class World {
  sockets = [];
  heard = [];
  #now = 1_000;
  #timers = new Map();
  #lastTimer = 0;

  constructor(options = {}, urls = "ws://test/stream") {
    this.mesh = new Tickmesh(urls, {
      ...options,
      world: {
        open: (url) => this.#open(url),
        now: () => this.#now,
        later: (task, delay) => this.#timers.set(++this.#lastTimer, { task, at: this.#now + delay }) && this.#lastTimer,
        cancel: (timer) => this.#timers.delete(timer),
        random: () => 1,
      },
    });
    this.pass(0);
  }

  #open(url) {
    const socket = {
      url,
      sent: [],
      send: (text) => socket.sent.push(JSON.parse(text)),
      close: () => (socket.closed = true),
    };
    this.sockets.push(socket);
    return socket;
  }

  pass(millis) {
    const end = this.#now + millis;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) {
        break;
      }
      this.#timers.delete(due[0]);
      this.#now = Math.max(this.#now, due[1].at);
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

  get timers() {
    return this.#timers.size;
  }

  say(...frames) {
    frames.forEach((frame) => this.sayText(JSON.stringify(frame)));
  }

  sayText(text) {
    this.socket.onmessage({ data: text });
  }

  hello(more = {}) {
    this.say({ type: "hello", protocol: 1, node: "n1", time: 5_000_000, ...more });
    this.pass(0);
  }

  cut(code = 1006, reason = "") {
    this.socket.onclose({ code, reason });
  }

  asked(type) {
    return this.socket.sent.filter((request) => request.type === type);
  }

  /** Answers the newest request of a type: every topic is accepted. */
  accept(type = "subscribe", more = {}) {
    const request = this.asked(type).at(-1);
    const topics = request.topics ?? request.positions.map(({ topic }) => topic);
    const answer = { subscribe: "subscribed", unsubscribe: "unsubscribed", resume: "resumed", configure: "configured" }[type];
    this.say({
      type: answer,
      id: request.id,
      results: topics.map((topic) => ({ topic, ok: true, state: "live", reason: "", ...more })),
    });
    return request;
  }

  /** Subscribes and remembers what came, in short. */
  listen(topics, options = {}, heard = this.heard) {
    return this.mesh.subscribe(topics, options, (event) => heard.push(short(event)));
  }

  /** A world that is connected and subscribed, each topic standing at (1, 1). */
  static subscribed(...topics) {
    const world = new World();
    world.subscription = world.listen(topics);
    world.hello();
    world.accept();
    topics.forEach((topic) => world.say({ type: "snapshot", topic, epoch: 1, seq: 1, state: "live", price: 1 }));
    return world;
  }
}

/** An event in a few words. */
export function short(event) {
  switch (event.type) {
    case "tick":
    case "snapshot":
    case "reset":
      return `${event.type} ${event.epoch}.${event.seq}`;
    case "gap":
      return `gap ${event.lost}`;
    case "conflated":
      return `conflated ${event.count}`;
    case "state":
      return `state ${event.state}`;
    case "refused":
      return `refused ${event.code}`;
    default:
      return event.type;
  }
}

export function tick(topic, seq, more = {}) {
  return { type: "tick", topic, epoch: 1, seq, state: "live", price: seq, received: 1, ...more };
}
