// Work can be logged, a promise made and kept without a mouse: Tab comes to every control of the page, in
// the order in which they stand, and one sees where one is.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, phone, desk, visitor } from "./chrome.mjs";
import { api } from "./graph.mjs";
import { newGroup, signIn } from "./group.mjs";
import { planned } from "./planned.mjs";

let browser, group, walked;
before(async () => {
  browser = await launch();
  group = await newGroup(browser);
  const { promise, plan, need } = await planned(api(group, group.steward.name, "steward"), group.lab);
  walked = ["/log", "/offers", `/offers/${need}`, `/plans/${plan}`, `/promises/${promise}`];
});
after(async () => {
  await browser?.close();
  await group?.stop();
});

// naming names a control: of a set of radio buttons one is come to by Tab, and
// the others by arrows, so the set has one name.
const naming = (e) => (e.type === "radio" ? `radio ${e.name}` : `${e.localName} ${e.id || `${e.getAttribute("href") ?? ""} ${e.textContent.trim()}`.trim()}`);

// controls are what one can operate on the page, in the order in which they stand.
function controls(page) {
  return page.evaluate(`[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter((e) => !e.disabled && e.checkVisibility()).map(${naming})`).then(once);
}

// focused is where the keyboard is.
function focused(page) {
  return page.evaluate(`document.activeElement === document.body ? null : (${naming})(document.activeElement)`);
}

// once leaves out what repeats what stands before it: the parts of a date.
function once(names) {
  return names.filter((name, n) => name !== names[n - 1]);
}

// around is the place of what the keyboard is on, with its label and an edge.
function around(page) {
  return page.evaluate(() => {
    const e = document.activeElement;
    const all = [e, ...(e.labels ?? [])].map((x) => x.getBoundingClientRect()).filter((r) => r.width > 1 && r.height > 1);
    const [x, y] = [Math.max(0, Math.min(...all.map((r) => r.left)) - 6), Math.max(0, Math.min(...all.map((r) => r.top)) - 6)];
    return { x, y, width: Math.min(innerWidth, Math.max(...all.map((r) => r.right)) + 6) - x, height: Math.max(...all.map((r) => r.bottom)) + 6 - y };
  });
}

for (const [name, { width }] of Object.entries({ phone, desk })) {
  test(`every control of the form, on a ${name}`, async () => {
    const { page } = await visitor(browser, group.url, { viewport: { width, height: 4000 } }); // nothing scrolls
    await signIn(page, group.steward);
    for (const address of walked) await walk(page, address);
  });
}

// walk goes through a page by Tab alone.
async function walk(page, address) {
  await page.goto(address);
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
  const all = await controls(page);
  assert.ok(all.length > 10, `only ${all.length} controls were found on ${address}`);

  const come = [], pictures = new Map();
  await page.keyboard.press("Tab");
  for (let at = await focused(page); at && (come.length === 0 || at !== all[0]); at = await focused(page)) {
    assert.ok(come.length < 3 * all.length, `${address}: Tab goes round and round`);
    come.push(at);
    const clip = await around(page);
    pictures.set(at, { clip, there: await page.screenshot({ clip, animations: "disabled" }) });
    await page.keyboard.press("Tab");
  }
  assert.deepEqual(once(come), all, `${address}: Tab comes to them in the order in which they stand`);

  await page.evaluate(() => document.activeElement.blur());
  for (const [at, { clip, there }] of pictures) {
    const gone = await page.screenshot({ clip, animations: "disabled" });
    assert.ok(!there.equals(gone), `${address}: one does not see that the keyboard is on ${at}`);
  }
}

test("an hour, by keys alone", async () => {
  const { page } = await visitor(browser, group.url);
  await signIn(page, group.steward);
  await page.goto("/log");
  const tabTo = async (fits) => {
    for (let n = 0; n < 40; n++) {
      if (fits(await focused(page) ?? "")) return;
      await page.keyboard.press("Tab");
    }
    assert.fail("Tab did not come there");
  };
  await tabTo((at) => at === "radio hours");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await tabTo((at) => at === "button Save");
  await page.keyboard.press("Enter");
  await page.getByText("1 hour logged").waitFor();
});

test("a kept promise, by keys alone", async () => {
  const { page } = await visitor(browser, group.url);
  await signIn(page, group.steward);
  await page.goto(walked.at(-1));
  for (let n = 0; await focused(page) !== "input effort"; n++) {
    assert.ok(n < 60, "Tab did not come to the amount");
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("1.5");
  await page.keyboard.press("Enter");
  await page.getByText("Recorded: 1.5 hours still open").waitFor();
});

test("the first stop is a link past the menu", async () => {
  const { page } = await visitor(browser, group.url);
  await signIn(page, group.steward);
  await page.goto("/journal");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "a #main Skip to the content");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
});
