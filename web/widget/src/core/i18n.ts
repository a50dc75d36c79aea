/** The widget's own words. What the bot and the agents say comes from the server and is shown as it is. */
import { ar } from "../locales/ar.ts";
import { de } from "../locales/de.ts";
import { en } from "../locales/en.ts";
import { es } from "../locales/es.ts";
import { fr } from "../locales/fr.ts";

export type Words = Record<keyof typeof en, string>;

export const LOCALES = { en, de, es, fr, ar } satisfies Record<string, Words>;
export type Locale = keyof typeof LOCALES;

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set<Locale>(["ar"]);

/** The first of `languages` ("de-AT", "fr", …) that there are words for; English otherwise. */
export function pickLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    const base = language.toLowerCase().split(/[-_]/)[0] ?? "";
    if (Object.hasOwn(LOCALES, base)) return base as Locale;
  }
  return "en";
}

/** The most telling of `languages` for `locale`: "en-GB" rather than "en". */
export function languageFor(locale: Locale, languages: readonly string[]): string {
  return languages.find((language) => language.toLowerCase().startsWith(`${locale}-`)) ?? locale;
}

export function directionOf(locale: Locale): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.has(locale) ? "rtl" : "ltr";
}

/** `words` with its {gaps} filled. */
export function fill(words: string, gaps: Record<string, string | number>): string {
  return words.replace(/\{(\w+)\}/g, (gap, name: string) => (Object.hasOwn(gaps, name) ? String(gaps[name]) : gap));
}

/** "14:05" in the customer's way of writing. */
export function timeOf(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }).format(at);
}

/** "today", "yesterday" or the date. */
export function dayOf(at: number, now: number, language: string): string {
  const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
  if (days === 0 || days === -1) return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(days, "day");
  return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(at);
}
