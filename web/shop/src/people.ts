/** "Who is shopping today?": the six demo customers, and signing in and out as one of them. */
import { whenChatIsReady } from "./chat.ts";
import { type DemoCustomer, demoCustomers, signIn } from "./demo-api.ts";

/** Who is signed in, kept for this tab so that a reload does not sign her out. */
const KEY = "demo-customer";

/** Told who is signed in now, her name and her token; all "" for a visitor. */
type Changed = (customer: string, name: string, identity: string) => void;

export class People {
  /** The menu and its note are on the front page only; elsewhere she stays who she is. */
  readonly #list: HTMLElement | null;
  readonly #signed: HTMLElement;
  readonly #note: HTMLElement | null;
  #customers: DemoCustomer[] = [];

  readonly #changed: Changed;

  constructor(page: ParentNode, changed: Changed = () => undefined) {
    this.#changed = changed;
    const find = (name: string): HTMLElement | null => page.querySelector(`[data-${name}]`);
    this.#list = find("people");
    this.#signed = find("signed") as HTMLElement;
    this.#note = find("note");
  }

  /** Fetch and show the customers, and go on as the one who was signed in before the reload. */
  async begin(): Promise<void> {
    this.#list?.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-customer]");
      if (button) void this.#become(button.dataset.customer ?? "");
    });
    try {
      this.#customers = await demoCustomers();
    } catch (error) {
      this.#tell(`The demo customers could not be loaded (${(error as Error).message}). Reload the page to try again.`);
      return;
    }
    this.#list?.append(...this.#customers.map(card));
    const chat = await whenChatIsReady();
    chat.on("identityExpired", () => void this.#become(current()));
    if (current()) await this.#become(current());
  }

  async #become(customerId: string): Promise<void> {
    const chat = await whenChatIsReady();
    let identity = "";
    try {
      if (customerId) chat.identify((identity = await signIn(customerId)));
      else if (current()) chat.signOut();
    } catch (error) {
      this.#tell(`Signing in did not work (${(error as Error).message}). Try again in a moment.`);
      return;
    }
    sessionStorage.setItem(KEY, customerId);
    this.#changed(customerId, this.#named(customerId), identity);
    this.#show(customerId);
  }

  #show(customerId: string): void {
    if (this.#note) this.#note.hidden = true;
    const name = this.#named(customerId);
    this.#signed.textContent = name ? `You are signed in as ${name}` : "You are browsing as a visitor";
    for (const button of this.#list?.querySelectorAll<HTMLElement>("[data-customer]") ?? []) {
      button.setAttribute("aria-pressed", String(button.dataset.customer === customerId));
    }
  }

  #named(customerId: string): string {
    return this.#customers.find(({ customer_id }) => customer_id === customerId)?.name ?? "";
  }

  #tell(problem: string): void {
    if (!this.#note) return;
    this.#note.textContent = problem;
    this.#note.hidden = false;
  }
}

function current(): string {
  return sessionStorage.getItem(KEY) ?? "";
}

/** A customer as a button: initial, name, segment, one line. Text only, never markup. */
function card(customer: DemoCustomer, at: number): HTMLElement {
  const part = (name: string, text: string): HTMLElement => {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = text;
    return span;
  };
  const button = document.createElement("button");
  button.type = "button";
  button.className = "person";
  button.dataset.customer = customer.customer_id;
  button.setAttribute("aria-pressed", "false");
  const face = part(`face tint-${at % 6}`, customer.name.slice(0, 1));
  face.setAttribute("aria-hidden", "true");
  button.append(face, part("name", customer.name), part("segment", customer.segment ?? "No segment yet"), part("line", customer.line));
  const item = document.createElement("li");
  item.append(button);
  return item;
}
