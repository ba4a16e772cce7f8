// What a written guide tells its reader to do, as something that a browser can do.
// A step is a numbered line of one of these forms, so a guide that a person can
// follow is a test as it stands:
//
//   1. Open the **set-up link**.
//   2. In **Name of the group**, write `Freedom Farms`.
//   3. In **Time zone**, choose **America/Chicago**.
//   4. Press **Log work**.
//   5. See **2 hours**.
import { readFileSync } from "node:fs";

const forms = [
  [/^Open the \*\*(.+?)\*\*/, (what) => ({ do: "open", what })],
  [/^In \*\*(.+?)\*\*, write `(.+?)`/, (field, text) => ({ do: "write", field, text })],
  [/^In \*\*(.+?)\*\*, choose \*\*(.+?)\*\*/, (field, text) => ({ do: "choose", field, text })],
  [/^Press \*\*(.+?)\*\*/, (what) => ({ do: "press", what })],
  [/^See \*\*(.+?)\*\*/, (text) => ({ do: "see", text })],
];

// read returns the sections of a guide: their titles, and the steps under each.
export function read(file) {
  const sections = [];
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const title = line.match(/^## (.+)/);
    if (title) sections.push({ title: title[1], steps: [] });
    const step = line.match(/^\d+\. (.+)/);
    if (step) sections.at(-1).steps.push(parse(step[1], file));
  }
  return sections;
}

function parse(line, file) {
  for (const [form, step] of forms) {
    const found = line.match(form);
    if (found) return { line, ...step(...found.slice(1)) };
  }
  throw new Error(`${file}: no browser knows how to do this step: ${line}`);
}

// follow does a step as a reader would: by the words that stand on the page.
// places are the addresses of what a step opens.
export async function follow(page, step, places) {
  switch (step.do) {
    case "open":
      if (!places[step.what]) throw new Error(`nobody knows where the ${step.what} is`);
      return void await page.goto(places[step.what]);
    case "write":
      return page.getByLabel(step.field, { exact: true }).fill(step.text);
    case "choose":
      return void await page.getByLabel(step.field, { exact: true }).selectOption({ label: step.text });
    case "press":
      return press(page, step.what);
    case "see":
      return page.getByRole("main").getByText(step.text).first().waitFor();
  }
}

// press presses the one link, button or choice of that name: a choice that is
// drawn as a button is pressed on its label, as a thumb does.
async function press(page, name) {
  const button = page.getByRole("button", { name, exact: true }).or(page.getByRole("link", { name, exact: true })).filter({ visible: true });
  if (await button.count() > 0) return button.first().click();
  return page.locator("label", { hasText: new RegExp(`^\\s*${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s*$`) }).first().click();
}
