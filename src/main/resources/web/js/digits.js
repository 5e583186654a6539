/** Decimal texts: prices and sizes stay the digits that the server sent, never a rounded or exponential number. */

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
