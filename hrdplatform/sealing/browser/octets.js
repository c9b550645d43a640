/**
 * Octets and their text forms: hex, base64 and UTF-8, strict in both directions, and drawing random ones.
 *
 * Strict means that a text has exactly one form: upper-case hex, missing padding or stray bits are refused
 * (sealing.md, section 2, "Notation").
 */

import { MalformedError } from "./errors.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @param {string} text @returns {Uint8Array} */
export const utf8 = (text) => encoder.encode(text);

/** @param {Uint8Array} octets @returns {string} @throws {MalformedError} on invalid UTF-8 */
export function fromUtf8(octets) {
  try {
    return decoder.decode(octets);
  } catch {
    throw new MalformedError("not UTF-8", "utf8");
  }
}

/** @param {...Uint8Array} parts @returns {Uint8Array} */
export function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Equality of public values (hashes, signatures as bytes); no secret is ever compared here.
 * @param {Uint8Array} one @param {Uint8Array} other @returns {boolean} */
export function equal(one, other) {
  if (one.length !== other.length) return false;
  return one.every((octet, index) => octet === other[index]);
}

/** @param {Uint8Array} octets @returns {string} lower case */
export function hex(octets) {
  let text = "";
  for (const octet of octets) text += octet.toString(16).padStart(2, "0");
  return text;
}

/** @param {string} text lower-case hex @param {number} [length] wanted octets @throws {MalformedError} */
export function fromHex(text, length) {
  if (typeof text !== "string" || !/^(?:[0-9a-f]{2})*$/.test(text))
    throw new MalformedError("not lower-case hex", "hex");
  const octets = new Uint8Array(text.length / 2);
  for (let i = 0; i < octets.length; i += 1) octets[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  if (length !== undefined && octets.length !== length) throw new MalformedError("wrong length of hex", "hex");
  return octets;
}

/** @param {Uint8Array} octets @returns {string} standard alphabet, padded */
export function b64(octets) {
  let binary = "";
  for (let i = 0; i < octets.length; i += 0x2000) binary += String.fromCharCode(...octets.subarray(i, i + 0x2000));
  return btoa(binary);
}

/** @param {string} text standard padded base64 @param {number} [length] wanted octets @throws {MalformedError} */
export function fromB64(text, length) {
  const shape = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
  if (
    typeof text !== "string" ||
    text.length % 4 ||
    !shape.test(text.slice(-4)) ||
    !/^[A-Za-z0-9+/]*={0,2}$/.test(text)
  ) {
    throw new MalformedError("not padded base64", "base64");
  }
  const binary = atob(text);
  const octets = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) octets[i] = binary.charCodeAt(i);
  if (b64(octets.subarray(octets.length - (octets.length % 3 || 3))) !== text.slice(-4) && text.length) {
    throw new MalformedError("stray bits in base64", "base64");
  }
  if (length !== undefined && octets.length !== length) throw new MalformedError("wrong length of base64", "base64");
  return octets;
}

/** @param {number} value @returns {Uint8Array} four octets, big-endian */
export function u32(value) {
  const octets = new Uint8Array(4);
  new DataView(octets.buffer).setUint32(0, value);
  return octets;
}

/** Eight octets, big-endian, for sizes up to 2^53 - 1 (no 32-bit operators: files may pass 4 GiB).
 * @param {number} value @returns {Uint8Array} */
export function u64(value) {
  const high = Math.floor(value / 2 ** 32);
  return concat(u32(high), u32(value - high * 2 ** 32));
}

/** @param {number} length @returns {Uint8Array} from the browser's generator */
export const random = (length) => crypto.getRandomValues(new Uint8Array(length));

/** Uniform whole numbers 0...below-1, by rejection (no modulo bias).
 * @param {number} count @param {number} below at most 65536 @returns {number[]} */
export function randomIndices(count, below) {
  const limit = 65536 - (65536 % below);
  const indices = [];
  while (indices.length < count) {
    const drawn = crypto.getRandomValues(new Uint16Array(1))[0];
    if (drawn < limit) indices.push(drawn % below);
  }
  return indices;
}
