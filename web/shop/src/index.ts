/** The demo shop's pages: who is shopping, pictures on the shelf, buttons that start a conversation. */
import { ForYou } from "./for-you.ts";
import { drawPictures } from "./pictures.ts";
import { People } from "./people.ts";
import { Shelf } from "./shelf.ts";
import { Tracker } from "./tracker.ts";
import { whenChatIsReady } from "./chat.ts";

drawPictures(document);
const key = document.querySelector<HTMLElement>("[data-write-key]")?.dataset.writeKey;
const tracker = key ? new Tracker(key) : null;
// Help pages of a shop that is no demo know nobody to sign in as.
const shelf = document.querySelector<HTMLElement>("[data-shelf]");
const row = shelf && new Shelf(shelf);
if (document.querySelector("[data-signed]")) {
  const changed = (customer: string, name: string, identity: string): void => {
    tracker?.become(customer);
    void row?.show(identity, name);
  };
  void new People(document, changed).begin().then(() => tracker?.page("Front page"));
}

const device = window.RapportDevice;
if (device && document.querySelector("[data-for-you-section]")) {
  // Fetched before any click, so that a click sends nothing at all.
  const forYou = new ForYou(document, device);
  void device.ready().then(() => forYou.show(true), () => undefined);
}

document.addEventListener("click", (event) => {
  const touched = (event.target as Element).closest<HTMLElement>("[data-look], [data-product] [data-say]");
  const id = touched?.closest<HTMLElement>("[data-product]")?.dataset.product;
  if (id) device?.noticed("viewed", id);
  const button = (event.target as Element).closest<HTMLElement>("[data-open-chat], [data-say]");
  if (!button) return;
  tracker?.viewed(button.closest<HTMLElement>("[data-product]"));
  void whenChatIsReady().then((chat) => (button.dataset.say ? chat.say(button.dataset.say) : chat.open()));
});
