/**
 * The widget's one file. `<script src="…/static/widget.js" data-rapport async></script>` puts the chat into the page and gives
 * the page `window.Rapport`.
 */
import type { Signal, Suggestion } from "../../device/src/index.ts";
import { forgetDevice, loadDevice } from "./core/device.ts";
import { readSettings } from "./core/settings.ts";
import type { EventDetails, EventName } from "./core/events.ts";
import { RapportChat, TAG } from "./element.tsx";

export interface RapportApi {
  open(): void;
  close(): void;
  /** Open the chat and send a text in the customer's name, as a button "Ask about this" does. */
  say(text: string): void;
  /** Who the customer is: a token that the shop's server has signed. */
  identify(jwt: string): void;
  /** The best products for what was noticed on this device, each with its reason; worked out here, with nothing sent. */
  recommend(limit?: number): Promise<Suggestion[]>;
  /** A product was "viewed", put into the "cart" or "refused"; only this device is told. */
  noticed(signal: Signal, productId: string): Promise<void>;
  /** Forget the customer, her conversation and what was noticed on this device. */
  signOut(): void;
  /** Listen to "ready", "open", "close", "message", "unread", "owner", "error" or "identityExpired"; returns how to stop. */
  on<N extends EventName>(name: N, listener: (detail: EventDetails[N]) => void): () => void;
}

declare global {
  interface Window {
    Rapport?: RapportApi;
  }
}

function begin(script: HTMLScriptElement): void {
  if (window.Rapport) return;
  if (!customElements.get(TAG)) customElements.define(TAG, RapportChat);
  const languages = [document.documentElement.lang, ...navigator.languages].filter(Boolean);
  const chat = document.createElement(TAG) as RapportChat;
  const settings = readSettings(script.dataset, script.src || location.href, languages);
  chat.begin(settings);
  // A button of the page may be behind a call: then the cursor follows. A timer of the page never steals it.
  const byHand = (): boolean => navigator.userActivation?.isActive ?? true;
  window.Rapport = {
    open: () => chat.toggle(true, byHand()),
    close: () => chat.toggle(false, byHand()),
    say: (text) => {
      chat.toggle(true, byHand());
      chat.say(text);
    },
    identify: (jwt) => chat.identify(jwt),
    recommend: async (limit) => (await loadDevice(settings.server)).recommend(limit),
    noticed: async (signal, productId) => (await loadDevice(settings.server)).noticed(signal, productId),
    signOut: () => {
      chat.signOut();
      forgetDevice();
    },
    on: (name, listener) => chat.events.on(name, listener),
  };
  document.body.append(chat);
  document.dispatchEvent(new CustomEvent("rapport:ready"));
}

const script = document.currentScript ?? document.querySelector("script[data-rapport]");
if (script instanceof HTMLScriptElement) {
  if (document.body) begin(script);
  else document.addEventListener("DOMContentLoaded", () => begin(script));
}
