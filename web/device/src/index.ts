/**
 * Recommends in the browser, with nothing sent: `<script src="…/static/device.js" defer></script>` gives the page
 * `window.RapportDevice`. All that is fetched is the shop's export, the same for everybody.
 */
import { Catalogue, type Export } from "./catalogue.ts";
import { Memory, type Signal } from "./memory.ts";
import { type Suggestion, suggest } from "./scorer.ts";

export type { Product } from "./catalogue.ts";
export type { Signal } from "./memory.ts";
export type { Suggestion } from "./scorer.ts";

const PATH = "/v1/on-device.json";

export class Device {
  readonly #memory: Memory;
  readonly #fetched: () => Promise<Export>;
  #catalogue: Promise<Catalogue> | null = null;
  readonly #listeners = new Set<() => void>();

  constructor(area: Storage | null, fetched: () => Promise<Export>) {
    this.#memory = new Memory(area);
    this.#fetched = fetched;
  }

  /** Fetch the export now, so that no later click has to; rejects where the shop serves none. */
  ready(): Promise<Catalogue> {
    this.#catalogue ??= this.#fetched().then((document) => new Catalogue(document));
    this.#catalogue.catch(() => (this.#catalogue = null));
    return this.#catalogue;
  }

  /** A product was looked at, put into the cart, or refused. */
  noticed(signal: Signal, id: string): void {
    this.#memory.add(signal, id);
    this.#tell();
  }

  /** The best products for what was noticed on this device, each with its reason; none while nothing was. */
  async recommend(limit = 8): Promise<Suggestion[]> {
    if (this.#memory.noticed.length === 0) return [];
    const catalogue = await this.ready();
    return suggest(catalogue, this.#memory.noticed, limit);
  }

  /** Whether what was noticed is kept beyond this page. */
  get remembers(): boolean {
    return this.#memory.allowed;
  }

  /** The visitor allows that it is kept in this browser, or takes it back. */
  remember(kept: boolean): void {
    this.#memory.allow(kept);
  }

  forget(): void {
    this.#memory.forget();
    this.#tell();
  }

  /** Hear when something was noticed or forgotten; returns how to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

declare global {
  interface Window {
    RapportDevice?: Device;
  }
}

async function fetchExport(address: URL): Promise<Export> {
  const response = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!response.ok) throw new Error(`the export could not be fetched: ${address.href} answered ${response.status}`);
  return (await response.json()) as Export;
}

function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

if (typeof document !== "undefined" && !window.RapportDevice) {
  const script = document.currentScript;
  const address = new URL(PATH, script instanceof HTMLScriptElement ? script.src : location.href);
  window.RapportDevice = new Device(storage(), () => fetchExport(address));
}
