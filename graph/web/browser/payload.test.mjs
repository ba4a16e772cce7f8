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

// inert fails where the page that is shown holds anything that could act.
async function inert(page, what) {
  const found = await page.evaluate(() => {
    const wrong = [];
    if (window.ran) wrong.push("a script ran");
    for (const e of document.querySelectorAll("*")) {
      for (const a of e.attributes) {
        if (/^on|^hx-|^xlink:href$|^srcdoc$/i.test(a.name)) wrong.push(`<${e.localName} ${a.name}>`);
        if (/^(href|src|action|formaction|data|srcset)$/i.test(a.name) && !/^(https?:\/\/|\/(?!\/)|#|\?|$)/i.test(a.value) && !a.value.startsWith("data:image/")) wrong.push(`<${e.localName} ${a.name}="${a.value}">`);
      }
      if (/^(iframe|object|embed|base|marquee|math|audio|video|foreignObject|animate|use)$/i.test(e.localName)) wrong.push(`<${e.localName}>`);
      if (e.localName === "script" && !new URL(e.src, location).pathname.startsWith("/assets/")) wrong.push("a script of someone else's");
      if (e.localName === "a" && e.href && !e.closest(".graphiql-container") && new URL(e.href).origin !== location.origin) {
        const rel = new Set(e.rel.split(" "));
        if (!["noopener", "noreferrer", "nofollow"].every((r) => rel.has(r))) wrong.push(`a link to ${e.href} with rel "${e.rel}"`);
      }
    }
    return wrong;
  });
  assert.deepEqual(found, [], `${what}: ${page.url()}`);
}

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
    // The pages of what is planned share their templates: of each class every twelfth payload is enough.
    const planned = /Plan|Intent|Commitment|Claim|Agreement|Proposal|Recipe|AgentRelationship/.test(m.name);
    const texts = planned ? payloads.filter((_, n) => n % 12 === 0) : payloads;
    for (const text of texts) {
      await create(m, text).then(() => taken++, (error) => refusals.set(`${m.name}: ${error.message}`, text));
    }
    assert.ok(taken >= (planned ? texts.length : texts.length - 4), `${m.name} took only ${taken} payloads; it said ${[...refusals.keys()].join("; ")}`);
    for (const address of planned ? addresses.slice(0, 1) : addresses) {
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

  for (const address of await pagesOf(page, 5)) {
    await page.goto(address);
    await inert(page, "a page with payloads");
  }
  let links = 0;
  for (const { path, text } of records) {
    const response = await page.goto(path);
    assert.equal(response.status(), 200, path);
    await inert(page, "the page of a record");
    assert.ok(await page.evaluate((text) => document.body.textContent.includes(text), text), `${path} does not show ${text}`);
    links += await page.locator("a[rel]").count();
  }
  assert.ok(records.length > 8 * payloads.length, `only ${records.length} records were shown`);
  assert.ok(links > 0, "no page had a link to elsewhere to look at");
  assert.deepEqual(faults, []);
});

test("payloads in what a form sends back and in addresses", async () => {
  for (const [n, text] of payloads.entries()) {
    for (const path of ["/sign-in?next=", "/journal?words=", ...(n % 8 === 0 ? ["/log?logged=", "/?month=", "/setup/", "/join/", "/journal/"] : [])]) {
      await page.goto(path + encodeURIComponent(text));
      await inert(page, path);
    }
  }
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
