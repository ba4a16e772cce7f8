// Takes pictures of the demo's pages for the README, on a phone and at a desk, into
// the folder that PICTURES names.
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { desk, launch, phone, visitor } from "./chrome.mjs";
import { newDemo } from "./demo.mjs";
import { signIn } from "./group.mjs";

const bytesMax = 200_000;
const month = "/?month=2026-06#month"; // of the demo's story
const taken = [
  ["phone", phone, { log: "/log" }],
  ["desk", desk, { home: month }],
];
const to = process.env.PICTURES;
if (!to) throw new Error("PICTURES names the folder to write the pictures to");
mkdirSync(to, { recursive: true });

const [browser, demo] = await Promise.all([launch(), newDemo()]);
try {
  for (const [name, viewport, pages] of taken) {
    const { page } = await visitor(browser, demo.url, { viewport });
    await signIn(page, demo.steward);
    for (const [what, address] of Object.entries(pages)) {
      await page.goto(address);
      const file = join(to, `${what}-${name}.png`);
      await page.screenshot({ path: file });
      const { size } = statSync(file);
      console.log(file, size);
      if (size > bytesMax) throw new Error(`${file} takes ${size} bytes: at most ${bytesMax} are wanted`);
    }
  }
} finally {
  await browser.close();
  await demo.stop();
}
