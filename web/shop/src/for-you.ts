/** "For you, worked out on this device": a row that changes with every click and tells nobody. */
import type { Device, Suggestion } from "../../device/src/index.ts";
import { button, card } from "./card.ts";
import { drawPictures } from "./pictures.ts";

const SHOWN = 8;

export class ForYou {
  readonly #section: HTMLElement;
  readonly #list: HTMLElement;
  readonly #said: HTMLElement;
  readonly #hint: HTMLElement;
  readonly #remember: HTMLInputElement;
  #asked = 0;

  constructor(
    page: ParentNode,
    private readonly device: Device,
  ) {
    const find = <T extends HTMLElement>(name: string): T => page.querySelector(`[data-for-you-${name}]`) as T;
    this.#section = find("section");
    this.#list = find("list");
    this.#said = find("said");
    this.#hint = find("hint");
    this.#remember = find<HTMLInputElement>("remember");
    this.#remember.checked = device.remembers;
    this.#remember.addEventListener("change", () => device.remember(this.#remember.checked));
    find("forget").addEventListener("click", () => this.#forget());
    this.#list.addEventListener("click", (event) => this.#refuse((event.target as Element).closest("[data-refuse]")));
    device.onChange(() => void this.show());
  }

  /** Show the row as it is now; hidden where nothing speaks for anything. `ready`: from now on a click has an effect. */
  async show(ready = false): Promise<void> {
    if (ready) this.#hint.hidden = false;
    const asked = ++this.#asked;
    const found = await this.device.recommend(SHOWN).catch(() => []);
    if (asked !== this.#asked) return;
    const focused = this.#focused();
    this.#list.replaceChildren(...found.map((one) => suggested(one, this.#section.dataset.currency ?? "")));
    drawPictures(this.#list);
    this.#section.hidden = found.length === 0;
    this.#said.textContent = found.length ? `${found.length} products for you, under the popular ones` : "";
    if (focused >= 0) this.#focus(focused);
  }

  #refuse(button: Element | null): void {
    const id = button?.closest<HTMLElement>("[data-product]")?.dataset.product;
    if (id) this.device.noticed("refused", id);
  }

  #forget(): void {
    this.device.forget();
    this.#remember.checked = false;
    const shelf = document.querySelector<HTMLElement>("#shelf-title");
    shelf?.focus();
    void this.show().then(() => (this.#said.textContent = "Forgotten"));
  }

  /** Which card holds the cursor, so that it is not lost with the card; -1: none. */
  #focused(): number {
    return [...this.#list.children].findIndex((item) => item.contains(document.activeElement));
  }

  #focus(place: number): void {
    const cards = this.#list.children;
    const next = cards[Math.min(place, cards.length - 1)]?.querySelector<HTMLElement>("[data-refuse]");
    (next ?? document.querySelector<HTMLElement>("#shelf-title"))?.focus();
  }
}

/** A suggestion as a card that can be turned down. */
function suggested({ product, reason }: Suggestion, currency: string): HTMLElement {
  const refuse = button("ask", "Not interested", `Not interested in ${product.name}`);
  refuse.dataset.refuse = "";
  return card(product, reason, currency, refuse);
}
