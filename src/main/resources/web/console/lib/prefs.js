// What a person likes, kept by this browser alone.

const KEY = 'parley-console';
const DEFAULTS = { theme: 'system', blur: false, plain: false, rest: 0, keys: true, tenant: null };
const listeners = new Set();

let kept = read();

function read() {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
  } catch {
    return { ...DEFAULTS };
  }
}

/** `theme`: system, light or dark; `blur`: hide slurs until asked; `plain`: no colours in what people wrote; `rest`: minutes, 0 for never; `keys`: single keys act. */
export const prefs = () => kept;

export function prefer(changes) {
  kept = { ...kept, ...changes };
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Then it lasts until the page is left.
  }
  apply();
  listeners.forEach((listener) => listener(kept));
}

export function onPrefer(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function apply() {
  const root = document.documentElement;
  root.dataset.theme = kept.theme;
  root.classList.toggle('blurs', kept.blur);
  root.classList.toggle('plain-speech', kept.plain);
}
