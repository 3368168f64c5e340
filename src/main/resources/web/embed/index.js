import { Comments } from "./comments.js";
import { Count } from "./count.js";
import { Recent } from "./recent.js";

// A page may include the loader twice, perhaps in two versions: the first one stays.
for (const [name, element] of [["comments", Comments], ["count", Count], ["recent", Recent]]) {
  customElements.get("parley-" + name) || customElements.define("parley-" + name, element);
}
