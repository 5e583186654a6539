/** How long to wait before the next attempt to connect. */

const SECONDS = [1, 2, 4, 8, 16];
const CEILING = 30;

/**
 * Milliseconds before an attempt, 1 being the first. Half of the time is chance, so that the clients of a node that
 * went away do not all come back in the same instant.
 */
export function delayBefore(attempt, random = Math.random) {
  const seconds = SECONDS[attempt - 1] ?? CEILING;
  return Math.round(seconds * 1000 * (0.5 + random() / 2));
}
