/** What the page says on the script tag: `<script src="…/widget.js" data-rapport data-title="…" async></script>`. */
import { languageFor, type Locale, pickLocale } from "./i18n.ts";

export interface Settings {
  /** Where the gateway lives: `data-server`, else where the script came from. */
  server: URL;
  /** `data-identity`: a signed token of the shop, for a customer who is signed in when the page is made. */
  identity: string | null;
  /** `data-title`: the name above the chat; else the shop's name, as the gateway tells it. */
  title: string | null;
  /** `data-position`: "left" or "right"; else the end of a line of the page's language. */
  position: "left" | "right" | "end";
  /** `data-accent`: a colour as #rgb or #rrggbb. */
  accent: string | null;
  /** `data-locale`, else the first of the browser's languages that the widget speaks. */
  locale: Locale;
  /** The same with its country, as far as the browser tells ("en-GB"): how dates and times are written. */
  language: string;
  /** `data-starters`: things to say, offered while nothing has been said, divided by "|". */
  starters: string[];
}

/** Read the settings; what cannot be read takes its default, as a chat must not fail for a wrong colour. */
export function readSettings(data: DOMStringMap, scriptAddress: string, languages: readonly string[]): Settings {
  const accent = data.accent?.trim() ?? "";
  const position = data.position;
  const wanted = data.locale ? [data.locale, ...languages] : languages;
  const locale = pickLocale(wanted);
  return {
    server: addressOf(data.server, scriptAddress),
    identity: data.identity || null,
    title: data.title?.trim() || null,
    position: position === "left" || position === "right" ? position : "end",
    accent: /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(accent) ? accent : null,
    locale,
    language: languageFor(locale, wanted),
    starters: (data.starters ?? "").split("|").map((text) => text.trim()).filter(Boolean).slice(0, 5),
  };
}

function addressOf(server: string | undefined, scriptAddress: string): URL {
  try {
    return new URL(server || scriptAddress, scriptAddress);
  } catch {
    return new URL(scriptAddress);
  }
}

/** Where the chat's socket is: the same host, ws for http and wss for https. */
export function chatAddress(server: URL): string {
  const url = new URL("/v1/chat", server);
  url.protocol = url.protocol === "http:" ? "ws:" : "wss:";
  return url.href;
}

/** Black or white, whichever reads better on `colour` (#rgb or #rrggbb); by WCAG's relative luminance. */
export function readableOn(colour: string): "#000000" | "#ffffff" {
  const digits = colour.length === 4 ? [...colour.slice(1)].map((d) => d + d).join("") : colour.slice(1);
  const [r, g, b] = [0, 2, 4].map((at) => {
    const share = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? "#ffffff" : "#000000";
}
