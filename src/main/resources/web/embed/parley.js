/** Where this file came from: only from there are messages believed, only there are they sent. */
export const origin = new URL(import.meta.url).origin;

/** Plain keys stand in addresses as they are, any other as "~" and the base64url of its UTF-8. */
export function encodeKey(key) {
  if (/^[\w.~-]{1,512}$/.test(key) && !/^\.\.?$/.test(key)) return key;
  let bytes = "";
  for (const byte of new TextEncoder().encode(key)) bytes += String.fromCharCode(byte);
  return "~" + btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

/** The readers' API of a site: null where it does not answer as it should, so that what stands in the page stays. */
export async function ask(site, path) {
  try {
    const answer = await fetch(`${origin}/api/v1/sites/${encodeURIComponent(site)}/${path}`, { credentials: "omit" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
