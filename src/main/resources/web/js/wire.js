/** Frames of the native dialect. */

import { plain } from "./digits.js";

// A quote inside a JSON string is always escaped, so this cannot match inside one.
const DECIMAL_MEMBERS = /"((?:bid_|ask_)?(?:price|size))"\s*:\s*(-?\d[\d.eE+-]*)/g;

/** Reads a frame; prices and sizes come out as plain decimal texts. Null if it is no JSON object. */
export function decode(text) {
  const kept = text.replace(DECIMAL_MEMBERS, (member, key, digits) => {
    const decimal = plain(digits);
    return decimal === null ? member : `"${key}":"${decimal}"`;
  });
  try {
    const frame = JSON.parse(kept);
    return typeof frame === "object" && frame !== null && !Array.isArray(frame) ? frame : null;
  } catch {
    return null;
  }
}
