// Which pages there are on a node with books, found as a visitor finds them: by
// following the links that stand on the pages, from the first one on.

// addresses returns every page's address that a signed-in page can come to, one
// of each kind: /journal/1 and /journal/2 are one page with other words in it. Each
// is looked at when it stands open.
export async function addresses(page, samples = 2, look = async () => {}) {
  const kinds = new Map();
  const waiting = ["/"];
  const known = new Set(waiting);
  while (waiting.length > 0) {
    const address = waiting.shift();
    const kind = kindOf(address);
    const of = kinds.get(kind) ?? [];
    if (of.length >= samples) continue;
    const response = await page.goto(address);
    if (!response.headers()["content-type"]?.startsWith("text/html")) continue;
    kinds.set(kind, [...of, address]);
    await look();
    for (const link of await page.locator("a[href]").evaluateAll((all) => all.map((a) => a.href))) {
      const url = new URL(link);
      const next = url.pathname + url.search;
      if (url.origin === new URL(page.url()).origin && !known.has(next)) {
        known.add(next);
        waiting.push(next);
      }
    }
  }
  return [...kinds.values()].flat();
}

// kindOf is the page that an address shows, without the names in it.
function kindOf(address) {
  const url = new URL(address, "http://node");
  return url.pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}") + " " + [...url.searchParams.keys()].sort().join(" ");
}
