/** A product as a card of the shelf, as the template draws it. Text only, never markup. */

export interface Shown {
  id: string;
  name: string;
  category: string;
  department: string;
  price: number | null;
}

/** The way of a card: its picture, its name as a button that shows what goes with it, and one more button below. */
export function card(product: Shown, reason: string, currency: string, below: HTMLButtonElement): HTMLElement {
  const item = part("li", "product");
  Object.assign(item.dataset, { product: product.id, name: product.name, category: product.category });
  if (product.price !== null) item.dataset.price = String(product.price);
  const picture = part("span", "picture");
  picture.dataset.picture = [product.name, product.category, product.department].join("|");
  picture.setAttribute("aria-hidden", "true");
  const title = part("h3", "");
  const look = button("look", product.name, `${product.name}: show what goes with it`);
  look.dataset.look = "";
  title.append(look);
  const price = product.price === null ? "Price in store" : `${currency}${product.price.toFixed(2)}`;
  item.append(picture, title, part("p", "category", product.category), part("p", "why", reason), part("p", "price", price), below);
  return item;
}

export function button(name: string, text: string, label: string): HTMLButtonElement {
  const element = part("button", name, text) as HTMLButtonElement;
  element.type = "button";
  element.setAttribute("aria-label", label);
  return element;
}

function part(tag: string, name: string, text = ""): HTMLElement {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.textContent = text;
  return element;
}
