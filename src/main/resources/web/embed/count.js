import { ask, encodeKey } from "./parley.js";
import { counted } from "./words.js";

const MOST = 100;
/** Servers and proxies refuse longer addresses. */
const LONGEST = 3000;

const waiting = new Set();
let due;

/** All elements of a page are asked for together, however they came into it. */
function later() {
  if (due) return;
  due = true;
  const flush = () => {
    due = false;
    const sites = new Map();
    for (const element of waiting) {
      const site = element.getAttribute("site");
      const article = element.getAttribute("article");
      if (!site || !article) continue;
      if (!sites.has(site)) sites.set(site, new Map());
      const articles = sites.get(site);
      const key = encodeKey(article);
      articles.set(key, [...(articles.get(key) ?? []), element]);
    }
    waiting.clear();
    sites.forEach(askFor);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", flush, { once: true });
  else setTimeout(flush);
}

function askFor(articles, site) {
  let keys = [];
  let length = 0;
  for (const key of articles.keys()) {
    if (keys.length && (keys.length === MOST || length + key.length > LONGEST)) {
      fetchCounts(site, keys, articles);
      keys = [];
      length = 0;
    }
    keys.push(key);
    length += key.length + 9;
  }
  fetchCounts(site, keys, articles);
}

async function fetchCounts(site, keys, articles) {
  const answer = await ask(site, "counts?" + keys.map((key) => "article=" + encodeURIComponent(key)).join("&"));
  for (const key of keys) {
    const count = answer?.counts?.[key];
    if (Number.isInteger(count)) articles.get(key).forEach((element) => (element.textContent = counted(element, count)));
  }
}

/** "3 comments". What a page put inside stays until the number is known. */
export class Count extends HTMLElement {
  static observedAttributes = ["site", "article", "lang"];

  #hear = ({ target, detail }) => {
    const same = (name) => target.getAttribute(name) === this.getAttribute(name);
    if (target.localName === "parley-comments" && same("site") && same("article")) {
      this.textContent = counted(this, detail);
    }
  };

  connectedCallback() {
    document.addEventListener("parley-count", this.#hear);
    this.attributeChangedCallback();
  }

  disconnectedCallback() {
    document.removeEventListener("parley-count", this.#hear);
    waiting.delete(this);
  }

  attributeChangedCallback() {
    if (!this.isConnected) return;
    waiting.add(this);
    later();
  }
}
