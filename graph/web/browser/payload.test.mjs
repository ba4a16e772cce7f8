// Whatever people write into whatever field, it is shown as what they wrote and
// does nothing: SECURITY X01 and D13, links X04, frames X05.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { addresses as pagesOf } from "./addresses.mjs";
import { launch, visitor } from "./chrome.mjs";
import { api, inputsOf } from "./graph.mjs";
import { newGroup, signIn } from "./group.mjs";
import { folder, run } from "./program.mjs";
import { addresses, payloads } from "./payloads.mjs";

const kilogram = "http://www.ontology-of-units-of-measure.org/resource/om-2/kilogram";
const hour = "http://www.ontology-of-units-of-measure.org/resource/om-2/hour";

let browser, group, ask, page, faults;

before(async () => {
  browser = await launch();
  group = await newGroup(browser);
  ask = api(group, group.steward.name, "steward");
  ({ page, faults } = await visitor(browser, group.url));
  await signIn(page, group.steward);
});
after(async () => {
  await browser?.close();
  await group?.stop();
});

// inspect tells for each of some pages what in it could act, and whether it shows
// its text. A page is the one that stands open, or one that is read without being
// opened: what a text becomes is the same, only that nothing of it runs.
const inspect = (pages) => pages.map(({ html, base, text }) => {
  const wrong = [];
  const document = html ? new DOMParser().parseFromString(html, "text/html") : globalThis.document;
  if (window.ran) wrong.push("a script ran");
  if (text && !document.body.textContent.includes(text)) wrong.push(`it does not show ${text}`);
  for (const e of document.querySelectorAll("*")) {
    for (const a of e.attributes) {
      if (/^on|^hx-|^xlink:href$|^srcdoc$/i.test(a.name)) wrong.push(`<${e.localName} ${a.name}>`);
      if (/^(href|src|action|formaction|data|srcset)$/i.test(a.name) && !/^(https?:\/\/|\/(?!\/)|#|\?|$)/i.test(a.value) && !a.value.startsWith("data:image/")) wrong.push(`<${e.localName} ${a.name}="${a.value}">`);
    }
    if (/^(iframe|object|embed|base|marquee|math|audio|video|foreignObject|animate|use)$/i.test(e.localName)) wrong.push(`<${e.localName}>`);
    if (e.localName === "script" && !new URL(e.getAttribute("src") ?? "", base).pathname.startsWith("/assets/")) wrong.push("a script of someone else's");
    if (e.localName === "a" && e.hasAttribute("href") && !e.closest(".graphiql-container") && new URL(e.getAttribute("href"), base).origin !== new URL(base).origin) {
      const rel = new Set(e.rel.split(" "));
      if (!["noopener", "noreferrer", "nofollow"].every((r) => rel.has(r))) wrong.push(`a link to ${e.href} with rel "${e.rel}"`);
    }
  }
  return { wrong, away: document.querySelectorAll("a[rel]").length };
});

// inert fails where the page that is shown holds anything that could act.
async function inert(page, what, text) {
  const [{ wrong }] = await page.evaluate(inspect, [{ base: page.url(), text }]);
  assert.deepEqual(wrong, [], `${what}: ${page.url()}`);
}

// inChunks does something for all, some at a time.
async function inChunks(all, size, each) {
  for (let n = 0; n < all.length; n += size) await each(all.slice(n, n + size));
}

// read reads pages without opening them, fails where one holds anything that could
// act or does not show its text, and returns how many links to elsewhere they have.
async function read(reader, pages, status) {
  const given = await Promise.all(pages.map(async ({ path, text }) => {
    const response = await page.request.get(path, { headers: { accept: "text/html" } });
    if (status) assert.equal(response.status(), status, path);
    return { html: await response.text(), base: group.url + path, text };
  }));
  let links = 0;
  for (const [n, { wrong, away }] of (await reader.evaluate(inspect, given)).entries()) {
    assert.deepEqual(wrong, [], `a page that is read: ${pages[n].path}`);
    links += away;
  }
  return links;
}

// opened of the pages of records are opened as a reader does, in turn another class
// of each payload; the others are read.
const opened = 12;

// given are the fields that are not free text, and which an input cannot do without.
function given(lab, kind, role) {
  const work = { action: "work", effortQuantity: { hasNumericalValue: "1", hasUnit: hour }, resourceConformsTo: kind };
  return {
    RecipeFlowCreateParams: work,
    IntentCreateParams: { ...work, receiver: lab },
    CommitmentCreateParams: { ...work, provider: lab, receiver: lab },
    ClaimCreateParams: { ...work, provider: lab, receiver: lab },
    AgentRelationshipCreateParams: { subject: lab, object: lab, relationship: role },
    EconomicEventCreateParams: { action: "raise", provider: lab, receiver: lab, resourceConformsTo: kind,
      resourceQuantity: { hasNumericalValue: "2", hasUnit: kilogram }, hasPointInTime: new Date().toISOString() },
    ResourceSpecificationCreateParams: { defaultUnitOfResource: kilogram, defaultUnitOfEffort: hour },
  };
}

// fill writes text into every field of an input that takes text.
function fill(input, text, address, fixed) {
  const filled = {};
  for (const f of input.fields) {
    if (f.name in fixed) filled[f.name] = fixed[f.name];
    else if (f.of === "String") filled[f.name] = f.list ? [text] : text;
    else if (f.of === "URI" && address) filled[f.name] = f.list ? [address] : address;
    else if (f.required) throw new Error(`${input.type}.${f.name} is required, and this test does not know what to write there`);
  }
  return filled;
}

test("sixty payloads in every text field, on every page", async () => {
  assert.ok(payloads.length >= 60);
  const kind = (await ask(`mutation { made: createResourceSpecification(resourceSpecification: {name: "Flour", defaultUnitOfEffort: "${hour}"}) { resourceSpecification { id } } }`)).made.resourceSpecification.id;
  const { myAgent: me } = await ask("{ myAgent { id } }");
  const role = (await ask(`mutation { made: createAgentRelationshipRole(agentRelationshipRole: {roleLabel: "supplies"}) { agentRelationshipRole { id } } }`)).made.agentRelationshipRole.id;
  const mutations = await inputsOf(ask);
  const fixed = given(group.lab, kind, role);
  const refusals = new Map();
  const records = [];
  const create = async (m, text, address) => {
    const variables = Object.fromEntries(m.args.map((a) => [a.name, fill(a, text, address, fixed[a.type.replace("!", "")] ?? {})]));
    const query = `mutation (${m.args.map((a) => `$${a.name}: ${a.type}`)}) { made: ${m.name}(${m.args.map((a) => `${a.name}: $${a.name}`)}) { ${m.gives.map((g) => `${g} { iri }`).join(" ")} } }`;
    const { made } = await ask(query, variables);
    for (const g of m.gives) if (made[g]) records.push({ path: new URL(made[g].iri).pathname, text });
  };
  for (const m of mutations) {
    let taken = 0;
    await inChunks(payloads, 8, (some) => Promise.all(some.map((text) =>
      create(m, text).then(() => taken++, (error) => refusals.set(`${m.name}: ${error.message}`, text)))));
    assert.ok(taken >= payloads.length - 4, `${m.name} took only ${taken} payloads; it said ${[...refusals.keys()].join("; ")}`);
    for (const address of addresses) {
      await create(m, "A plain name", address).catch((error) => refusals.set(`${m.name}: ${error.message}`, address));
    }
  }
  // And as notes of work, which is what members write, by people of such names.
  const people = records.filter(({ path }) => path.includes("/Person/")).map(({ path }) => group.url + path);
  for (const [n, text] of payloads.entries()) {
    await ask(`mutation ($event: EconomicEventCreateParams!) { createEconomicEvent(event: $event) { economicEvent { id } } }`, { event: {
      action: "work", provider: people[n] ?? me.id, receiver: group.lab, resourceConformsTo: kind, note: text,
      effortQuantity: { hasNumericalValue: "1", hasUnit: hour }, hasPointInTime: new Date().toISOString() } });
  }
  const document = join(folder(), "payloads.jsonld");
  writeFileSync(document, JSON.stringify({
    "@context": { "@vocab": "http://w3id.org/valueflows/ont/vf#" },
    "@graph": payloads.map((text, n) => ({ "@id": `https://elsewhere.example/kinds/${n}`, "@type": "ResourceSpecification", name: text, note: text })),
  }));
  run("import", document, "--data", group.data, "--lab", group.slug);

  await pagesOf(page, 3, () => inert(page, "a page with payloads"));
  let links = 0;
  const reader = await page.context().newPage(); // empty, so that no policy is in its way
  const classes = [...new Set(records.map(({ path }) => path.split("/")[2]))];
  await inChunks(records, 8, async (some) => {
    links += await read(reader, some, 200);
    for (const { path, text } of some) {
      if ((payloads.indexOf(text) + classes.indexOf(path.split("/")[2])) % opened > 0) continue;
      await page.goto(path);
      await inert(page, "the page of a record that is opened", text);
    }
  });
  await reader.close();
  assert.ok(classes.length >= 20 && records.length > classes.length * (payloads.length - 4), `only ${records.length} records of ${classes.length} classes were shown`);
  assert.ok(links > 0, "no page had a link to elsewhere to look at");
  assert.deepEqual(faults, []);
});

test("payloads in what a form sends back and in addresses", async () => {
  const reader = await page.context().newPage();
  const fields = ["/sign-in?next=", "/journal?words=", "/offers?words=", "/plans?words=", "/log?logged=", "/?month=", "/setup/", "/join/", "/journal/", "/promises/"];
  for (const [n, text] of payloads.entries()) {
    await read(reader, fields.map((path) => ({ path: path + encodeURIComponent(text) })));
    const path = fields[n % fields.length]; // and one of them opened
    await page.goto(path + encodeURIComponent(text));
    await inert(page, path);
  }
  await reader.close();
  assert.deepEqual(faults, []);
});

test("no other site can frame a page", async () => {
  const other = createServer((_, answer) => answer.setHeader("content-type", "text/html").end(`<iframe src="${group.url}/sign-in"></iframe>`)).listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  try {
    const context = await browser.newContext();
    const frame = await context.newPage();
    await frame.goto(`http://127.0.0.1:${other.address().port}/`);
    await frame.waitForLoadState("load");
    const inside = frame.frames().find((f) => f !== frame.mainFrame());
    assert.equal(await inside.locator("form").count(), 0, "the sign-in form is in another site's frame");
    assert.ok(inside.url().startsWith("chrome-error:"), inside.url());
    await context.close();
  } finally {
    other.close();
  }
});
