/** Pieces of the page that touch the document only when what they show has changed. Text is only ever text. */

import { padded, split } from "./digits.js";

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

/** A number whose point stands below the points above it: the whole part to the right, the decimals to the left. */
export class NumberCell {
  #whole;
  #fraction;
  #shown = "";

  constructor(parent, className) {
    const box = parent.appendChild(element("span", `number ${className ?? ""}`));
    this.#whole = new TextCell(box.appendChild(element("span", "whole")));
    this.#fraction = new TextCell(box.appendChild(element("span", "fraction")));
  }

  /** Shows a decimal text, or nothing for null. */
  show(text, decimals = 0, sign = "", unit = "") {
    const key = text === null ? "" : sign + padded(text, decimals) + unit;
    if (key === this.#shown) {
      return;
    }
    this.#shown = key;
    const [whole, fraction] = text === null ? ["", ""] : split(padded(text, decimals));
    this.#whole.show(sign + whole);
    this.#fraction.show(fraction + unit);
  }
}
