// What makes the work easier to bear: kept by this browser alone.

import { prefer, prefs } from '../../lib/prefs.js';
import { ask, say } from '../../ui/talk.js';

const RESTS = [['0', 'Never'], ['20', 'Every 20 minutes'], ['40', 'Every 40 minutes'], ['60', 'Every hour']];
const THEMES = [['system', 'As the system'], ['light', 'Light'], ['dark', 'Dark']];

export async function comfort() {
  const now = prefs();
  const wish = await ask({
    title: 'Comfort',
    text: 'Kept in this browser, for you alone.',
    confirm: 'Keep',
    fields: [
      { name: 'blur', type: 'checkbox', label: 'Blur slurs until I point at them', value: now.blur },
      { name: 'plain', type: 'checkbox', label: 'Show what people wrote in grey', value: now.plain },
      { name: 'keys', type: 'checkbox', label: 'Single keys act', value: now.keys },
      { name: 'rest', type: 'select', label: 'Remind me of a break', options: RESTS, value: String(now.rest) },
      { name: 'theme', type: 'select', label: 'Colours', options: THEMES, value: now.theme },
    ],
  });
  if (wish) prefer({ ...wish, rest: Number(wish.rest) });
}

/** Reminds of a break after so many minutes of work, if that is wished. Answers with what ends it. */
export function remind() {
  const MINUTE = 60_000;
  let worked = 0;
  const timer = setInterval(() => {
    if (document.visibilityState !== 'visible') return;
    worked += 1;
    const { rest } = prefs();
    if (rest > 0 && worked >= rest) {
      worked = 0;
      say(`You have read for ${rest} minutes. Look out of the window for a while; the queue keeps.`, { seconds: 60 });
    }
  }, MINUTE);
  return () => clearInterval(timer);
}
