/** The shelf at the top: everybody's row as the page came, and her own with its reasons while somebody is signed in. */
import { button, card } from "./card.ts";
import { type FrontProduct, frontRow } from "./demo-api.ts";
import { drawPictures } from "./pictures.ts";

export class Shelf {
  readonly #list: HTMLElement;
  readonly #title: HTMLElement;
  readonly #everybodys: Element[];
  readonly #everybodysTitle: string;
  #asked = 0;

  constructor(private readonly section: HTMLElement) {
    this.#list = section.querySelector(".products") as HTMLElement;
    this.#title = section.querySelector("h2") as HTMLElement;
    this.#everybodys = [...this.#list.children];
    this.#everybodysTitle = this.#title.textContent ?? "";
  }

  /** Show her own row; everybody's for a visitor, for one who wants nothing personal, and where hers cannot be had. */
  async show(identity: string, name: string): Promise<void> {
    const asked = ++this.#asked;
    const row = identity ? await frontRow(identity).catch(() => null) : null;
    if (asked !== this.#asked) return;
    const hers = row?.personal && row.products.length ? row.products : null;
    this.#title.textContent = hers ? `For you, ${name}` : this.#everybodysTitle;
    this.#list.replaceChildren(...(hers?.map((one) => this.#card(one)) ?? this.#everybodys));
    drawPictures(this.#list);
  }

  #card(one: FrontProduct): HTMLElement {
    const ask = button("ask", "Ask about it", `Ask about ${one.name}`);
    ask.dataset.say = `Do you have ${one.name}?`;
    return card({ ...one, id: one.product_id }, one.reason, this.section.dataset.currency ?? "", ask);
  }
}
