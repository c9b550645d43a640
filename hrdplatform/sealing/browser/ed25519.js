/**
 * Ed25519 signatures with one rule of acceptance, the same in Python and in every browser.
 *
 * Accepted iff S < L, y of the key < p, the key is not one of the five small-order values, and encode([S]B - [k]A)
 * equals R as bytes: OpenSSL's rule. noble's own `verify` is cofactored in both modes and WebCrypto accepts
 * small-order keys for any message, so neither is used (sealing.md, section 4).
 */

import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";

import { concat, equal, fromHex, hex } from "./octets.js";

const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;

/** y of every point whose order divides 8, little-endian, sign bit cleared: 0, 1, -1 and the two of order 8. */
const SMALL_ORDER = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
]);

/** @param {Uint8Array} key 32 octets @returns {boolean} */
export function isSmallOrder(key) {
  const unsigned = Uint8Array.from(key);
  unsigned[31] &= 0x7f;
  return SMALL_ORDER.has(hex(unsigned));
}

/** @param {Uint8Array} seed 32 octets @returns {Uint8Array} 32 octets */
export const signingPublic = (seed) => ed25519.getPublicKey(seed);

/** RFC 8032, deterministic.
 * @param {Uint8Array} seed 32 octets @param {Uint8Array} message @returns {Uint8Array} 64 octets */
export const sign = (seed, message) => ed25519.sign(message, seed);

/** @param {Uint8Array} key @param {Uint8Array} message @param {Uint8Array} signature @returns {boolean} never throws */
export function verify(key, message, signature) {
  if (key.length !== 32 || signature.length !== 64 || isSmallOrder(key)) return false;
  const commitment = signature.subarray(0, 32);
  const response = littleEndian(signature.subarray(32));
  if (response >= ORDER) return false;
  const point = decodePoint(key);
  if (point === null) return false;
  const challenge = littleEndian(sha512(concat(commitment, key, message))) % ORDER;
  const expected = times(Point.BASE, response).subtract(times(point, challenge));
  return equal(expected.toBytes(), commitment);
}

/** noble refuses a zero scalar; the rule does not. */
const times = (point, scalar) => (scalar === 0n ? Point.ZERO : point.multiplyUnsafe(scalar));

/** @returns {object | null} null when the octets are no point or y >= p */
function decodePoint(key) {
  try {
    return Point.fromBytes(key, false);
  } catch {
    return null;
  }
}

/** @param {Uint8Array} octets @returns {bigint} */
const littleEndian = (octets) => BigInt(`0x${hex(Uint8Array.from(octets).reverse())}`);

/** A key of a list or card must be one that `verify` could ever accept.
 * @param {Uint8Array} key @returns {boolean} */
export const isUsableKey = (key) => key.length === 32 && !isSmallOrder(key) && decodePoint(key) !== null;

/** @param {string} text 64 digits @returns {Uint8Array} */
export const rootFromHex = (text) => fromHex(text, 32);
