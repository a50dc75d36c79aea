/** Tells honestly when there is no connection, but not for a hiccup that mends itself. */
import { useEffect, useState } from "preact/hooks";
import { useSurface, useWords } from "./context.ts";

const GRACE_MS = 1_500;

export function Banner() {
  const say = useWords();
  const { state, actions } = useSurface();
  const [shown, setShown] = useState(false);
  const lost = state.status === "offline";
  useEffect(() => {
    if (!lost) {
      setShown(false);
      return undefined;
    }
    const timer = setTimeout(() => setShown(true), GRACE_MS);
    return () => clearTimeout(timer);
  }, [lost]);
  return (
    <div class="banner-place" role="status">
      {state.expired && <div class="banner">{say("expired")}</div>}
      {lost && shown && (
        <div class="banner">
          <span>{!navigator.onLine ? say("offline") : (state.trouble ?? say("lost"))}</span>
          <button type="button" class="link" onClick={actions.hurry}>{say("tryNow")}</button>
        </div>
      )}
    </div>
  );
}
