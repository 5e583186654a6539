/** One row of the watchlist. */

import { Attribute, element, NumberCell, TextCell } from "./cells.js";
import { Sparkline } from "./sparkline.js";
import { parts, short } from "./symbols.js";

const COLUMNS_OF_A_MESSAGE = 8;
const SPARK_WIDTH = 96;
const SPARK_HEIGHT = 26;
const FLASH_FOR = 250;
const OLD_AFTER = 5_000;
const VERY_OLD_AFTER = 30_000;
const PERCENT_DECIMALS = 2;

export class Row {
  #instrument;
  #shownMoves = 0;
  #flashUntil = 0;
  #drawn = "";
  #connected = false;

  visible = true;

  constructor(instrument, onRemove) {
    this.#instrument = instrument;
    this.element = element("tr");
    this.element.setAttribute("role", "row");
    this.element.dataset.instrument = instrument.name;
    this.refused = new Attribute(this.element, "data-refused");
    this.#addName();
    this.#addNumbers();
    this.#addCondition();
    this.#addRemove(onRemove);
  }

  #cell(className) {
    const cell = this.element.appendChild(element("td", className));
    cell.setAttribute("role", "cell");
    return cell;
  }

  #addName() {
    const head = this.element.appendChild(element("th", "symbol", { scope: "row" }));
    head.setAttribute("role", "rowheader");
    const name = head.appendChild(element("span", "name"));
    const { provider, symbol } = parts(this.#instrument.name);
    if (provider) {
      name.appendChild(element("span", "provider", { textContent: provider }));
    }
    name.append(symbol);
    head.append(" ");
    this.simulated = hideable(head, "badge", "SIM", "Simulated prices, not a market");
    const message = this.#cell("message");
    message.colSpan = COLUMNS_OF_A_MESSAGE;
    this.message = new TextCell(message);
  }

  #addNumbers() {
    const last = this.#cell("last");
    this.direction = new Attribute(last, "data-direction");
    this.flash = new Attribute(last, "data-flash");
    this.middle = hideable(last, "middle", "mid", "Middle of bid and ask: no trade to show");
    this.price = new NumberCell(last);
    const change = this.#cell("change");
    this.trend = new Attribute(change, "data-direction");
    this.difference = new NumberCell(change);
    const percent = this.#cell("percent");
    this.percentTrend = new Attribute(percent, "data-direction");
    this.percent = new NumberCell(percent);
    const canvas = element("canvas");
    canvas.setAttribute("aria-hidden", "true");
    this.#cell("trend").appendChild(canvas);
    this.sparkline = new Sparkline(canvas, SPARK_WIDTH, SPARK_HEIGHT);
    this.bid = new NumberCell(this.#cell("bid"));
    this.bidSize = new NumberCell(this.#cell("bid-size"));
    this.ask = new NumberCell(this.#cell("ask"));
    this.askSize = new NumberCell(this.#cell("ask-size"));
  }

  #addCondition() {
    const age = this.#cell("age");
    this.age = new TextCell(age);
    this.ageLevel = new Attribute(age, "data-level");
    const state = this.#cell("state");
    this.stateWord = new Attribute(state, "data-state");
    this.stateTitle = new Attribute(state, "title");
    state.appendChild(element("span", "dot")).setAttribute("aria-hidden", "true");
    this.state = new TextCell(state.appendChild(element("span", "word")));
    this.reason = new TextCell(state.appendChild(element("span", "reason")));
    const jumps = this.#cell("jumps");
    this.jumps = new TextCell(jumps);
    this.jumpsTitle = new Attribute(jumps, "title");
    this.anyJump = new Attribute(jumps, "data-any");
  }

  #addRemove(onRemove) {
    const button = element("button", "remove", { type: "button", textContent: "\u00d7" });
    const label = `Remove ${short(this.#instrument.name)}`;
    button.setAttribute("aria-label", label);
    button.title = label;
    button.addEventListener("click", onRemove);
    this.#cell("action").appendChild(button);
    this.removeButton = button;
  }

  /** Shows the newest values. */
  render(now, connected) {
    const instrument = this.#instrument;
    this.#connected = connected;
    const refusal = instrument.refusal();
    this.refused.show(refusal ? "" : null);
    this.message.show(refusal?.message ?? "");
    if (refusal) {
      return;
    }
    this.simulated.show(instrument.simulated ? null : "");
    this.middle.show(instrument.isMiddle() ? null : "");
    this.#renderPrice(now);
    this.#renderChange();
    this.bid.show(instrument.bid, instrument.decimals);
    this.bidSize.show(instrument.bidSize);
    this.ask.show(instrument.ask, instrument.decimals);
    this.askSize.show(instrument.askSize);
    this.#renderState();
    this.#renderJumps();
  }

  #renderPrice(now) {
    const { price, priceDecimals, direction, moves } = this.#instrument;
    this.price.show(price, priceDecimals);
    if (moves !== this.#shownMoves) {
      this.#shownMoves = moves;
      this.#flashUntil = now + FLASH_FOR;
      this.direction.show(direction > 0 ? "up" : "down");
      this.flash.show("");
    }
  }

  #renderChange() {
    const change = this.#instrument.change();
    const trend = change === null ? 0 : Math.sign(Number(change.difference));
    const sign = trend > 0 ? "+" : "";
    const word = trend === 0 ? null : trend > 0 ? "up" : "down";
    this.trend.show(word);
    this.percentTrend.show(word);
    this.difference.show(change?.difference ?? null, this.#instrument.priceDecimals, sign);
    const percent = change?.percent ?? null;
    this.percent.show(percent === null ? null : unsignedZero(percent), PERCENT_DECIMALS, sign, "%");
  }

  #renderState() {
    const state = this.#instrument.state();
    const word = this.#connected ? (state?.word ?? "asking") : "offline";
    const reasons = this.#connected ? (state?.reasons ?? "the server has not answered yet") : "not connected";
    this.stateWord.show(word);
    this.state.show(word);
    this.stateTitle.show(reasons);
    this.reason.show(this.#connected ? (state?.reason ?? "") : "");
  }

  #renderJumps() {
    const { gaps, conflated, resets } = this.#instrument;
    this.jumps.show(`${gaps} / ${conflated} / ${resets}`);
    this.jumpsTitle.show(`${gaps} gaps, ${conflated} conflations, ${resets} resets`);
    this.anyJump.show(gaps + conflated + resets > 0 ? "" : null);
  }

  /** What changes by the passing of time alone; `serverTime` is null before it is known. */
  renderTime(now, serverTime) {
    if (this.#flashUntil !== 0 && now >= this.#flashUntil) {
      this.#flashUntil = 0;
      this.flash.show(null);
    }
    const { received } = this.#instrument;
    if (received === null || serverTime === null) {
      return;
    }
    const age = Math.max(0, serverTime - received);
    this.age.show(ageText(age));
    const closed = this.#connected && this.#instrument.state()?.word === "closed";
    this.ageLevel.show(closed || age < OLD_AFTER ? null : age < VERY_OLD_AFTER ? "old" : "very-old");
  }

  drawSparkline(colors) {
    const { prices } = this.#instrument;
    const newest = prices.at(-1);
    const color = newest > prices[0] ? colors.up : newest < prices[0] ? colors.down : colors.flat;
    const drawn = `${this.#instrument.priceCount}:${color}`;
    if (drawn !== this.#drawn) {
      this.#drawn = drawn;
      this.sparkline.draw(prices, color);
    }
  }
}

/** An abbreviation that begins hidden; what comes back is its `hidden`. */
function hideable(parent, className, textContent, title) {
  const hidden = new Attribute(parent.appendChild(element("abbr", className, { textContent, title })), "hidden");
  hidden.show("");
  return hidden;
}

function unsignedZero(percent) {
  const text = percent.toFixed(PERCENT_DECIMALS);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

function ageText(millis) {
  const seconds = millis / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 120) {
    return `${Math.floor(seconds)} s`;
  }
  return seconds < 7200 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}
