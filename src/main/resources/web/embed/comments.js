import { encodeKey, origin } from "./parley.js";
import { languageOf, wordsFor } from "./words.js";

const NEAR = "1000px 0px";
const PERMALINK = /^#comment-([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;
const LARGEST = 1e5;
/** As the server takes them; a longer one would be refused with the whole frame. */
const LONGEST = { url: 2000, title: 300, meta: 8000 };
const STYLE =
  ":host{display:block;min-height:40rem}:host([hidden]){display:none}" +
  "iframe{display:block;width:100%;height:40rem;border:0}";

/** Puts the comments of an article into a frame of Parley's, once a reader comes near. */
export class Comments extends HTMLElement {
  static observedAttributes = [
    "site", "article", "url", "title", "metadata", "lang", "sort", "theme", "accent",
  ];

  #root = this.attachShadow({ mode: "open" });
  #frame;
  #ready;
  #watch;
  #listening;
  #due;

  constructor() {
    super();
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    this.#root.adoptedStyleSheets = [style];
  }

  connectedCallback() {
    this.#ready = false;
    if (this.#listening) return;
    this.#listening = new AbortController();
    const signal = { signal: this.#listening.signal };
    window.addEventListener("message", (event) => this.#hear(event), signal);
    window.addEventListener("hashchange", () => this.#follow(), signal);
    this.#later();
  }

  /** Of an element that was moved a browser loads the frame anew by itself. */
  disconnectedCallback() {
    if (this.isConnected) return;
    this.#listening.abort();
    this.#listening = undefined;
    this.#stop();
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || !this.isConnected) return;
    const value = name === "theme" ? this.#theme() : name === "accent" ? this.#accent() : null;
    if (value && this.#frame) {
      this.#frame.style.colorScheme = this.#scheme();
      this.#tell(name, value);
    } else {
      this.#later();
    }
  }

  /** Several attributes that change together make one new frame. */
  #later() {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      if (this.isConnected) this.#start();
    });
  }

  #start() {
    const height = this.#frame?.offsetHeight;
    this.#stop();
    if (!this.#says()) {
      console.warn("<parley-comments> needs the attributes site and article");
    } else if (!this.#follow(height)) {
      this.#watch = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && this.#show(height), {
        rootMargin: NEAR,
      });
      this.#watch.observe(this);
    }
  }

  #says() {
    return this.getAttribute("site") && this.getAttribute("article");
  }

  #stop() {
    this.#watch?.disconnect();
    this.#frame?.remove();
    this.#watch = this.#frame = this.#ready = undefined;
  }

  /** Goes where the page's address points, if that is here. */
  #follow(height) {
    const comment = PERMALINK.exec(location.hash)?.[1];
    const meant = this.#says() && (comment || location.hash === "#comments");
    if (meant && (comment || !this.#frame)) {
      this.#show(height, comment);
    }
    if (meant && document.querySelector("parley-comments") === this && !document.querySelector(":target")) {
      this.scrollIntoView();
    }
    return meant;
  }

  #show(height, comment) {
    height ??= this.#frame?.offsetHeight;
    this.#stop();
    const frame = document.createElement("iframe");
    frame.title = wordsFor(this).comments;
    frame.referrerPolicy = "strict-origin";
    frame.style.colorScheme = this.#scheme();
    if (height) frame.style.height = height + "px";
    frame.src = this.#address(comment);
    this.#root.append((this.#frame = frame));
  }

  #address(comment) {
    const canonical = document.querySelector("link[rel=canonical]")?.href;
    const query = new URLSearchParams();
    for (const [name, value] of [
      ["host", location.origin],
      ["url", this.getAttribute("url") ?? (canonical || location.href.replace(/#.*/, ""))],
      ["title", (this.getAttribute("title") ?? document.title).slice(0, LONGEST.title)],
      ["meta", this.getAttribute("metadata")],
      ["lang", languageOf(this)],
      ["sort", /^(newest|oldest|top)$/.exec(this.getAttribute("sort"))?.[0]],
      ["theme", this.hasAttribute("theme") && this.#theme()],
      ["accent", this.#accent()?.slice(1)],
      ["comment", comment],
    ]) {
      if (value && value.length <= (LONGEST[name] ?? 500)) query.set(name, value);
    }
    const path = [this.getAttribute("site"), encodeKey(this.getAttribute("article"))].map(encodeURIComponent).join("/");
    return `${origin}/embed/${path}?${query}`;
  }

  #theme() {
    return /^(light|dark)$/.exec(this.getAttribute("theme"))?.[0] ?? "auto";
  }

  #accent() {
    const digits = /^#?([\da-f]{6})$/i.exec(this.getAttribute("accent"))?.[1];
    return digits && "#" + digits.toLowerCase();
  }

  /** A frame whose scheme differs from its page's gets an opaque ground from the browser. */
  #scheme() {
    const theme = this.#theme();
    return theme === "auto" ? "light dark" : theme;
  }

  #tell(type, value) {
    if (this.#ready && value) this.#frame.contentWindow.postMessage({ parley: 1, type, value }, origin);
  }

  /** Believes nobody but the frame: a page's own scripts can make events, but no trusted ones. */
  #hear(event) {
    if (!event.isTrusted || event.origin !== origin || !this.#frame || event.source !== this.#frame.contentWindow) return;
    const { parley, type, value } = { __proto__: null, ...event.data };
    if (parley !== 1) return;
    if (type === "ready" && value === undefined) {
      this.#ready = true;
      this.#tell("theme", this.hasAttribute("theme") && this.#theme());
      this.#tell("accent", this.#accent());
      this.#say("parley-ready");
    } else if (Number.isInteger(value)) {
      const number = Math.min(Math.max(value, 0), LARGEST);
      if (type === "height") this.#grow(number);
      else if (type === "scroll") this.#reveal(number);
      else if (type === "count") this.#say("parley-count", number);
    }
  }

  /** What was kept free is given back unless that would pull up what a reader sees below. */
  #grow(height) {
    if (height >= this.offsetHeight || this.getBoundingClientRect().bottom > innerHeight) this.style.minHeight = "0";
    this.#frame.style.height = height + "px";
  }

  #reveal(y) {
    const { top, height } = this.#frame.getBoundingClientRect();
    const wanted = top + Math.min(y, height);
    if (wanted < 0 || wanted > innerHeight * 0.7) scrollBy(0, wanted - innerHeight * 0.2);
  }

  #say(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}
