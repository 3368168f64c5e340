/** The page that frames us: tells it our height, hears from it how to look. Nothing else passes. */
import { main, scrollers } from "./dom.js";
import { wear } from "./look.js";

const LARGEST = 100_000;
const host = main?.dataset.host;

/** Only to the origin that the server confirmed. */
function tell(type, value) {
  if (host && parent !== window) parent.postMessage(value === undefined ? { parley: 1, type } : { parley: 1, type, value }, host);
}

const clamped = (number) => Math.min(Math.max(Math.ceil(number), 0), LARGEST);

export function startHost() {
  if (!host || parent === window) return;
  let due = 0;
  let height = -1;
  let count = -1;
  const measure = () => {
    due = 0;
    const now = clamped(document.documentElement.getBoundingClientRect().height);
    if (now !== height) tell("height", (height = now));
  };
  new ResizeObserver(() => {
    due ||= requestAnimationFrame(measure);
  }).observe(document.documentElement);
  const tellCount = () => {
    const now = clamped(Number(main.dataset.count) || 0);
    if (now !== count) tell("count", (count = now));
  };
  new MutationObserver(tellCount).observe(main, { attributes: true, attributeFilter: ["data-count"] });
  scrollers.push((y) => {
    measure();
    tell("scroll", clamped(y));
  });
  window.addEventListener("message", (event) => {
    if (event.origin !== host || event.source !== parent || event.data?.parley !== 1) return;
    const { type, value } = event.data;
    if (type === "theme" && ["light", "dark", "auto"].includes(value)) wear({ theme: value });
    else if (type === "accent" && /^#[\da-f]{6}$/i.test(value)) wear({ accent: value.slice(1) });
  });
  tell("ready");
  measure();
  tellCount();
}
