/** How long to wait before the next try, so that a thousand clients do not come back in the same second. */

export const SHORTEST_MS = 1_000;
export const LONGEST_MS = 30_000;

/**
 * Milliseconds before try number `attempt` (from 1): anywhere between one second and a limit that doubles from two to thirty
 * seconds. `random` gives a number in [0, 1).
 */
export function delayBefore(attempt: number, random: () => number = Math.random): number {
  const limit = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.max(1, attempt));
  return SHORTEST_MS + random() * (limit - SHORTEST_MS);
}
