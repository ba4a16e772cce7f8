// Every page of the demo, as wide as a phone held by somebody who needs large
// letters and as wide as a desk, light and dark: axe finds nothing (WCAG 2.2 AA
// and its good practice), nothing has to be scrolled sideways, nothing is asked of
// another host, and the content policy has nothing to stop.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { addresses } from "./addresses.mjs";
import { launch, visitor } from "./chrome.mjs";
import { newDemo } from "./demo.mjs";
import { newNode, signIn } from "./group.mjs";
import { run } from "./program.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// months of the demo's story, whose contributions the first page draws, and what
// one comes to without being signed in.
const months = ["/?month=2026-05", "/?month=2026-06"];
const outside = ["/sign-in", "/setup/none", "/join/none", "/nowhere"];
// expected are the pages that must be among those that links lead to.
const expected = ["/", "/log", "/journal", "/journal/{id}", "/offers", "/offers/{id}", "/plans", "/plans/{id}", "/promises/{id}", "/sharing", "/api", "/vf/"];

let browser, demo, inside, empty;
before(async () => {
  [browser, demo, empty] = await Promise.all([launch(), newDemo(), newNode()]);
  outside.push(new URL(run("member", "invite", "--data", demo.data, "--lab", demo.slug, "--user", demo.member.name).match(/http\S+/)[0]).pathname);
  const { page, faults, close } = await visitor(browser, demo.url);
  await signIn(page, demo.steward);
  inside = [...months, ...await addresses(page)];
  assert.deepEqual(faults, []);
  await close();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
  await empty?.stop();
});

test("links lead to every page", () => {
  const kinds = inside.map((address) => address.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "{id}"));
  for (const page of expected) assert.ok(kinds.some((kind) => kind === page || page.endsWith("/") && kind.startsWith(page)), `no link leads to ${page}: ${kinds.join(" ")}`);
});

for (const width of [320, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`${width} px, ${colorScheme}`, async () => {
      const { context, page, faults } = await visitor(browser, demo.url, { viewport: { width, height: 800 }, colorScheme });
      await context.addInitScript({ content: axe });
      const wrong = [];
      for (const address of outside) {
        await page.goto(address);
        wrong.push(...await look(page, width));
      }
      await signIn(page, demo.steward);
      await page.goto("/log");
      await page.getByRole("button", { name: "Save" }).first().click(); // with nothing chosen: an error stands there
      await page.getByText("Say how long").waitFor();
      await page.waitForLoadState();
      wrong.push(...await look(page, width));
      await page.goto(inside.find((address) => address.startsWith("/promises/")));
      await page.locator("#effort, #resource").first().fill("none"); // and here
      await page.getByRole("button", { name: "It was done" }).click();
      await page.getByText("This is no number").waitFor();
      await page.waitForLoadState();
      wrong.push(...await look(page, width));
      for (const address of inside) {
        await page.goto(address);
        if (address === "/api") await page.locator(".graphiql-container .CodeMirror").nth(1).waitFor(); // scripts draw it
        if (months.includes(address)) assert.ok(await page.getByRole("img", { name: /Contributions/ }).count(), `${address} draws nothing`);
        wrong.push(...await look(page, width));
      }
      assert.deepEqual(wrong, []);
      assert.deepEqual(faults, []);
      await context.close();
    });

    test(`${width} px, ${colorScheme}: an empty node's set-up page`, async () => {
      const { context, page, faults } = await visitor(browser, empty.url, { viewport: { width, height: 800 }, colorScheme });
      await context.addInitScript({ content: axe });
      await page.goto(empty.link);
      assert.deepEqual(await look(page, width), []);
      assert.deepEqual(faults, []);
      await context.close();
    });
  }
}

// look returns what is wrong with the page that is shown.
async function look(page, width) {
  const { violations, passes } = await page.evaluate((tags) => axe.run(document, { runOnly: tags, resultTypes: ["violations", "passes"] }), rules);
  const wrong = violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html).join(" ").slice(0, 300)}`);
  if (passes.length < 10) wrong.push(`axe looked at ${passes.length} things only`);
  const needed = await page.evaluate(() => document.documentElement.scrollWidth);
  if (needed > width) wrong.push(`it is ${needed} px wide`);
  return wrong.map((text) => `${new URL(page.url()).pathname}: ${text}`);
}
