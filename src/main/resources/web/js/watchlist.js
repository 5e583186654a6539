/** The rows, what they watch, and when they are drawn. */

import { Instrument } from "./instrument.js";
import { Row } from "./row.js";

/** Nobody reads faster; the frames in between are left to scrolling and typing. */
const DRAW_EVERY = 50;
const SLOW_EVERY = 250;
/** What is out of sight can still be read aloud or searched. */
const UNSEEN_EVERY = 1_000;
/** Rows close to the window count as seen, so that scrolling shows no old values. */
const NEARBY = "200px";

export class Watchlist {
  #body;
  #onChange;
  #mesh = null;
  #entries = new Map();
  #byElement = new Map();
  #dirty = new Set();
  #connected = false;
  #frameAsked = false;
  #drawnAt = 0;
  #slowAt = 0;
  #unseenAt = 0;
  #colors = null;
  #seen;

  /** `onChange` is told when the list, or what was refused in it, changes. */
  constructor(body, onChange) {
    this.#body = body;
    this.#onChange = onChange;
    this.#seen = new IntersectionObserver((changes) => this.#onSeen(changes), { rootMargin: NEARBY });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => (this.#colors = null));
  }

  attach(mesh) {
    this.#mesh = mesh;
    setInterval(() => this.#ask(), SLOW_EVERY);
  }

  names() {
    return [...this.#entries.keys()];
  }

  /** The names without those that the server will never accept. */
  namesToKeep() {
    return this.names().filter((name) => {
      const refusal = this.#entries.get(name).instrument.refusal();
      return refusal === null || refusal.retry;
    });
  }

  /** Makes the list these, in this order. */
  replace(names) {
    const wanted = new Set(names);
    this.names()
      .filter((name) => !wanted.has(name))
      .forEach((name) => this.#remove(name));
    this.add(names);
  }

  add(names) {
    names.filter((name) => !this.#entries.has(name)).forEach((name) => this.#add(name));
    this.#onChange();
  }

  #add(name) {
    const instrument = new Instrument(name);
    const row = new Row(instrument, () => this.removeByHand(name));
    const entry = { instrument, row };
    entry.subscription = this.#mesh.subscribe(instrument.topics, {}, (event, topic) => this.#onEvent(entry, topic, event));
    this.#entries.set(name, entry);
    this.#byElement.set(row.element, entry);
    this.#body.append(row.element);
    this.#seen.observe(row.element);
    this.#mark(entry);
  }

  /** Takes a row out and leaves the keyboard where one would go on. */
  removeByHand(name) {
    const { row } = this.#entries.get(name);
    const next = row.element.nextElementSibling ?? row.element.previousElementSibling;
    this.#remove(name);
    const heir = this.#byElement.get(next);
    (heir ? heir.row.removeButton : document.querySelector("#symbols")).focus();
    this.#onChange();
  }

  #remove(name) {
    const entry = this.#entries.get(name);
    this.#entries.delete(name);
    this.#dirty.delete(entry);
    this.#byElement.delete(entry.row.element);
    this.#seen.unobserve(entry.row.element);
    entry.subscription.unsubscribe();
    entry.row.element.remove();
  }

  onConnection(connected) {
    if (connected !== this.#connected) {
      this.#connected = connected;
      this.#entries.forEach((entry) => {
        if (!connected) {
          entry.instrument.onDisconnect();
        }
        this.#mark(entry);
      });
    }
  }

  #onEvent(entry, topic, event) {
    const { instrument } = entry;
    const before = instrument.refusal() === null;
    instrument.onEvent(topic, event);
    this.#mark(entry);
    if (before !== (instrument.refusal() === null)) {
      this.#onChange();
    }
  }

  #mark(entry) {
    this.#dirty.add(entry);
    this.#ask();
  }

  /** However many ticks come: one drawing in so many milliseconds, none while the page is hidden. */
  #ask() {
    if (!this.#frameAsked) {
      this.#frameAsked = true;
      requestAnimationFrame((now) => this.#onFrame(now));
    }
  }

  #onFrame(now) {
    this.#frameAsked = false;
    if (now - this.#drawnAt < DRAW_EVERY) {
      this.#ask();
    } else {
      this.#drawnAt = now;
      this.#draw(now);
    }
  }

  #draw(now) {
    const all = now - this.#unseenAt >= UNSEEN_EVERY;
    for (const entry of this.#dirty) {
      if (all || entry.row.visible) {
        entry.row.render(now, this.#connected);
        this.#dirty.delete(entry);
      }
    }
    this.#unseenAt = all ? now : this.#unseenAt;
    if (now - this.#slowAt >= SLOW_EVERY) {
      this.#slowAt = now;
      this.#drawSlow(now);
    }
  }

  #drawSlow(now) {
    const serverTime = this.#mesh.serverTime();
    const colors = this.#palette();
    this.#entries.forEach(({ row }) => {
      row.renderTime(now, serverTime);
      if (row.visible) {
        row.drawSparkline(colors);
      }
    });
  }

  #onSeen(changes) {
    changes.forEach(({ target, isIntersecting }) => {
      const entry = this.#byElement.get(target);
      if (entry) {
        entry.row.visible = isIntersecting;
        this.#mark(entry);
      }
    });
  }

  #palette() {
    if (this.#colors === null) {
      const style = getComputedStyle(document.documentElement);
      const color = (name) => style.getPropertyValue(name).trim();
      this.#colors = { up: color("--up"), down: color("--down"), flat: color("--muted") };
    }
    return this.#colors;
  }
}
