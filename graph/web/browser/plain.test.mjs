// A browser without scripts does everything that members do: signs in, logs work,
// takes back what was wrong, and lets a sister group in.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, phone, visitor } from "./chrome.mjs";
import { api } from "./graph.mjs";
import { newGroup, signIn } from "./group.mjs";
import { planned } from "./planned.mjs";

let browser, group, page, faults;
before(async () => {
  browser = await launch();
  group = await newGroup(browser);
  ({ page, faults } = await visitor(browser, group.url, { javaScriptEnabled: false, viewport: phone }));
});
after(async () => {
  await browser?.close();
  await group?.stop();
});

test("signing in", async () => {
  await page.goto("/log");
  assert.equal(new URL(page.url()).pathname, "/sign-in", "who is signed out is asked to sign in");
  await page.getByLabel("Your name", { exact: true }).fill(group.steward.name);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("do not go together").waitFor();
  await signIn(page, group.steward);
});

test("logging work", async () => {
  await page.goto("/log");
  await page.getByRole("button", { name: "Save" }).first().click();
  await page.getByText("Say how long").waitFor(); // the error stands at its field
  await page.locator("label.choice", { hasText: /^4$/ }).click();
  await page.getByLabel("Note").fill("Weeded the beds");
  await page.getByRole("button", { name: "Save" }).first().click();
  await page.getByText("4 hours logged").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Taken back").waitFor();
});

test("pressing Save twice records once", async () => {
  await page.goto("/log");
  await page.locator("label.choice", { hasText: /^8$/ }).click();
  await page.getByLabel("Note").fill("Built a fence");
  await page.getByRole("button", { name: "Save" }).first().dblclick(); // the browser sends it twice
  await page.getByText("8 hours logged").waitFor();
  await page.goto("/journal");
  assert.equal(await page.getByText("Built a fence").count(), 1);
});

test("correcting work", async () => {
  await page.goto("/journal");
  await page.getByRole("listitem").filter({ hasText: "Built a fence" }).getByRole("link", { name: /^Details/ }).click();
  const amount = page.getByRole("form").or(page.locator("form")).filter({ hasText: "Record the correction" }).locator("input[inputmode=decimal]");
  await amount.fill("five");
  await page.getByRole("button", { name: "Record the correction" }).click();
  assert.equal(await amount.getAttribute("aria-invalid"), "true", "what is no number is said at its field");
  await amount.fill("5");
  await page.getByRole("button", { name: "Record the correction" }).click();
  await page.getByRole("status").waitFor();
  await page.goto("/");
  const week = page.getByRole("table", { name: /^My work/ });
  assert.match(await week.locator("tfoot").innerText(), /\b5\b/, "the week counts what is right");
});

test("offering something, and taking it off the board", async () => {
  await page.goto("/offers");
  await page.getByText("Offer something, or ask for it").click();
  await page.getByRole("button", { name: "Put it on the board" }).click();
  await page.getByText("Say in a few words what it is").waitFor(); // the error stands at its field
  await page.getByLabel("What, in a few words").fill("Seedlings");
  await page.getByLabel("How much", { exact: true }).fill("12");
  await page.getByRole("button", { name: "Put it on the board" }).click();
  await page.getByText("It is on the board").waitFor();
  await page.goto("/offers");
  await page.getByRole("link", { name: "Seedlings" }).click();
  await page.getByRole("button", { name: "Take it off the board" }).click();
  await page.getByText("It is off the board").waitFor();
});

test("recording that a promise was kept, in two parts", async () => {
  const { plan, promise } = await planned(api(group, group.steward.name, "steward"), group.lab);
  await page.goto(`/plans/${plan}`);
  await page.getByRole("link", { name: /^It was done: .*3 hours/ }).first().click();
  assert.equal(new URL(page.url()).pathname, `/promises/${promise}`);
  const amount = page.getByLabel("How much work or use, in hours");
  assert.equal(await amount.inputValue(), "3", "the form begins with what was promised");
  await amount.fill("");
  await page.getByRole("button", { name: "It was done" }).click();
  await page.getByText("Say how much was done").waitFor(); // the error stands at its field
  await amount.fill("2");
  await page.getByRole("button", { name: "It was done" }).dblclick(); // the browser sends it twice
  await page.getByText("Recorded: 1 hour still open").waitFor();
  assert.equal(await amount.inputValue(), "1", "then the form begins with what is open");
  await page.getByRole("button", { name: "It was done" }).click();
  await page.getByText("Recorded: the promise is kept").waitFor();
  assert.equal(await page.getByRole("button", { name: "It was done" }).count(), 0, "it can be kept once more");
});

test("letting a sister group in", async () => {
  const sister = await newGroup(browser);
  try {
    const { page: theirs, faults: theirFaults } = await visitor(browser, sister.url, { javaScriptEnabled: false });
    await signIn(theirs, sister.steward);
    await theirs.goto("/sharing");
    await theirs.getByLabel("Its address").fill(group.lab);
    await theirs.getByRole("button", { name: "Ask to follow" }).click();
    await theirs.getByRole("heading", { name: "Sister groups" }).waitFor();

    await page.goto("/sharing");
    await until(page, () => page.getByRole("heading", { name: /Waiting for a steward/ }).isVisible());
    await page.getByRole("button", { name: /^Approve/ }).click();
    await page.getByRole("status").waitFor();
    assert.equal(await page.getByRole("heading", { name: /Waiting for a steward/ }).count(), 0, "it still waits");
    await until(page, async () => /[1-9]\d* sent/.test(await page.getByRole("region", { name: "Sister groups" }).innerText()));

    await theirs.goto(`/journal?origin=${encodeURIComponent(group.lab)}`);
    const entries = theirs.getByRole("main").getByRole("listitem");
    await until(theirs, async () => (await entries.filter({ hasText: /worked 8 hours/ }).count()) > 0);
    assert.equal(await entries.filter({ hasText: group.steward.name }).count(), 0, "who did not agree to be named is named");
    assert.deepEqual(theirFaults, []);
  } finally {
    await sister.stop();
  }
});

// until loads a page again and again until it is as it should be.
async function until(page, fits) {
  for (const deadline = Date.now() + 60_000; !await fits(); await page.reload()) {
    assert.ok(Date.now() < deadline, `it did not come to that: ${await page.locator("main").innerText()}`);
    await page.waitForTimeout(500);
  }
}

test("signing out ends it, and the page before is not there to go back to", async () => {
  await page.goto("/journal");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/sign-in/);
  await page.goBack();
  assert.equal(await page.getByText("Built a fence").count(), 0, "the browser kept a page of who signed out");
});

test("the session's cookie is out of scripts' and other sites' reach", async () => {
  await signIn(page, group.steward);
  const cookies = await page.context().cookies();
  const session = cookies.find((c) => c.value.length >= 43);
  assert.ok(session.httpOnly, "scripts can read it"); // A13
  assert.match(session.sameSite, /Lax|Strict/);
  assert.equal(session.path, "/");
  const before = session.value;
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/sign-in/);
  await page.context().addCookies([{ ...session }]);
  await page.goto("/journal");
  assert.match(page.url(), /sign-in/, "a stolen cookie works after its owner signed out"); // A12
  await signIn(page, group.steward);
  const after = (await page.context().cookies()).find((c) => c.name === session.name).value;
  assert.notEqual(after, before, "signing in kept the id from before"); // A11
});

test("nothing that must not happen happened", () => assert.deepEqual(faults, []));
