/**
 * Canonical JSON: one value, one sequence of octets (sealing.md, section 4).
 *
 * Keys `[a-z_]+` in plain code-unit order, no spaces, integers 0...2^53-1, no floats, no booleans, no lone
 * surrogates, everything from U+007F on as `\uxxxx`. A reader parses, emits again and compares octets, which also
 * catches duplicate keys, other spellings of a number and other escapes.
 */

import { MalformedError } from "./errors.js";
import { equal, fromUtf8, utf8 } from "./octets.js";

const KEY = /^[a-z_]+$/;
/** Under the `u` flag a pair is one code point, so this finds lone ones only (no look-behind: Safari 15.4 has none). */
const LONE_SURROGATE = /[\ud800-\udfff]/u;
const DEEPEST = 16;

/** @param {unknown} value @returns {Uint8Array} @throws {MalformedError} when the value has no canonical form */
export const emit = (value) => utf8(text(value, 0));

/** @param {Uint8Array} octets @returns {any} @throws {MalformedError} when they are not canonical */
export function parse(octets) {
  let value;
  try {
    value = JSON.parse(fromUtf8(octets));
  } catch (error) {
    if (error instanceof MalformedError) throw error;
    throw new MalformedError("not JSON", "json");
  }
  if (!equal(emit(value), octets)) throw new MalformedError("not canonical JSON", "canonical");
  return value;
}

/** Exactly these keys, no more and no fewer.
 * @param {any} value @param {readonly string[]} keys @returns {any} the same object @throws {MalformedError} */
export function exactKeys(value, keys) {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new MalformedError("not an object", "keys");
  const found = Object.keys(value).sort();
  if (found.join(",") !== [...keys].sort().join(",")) throw new MalformedError(`keys are ${found.join(", ")}`, "keys");
  return value;
}

/** Unpaired surrogates become U+FFFD: `toWellFormed`, which needs Chrome 111, Firefox 119 or Safari 16.4.
 * @param {string} typed @returns {string} */
export const wellFormed = (typed) => typed.replace(/[\ud800-\udfff]/gu, "\ufffd");

/** @param {unknown} value @param {number} depth @returns {string} */
function text(value, depth) {
  if (depth > DEEPEST) throw new MalformedError("nested too deeply", "depth");
  if (value === null) return "null";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return digits(value);
  if (Array.isArray(value)) return `[${value.map((item) => text(item, depth + 1)).join(",")}]`;
  if (typeof value === "object") return members(/** @type {Record<string, unknown>} */ (value), depth);
  throw new MalformedError(`no canonical form for ${typeof value}`, "type");
}

function members(value, depth) {
  const pairs = Object.keys(value)
    .sort()
    .map((key) => {
      if (!KEY.test(key)) throw new MalformedError("key outside [a-z_]+", "key");
      return `"${key}":${text(value[key], depth + 1)}`;
    });
  return `{${pairs.join(",")}}`;
}

function digits(value) {
  if (!Number.isSafeInteger(value) || value < 0) throw new MalformedError("number outside 0...2^53-1", "number");
  return String(value);
}

function quoted(value) {
  if (LONE_SURROGATE.test(value)) throw new MalformedError("lone surrogate", "surrogate");
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
