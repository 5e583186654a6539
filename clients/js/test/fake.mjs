// A small node of the native dialect on a real socket, whose ticks the test makes.

import { once } from "node:events";
import { outside } from "./outside.mjs";

const { WebSocketServer } = outside("ws");

/** What several fake nodes of one cluster know together: per topic its numbers and the ticks so far. */
export class Market {
  #ticks = new Map();
  nodes = new Set();

  of(topic) {
    if (!this.#ticks.has(topic)) {
      this.#ticks.set(topic, [{ type: "tick", topic, epoch: 7, seq: 1, state: "live", received: 1_000, price: 100 }]);
    }
    return this.#ticks.get(topic);
  }

  tick(topic) {
    const ticks = this.of(topic);
    const { seq } = ticks.at(-1);
    const next = { ...ticks[0], seq: seq + 1, price: 100 + seq };
    ticks.push(next);
    this.nodes.forEach((node) => node.send(topic, next));
  }
}

export class FakeNode {
  #market;
  #name;
  #server = null;
  #sessions = new Map();
  port = 0;
  requests = [];

  constructor(market, name) {
    this.#market = market;
    this.#name = name;
  }

  get url() {
    return `ws://127.0.0.1:${this.port}/stream`;
  }

  async start() {
    this.#server = new WebSocketServer({ host: "127.0.0.1", port: this.port });
    await once(this.#server, "listening");
    this.port = this.#server.address().port;
    this.#server.on("connection", (socket) => this.#onConnection(socket));
    this.#market.nodes.add(this);
    return this;
  }

  /** Goes away as a killed process does, or says goodbye with a close code. */
  async stop(code) {
    this.#market.nodes.delete(this);
    this.#sessions.forEach((_, socket) => (code === undefined ? socket.terminate() : socket.close(code)));
    this.#sessions.clear();
    this.#server.close();
    await once(this.#server, "close");
  }

  say(frame) {
    this.#sessions.forEach((_, socket) => socket.send(JSON.stringify(frame)));
  }

  send(topic, frame) {
    this.#sessions.forEach((topics, socket) => topics.has(topic) && socket.send(JSON.stringify(frame)));
  }

  #onConnection(socket) {
    const topics = new Set();
    this.#sessions.set(socket, topics);
    socket.on("close", () => this.#sessions.delete(socket));
    socket.on("message", (data) => {
      const request = JSON.parse(data);
      this.requests.push(request);
      this.#answer(request, topics).forEach((frame) => socket.send(JSON.stringify(frame)));
    });
    socket.send(JSON.stringify({ type: "hello", protocol: 1, node: this.#name, time: Date.now() }));
  }

  #answer(request, topics) {
    const { id } = request;
    switch (request.type) {
      case "ping":
        return [{ type: "pong", id, time: Date.now() }];
      case "subscribe":
        return [
          { type: "subscribed", id, results: request.topics.map((topic) => accepted(topic)) },
          ...request.topics.map((topic) => this.#begin(topic, topics)),
        ];
      case "resume":
        return this.#resume(request, topics);
      default:
        request.topics.forEach((topic) => topics.delete(topic));
        return [{ type: "unsubscribed", id, results: request.topics.map((topic) => ({ topic, ok: true })) }];
    }
  }

  #begin(topic, topics) {
    topics.add(topic);
    return { ...this.#market.of(topic).at(-1), type: "snapshot" };
  }

  #resume({ id, positions }, topics) {
    const missed = positions.map(({ topic, seq }) => this.#market.of(topic).filter((tick) => tick.seq > seq));
    positions.forEach(({ topic }) => topics.add(topic));
    const results = positions.map(({ topic }, i) => ({ ...accepted(topic), missed: missed[i].length }));
    return [{ type: "resumed", id, results }, ...missed.flat()];
  }
}

function accepted(topic) {
  return { topic, ok: true, state: "live", reason: "" };
}
