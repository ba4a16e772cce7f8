#!/bin/sh
# Makes the files of this folder again from the packages that manifest.json
# names, through npm, and checks them against the hashes there. Run it here; with
# --accept it writes the hashes of what it made into the manifest, for a new version.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
node - "$work" "${1:-}" <<'SCRIPT'
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const [work, accept] = process.argv.slice(2);
const manifest = JSON.parse(fs.readFileSync('manifest.json', 'utf8'));
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
let wrong = 0;
for (const p of manifest.packages) {
  const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work, `${p.name}@${p.version}`], { encoding: 'utf8' }));
  const integrity = 'sha512-' + createHash('sha512').update(fs.readFileSync(`${work}/${packed.filename}`)).digest('base64');
  if (accept === '--accept') p.integrity = integrity;
  if (p.integrity !== integrity) {
    console.error(`${p.name}@${p.version}: the package is another one: ${integrity}`);
    process.exit(1);
  }
  for (const f of p.files) {
    let bytes = execFileSync('tar', ['-xzOf', `${work}/${packed.filename}`, `package/${f.from}`], { maxBuffer: 64 << 20 });
    // No browser is to look for a source map: there is none here.
    if (/\.(js|css)$/.test(f.name)) bytes = Buffer.from(bytes.toString('utf8').replace(/\n?\/[/*]# sourceMappingURL=.*$/m, ''));
    if (accept === '--accept') f.sha256 = sha256(bytes);
    if (f.sha256 !== sha256(bytes)) {
      console.error(`${f.name}: made another file than the manifest says`);
      wrong++;
    }
    fs.writeFileSync(f.name, bytes);
  }
}
if (accept === '--accept') fs.writeFileSync('manifest.json', JSON.stringify(manifest, null, 2) + '\n');
process.exit(wrong ? 1 : 0);
SCRIPT
