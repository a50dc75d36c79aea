/** What every part of the view needs, handed down once. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { fill, LOCALES, type Locale, type Words } from "../core/i18n.ts";
import type { Author, QuickReply } from "../core/protocol.ts";
import type { State } from "../core/state.ts";

export interface Actions {
  open(): void;
  close(): void;
  say(text: string): void;
  choose(reply: QuickReply): void;
  retry(id: string): void;
  typing(): void;
  hurry(): void;
}

export interface Surface {
  state: State;
  actions: Actions;
  locale: Locale;
  language: string;
  title: string;
  starters: readonly string[];
  /** The chat's own server, where the help pages are. */
  server: URL;
}

const Context = createContext<Surface | null>(null);
export const SurfaceProvider = Context.Provider;

export function useSurface(): Surface {
  const surface = useContext(Context);
  if (!surface) throw new Error("a part of the chat was drawn outside of it");
  return surface;
}

export type Say = (key: keyof Words, gaps?: Record<string, string | number>) => string;

/** The words of the customer's language. */
export function useWords(): Say {
  const { locale } = useSurface();
  return (key, gaps = {}) => fill(LOCALES[locale][key], gaps);
}

/** The name shown for an author: given by the server, else a word of the language. */
export function nameOf(author: Author, given: string | null, say: Say): string {
  if (author === "customer") return say("you");
  return given ?? (author === "agent" ? say("agent") : say("bot"));
}
