/** Puts the small drawings on the shelf; the same that the chat's cards show. */
import { pictureOf } from "../../pictures/pictures.ts";

const SVG = "http://www.w3.org/2000/svg";

export function drawPictures(root: ParentNode): void {
  for (const place of root.querySelectorAll<HTMLElement>("[data-picture]")) {
    const { path, tint } = pictureOf(...(place.dataset.picture ?? "").split("|"));
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", path);
    svg.append(line);
    place.classList.add(`tint-${tint}`);
    place.replaceChildren(svg);
  }
}
