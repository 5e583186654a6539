/** The line that says how the connection is. */

import { Attribute, TextCell } from "./cells.js";

const EVERY = 1_000;

export class StatusLine {
  #mesh;
  #ticksBefore = 0;
  #countedAt = performance.now();
  #parts;

  constructor(root, mesh) {
    this.#mesh = mesh;
    const text = (id) => new TextCell(root.querySelector(id));
    this.#parts = {
      state: new Attribute(root, "data-state"),
      word: text("#connection"),
      detail: text("#detail"),
      node: text("#node"),
      rate: text("#rate"),
      roundTrip: text("#round-trip"),
      violations: text("#violations"),
    };
    this.#parts.anyViolation = new Attribute(root.querySelector("#violations-part"), "hidden");
    setInterval(() => this.#everySecond(), EVERY);
    this.show();
  }

  show() {
    const { state, node, why, retryAt } = this.#mesh.connection;
    const parts = this.#parts;
    parts.state.show(state);
    parts.word.show({ open: "Connected", waiting: "Reconnecting", connecting: "Connecting", closed: "Closed" }[state]);
    const seconds = retryAt === null ? 0 : Math.max(0, Math.ceil((retryAt - performance.now()) / 1000));
    parts.detail.show(state === "waiting" ? `${why}, next attempt in ${seconds} s` : state === "connecting" ? "" : why);
    parts.node.show(node ?? "\u2013");
    const { roundTrip, violations } = this.#mesh;
    parts.roundTrip.show(roundTrip === null ? "\u2013" : `${roundTrip.toFixed(roundTrip < 10 ? 1 : 0)} ms`);
    parts.violations.show(String(violations));
    parts.anyViolation.show(violations > 0 ? null : "");
  }

  #everySecond() {
    const now = performance.now();
    const { ticks } = this.#mesh;
    const rate = ((ticks - this.#ticksBefore) * 1000) / (now - this.#countedAt);
    this.#ticksBefore = ticks;
    this.#countedAt = now;
    this.#parts.rate.show(Math.round(rate).toLocaleString("en"));
    this.show();
  }
}
