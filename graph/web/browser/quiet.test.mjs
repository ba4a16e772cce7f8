// Nothing that a browser does here reaches beyond the node, and what would is
// stopped by the content policy too: SECURITY X02.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { launch, visitor } from "./chrome.mjs";
import { newGroup, signIn } from "./group.mjs";

let browser, group;
before(async () => {
  browser = await launch();
  group = await newGroup(browser);
});
after(async () => {
  await browser?.close();
  await group?.stop();
});

// What an attacker who got text into a page would try, each by itself; the policy
// must stop it. elsewhere is a server of theirs.
const tries = {
  "a script in the page": () => { const s = document.createElement("script"); s.textContent = "window.ran = 1"; document.body.append(s); },
  "text as markup": () => { document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = 1'>"); },
  "eval": () => { window.ran = eval("1"); },
  "a script from elsewhere": (elsewhere) => { const s = document.createElement("script"); s.src = elsewhere; document.body.append(s); },
  "a style from elsewhere": (elsewhere) => { const s = document.createElement("link"); s.rel = "stylesheet"; s.href = elsewhere; document.head.append(s); },
  "a style in the page": () => { const s = document.createElement("style"); s.textContent = "body { color: rgb(1, 2, 3) }"; document.head.append(s); if (getComputedStyle(document.body).color === "rgb(1, 2, 3)") window.ran = 1; },
  "a picture from elsewhere": (elsewhere) => { new Image().src = elsewhere; },
  "a fetch": (elsewhere) => fetch(elsewhere).catch(() => {}),
  "a beacon": (elsewhere) => { navigator.sendBeacon(elsewhere, "x"); },
  "a socket": (elsewhere) => { new WebSocket(elsewhere.replace("http", "ws")); },
  "a frame": (elsewhere) => { const f = document.createElement("iframe"); f.src = elsewhere; document.body.append(f); },
  "an object": (elsewhere) => { const o = document.createElement("object"); o.data = elsewhere; document.body.append(o); },
  "a worker": (elsewhere) => { new Worker(elsewhere); },
  "a form to elsewhere": (elsewhere) => { const f = document.createElement("form"); f.method = "post"; f.action = elsewhere; document.body.append(f); f.submit(); },
  "another base": (elsewhere) => { const b = document.createElement("base"); b.href = elsewhere; document.head.append(b); if (document.baseURI.startsWith(elsewhere)) window.ran = 1; },
};

for (const where of ["/sign-in", "/", "/api"]) {
  test(`what a script on ${where} would try is stopped`, async () => {
    let asked = 0;
    const other = createServer((_, answer) => { asked++; answer.end(); }).listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const elsewhere = `http://127.0.0.1:${other.address().port}/`;
    const context = await browser.newContext({ baseURL: group.url }); // nothing but the policy stands in the way
    const page = await context.newPage();
    await signIn(page, group.steward);
    for (const [what, attempt] of Object.entries(tries)) {
      await page.goto(where);
      await page.evaluate(() => { window.stopped = []; document.addEventListener("securitypolicyviolation", (e) => window.stopped.push(e.violatedDirective)); });
      // From a timer: what a debugger runs directly is let past the policy.
      const thrown = await page.evaluate(`new Promise((done) => setTimeout(async () => {
        try { await (${attempt})(${JSON.stringify(elsewhere)}); done(null); } catch (e) { done(String(e)); }
      }))`);
      await page.waitForTimeout(100);
      const { ran, stopped } = await page.evaluate(() => ({ ran: window.ran, stopped: window.stopped }));
      assert.equal(ran, undefined, `${what} ran on ${where}`);
      assert.ok(stopped.length > 0 || thrown, `${what} was not stopped on ${where}`);
      assert.ok(page.url().startsWith(group.url), `${what} led away from ${where}`);
    }
    assert.equal(asked, 0, "another host was asked");
    await context.close();
    other.close();
  });
}
