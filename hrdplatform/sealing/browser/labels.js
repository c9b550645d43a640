/**
 * The labels that keep every hash, signature and derived key of the platform apart from all others (sealing.md,
 * section 2).
 */

import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { concat, utf8 } from "./octets.js";

/** `P` of the paper. */
export const PREFIX = utf8("hrdplatform/sealing/v1/");
const ZERO = new Uint8Array(1);

/** H, plain SHA-256.
 * @param {Uint8Array} octets @returns {Uint8Array} 32 octets */
export const digest = (octets) => sha256(octets);

/** `H(P || label || 0 || part || ...)`.
 * @param {string} label @param {...Uint8Array} parts @returns {Uint8Array} 32 octets */
export const hashed = (label, ...parts) => sha256(labelled(label, ...parts));

/** `P || label || 0 || part || ...`: what is hashed, and what is signed as `sig/<kind>`.
 * @param {string} label @param {...Uint8Array} parts @returns {Uint8Array} */
export const labelled = (label, ...parts) => concat(PREFIX, utf8(label), ZERO, ...parts);

/** HKDF-SHA256 with empty salt and `P || label` as info (no zero octet in infos).
 * @param {Uint8Array} secret @param {string} label @param {number} [length] @returns {Uint8Array} */
export const derive = (secret, label, length = 32) =>
  hkdf(sha256, secret, new Uint8Array(0), concat(PREFIX, utf8(label)), length);
