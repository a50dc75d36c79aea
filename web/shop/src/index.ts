/** The demo shop's pages: who is shopping, pictures on the shelf, buttons that start a conversation. */
import { drawPictures } from "./pictures.ts";
import { People } from "./people.ts";
import { whenChatIsReady } from "./chat.ts";

drawPictures(document);
// Help pages of a shop that is no demo know nobody to sign in as.
if (document.querySelector("[data-signed]")) void new People(document).begin();

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("[data-open-chat], [data-say]");
  if (!button) return;
  void whenChatIsReady().then((chat) => (button.dataset.say ? chat.say(button.dataset.say) : chat.open()));
});
