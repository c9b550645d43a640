/**
 * The browser's verdict on fuzzed inputs: lines of `KIND BASE64` come in, one letter a line goes out.
 *
 * `y` the reader takes it, `n` it refuses by a name of ours, `x` it throws anything else. KIND is a record type (the input
 * is a body) or `list` (a body whose signature line follows after LF) or `container`.
 */

import { createInterface } from "node:readline";

import * as bodies from "../../hrdplatform/sealing/browser/bodies.js";
import * as cards from "../../hrdplatform/sealing/browser/cards.js";
import { SealingError } from "../../hrdplatform/sealing/browser/errors.js";
import * as lists from "../../hrdplatform/sealing/browser/lists.js";
import * as records from "../../hrdplatform/sealing/browser/records.js";

function read(kind, octets) {
  if (kind === "list") return lists.parse(Buffer.from(octets).toString("latin1"));
  const found = records.parse(octets);
  if (kind === "container") return found;
  return found.kind.name === "card" ? cards.parse(octets) : bodies.parse(found.kind.name, found.body);
}

for await (const line of createInterface({ input: process.stdin })) {
  const [kind, text] = line.split(" ");
  try {
    read(kind, Uint8Array.from(Buffer.from(text, "base64")));
    process.stdout.write("y\n");
  } catch (error) {
    process.stdout.write(error instanceof SealingError ? "n\n" : `x ${error}\n`);
  }
}
