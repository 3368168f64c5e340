// News of the queue: by server-sent events, and by asking for the counts while these fail.

const POLL_MS = 30_000;

/**
 * @param url of the stream
 * @param hear called with each event `{kind, comment, site, member?}`
 * @param miss called when something may have been missed
 * @param poll called while there is no stream
 * @returns what ends it
 */
export function listen(url, { hear, miss, poll }) {
  let source;
  let polling;
  let again;
  let connected = false;

  const begin = () => {
    source = new EventSource(url);
    source.addEventListener('open', () => {
      clearInterval(polling);
      polling = null;
      if (connected) miss();
      connected = true;
    });
    source.addEventListener('queue', (event) => hear(JSON.parse(event.data)));
    source.addEventListener('resync', miss);
    source.addEventListener('error', () => {
      polling ??= setInterval(poll, POLL_MS);
      if (source.readyState !== EventSource.CLOSED) return; // it tries again by itself
      clearTimeout(again);
      again = setTimeout(begin, POLL_MS);
    });
  };
  begin();
  return () => {
    source.close();
    clearInterval(polling);
    clearTimeout(again);
  };
}
