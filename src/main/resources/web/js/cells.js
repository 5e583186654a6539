/** Pieces of the page that touch the document only when what they show has changed. Text is only ever text. */

import { grouped, padded } from "./digits.js";

export function element(tag, className, properties = {}) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  return Object.assign(made, properties);
}

/** An element whose text changes. */
export class TextCell {
  #node;
  #shown = "";

  constructor(parent) {
    this.#node = parent.appendChild(document.createTextNode(""));
  }

  show(text) {
    if (text !== this.#shown) {
      this.#shown = text;
      this.#node.data = text;
    }
  }
}

/** An attribute whose value changes; null takes it away. */
export class Attribute {
  #element;
  #name;
  #shown = null;

  constructor(target, name) {
    this.#element = target;
    this.#name = name;
  }

  show(value) {
    if (value === this.#shown) {
      return;
    }
    this.#shown = value;
    if (value === null) {
      this.#element.removeAttribute(this.#name);
    } else {
      this.#element.setAttribute(this.#name, value);
    }
  }
}

/** A number whose digits change. */
export class NumberCell {
  #text;
  #shown = "";

  constructor(parent) {
    this.#text = new TextCell(parent.appendChild(element("span", "number")));
  }

  /** Shows a decimal text, or nothing for null. */
  show(text, decimals = 0, sign = "", unit = "") {
    const digits = text === null ? "" : padded(text, decimals);
    const key = digits && sign + digits + unit;
    if (key !== this.#shown) {
      this.#shown = key;
      this.#text.show(digits && sign + grouped(digits) + unit);
    }
  }
}
