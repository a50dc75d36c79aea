/** Tells the demo shop's own events to the gateway, as the tracker of a real shop would; see docs/reference/events.md. */

/** Who somebody is before she signs in, kept for this tab; a new one once a customer signs out. */
const ANONYMOUS = "demo-anonymous";
const WAIT = 400;

type Properties = Record<string, string | number>;
type Call = { type: "page" | "track" | "identify"; event?: string; name?: string; properties?: Properties };

export class Tracker {
  readonly #key: string;
  #customer = "";
  #waiting: object[] = [];

  constructor(key: string) {
    this.#key = key;
  }

  /** Somebody signed in, or out (""). */
  become(customer: string): void {
    if (customer === this.#customer) return;
    if (this.#customer) sessionStorage.removeItem(ANONYMOUS);
    this.#customer = customer;
    if (customer) this.tell({ type: "identify" });
  }

  page(name: string): void {
    this.tell({ type: "page", name, properties: { path: location.pathname, title: document.title } });
  }

  /** The product a button belongs to was looked at. */
  viewed(card: HTMLElement | null): void {
    const { product, name, category, price } = card?.dataset ?? {};
    if (!product) return;
    const properties: Properties = { product_id: product, name: name ?? "", category: category ?? "" };
    if (price) properties.price = price;
    this.tell({ type: "track", event: "Product Viewed", properties });
  }

  /** Events of a moment go together; one that cannot be sent is no harm to anybody. */
  tell(call: Call): void {
    const who = this.#customer ? { userId: this.#customer } : {};
    this.#waiting.push({ ...call, ...who, anonymousId: anonymous(), messageId: random(), timestamp: new Date().toISOString() });
    if (this.#waiting.length === 1) setTimeout(() => void this.#send(), WAIT);
  }

  async #send(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    const body = JSON.stringify({ writeKey: this.#key, batch, sentAt: new Date().toISOString() });
    await fetch("/v1/batch", { method: "POST", body, keepalive: true, credentials: "omit" }).catch(() => undefined);
  }
}

function anonymous(): string {
  const known = sessionStorage.getItem(ANONYMOUS) ?? random();
  sessionStorage.setItem(ANONYMOUS, known);
  return known;
}

/** Sixteen random bytes; `crypto.randomUUID` is there over https only. */
function random(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
