// The program under test: bin/disconode, as `make build` made it, in a folder that
// goes when the test ends.
import { spawn, execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const top = fileURLToPath(new URL("../../../", import.meta.url));
const binary = join(top, "bin", "disconode");
if (!existsSync(binary)) throw new Error("bin/disconode is not there: `make browser` builds it and runs these tests");

// folder is a new one, which goes with the test's process.
export function folder() {
  const made = mkdtempSync(join(tmpdir(), "disconode-browser-"));
  process.on("exit", () => rmSync(made, { recursive: true, force: true }));
  return made;
}

// run carries out a command to its end, and returns what it prints.
export function run(...args) {
  return execFileSync(binary, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

// freeAddress is one on loopback where nobody listens.
export async function freeAddress() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

// start starts a command that serves, and returns once it has printed a line
// that fits the sign: what it said so far, and a way to end it.
export async function start(sign, ...args) {
  const child = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
  const kill = () => child.kill("SIGKILL");
  process.on("exit", kill);
  const program = { said: "", log: "", stop };
  child.stderr.on("data", (text) => { program.log += text; });
  await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`it said no ${sign}: ${program.said}${program.log}`)), 60_000);
    child.stdout.on("data", (text) => {
      program.said += text;
      if (sign.test(program.said)) { clearTimeout(late); resolve(); }
    });
    child.once("exit", (code) => { clearTimeout(late); reject(new Error(`it ended (${code}): ${program.said}${program.log}`)); });
  });
  return program;

  function stop() {
    process.off("exit", kill);
    return new Promise((resolve) => { child.once("close", resolve); child.kill("SIGTERM"); });
  }
}
