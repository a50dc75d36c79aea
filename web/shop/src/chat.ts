/** The widget's script loads on its own time; this waits for it. */
import type { RapportApi } from "../../widget/src/index.ts";

export function whenChatIsReady(): Promise<RapportApi> {
  return new Promise((resolve) => {
    if (window.Rapport) resolve(window.Rapport);
    else document.addEventListener("rapport:ready", () => resolve(window.Rapport as RapportApi), { once: true });
  });
}
