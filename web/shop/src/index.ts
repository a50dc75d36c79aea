/** The demo shop's pages: who is shopping, pictures on the shelf, buttons that start a conversation. */
import { drawPictures } from "./pictures.ts";
import { People } from "./people.ts";
import { Tracker } from "./tracker.ts";
import { whenChatIsReady } from "./chat.ts";

drawPictures(document);
const key = document.querySelector<HTMLElement>("[data-write-key]")?.dataset.writeKey;
const tracker = key ? new Tracker(key) : null;
// Help pages of a shop that is no demo know nobody to sign in as.
if (document.querySelector("[data-signed]")) {
  void new People(document, (customer) => tracker?.become(customer)).begin().then(() => tracker?.page("Front page"));
}

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("[data-open-chat], [data-say]");
  if (!button) return;
  tracker?.viewed(button.closest<HTMLElement>("[data-product]"));
  void whenChatIsReady().then((chat) => (button.dataset.say ? chat.say(button.dataset.say) : chat.open()));
});
