/** The open chat: who answers, the transcript, where to write. */
import { useEffect, useRef } from "preact/hooks";
import { Banner } from "./banner.tsx";
import { Composer } from "./composer.tsx";
import { useSurface, useWords } from "./context.ts";
import { CloseIcon, PersonIcon, SparkIcon } from "./icons.tsx";
import { Transcript } from "./transcript.tsx";

function Header() {
  const say = useWords();
  const { state, title, actions } = useSurface();
  const status = {
    bot: say("statusBot"),
    queue: say("statusQueue"),
    agent: say("statusAgent", { name: state.agentName ?? say("agent") }),
  }[state.owner];
  return (
    <div class="header">
      <div class="mark" aria-hidden="true">{state.owner === "agent" ? <PersonIcon /> : <SparkIcon />}</div>
      <div class="names">
        <div class="title" id="title"><bdi>{title}</bdi></div>
        <div class="status"><span class={`dot ${state.status}`} aria-hidden="true" /><bdi>{status}</bdi></div>
      </div>
      <button type="button" class="close" aria-label={say("close")} onClick={actions.close}><CloseIcon /></button>
    </div>
  );
}

/** `focus`: put the cursor into the field, as the customer has just opened the chat herself. */
export function Panel({ focus }: { focus: boolean }) {
  const { actions } = useSurface();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (focus) field.current?.focus();
  }, []);
  return (
    <div
      class="panel" id="panel" role="dialog" aria-labelledby="title"
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.isComposing) {
          event.stopPropagation();
          actions.close();
        }
      }}
      onClick={(event) => {
        // A chosen answer disappears from under the cursor: the keyboard must not be left nowhere.
        const chosen = (event.target as Element).closest(".replies button, .person");
        if (chosen) field.current?.focus({ preventScroll: true });
      }}
    >
      <Header />
      <Banner />
      <Transcript />
      <Composer field={field} />
    </div>
  );
}
