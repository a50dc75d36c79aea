/** The gateway's export, read: products, and the neighbours of each; see docs/reference/on-device.md. */

/** The document as it is served; every list is by place but `categories`. */
export interface Export {
  format: number;
  currency: string;
  categories: string[];
  ids: string[];
  /** Ids of other products of the same kind, by which it is recognised. */
  others: string[][];
  names: string[];
  category: number[];
  department: string[];
  prices: (number | null)[];
  /** Buyers, in steps of a doubling. */
  popularity: number[];
  kept: number;
  /** Base64 of `kept` places (16 bits, low byte first) of each product, strongest first. */
  neighbours: string;
  /** Base64 of a byte each: 2 × level (0..127), + 1 where people bought both. */
  weights: string;
}

export interface Product {
  id: string;
  name: string;
  category: string;
  department: string;
  price: number | null;
}

export interface Neighbour {
  place: number;
  /** 0..1, of the strongest neighbour 1. */
  weight: number;
  /** Whether people bought both; else only their words are alike. */
  together: boolean;
}

const FORMAT = 1;

export class Catalogue {
  readonly #export: Export;
  readonly #places = new Map<string, number>();
  readonly #neighbours: Uint8Array;
  readonly #weights: Uint8Array;

  /** Throws where the document is of a format that is not known here. */
  constructor(document: Export) {
    if (document.format !== FORMAT) throw new Error(`an export of format ${document.format} cannot be read; reload the page`);
    this.#export = document;
    this.#neighbours = bytesOf(document.neighbours);
    this.#weights = bytesOf(document.weights);
    document.others.forEach((ids, place) => ids.forEach((id) => this.#places.set(id, place)));
    document.ids.forEach((id, place) => this.#places.set(id, place));
  }

  get currency(): string {
    return this.#export.currency;
  }

  /** Where a product or another of its kind stands; undefined for one that is not told of. */
  placeOf(id: string): number | undefined {
    return this.#places.get(id);
  }

  product(place: number): Product {
    const { ids, names, categories, category, department, prices } = this.#export;
    return {
      id: ids[place] ?? "",
      name: names[place] ?? "",
      category: categories[category[place] ?? -1] ?? "",
      department: department[place] ?? "",
      price: prices[place] ?? null,
    };
  }

  popularity(place: number): number {
    return this.#export.popularity[place] ?? 0;
  }

  neighbours(place: number): Neighbour[] {
    const found: Neighbour[] = [];
    for (let at = place * this.#export.kept; at < (place + 1) * this.#export.kept; at++) {
      const weight = this.#weights[at] ?? 0;
      if (weight < 2) break;
      const neighbour = (this.#neighbours[2 * at] ?? 0) + 256 * (this.#neighbours[2 * at + 1] ?? 0);
      found.push({ place: neighbour, weight: (weight >> 1) / 127, together: weight % 2 === 1 });
    }
    return found;
  }
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
