/** Where the customer writes: Enter sends, Shift+Enter begins a line, the field grows with the text. */
import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { LONGEST_TEXT } from "../core/protocol.ts";
import { useSurface, useWords } from "./context.ts";
import { PersonIcon, SendIcon } from "./icons.tsx";

const TALLEST = 132;
/** From here on the remaining characters are shown. */
const COUNT_FROM = LONGEST_TEXT - 400;
/** Said in the bot's language, so that it works whatever language the page is in. */
const PERSON_REQUEST = "I want to talk to a person";

function PersonButton() {
  const say = useWords();
  const { state, actions } = useSurface();
  if (state.owner === "queue") return <span class="person-state"><PersonIcon />{say("personAsked")}</span>;
  if (state.owner === "agent") {
    return <span class="person-state"><PersonIcon /><bdi>{say("personHere", { name: state.agentName ?? say("agent") })}</bdi></span>;
  }
  return <button type="button" class="person" onClick={() => actions.say(PERSON_REQUEST)}><PersonIcon />{say("person")}</button>;
}

export function Composer({ field }: { field: RefObject<HTMLTextAreaElement | null> }) {
  const say = useWords();
  const { actions } = useSurface();
  const [text, setText] = useState("");
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, TALLEST)}px`;
  }, [text]);
  const send = (): void => {
    if (!text.trim()) return;
    actions.say(text);
    setText("");
    field.current?.focus();
  };
  return (
    <div class="composer">
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <textarea
          ref={field} rows={1} value={text} maxLength={LONGEST_TEXT} dir="auto" enterkeyhint="send"
          aria-label={say("write")} placeholder={`${say("write")} …`}
          onInput={(event) => { setText(event.currentTarget.value); actions.typing(); }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" class="send" aria-label={say("send")} aria-disabled={!text.trim()}><SendIcon /></button>
      </form>
      <div class="under">
        <PersonButton />
        {text.length > COUNT_FROM && <span class="count">{LONGEST_TEXT - text.length}</span>}
      </div>
    </div>
  );
}
