// docs/FIRST-HOUR.md, done to the letter on a phone by somebody who is new: from
// an empty folder to an hour in the books.
import assert from "node:assert/strict";
import { test } from "node:test";
import { launch, phone, visitor } from "./chrome.mjs";
import { guide, newNode } from "./group.mjs";
import { follow, read } from "./steps.mjs";

const budgetSeconds = 120;
const tapsMax = 3;

test("a newcomer logs an hour within two minutes", async () => {
  const begun = performance.now();
  const node = await newNode();
  const browser = await launch();
  try {
    const { page, faults } = await visitor(browser, node.url, { viewport: phone, hasTouch: true, isMobile: true });
    const sections = read(guide);
    for (const step of sections.flatMap(({ steps }) => steps)) {
      await follow(page, step, { "set-up link": node.link }).catch(async (error) => {
        throw new Error(`${step.line}\n  on ${page.url()}: ${error.message}\n${await page.locator("body").innerText()}`, { cause: error });
      });
    }
    const seconds = (performance.now() - begun) / 1000;
    console.log(`an hour was in the books after ${seconds.toFixed(1)} s of a browser's time`);
    assert.ok(seconds < budgetSeconds, `it took ${seconds} s`);

    const hour = sections.find(({ title }) => title.startsWith("Log an hour"));
    const taps = hour.steps.filter((step) => step.do === "press").length;
    assert.equal(taps, tapsMax, `the guide has ${taps} taps for an hour`);
    assert.deepEqual(hour.steps.filter((step) => !["press", "see"].includes(step.do)), [], "an hour needs no typing");
    assert.ok(sections.some(({ steps }) => steps.length > 4), "the guide's steps were not found");
    assert.deepEqual(faults, []);

    const again = await page.goto(node.link);
    assert.ok(again.status() >= 400, "the set-up link works a second time");
  } finally {
    await browser.close();
    await node.stop();
  }
});
