/** The scrolling part: days, messages, quick replies, who is typing. Read aloud politely, but never the history. */
import { Fragment } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { dayOf } from "../core/i18n.ts";
import { type Entry, openQuickReplies } from "../core/transcript.ts";
import { nameOf, useSurface, useWords } from "./context.ts";
import { DownIcon, SparkIcon } from "./icons.tsx";
import { MessageView, SystemLine } from "./message.tsx";

/** Nearer to the end than that (pixels), and new messages scroll into view. */
const NEAR = 80;

function Intro() {
  const say = useWords();
  const { state, starters, actions } = useSurface();
  const name = state.customerName;
  return (
    <div class="intro">
      <div class="intro-mark" aria-hidden="true"><SparkIcon /></div>
      <p class="intro-title">{name ? say("welcomeName", { name }) : say("welcome")}</p>
      <p>{say("intro")}</p>
      {starters.length > 0 && (
        <ul class="replies starters" aria-label={say("replies")}>
          {starters.map((text) => <li key={text}><button type="button" onClick={() => actions.say(text)}>{text}</button></li>)}
        </ul>
      )}
    </div>
  );
}

function Typing() {
  const say = useWords();
  const { state } = useSurface();
  const name = state.typing && nameOf(state.typing, state.typing === "agent" ? state.agentName : null, say);
  return (
    <div class="typing-place" role="status">
      {name && (
        <div class="typing">
          <span class="hidden">{say("typing", { name })}</span>
          <i /><i /><i />
        </div>
      )}
    </div>
  );
}

function Row({ entries, at, latestOwn }: { entries: readonly Entry[]; at: number; latestOwn: Entry | undefined }) {
  const { language } = useSurface();
  const [before, entry, after] = [entries[at - 1], entries[at] as Entry, entries[at + 1]];
  const day = dayOf(entry.at, Date.now(), language);
  const newDay = !before || dayOf(before.at, Date.now(), language) !== day;
  const joins = (other: Entry | undefined): boolean =>
    other !== undefined && other.author === entry.author && other.authorName === entry.authorName && Math.abs(other.at - entry.at) < 300_000;
  return (
    <>
      {newDay && <div class="day"><span>{day}</span></div>}
      {entry.author === "system"
        ? <SystemLine entry={entry} />
        : <MessageView entry={entry} first={newDay || !joins(before)} last={!joins(after)} latestOwn={entry === latestOwn} />}
    </>
  );
}

export function Transcript() {
  const say = useWords();
  const { state, actions } = useSurface();
  const box = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const { entries } = state;
  const replies = openQuickReplies(entries);
  const latestOwn = [...entries].reverse().find(({ author }) => author === "customer");
  const toEnd = (): void => void box.current?.scrollTo({ top: box.current.scrollHeight });
  const measure = (): void => {
    const element = box.current;
    if (element) setAway(element.scrollHeight - element.scrollTop - element.clientHeight > NEAR);
  };
  const lastOwnKey = latestOwn?.key;
  useLayoutEffect(toEnd, [lastOwnKey]);
  const staying = useRef(true);
  staying.current = !away;
  useLayoutEffect(() => void (staying.current && toEnd()), [entries, state.typing, replies.length]);
  useEffect(() => {
    // The field grows, a phone's keyboard opens, a strip gets its arrows: the end stays in view.
    const observer = new ResizeObserver(() => void (staying.current && toEnd()));
    for (const element of [box.current, box.current?.querySelector('[role="log"]')]) if (element) observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div class="transcript">
      <div ref={box} class="scroll" tabIndex={0} role="region" aria-label={say("messages")} onScroll={measure}>
        {entries.length === 0 && <Intro />}
        <div role="log" aria-live="polite" aria-relevant="additions" aria-label={say("messages")} aria-busy={!state.settled}>
          {entries.map((entry, at) => <Fragment key={entry.key}><Row entries={entries} at={at} latestOwn={latestOwn} /></Fragment>)}
        </div>
        <Typing />
        {replies.length > 0 && (
          <ul class="replies" aria-label={say("replies")}>
            {replies.map((reply) => <li key={reply.id}><button type="button" onClick={() => actions.choose(reply)}>{reply.title}</button></li>)}
          </ul>
        )}
      </div>
      {away && <button type="button" class="to-end" onClick={toEnd}><DownIcon />{say("unread")}</button>}
    </div>
  );
}
