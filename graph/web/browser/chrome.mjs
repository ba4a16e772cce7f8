// A Chromium of this machine, whose every page is watched: what it asks of others,
// what the content policy stops, what it opens, and what it complains of.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const standing = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

// launch starts the browser.
export function launch() {
  const executablePath = process.env.CHROMIUM || standing.find((file) => existsSync(file));
  if (!executablePath) throw new Error("there is no Chromium: `make browser` installs one, or CHROMIUM names it");
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args: [...asRoot, "--disable-background-networking", "--disable-component-update"] });
}

// phone and desk are the two widths at which the pages are looked at.
export const phone = { width: 360, height: 740 };
export const desk = { width: 1280, height: 900 };

// visitor is one person's browser, on a node: base is the node's address. What
// happened that must not is in its list, faults, in words.
export async function visitor(browser, base, options = {}) {
  const context = await browser.newContext({ baseURL: base, viewport: desk, reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(10_000);
  const faults = [];
  await context.route((url) => url.origin !== base, (route) => {
    faults.push(`asked another host: ${route.request().method()} ${route.request().url()}`);
    return route.abort();
  });
  context.on("request", (request) => {
    if (/^(data|blob):/.test(request.url()) || new URL(request.url()).origin === base) return;
    faults.push(`a request to another host: ${request.url()}`);
  });
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (e) => {
      console.error(`stopped by policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample} at ${e.sourceFile}:${e.lineNumber}`);
    });
  });
  context.on("page", (page) => {
    page.on("dialog", (dialog) => { faults.push(`a dialog opened: ${dialog.message()}`); dialog.dismiss(); });
    page.on("pageerror", (error) => faults.push(`a script failed on ${page.url()}: ${error.message}`));
    page.on("console", (message) => {
      if (/stopped by policy|Content Security Policy|Trusted|Refused to/i.test(message.text())) faults.push(`${page.url()}: ${message.text()}`);
    });
    page.on("websocket", (socket) => { if (new URL(socket.url()).host !== new URL(base).host) faults.push(`a socket to ${socket.url()}`); });
  });
  return { context, page: await context.newPage(), faults, close: () => context.close() };
}
