/** How figures are written on axes and in tooltips. */

export type Kind = "text" | "count" | "money" | "share" | "days" | "figure";

const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const fine = new Intl.NumberFormat("en", { maximumFractionDigits: 3 });
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** Write a figure; `briefly` shortens thousands, as on an axis: "$400K". Names stay as they are. */
export function written(value: unknown, kind: Kind, currency: string, briefly = false): string {
  if (value === null || value === undefined || value === "-") return "–";
  if (typeof value !== "number") return String(value);
  const sign = value < 0 ? "−" : "";
  const size = Math.abs(value);
  if (kind === "share") return `${sign}${plain.format(Math.round(size * 1000) / 10)} %`;
  const format = briefly && size >= 10_000 ? short : kind === "count" || (kind === "money" && size >= 1000) ? whole : kind === "figure" && size < 0.1 ? fine : plain;
  if (kind !== "money") return sign + format.format(size);
  return /^[a-z]+$/i.test(currency) ? `${sign}${format.format(size)} ${currency}` : `${sign}${currency}${format.format(size)}`;
}
