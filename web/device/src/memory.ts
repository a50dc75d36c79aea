/** What was done with products on this page; kept in the browser only when the visitor allows it, and never sent. */

export type Signal = "viewed" | "cart" | "refused";
export interface Noticed {
  signal: Signal;
  id: string;
}

export const KEY = "rapport:on-device";
const MOST = 50;
const LONGEST_ID = 100;
const SIGNALS: readonly string[] = ["viewed", "cart", "refused"];

export class Memory {
  /** The newest last; one entry a product, what was done last. */
  #noticed: Noticed[] = [];
  #allowed = false;

  /** What an earlier visit was allowed to keep is there again; `area` null: the browser keeps nothing. */
  constructor(private readonly area: Storage | null) {
    const kept = this.#read();
    if (!kept) return;
    this.#allowed = true;
    this.#noticed = kept;
  }

  get noticed(): readonly Noticed[] {
    return this.#noticed;
  }

  /** Whether it is kept beyond this page. */
  get allowed(): boolean {
    return this.#allowed;
  }

  add(signal: Signal, id: string): void {
    if (!id || id.length > LONGEST_ID) return;
    const refused = this.#noticed.some((one) => one.id === id && one.signal === "refused");
    this.#noticed = [...this.#noticed.filter((one) => one.id !== id), { signal: refused && signal === "viewed" ? "refused" : signal, id }].slice(-MOST);
    this.#write();
  }

  /** The visitor allows it to be kept in this browser, or takes that back: then only this page knows. */
  allow(kept: boolean): void {
    this.#allowed = kept;
    this.#write();
  }

  /** Forget everything, and that it might be kept. */
  forget(): void {
    this.#noticed = [];
    this.allow(false);
  }

  #write(): void {
    try {
      if (this.#allowed) this.area?.setItem(KEY, JSON.stringify(this.#noticed.map(({ signal, id }) => [signal, id])));
      else this.area?.removeItem(KEY);
    } catch {
      // Full or forbidden: this page knows it all the same.
    }
  }

  #read(): Noticed[] | null {
    try {
      const kept: unknown = JSON.parse(this.area?.getItem(KEY) ?? "null");
      if (!Array.isArray(kept)) return null;
      return kept.filter(isEntry).slice(-MOST).map(([signal, id]) => ({ signal, id }));
    } catch {
      return null;
    }
  }
}

function isEntry(entry: unknown): entry is [Signal, string] {
  return Array.isArray(entry) && SIGNALS.includes(entry[0]) && typeof entry[1] === "string" && entry[1].length <= LONGEST_ID;
}
