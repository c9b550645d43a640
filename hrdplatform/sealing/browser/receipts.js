/**
 * The receipt: eight words on a defender's paper, and the keys that they are.
 *
 * Eight indices of 0...7775 (103 bits) stretched by Argon2id give a token that finds the case, an X-Wing identity
 * that opens it and an Ed25519 key that signs for her. The server keeps only a hash of the token (sealing.md,
 * section 3).
 */

import { argon2id } from "@noble/hashes/argon2.js";

import { signingPublic } from "./ed25519.js";
import { MalformedError, ReceiptError } from "./errors.js";
import { publicKey } from "./keys.js";
import { derive, hashed, labelled } from "./labels.js";
import { b64, concat, hex, randomIndices } from "./octets.js";
import { digitsOf, fold, fromDigits, LIST_LENGTH } from "./words.js";

export const COUNT = 8;
const COST = { m: 19456, t: 2, p: 1, dkLen: 32, version: 0x13 };
const EASTERN = /[\u0660-\u0669\u06f0-\u06f9]/g;

/**
 * @typedef {{token: Uint8Array, kem: Uint8Array, sig: Uint8Array, locator: string, card: {kem: string, sig:
 *   string}}} ReceiptKeys three secrets of 32 octets; `locator` is what the server may know (64 digits), `card` the
 *   public keys as a card names them
 */

/** What eight indices are worth under the installation's public salt. Takes 19 MiB and some 0.3 s on purpose.
 * @param {number[]} indices @param {Uint8Array} salt 16 octets @returns {ReceiptKeys} @throws {MalformedError} */
export function receiptKeys(indices, salt) {
  const within = (index) => Number.isInteger(index) && index >= 0 && index < LIST_LENGTH;
  if (indices.length !== COUNT || !indices.every(within) || salt.length !== 16) {
    throw new MalformedError("a receipt needs eight indices below 7776 and a salt of 16 octets", "receipt");
  }
  const spelled = concat(...indices.map((index) => Uint8Array.of(index >> 8, index & 255)));
  const master = argon2id(labelled("receipt", spelled), salt, COST);
  const [token, kem, sig] = ["token", "kem", "sig"].map((use) => derive(master, `receipt/${use}`));
  const card = { kem: b64(publicKey(kem)), sig: b64(signingPublic(sig)) };
  return { token, kem, sig, locator: locatorOf(token), card };
}

/** @param {Uint8Array} token @returns {string} under which the server finds the case, 64 digits */
export const locatorOf = (token) => hex(hashed("receipt/locator", token));

/** Eight indices whose words cannot all be read in another list; without a list they are shown as digits.
 * @param {import("./words.js").WordList | null} list @returns {number[]} */
export function generate(list) {
  for (;;) {
    const indices = randomIndices(COUNT, LIST_LENGTH);
    if (list === null || !indices.every((index) => list.elsewhere.has(index))) return indices;
  }
}

/** @param {number[]} indices @param {import("./words.js").WordList | null} list @returns {string[]} as shown */
export const rendered = (indices, list) => indices.map((index) => (list ? list.words[index] : digitsOf(index)));

/** What was typed, cut into folded words and numbers. One or two digits are the numbering of a list, never a word.
 * @param {string} text @returns {string[]} */
export const typedWords = (text) =>
  (
    fold(text)
      .replace(EASTERN, (digit) => String(digit.charCodeAt(0) & 15))
      .match(/\p{L}+|[0-9]+/gu) ?? []
  ).filter((token) => !/^[0-9]{1,2}$/.test(token));

/** The eight indices meant by what somebody typed, read in one list; case, accents, line breaks, commas, hyphens and
 * a numbering do not matter, and four digits may stand for any word.
 * @param {string} text @param {import("./words.js").WordList | null} list null reads digits only @returns {number[]}
 * @throws {ReceiptError} `count` or `unknown` (with the first such position); carries no word */
export function parse(text, list) {
  const words = typedWords(text);
  if (words.length !== COUNT) throw new ReceiptError(`${words.length} words`, "count", words.length);
  return words.map((word, place) => {
    const index = /^[0-9]/.test(word) ? fromDigits(word) : (list?.find(word) ?? null);
    if (index === null) throw new ReceiptError("a word of no list", "unknown", place + 1);
    return index;
  });
}
