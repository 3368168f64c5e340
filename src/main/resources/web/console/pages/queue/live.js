// Changes of the queue, as the server tells them, while the page is looked at.

/** A stream that was refused, or that broke for good, is asked for again after this. */
const AGAIN_MS = 30_000;

/**
 * @param url of the stream
 * @param hear called with how a comment stands
 * @param begin called when it stands for the first time
 * @param miss called when something may have been missed: after each gap
 * @returns `{end(), isOpen()}`
 */
export function listen(url, { hear, begin, miss }) {
  let source = null;
  let again = null;
  let before = false;

  const close = () => {
    clearTimeout(again);
    source?.close();
    source = null;
  };
  const open = () => {
    close();
    source = new EventSource(url);
    source.addEventListener('open', () => {
      if (before) miss();
      else begin();
      before = true;
    });
    source.addEventListener('queue', (event) => hear(JSON.parse(event.data)));
    source.addEventListener('resync', miss);
    source.addEventListener('error', () => {
      if (source?.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN_MS); // else it tries again by itself
    });
  };
  // A browser has few connections to one host: pages that nobody looks at keep none.
  const look = () => (document.visibilityState === 'visible' ? source ?? open() : close());
  document.addEventListener('visibilitychange', look);
  look();
  return {
    isOpen: () => source?.readyState === EventSource.OPEN,
    end() {
      document.removeEventListener('visibilitychange', look);
      close();
    },
  };
}
