/**
 * Six spoken words: a short fingerprint that two people compare by voice or on paper.
 *
 * The first six u16, each mod 7776, of `H(P || label || 0 || value)`; always from the English list, or as digits, so
 * that both sides hear the same (sealing.md, section 3). Labels: `root` (32-octet key), `member` (kem || sig, 1,216
 * + 32), `check` (32-octet id of a case's first card).
 */

import { hashed } from "./labels.js";
import { LIST_LENGTH } from "./words.js";

/** @param {"root" | "member" | "check"} label @param {Uint8Array} value @returns {number[]} six indices */
export function spokenIndices(label, value) {
  const view = new DataView(hashed(label, value).buffer);
  return [0, 2, 4, 6, 8, 10].map((place) => view.getUint16(place) % LIST_LENGTH);
}
