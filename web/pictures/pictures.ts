/** A small drawing for a kind of product, found by words of its name: shops have many products and few photographs. */

export interface Picture {
  /** Path of a 24 × 24 line drawing. */
  path: string;
  /** One of six tints, 0–5. */
  tint: number;
}

const BASKET: Picture = {
  path: "M4 9.5h16l-1.6 8.4a2 2 0 0 1-2 1.6H7.6a2 2 0 0 1-2-1.6L4 9.5ZM8.5 9.5 11 4.5M15.5 9.5 13 4.5M10 13v3M14 13v3",
  tint: 2,
};

/** First match wins, so the more telling words come first ("ice cream" before "milk", "frozen pizza" before "frozen"). */
const KINDS: readonly (readonly [RegExp, Picture])[] = [
  [/ice cream|sherb|cand(y|ies)|chocolate|cookie|cake|dessert/, { path: "M8 10.5 12 21l4-10.5M7 10.5a5 5 0 0 1 10 0H7Z", tint: 3 }],
  [/pizza|chip|snack|cracker|pretzel|popcorn/, { path: "M4 7c5-3 11-3 16 0l-8 14L4 7Zm1.5 2.6c4.3-2.2 8.7-2.2 13 0M11 13v.1M13.7 10.5h.1", tint: 1 }],
  [/frozen|frz|\bice\b/, { path: "M12 3v18M4.2 7.5l15.6 9M19.8 7.5l-15.6 9M9.5 4.5 12 7l2.5-2.5M9.5 19.5 12 17l2.5 2.5", tint: 5 }],
  [/coffee|\btea\b|teas|cocoa/, { path: "M5 9h11v6a4.5 4.5 0 0 1-4.5 4.5h-2A4.5 4.5 0 0 1 5 15V9Zm11 1.5h1.5a2.5 2.5 0 0 1 0 5H16M8.5 3.5v2M12.5 3.5v2", tint: 1 }],
  [/soft drink|soda|cola|juice|water|beer|wine|drink|isotonic/, { path: "M7.5 6l1-2.5h7l1 2.5v12l-1 2.5h-7l-1-2.5V6Zm0 0h9M7.5 18h9M10 12.5c1.3-1.5 2.7 1.5 4 0", tint: 2 }],
  [/cheese|butter|margarine/, { path: "M3.5 12 14 5.5c3.5 0 6.5 2.5 6.5 6.5v6.5h-17V12Zm0 0h17M8 15.5v.1M14 15h.1", tint: 1 }],
  [/milk|yogurt|cream|dairy/, { path: "M9 3h6M9.5 3v3.5l-2 3.5v9a2 2 0 0 0 2 2h5a2 2 0 0 0 2-2v-9l-2-3.5V3M7.5 13.5h9", tint: 2 }],
  [/\beggs?\b/, { path: "M12 3.5c3 0 6 5.5 6 10a6 6 0 0 1-12 0c0-4.5 3-10 6-10Z", tint: 1 }],
  [/soap|detergent|clean|tissue|towel|paper|shampoo|hair|deodorant|cosmetic|make ?up|drug|oral|laundry|household/, { path: "M8 11h8v8a2 2 0 0 1-2 2h-4a2 2 0 0 1-2-2v-8Zm2 0V8h4v3M12 8V5h3.5A1.5 1.5 0 0 1 17 6.5", tint: 4 }],
  [/bread|bun|roll|bagel|pastry|bak(ed|ery)|tortilla|muffin|donut/, { path: "M5 11.5C3.5 10.5 3 9.5 3 8.5 3 6.5 5 5 8 5h8c3 0 5 1.5 5 3.5 0 1-.5 2-2 3V18a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18v-6.5Z", tint: 1 }],
  [/fish|seafood|shrimp|salmon|tuna/, { path: "M3 12c3-4.5 8-6 12.5-3.5l5-2.5v12l-5-2.5C11 18 6 16.5 3 12ZM8 11.5v.1", tint: 5 }],
  [/beef|meat|pork|chicken|turkey|sausage|bacon|ham\b|hot dog|deli|lunch/, { path: "M4 13c0-5 4.5-9 9.5-9 4 0 6.5 2.5 6.5 5.5 0 5-5.5 4.5-6.5 7.5-.7 2-2 3-4.5 3-3 0-5-3-5-7ZM15.5 9.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z", tint: 3 }],
  [/vegetable|salad|lettuce|potato|tomato|onion|herb|spice|floral|garden|plant/, { path: "M5 19C4 11 8 5 19 5c0 11-6 15-12 13M5 19c2-5 5-8 9-10", tint: 0 }],
  [/fruit|banana|apple|berr(y|ies)|grape|melon|citrus|produce|nutrition/, { path: "M12 8c-1.5-1.5-6.5-2-7.5 3-.8 4 2 9 4.8 9 1.1 0 1.7-.6 2.7-.6s1.6.6 2.7.6c2.8 0 5.6-5 4.8-9-1-5-6-4.5-7.5-3Zm0 0c0-2 .8-4 3-5", tint: 0 }],
  [/cereal|pasta|soup|sauce|rice|beans|canned|oat/, { path: "M3.5 11h17a8.5 8.5 0 0 1-5.5 8.5h-6A8.5 8.5 0 0 1 3.5 11ZM9 8c-1-1.5 1-2.5 0-4M14 8c-1-1.5 1-2.5 0-4", tint: 4 }],
];

/** The drawing for a product's name and category, in any order; a basket when nothing fits. */
export function pictureOf(...words: readonly string[]): Picture {
  for (const word of words) {
    const found = KINDS.find(([pattern]) => pattern.test(word.toLowerCase()));
    if (found) return found[1];
  }
  return BASKET;
}
