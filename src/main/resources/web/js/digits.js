/** Decimal texts: prices and sizes stay the digits that the server sent, never a rounded or exponential number. */

const NUMBER = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
const MOST_ZEROS = 400;

/** The same number without an exponent and without a plus sign; null if the text is no number. */
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

/** How many digits stand behind the point of a plain text. */
export function decimalsOf(text) {
  const point = text.indexOf(".");
  return point < 0 ? 0 : text.length - point - 1;
}

/** A plain text with at least that many decimals. */
export function padded(text, decimals) {
  const missing = decimals - decimalsOf(text);
  if (missing <= 0) {
    return text;
  }
  return (text.includes(".") ? text : `${text}.`) + "0".repeat(missing);
}

/** The text as people read it: the whole part in groups of three, a real minus sign. */
export function grouped(text) {
  const point = text.indexOf(".");
  const end = point < 0 ? text.length : point;
  const whole = text.slice(0, end).replace("-", "\u2212");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + text.slice(end);
}

function scaled(text, decimals) {
  return BigInt(padded(text, decimals).replace(".", ""));
}

function fromScaled(value, decimals) {
  const minus = value < 0n;
  const digits = (minus ? -value : value).toString().padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  return (minus ? "-" : "") + digits.slice(0, point) + (decimals ? `.${digits.slice(point)}` : "");
}

/** a - b, exactly. */
export function difference(a, b) {
  const decimals = Math.max(decimalsOf(a), decimalsOf(b));
  return fromScaled(scaled(a, decimals) - scaled(b, decimals), decimals);
}

/** The middle of two numbers, exactly; one more decimal than they have only where it is needed. */
export function middle(a, b) {
  const decimals = Math.max(decimalsOf(a), decimalsOf(b));
  const sum = scaled(a, decimals) + scaled(b, decimals);
  return sum % 2n === 0n ? fromScaled(sum / 2n, decimals) : fromScaled(sum * 5n, decimals + 1);
}

/** -1, 0 or 1: the order of two numbers. */
export function compare(a, b) {
  const decimals = Math.max(decimalsOf(a), decimalsOf(b));
  const left = scaled(a, decimals);
  const right = scaled(b, decimals);
  return left < right ? -1 : Number(left > right);
}
