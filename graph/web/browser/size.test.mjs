// The first page is light: what goes over the wire for it, headers and all, as it
// was compressed. A member pays for it by the megabyte.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, phone, visitor } from "./chrome.mjs";
import { newDemo } from "./demo.mjs";
import { signIn } from "./group.mjs";

const bytesMax = 60_000;

let browser, demo;
before(async () => {
  [browser, demo] = await Promise.all([launch(), newDemo()]);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

// weigh loads an address with nothing kept from before, and adds up what came.
async function weigh(context, address) {
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  await wire.send("Network.setCacheDisabled", { cacheDisabled: true });
  let bytes = 0;
  const plain = [];
  const kinds = new Map();
  wire.on("Network.responseReceived", ({ requestId, response }) => kinds.set(requestId, response));
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    bytes += encodedDataLength;
    const response = kinds.get(requestId);
    const encoding = Object.entries(response?.headers ?? {}).find(([name]) => name.toLowerCase() === "content-encoding");
    if (encodedDataLength > 2000 && !encoding) plain.push(response.url);
  });
  await page.goto(address, { waitUntil: "networkidle" });
  await page.close();
  console.log(`${address}: ${bytes} bytes`);
  assert.deepEqual(plain, [], "sent without compression");
  return bytes;
}

test("the sign-in page and the first page are at most 60 kB each", async () => {
  const { context, page } = await visitor(browser, demo.url, { viewport: phone });
  for (const address of ["/sign-in", "/", "/?month=2026-06", "/log"]) {
    if (address === "/") await signIn(page, demo.steward);
    const bytes = await weigh(context, address);
    assert.ok(bytes > 500 && bytes <= bytesMax, `${address} takes ${bytes} bytes`);
  }
});

test("styles and pictures are kept by the browser from page to page", async () => {
  const { page } = await visitor(browser, demo.url, { viewport: phone });
  await signIn(page, demo.steward);
  const asset = await page.locator("link[rel=stylesheet]").getAttribute("href");
  const answer = await page.request.get(asset);
  assert.match(answer.headers()["cache-control"], /immutable/);
});
