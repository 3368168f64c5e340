/** Theme and accent. An accent is somebody else's choice: what is read in it is made readable. */

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const PAPER = { light: [255, 255, 255], dark: [21, 23, 26] };
const READABLE = 5.2;
const WHITE = [255, 255, 255];
const BLACK = [0, 0, 0];

const parse = (hex) => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
const css = (colour) => "#" + colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("");
const mix = (colour, other, share) => colour.map((part, i) => part + (other[i] - part) * share);

/** Relative luminance (WCAG 2). */
function luminance(colour) {
  const [r, g, b] = colour.map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** The accent itself, or as near to it as can be read on that paper. */
function readable(accent, paper, towards) {
  for (let share = 0; share < 1; share += 0.05) {
    const colour = mix(accent, towards, share);
    if (contrast(colour, paper) >= READABLE) return colour;
  }
  return towards;
}

function paint() {
  const accent = root.dataset.accent;
  if (!accent) return;
  const theme = root.dataset.theme === "dark" || (root.dataset.theme !== "light" && dark.matches) ? "dark" : "light";
  const colour = parse(accent);
  const isWhite = contrast(colour, WHITE) >= contrast(colour, BLACK);
  const link = readable(colour, PAPER[theme], theme === "dark" ? WHITE : BLACK);
  for (const [name, value] of [
    ["--accent", colour],
    ["--accent-ink", isWhite ? WHITE : BLACK],
    ["--accent-deep", mix(colour, isWhite ? BLACK : WHITE, 0.18)],
    ["--link", link],
    ["--link-deep", mix(link, theme === "dark" ? WHITE : BLACK, 0.3)],
  ]) {
    root.style.setProperty(/** @type {string} */ (name), css(value));
  }
}

/** @param {{theme?: string, accent?: string}} look */
export function wear(look) {
  Object.assign(root.dataset, look);
  paint();
}

export function startLook() {
  dark.addEventListener("change", paint);
  paint();
}
