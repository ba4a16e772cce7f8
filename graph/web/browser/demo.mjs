// The network that `disconode demo` shows, for tests that only look at it.
import { folder, freeAddress, start } from "./program.mjs";

// newDemo starts it on free addresses: where both nodes are, and for each who can
// sign in there, by role.
export async function newDemo() {
  const [jackson, vermont] = [await freeAddress(), await freeAddress()];
  const data = folder();
  const program = await start(/What did Jackson tell Vermont[^]*curl/, "demo", "--data", data, "--listen", jackson, "--vermont-listen", vermont);
  const [first, second] = [jackson, vermont].map((address) => {
    const [, part] = program.said.split(`http://${address}`);
    const people = [...part.split(/http:/)[0].matchAll(/sign in +(\S+) +(\S+) +password (.+)/g)];
    return { url: `http://${address}`, ...Object.fromEntries(people.map(([, name, role, password]) => [role, { name, password }])) };
  });
  return { ...first, data, slug: "cooperation-jackson", sister: second, stop: program.stop };
}
