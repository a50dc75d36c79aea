/** One message: bubble, cards, and under the customer's own what became of it. */
import { timeOf } from "../core/i18n.ts";
import { mayBeRetried } from "../core/sending.ts";
import type { Entry } from "../core/transcript.ts";
import { Cards } from "./cards.tsx";
import { nameOf, useSurface, useWords } from "./context.ts";
import { CheckIcon, PersonIcon, SparkIcon, WarningIcon } from "./icons.tsx";
import { Text } from "./text.tsx";

export interface Place {
  entry: Entry;
  /** First and last of a run of messages by one author. */
  first: boolean;
  last: boolean;
  /** The customer's latest message: the only one that says "Delivered". */
  latestOwn: boolean;
}

function Fate({ entry, latestOwn }: Pick<Place, "entry" | "latestOwn">) {
  const say = useWords();
  const { actions } = useSurface();
  if (entry.delivery === "failed") {
    const problem = entry.problem ?? "again";
    return (
      <span class="fate failed">
        <WarningIcon />{say(problem)}
        {mayBeRetried(problem) && (
          <button type="button" class="link" onClick={() => actions.retry(entry.key)}>{say("retry")}</button>
        )}
      </span>
    );
  }
  if (entry.delivery !== "sent") return <span class="fate">{say(entry.delivery)}</span>;
  return latestOwn ? <span class="fate"><CheckIcon />{say("sent")}</span> : null;
}

export function SystemLine({ entry }: { entry: Entry }) {
  return <div class="system" dir="auto"><Text text={entry.text} /></div>;
}

export function MessageView({ entry, first, last, latestOwn }: Place) {
  const say = useWords();
  const { language } = useSurface();
  const own = entry.author === "customer";
  const name = nameOf(entry.author, entry.authorName, say);
  const showFoot = last || entry.delivery !== "sent";
  return (
    <div class={`message ${entry.author} ${first ? "first" : ""} ${last ? "last" : ""} ${entry.delivery}`}>
      {!own && <div class="avatar" aria-hidden="true">{first && (entry.author === "agent" ? <PersonIcon /> : <SparkIcon />)}</div>}
      <div class="column">
        {first && !own
          ? <div class="author"><bdi>{name}</bdi></div>
          : <span class="hidden"><bdi>{say("says", { name })}</bdi></span>}
        {entry.text && <div class="bubble" dir="auto"><Text text={entry.text} /></div>}
        {entry.cards.length > 0 && <Cards cards={entry.cards} />}
        {showFoot && (
          <div class="foot">
            <time dateTime={new Date(entry.at).toISOString()}>{timeOf(entry.at, language)}</time>
            {own && <Fate entry={entry} latestOwn={latestOwn} />}
          </div>
        )}
      </div>
    </div>
  );
}
