// Put into a page by KeyboardWalk: notes where the Tab key leads, and what is wrong there.
() => {
  const CONTROLS = 'a[href], area[href], button, input:not([type=hidden]), select, textarea, summary';
  /** Inputs of several parts: the focus stays on them for as many steps. */
  const PARTED = ['date', 'time', 'datetime-local', 'month', 'week'];
  const PARTS = 8;
  /** Tall things need not be seen whole. */
  const TALL = innerHeight / 2;
  const EDGE = 3;
  /** Places are no whole pixels. */
  const ROUNDED = 2;

  const inside = (root) => [...root.querySelectorAll('*')].flatMap((e) => (e.shadowRoot ? [e, ...inside(e.shadowRoot)] : [e]));
  const dialog = [...document.querySelectorAll('dialog')].findLast((d) => d.matches(':modal'));
  const all = () => inside(dialog ?? document);
  const name = (e) => `${e.localName}${e.id ? `#${e.id}` : ''}${e.className && typeof e.className === 'string' ? `.${e.className.trim().replace(/\s+/g, '.')}` : ''} “${(e.getAttribute('aria-label') || e.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 40)}”`;

  /** Of radio buttons with one name, Tab reaches the one that is chosen, or the first. */
  const isItsGroups = (e) => {
    if (e.type !== 'radio' || !e.name) return true;
    const group = all().filter((o) => o.type === 'radio' && o.name === e.name && o.form === e.form);
    return e === (group.find((o) => o.checked) ?? group[0]);
  };
  const isStop = (e) =>
    (e.matches(CONTROLS) || (e.hasAttribute('tabindex') && e.tabIndex >= 0))
    && !e.matches(':disabled') && !e.closest('[inert]') && e.checkVisibility({ visibilityProperty: true }) && isItsGroups(e);

  /** How it is outlined, itself or its label. */
  const look = (e) => [e, ...(e.labels ?? [])].map((one) => {
    const { outlineStyle, outlineWidth, outline, boxShadow } = getComputedStyle(one);
    return `${outlineStyle === 'none' || outlineWidth === '0px' ? 'none' : outline}, ${boxShadow}`;
  }).join('; ');

  const barOver = (hit, e) => {
    for (let one = hit; one; one = one.parentElement) {
      if (['fixed', 'sticky'].includes(getComputedStyle(one).position)) return !one.contains(e);
    }
    return false;
  };
  const isSeenAt = (e, x, y) => {
    const hit = e.getRootNode().elementFromPoint(x, y);
    if (!hit) return 'nothing';
    if (e.contains(hit) || [...(e.labels ?? [])].some((label) => label.contains(hit))) return null;
    // What lets the pointer through is found beneath what it lies on.
    if (getComputedStyle(e).pointerEvents === 'none' && !barOver(hit, e)) return null;
    return name(hit);
  };

  /** What keeps one from seeing it where it is now; empty if all is well. */
  const hidden = (e) => {
    const box = e.getClientRects()[0];
    if (!box || box.width < 2 || box.height < 2) return 'has no size';
    const out = (from, to, size, tall) => (to - from <= tall ? from < -ROUNDED || to > size + ROUNDED : to < EDGE || from > size - EDGE);
    if (out(box.top, box.bottom, innerHeight, TALL) || out(box.left, box.right, innerWidth, innerWidth)) {
      return `is out of view, at ${[box.left, box.top, box.right, box.bottom].map(Math.round)}`;
    }
    const [left, top, right, bottom] = [Math.max(box.left, 0), Math.max(box.top, 0), Math.min(box.right, innerWidth), Math.min(box.bottom, innerHeight)];
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const points = [[x, y]];
    if (box.height <= TALL) points.push([x, top + EDGE], [x, bottom - EDGE]);
    const over = points.map(([a, b]) => isSeenAt(e, a, b)).find(Boolean);
    return over ? `is covered by ${over}` : '';
  };

  document.activeElement?.blur();
  document.body.tabIndex = -1;
  document.body.focus({ preventScroll: true });
  document.body.removeAttribute('tabindex');
  const expected = all().filter(isStop);
  const plain = new Map(all().map((e) => [e, look(e)]));
  const seen = [];
  const faults = all().filter((e) => e.tabIndex > 0).map((e) => `${name(e)} is out of order: tabindex ${e.tabIndex}`);
  const unmarked = new Map();
  let last = null;
  let parts = 0;
  let done = false;
  let pressed = false;

  const note = () => {
    pressed = false;
    let e = document.activeElement;
    while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
    if (done || !e || e === document.body || e === document.documentElement) return;
    if (e === last && PARTED.includes(e.type) && (parts += 1) <= PARTS) return;
    if (seen.includes(e)) {
      done = true;
      if (e !== seen[0]) faults.push(e === last ? `${name(e)} holds the focus` : `${name(e)} has the focus again before the page is through`);
      return;
    }
    last = e;
    parts = 0;
    seen.push(e);
    if (dialog && !dialog.contains(e)) faults.push(`${name(e)} has the focus behind the dialog`);
    const why = hidden(e);
    if (why) faults.push(`${name(e)} ${why}`);
    // Whatever is drawn into it by the browser has no style to be asked for: one of each kind is looked at.
    if (look(e) === (plain.get(e) ?? look(document.body))) unmarked.set(`${e.localName}.${e.className}`, e);
  };
  addEventListener('keydown', (event) => {
    if (event.key !== 'Tab') return;
    if (pressed) note();
    pressed = true;
  }, { capture: true });

  globalThis.keyboardWalk = {
    /** Where it is: how many stops are left, and once done what was found. */
    state() {
      if (pressed) note();
      const left = expected.filter((e) => !seen.includes(e) && e.isConnected && isStop(e));
      const lost = expected.length === 0 ? ['there is nothing to reach'] : left.map((e) => `${name(e)} is not reached`);
      return { done, left: left.length, stops: seen.map(name), faults: [...faults, ...lost], unmarked: unmarked.size };
    },
    /** Puts the focus on one that has no outline of its own; answers where it is. */
    focus(index) {
      const e = [...unmarked.values()][index];
      e.focus();
      const { left, top, right, bottom } = e.getBoundingClientRect();
      const [x, y] = [Math.max(0, left - 6), Math.max(0, top - 6)];
      return { name: name(e), x, y, width: Math.min(innerWidth, right + 6) - x, height: Math.min(innerHeight, bottom + 6) - y };
    },
  };
}
