// A group's books for a test: a node that one LAB has just been set up on, by the
// steps of docs/FIRST-HOUR.md, and how its people sign in.
import { visitor } from "./chrome.mjs";
import { folder, freeAddress, start } from "./program.mjs";
import { follow, read } from "./steps.mjs";

export const guide = new URL("../../../docs/FIRST-HOUR.md", import.meta.url).pathname;

// newNode starts a node on an empty folder: link is where it is set up.
export async function newNode() {
  const address = await freeAddress();
  const url = `http://${address}`;
  const data = folder();
  const program = await start(/\/setup\/\S+/, "serve", "--data", data, "--listen", address, "--base-url", url, "--allow-net", "127.0.0.0/8");
  return { url, data, link: program.said.match(/https?:\/\/\S+\/setup\/\S+/)[0], stop: program.stop };
}

// newGroup starts one and sets a LAB up there.
export async function newGroup(browser) {
  const node = await newNode();
  const { page, close } = await visitor(browser, node.url);
  const { steps } = read(guide).find(({ title }) => title.startsWith("Set up"));
  for (const step of steps) await follow(page, step, { "set-up link": node.link });
  await close();
  const written = (field) => steps.find((step) => step.do === "write" && step.field === field).text;
  const slug = written("Short name, for addresses");
  return { ...node, slug, lab: `${node.url}/labs/${slug}`, steward: { name: written("Your name"), password: written("Password") } };
}

// signIn signs somebody in, on the page that asks for it.
export async function signIn(page, { name, password }) {
  await page.goto("/sign-in");
  await page.getByLabel("Your name", { exact: true }).fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}
