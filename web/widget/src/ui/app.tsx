/** The whole widget: the launcher, and the panel while it is open. */
import { useEffect, useRef } from "preact/hooks";
import { directionOf } from "../core/i18n.ts";
import { type Surface, SurfaceProvider, useWords } from "./context.ts";
import { ChatIcon, FoldIcon } from "./icons.tsx";
import { Panel } from "./panel.tsx";

export interface View extends Surface {
  open: boolean;
  /** True when the customer opened or closed it with her own hand: only then the cursor moves. */
  byHand: boolean;
  position: "left" | "right" | "end";
}

function Launcher({ view }: { view: View }) {
  const say = useWords();
  const button = useRef<HTMLButtonElement>(null);
  const { open, byHand, actions, state } = view;
  const wasOpen = useRef(open);
  useEffect(() => {
    if (wasOpen.current && !open && byHand) button.current?.focus();
    wasOpen.current = open;
  }, [open]);
  const label = open ? say("close") : state.unread > 0 ? say("openUnread", { n: state.unread }) : say("open");
  return (
    <button
      ref={button} type="button" class="launcher" aria-label={label} aria-expanded={open}
      {...(open && { "aria-controls": "panel" })} onClick={open ? actions.close : actions.open}
    >
      {open ? <FoldIcon /> : <ChatIcon />}
      {!open && state.unread > 0 && <span class="badge" aria-hidden="true">{state.unread > 9 ? "9+" : state.unread}</span>}
    </button>
  );
}

function Inside({ view }: { view: View }) {
  const say = useWords();
  return (
    <div class={`rapport ${view.position} ${view.open ? "open" : ""}`} role="region" aria-label={say("chat")} lang={view.locale} dir={directionOf(view.locale)}>
      {view.open && <Panel focus={view.byHand} />}
      <Launcher view={view} />
    </div>
  );
}

export function App({ view }: { view: View }) {
  return <SurfaceProvider value={view}><Inside view={view} /></SurfaceProvider>;
}
