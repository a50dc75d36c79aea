/** `<rapport-chat>`: holds the session, draws the view into its shadow root. */
import { render } from "preact";
import { Events } from "./core/events.ts";
import { LOCALES } from "./core/i18n.ts";
import { Session } from "./core/session.ts";
import { chatAddress, readableOn, type Settings } from "./core/settings.ts";
import { Notes, storageArea } from "./core/storage.ts";
import { PageTitle } from "./page-title.ts";
import base from "./styles/base.css";
import messages from "./styles/messages.css";
import panel from "./styles/panel.css";
import { App } from "./ui/app.tsx";
import type { Actions } from "./ui/context.ts";

export const TAG = "rapport-chat";

export class RapportChat extends HTMLElement {
  readonly events = new Events();
  #settings!: Settings;
  #session!: Session;
  #tab!: Notes;
  #title = new PageTitle(document);
  #open = false;
  #byHand = false;
  #drawing = false;

  /** Begin: called once, after the element was made and before it is put into the page. */
  begin(settings: Settings): void {
    const prefix = `rapport:${settings.server.host}:`;
    this.#settings = settings;
    this.#tab = new Notes(prefix, storageArea("sessionStorage"));
    this.#session = new Session({
      openSocket: () => new WebSocket(chatAddress(settings.server)),
      notes: new Notes(prefix, storageArea("localStorage")),
      tabNotes: this.#tab,
      events: this.events,
      changed: () => this.#draw(),
    });
    this.#open = this.#tab.get("open") === "1";
  }

  connectedCallback(): void {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    const styles = new CSSStyleSheet();
    styles.replaceSync(base + panel + messages);
    root.adoptedStyleSheets = [styles];
    const { accent, identity } = this.#settings;
    if (accent) {
      this.style.setProperty("--rapport-accent", accent);
      this.style.setProperty("--rapport-on-accent", readableOn(accent));
    }
    this.events.on("unread", ({ count }) => this.#title.show(count));
    document.addEventListener("visibilitychange", () => this.#look());
    window.addEventListener("focus", () => this.#look());
    window.addEventListener("storage", () => this.#session.recount());
    window.addEventListener("online", () => this.#session.hurry());
    if (identity) this.#session.identify(identity);
    if (this.#open || this.#session.hasPast) this.#session.start();
    this.#look();
    this.#draw();
  }

  /** Open or close the chat; `byHand` when the customer did it herself, so that the cursor may follow. */
  toggle(open: boolean, byHand: boolean): void {
    if (open === this.#open) return;
    this.#open = open;
    this.#byHand = byHand;
    this.#tab.set("open", open ? "1" : null);
    if (open) this.#session.start();
    this.#look();
    this.#draw();
    this.events.emit(open ? "open" : "close", {});
  }

  say(text: string): void {
    this.#session.sending.say(text);
  }

  identify(jwt: string): void {
    this.#session.identify(jwt);
  }

  signOut(): void {
    this.#session.signOut();
  }

  #look(): void {
    if (document.visibilityState === "visible") this.#session.hurry();
    this.#session.look(this.#open && document.visibilityState === "visible");
  }

  readonly #actions: Actions = {
    open: () => this.toggle(true, true),
    close: () => this.toggle(false, true),
    say: (text) => this.#session.sending.say(text),
    choose: (reply) => this.#session.sending.choose(reply),
    retry: (id) => this.#session.sending.retry(id),
    typing: () => this.#session.sending.typing(),
    hurry: () => this.#session.hurry(),
  };

  /** Once after all the changes of one event. */
  #draw(): void {
    if (this.#drawing || !this.shadowRoot) return;
    this.#drawing = true;
    queueMicrotask(() => {
      this.#drawing = false;
      const { locale, language, title, starters, position, server } = this.#settings;
      const { state } = this.#session;
      const view = {
        state, actions: this.#actions, locale, language, starters, position, server, open: this.#open, byHand: this.#byHand,
        title: title ?? state.shop ?? LOCALES[locale].chat,
      };
      if (this.shadowRoot) render(<App view={view} />, this.shadowRoot);
    });
  }
}
