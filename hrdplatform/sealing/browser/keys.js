/**
 * X-Wing keys: the public half of a seed, and the text forms age uses (`age1pq1...`, `AGE-SECRET-KEY-PQ-1...`).
 *
 * A private key is always kept as its 32-octet seed; a public key has 1184 + 32 = 1216 octets (sealing.md, section
 * 2).
 */

import { MLKEM768X25519 } from "@noble/post-quantum/hybrid.js";
import { bech32 } from "@scure/base";

import { MalformedError } from "./errors.js";

export const PUBLIC_LENGTH = 1216;
const IDENTITY_PREFIX = "AGE-SECRET-KEY-PQ-";

/** @param {Uint8Array} seed 32 octets @returns {Uint8Array} 1216 octets */
export const publicKey = (seed) => MLKEM768X25519.getPublicKey(seed);

/** @param {Uint8Array} key 1216 octets @returns {string} `age1pq1...` (bech32 without its limit of 90 letters) */
export const recipientText = (key) => bech32.encode("age1pq", bech32.toWords(key), false);

/** @param {Uint8Array} seed 32 octets @returns {string} `AGE-SECRET-KEY-PQ-1...`, 77 letters */
export const identityText = (seed) => bech32.encodeFromBytes(IDENTITY_PREFIX, seed).toUpperCase();

/** The seed of an identity line, in exactly the form that `identityText` makes.
 * @param {string} text @returns {Uint8Array} 32 octets @throws {MalformedError} */
export function parseIdentity(text) {
  let seed;
  try {
    seed = bech32.decodeToBytes(text).bytes;
  } catch {
    throw new MalformedError("not an age identity", "identity");
  }
  if (seed.length !== 32 || identityText(seed) !== text)
    throw new MalformedError("not a canonical identity", "identity");
  return seed;
}
