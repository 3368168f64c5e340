/**
 * The framed page works without this script. The script only spares a reloading: it follows the page's own links and
 * sends its own forms, and takes the parts it needs out of the pages that the server answers.
 */
import "./widget.css";
import { main } from "./dom.js";
import { flagDeed, startFlag } from "./flag.js";
import { startHost } from "./host.js";
import { startLive } from "./live.js";
import { startLook } from "./look.js";
import { ownDeed, startOwn } from "./own.js";
import { replyDeed, startForm } from "./reply.js";
import { threadDeed } from "./thread.js";

/** Each part is spared if another one fails: what is not enhanced still works as it is. */
function start(...parts) {
  for (const part of parts) {
    try {
      part();
    } catch (error) {
      console.warn(error);
    }
  }
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = /** @type {Element} */ (event.target).closest?.("a");
  const deed = link && main && (replyDeed(link) ?? ownDeed(link) ?? flagDeed(link) ?? threadDeed(link));
  if (!deed) return;
  event.preventDefault();
  Promise.resolve()
    .then(deed)
    .catch((error) => {
      console.warn(error);
      location.assign(link.href);
    });
});

if (main) start(startLook, startHost, startForm, startOwn, startFlag, startLive);
