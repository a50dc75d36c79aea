/** Small notes kept in the browser, under a name per server. Where storage is blocked they last as long as the page. */

export class Notes {
  readonly #memory = new Map<string, string>();

  constructor(
    private readonly prefix: string,
    private readonly area: Storage | null,
  ) {}

  get(name: string): string | null {
    try {
      return this.area?.getItem(this.prefix + name) ?? this.#memory.get(name) ?? null;
    } catch {
      return this.#memory.get(name) ?? null;
    }
  }

  /** Keep `value`; null forgets it. */
  set(name: string, value: string | null): void {
    if (value === null) this.#memory.delete(name);
    else this.#memory.set(name, value);
    try {
      if (value === null) this.area?.removeItem(this.prefix + name);
      else this.area?.setItem(this.prefix + name, value);
    } catch {
      // Full or forbidden: the copy in memory serves this page.
    }
  }

  /** Names that begin with `start`. */
  names(start: string): string[] {
    const names = new Set(this.#memory.keys());
    try {
      for (const key of Object.keys(this.area ?? {})) if (key.startsWith(this.prefix)) names.add(key.slice(this.prefix.length));
    } catch {
      // Forbidden: see above.
    }
    return [...names].filter((name) => name.startsWith(start));
  }
}

/** `window[kind]`, or null where the browser forbids even to touch it. */
export function storageArea(kind: "localStorage" | "sessionStorage"): Storage | null {
  try {
    return window[kind];
  } catch {
    return null;
  }
}
