/**
 * The wrap: the identity of one epoch, sealed to one reader or to the receipt, in exactly one spelling.
 *
 * Six lines, each ended by LF; the first five bind the key to its case, chain, epoch and card, so that a wrap moved
 * elsewhere is noticed; stock age reads the file as an identity (sealing.md, section 4).
 */

import { MalformedError, TamperedError } from "./errors.js";
import { identityText, parseIdentity, publicKey } from "./keys.js";
import { b64, fromUtf8, utf8 } from "./octets.js";
import { openSealed, seal } from "./sealed.js";

/** Octets of a sealed wrap. */
export const SEALED_SIZES = [1901, 1902];

/** @typedef {import("./cards.js").SignedCard} SignedCard */

/** @param {SignedCard} signed @param {Uint8Array} seed of the epoch @returns {Uint8Array} the exact plaintext */
export function render(signed, seed) {
  const { chain, epoch } = signed.card;
  const lines = [
    "# hrdplatform wrap v1",
    `# case ${signed.case}`,
    `# chain ${chain}`,
    `# epoch ${String(epoch).padStart(8, "0")}`,
    `# card ${signed.id}`,
    identityText(seed),
  ];
  return utf8(lines.map((line) => `${line}\n`).join(""));
}

/** @param {SignedCard} signed @param {Uint8Array} seed @param {Uint8Array} recipient public key @returns
 *   {Promise<Uint8Array>} */
export const sealWrap = (signed, seed, recipient) => seal(render(signed, seed), recipient);

/** The seed of the epoch that `signed` opens.
 * @param {Uint8Array} sealed @param {SignedCard} signed @param {Uint8Array} kemSeed the reader's own
 * @returns {Promise<Uint8Array>} 32 octets
 * @throws {MalformedError | import("./errors.js").WrongKeyError | TamperedError} `place` when it belongs to another
 *   case, chain, epoch or card; `key` when it holds another key than the card names */
export async function openWrap(sealed, signed, kemSeed) {
  const text = fromUtf8(await openSealed(sealed, kemSeed));
  const lines = text.split("\n");
  if (lines.length !== 7 || lines[0] !== "# hrdplatform wrap v1") throw new MalformedError("not a wrap", "wrap");
  const seed = parseIdentity(lines[5]);
  if (text !== fromUtf8(render(signed, seed))) throw new TamperedError("a wrap of another place", "place");
  if (b64(publicKey(seed)) !== signed.card.kem) throw new TamperedError("a wrap that holds another key", "key");
  return seed;
}
