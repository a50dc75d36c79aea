/** Products side by side: a strip that scrolls by touch, by arrow keys and by two buttons. */
import { useEffect, useRef, useState } from "preact/hooks";
import { pictureOf } from "../../../pictures/pictures.ts";
import type { Card } from "../core/protocol.ts";
import { useSurface, useWords } from "./context.ts";
import { ArrowIcon, Icon, ReasonIcon } from "./icons.tsx";

/** The drawing that fits the product, by its kind first and its name second. */
function CardPicture({ card }: { card: Card }) {
  const { path, tint } = pictureOf(card.subtitle, card.title);
  return <div class={`card-picture tint-${tint}`}><Icon><path d={path} /></Icon></div>;
}

function ProductCard({ card }: { card: Card }) {
  const { actions } = useSurface();
  return (
    <li class="card">
      <CardPicture card={card} />
      <div class="card-body" dir="auto">
        <div class="card-title">{card.title}</div>
        {card.subtitle && <div class="card-subtitle">{card.subtitle}</div>}
        {card.price && <div class="card-price">{card.price}</div>}
        {card.reason && <div class="card-reason"><ReasonIcon /><span>{card.reason}</span></div>}
      </div>
      {card.quickReplies.length > 0 && (
        <div class="card-buttons">
          {card.quickReplies.map((reply) => (
            <button type="button" key={reply.id} aria-label={`${reply.title} (${card.title})`} onClick={() => actions.choose(reply)}>
              {reply.title}
            </button>
          ))}
        </div>
      )}
    </li>
  );
}

export function Cards({ cards }: { cards: readonly Card[] }) {
  const say = useWords();
  const strip = useRef<HTMLUListElement>(null);
  const [overflow, setOverflow] = useState(false);
  useEffect(() => {
    const element = strip.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setOverflow(element.scrollWidth > element.clientWidth + 1));
    observer.observe(element);
    return () => observer.disconnect();
  }, [cards.length]);
  const move = (towardsEnd: 1 | -1): void => {
    const element = strip.current;
    if (!element) return;
    const sign = getComputedStyle(element).direction === "rtl" ? -towardsEnd : towardsEnd;
    element.scrollBy({ left: sign * element.clientWidth * 0.8, behavior: "smooth" });
  };
  return (
    <div class="cards">
      <ul ref={strip} class="card-strip" tabIndex={overflow ? 0 : -1} role="list" aria-label={say("products")}>
        {cards.map((card) => <ProductCard key={card.id} card={card} />)}
      </ul>
      {overflow && (
        <div class="card-arrows">
          <button type="button" class="back" aria-label={`${say("previous")} (${say("products")})`} onClick={() => move(-1)}><ArrowIcon /></button>
          <button type="button" aria-label={`${say("next")} (${say("products")})`} onClick={() => move(1)}><ArrowIcon /></button>
        </div>
      )}
    </div>
  );
}
