import { ask } from "./parley.js";
import { wordsFor } from "./words.js";

const TEASER = 90;

/** The beginning of a comment's own words on one line, without the signs of its Markdown. */
function teaser(body) {
  const own = body.replace(/^>.*$/gm, "");
  const line = (own.trim() ? own : body).replace(/[*`]|^(?:> ?|- )/gm, "").replace(/\s+/g, " ").trim();
  const letters = [...line];
  if (letters.length <= TEASER) return line;
  const start = letters.slice(0, TEASER).join("");
  const space = start.lastIndexOf(" ");
  return start.slice(0, space > TEASER / 2 ? space : start.length) + "\xa0…";
}

function make(name, content, ...more) {
  const element = document.createElement(name);
  element.append(content, ...more);
  return element;
}

/** Name, article and beginning of a comment, as text; null for what can't be shown. */
function line({ article, comment }, words) {
  if (!comment?.author || !comment.body || !/^https?:\/\//i.test(article.url)) return null;
  const said = make("p", teaser(comment.body));
  said.className = "parley-teaser";
  said.dir = "auto";
  const link = make("a", article.title || article.key);
  link.href = article.url.replace(/#.*/, "") + "#comment-" + comment.id;
  const by = make("p", make("b", make("bdi", comment.author.name)), ` ${words.on} `, make("bdi", link));
  by.className = "parley-by";
  return make("li", said, by);
}

/** The newest comments of a site, in the page's own tree, so that its style applies. */
export class Recent extends HTMLElement {
  static observedAttributes = ["site", "limit", "lang"];

  #due;

  connectedCallback() {
    this.attributeChangedCallback();
  }

  attributeChangedCallback() {
    if (this.#due || !this.isConnected) return;
    this.#due = true;
    queueMicrotask(async () => {
      this.#due = false;
      const site = this.getAttribute("site");
      const limit = Math.min(Math.max(parseInt(this.getAttribute("limit")) || 5, 1), 50);
      const answer = site && (await ask(site, "comments/recent?limit=" + limit));
      if (!Array.isArray(answer?.items) || site !== this.getAttribute("site")) return;
      const words = wordsFor(this);
      const lines = answer.items.map((item) => line(item, words)).filter(Boolean);
      const list = lines.length ? make("ol", ...lines) : make("p", words.empty);
      list.className = lines.length ? "parley-recent" : "parley-none";
      this.replaceChildren(list);
    });
  }
}
