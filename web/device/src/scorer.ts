/** Ranks products by what goes with those noticed on this device, the newest first of all. */
import type { Catalogue, Product } from "./catalogue.ts";
import type { Noticed, Signal } from "./memory.ts";

export interface Suggestion {
  product: Product;
  /** Higher is better; to be compared within one list only. */
  score: number;
  /** "goes with Pasta that you looked at" */
  reason: string;
}

/** What a signal says for the neighbours of its product. */
const WORTH: Record<Signal, number> = { viewed: 1, cart: 1.3, refused: -0.6 };
/** A signal counts so many times as much as the one after it. */
const FADING = 0.85;
/** What sells decides between equals; never more than this of the strongest neighbour. */
const SELLING = 0.02;
const SAID: Record<Signal, string> = { viewed: "that you looked at", cart: "in your cart", refused: "" };

interface Evidence {
  score: number;
  /** The signal that speaks loudest for it. */
  best: number;
  reason: string;
}

/** The best `limit` products of which something noticed speaks; none where nothing does. */
export function suggest(catalogue: Catalogue, noticed: readonly Noticed[], limit: number): Suggestion[] {
  const known = noticed.flatMap(({ signal, id }) => {
    const place = catalogue.placeOf(id);
    return place === undefined ? [] : [{ signal, place }];
  });
  const done = new Set(known.map(({ place }) => place));
  const evidence = new Map<number, Evidence>();
  known.reverse().forEach(({ signal, place }, age) => {
    const name = catalogue.product(place).name;
    for (const neighbour of catalogue.neighbours(place)) {
      if (done.has(neighbour.place)) continue;
      const said = WORTH[signal] * FADING ** age * neighbour.weight;
      const held = evidence.get(neighbour.place) ?? { score: 0, best: 0, reason: "" };
      held.score += said;
      if (said > held.best) {
        held.best = said;
        held.reason = `${neighbour.together ? "goes with" : "is like"} ${name} ${SAID[signal]}`;
      }
      evidence.set(neighbour.place, held);
    }
  });
  const ranked = [...evidence]
    .filter(([, { score, best }]) => score > 0 && best > 0)
    .map(([place, { score, reason }]) => ({ place, reason, score: score + (SELLING * catalogue.popularity(place)) / 32 }))
    .sort((one, other) => other.score - one.score || one.place - other.place)
    .map(({ place, score, reason }) => ({ product: catalogue.product(place), score, reason }));
  return varied(ranked, limit);
}

/** No category takes more than a third of the list while others wait. */
function varied(ranked: Suggestion[], limit: number): Suggestion[] {
  const most = Math.max(1, Math.ceil(limit / 3));
  const taken = new Map<string, number>();
  const first: Suggestion[] = [];
  const waiting: Suggestion[] = [];
  for (const one of ranked) {
    const count = taken.get(one.product.category) ?? 0;
    taken.set(one.product.category, count + 1);
    (count < most ? first : waiting).push(one);
  }
  return [...first, ...waiting].slice(0, limit);
}
