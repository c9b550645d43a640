/**
 * Builds the scripts that browsers load: `node deploy/bundle.mjs [--out FOLDER]` (default `build`).
 *
 * Reproducible: the same sources and the same locked packages give the same octets on every machine (no times, no
 * paths of the machine, sorted entry points, minified, ES2022), so that anybody can compare a live site with a
 * release (sealing.md, section 7). Writes `FOLDER/static/<room>/<name>.js` with its licences linked beside it, the
 * word lists in the form that the worker reads, and `FOLDER/bundle-manifest.json` with the SHA-256 of each; prints
 * the sizes.
 */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { build } from "esbuild";

import { listFile } from "../hrdplatform/sealing/browser/words.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const flag = process.argv.indexOf("--out");
const out = resolve(flag > 0 ? process.argv[flag + 1] : join(root, "build"));

/** Rooms whose top-level scripts are pages' entry points. */
const ROOMS = {
  cms: "cms/browser",
  legal_aid: "legal_aid/browser",
  accounts: "hrdplatform/accounts/browser",
  web: "hrdplatform/web/browser",
};

/** @returns {{in: string, out: string}[]} sorted by where they go */
function entryPoints() {
  const entries = [{ in: join(root, "hrdplatform/sealing/browser/worker.js"), out: "sealing/worker" }];
  for (const [room, folder] of Object.entries(ROOMS)) {
    if (!existsSync(join(root, folder))) continue;
    for (const name of readdirSync(join(root, folder)).filter((file) => file.endsWith(".js"))) {
      entries.push({ in: join(root, folder, name), out: `${room}/${name.slice(0, -3)}` });
    }
  }
  return entries.sort((one, other) => (one.out < other.out ? -1 : 1));
}

/** @returns {Promise<Map<string, Uint8Array>>} octets by path below `static/` */
async function scripts() {
  const result = await build({
    absWorkingDir: root,
    entryPoints: entryPoints(),
    outdir: join(root, "static"),
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: ["es2022", "chrome99", "firefox97", "safari15.4"],
    legalComments: "linked",
    charset: "ascii",
    logLevel: "warning",
  });
  return new Map(result.outputFiles.map((file) => [file.path.slice(join(root, "static").length + 1), ascii(file)]));
}

/** esbuild escapes texts, but leaves regular expressions as they are written: a script served without its charset
 * would then fold words differently. An escape means the same in a text, an expression and a name. */
function ascii({ path, text, contents }) {
  if (!path.endsWith(".js")) return contents;
  return Buffer.from(text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`));
}

/** @returns {Map<string, Uint8Array>} `sealing/words/<language>.json` */
function wordLists() {
  const folder = join(root, "hrdplatform/sealing/words");
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /^[a-z]{2}\.txt$/.test(name))
        .sort()
    : [];
  const lists = new Map(names.map((name) => [name.slice(0, 2), readFileSync(join(folder, name), "utf8")]));
  return new Map(
    [...lists.keys()].map((language) => [`sealing/words/${language}.json`, Buffer.from(listFile(language, lists))]),
  );
}

const files = new Map([...(await scripts()), ...wordLists()].sort(([one], [other]) => (one < other ? -1 : 1)));
rmSync(join(out, "static"), { recursive: true, force: true });
const manifest = {};
for (const [path, octets] of files) {
  const file = join(out, "static", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, octets);
  manifest[path] = { octets: octets.length, sha256: createHash("sha256").update(octets).digest("hex") };
  // Only printed: compressed sizes differ between versions of zlib, the manifest may not.
  const [gzip, brotli] = [gzipSync(octets, { level: 9 }), brotliCompressSync(octets)];
  console.log(`${path}: ${octets.length} octets, ${gzip.length} gzip, ${brotli.length} brotli`);
}
writeFileSync(join(out, "bundle-manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
