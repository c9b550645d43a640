/**
 * The single fields of canonical objects: each function takes a parsed value and returns it, or refuses.
 *
 * Spellings are those of sealing.md, sections 2 and 4; a second spelling of the same value (upper-case hex, base64
 * with stray bits, 2026-1-5) is refused, since two spellings would give one meaning two hashes.
 */

import { MalformedError } from "./errors.js";
import { fromB64 } from "./octets.js";

/** What stands in `prev` and `base` where there is nothing before. */
export const NO_HASH = "0".repeat(64);

const refuse = (what) => {
  throw new MalformedError(`not ${what}`, "field");
};

/** @returns {(value: unknown) => string} */
const matching = (pattern, what) => (value) =>
  typeof value === "string" && pattern.test(value) ? value : refuse(what);

export const hash = matching(/^[0-9a-f]{64}$/, "a hash");
export const hex16 = matching(/^[0-9a-f]{32}$/, "16 octets of hex");
export const memberId = matching(/^m[0-9]{2,}$/, "a member id");
export const author = matching(/^(?:defender|m[0-9]{2,})$/, "an author");
const dayShape = matching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, "a day");
const minuteShape = matching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z$/, "a minute");

/** @param {unknown} value @param {(value: unknown) => string} one @returns {string} the empty string is allowed too
 * */
export const orNothing = (value, one) => (value === "" ? "" : one(value));

/** Length in code points, as people and Python count.
 * @param {string} value @returns {number} */
export const codePoints = (value) => [...value].length;

/** @param {unknown} value @param {number} [most] code points @returns {string} */
export function text(value, most) {
  if (typeof value !== "string") return refuse("a string");
  return most !== undefined && value.length > most && codePoints(value) > most
    ? refuse(`at most ${most} characters`)
    : value;
}

/** @param {any} value @param {number} [least] @returns {number} */
export const number = (value, least = 0) =>
  Number.isSafeInteger(value) && value >= least ? value : refuse("an integer");

/** @param {any} value @param {...(string | number)} allowed @returns {any} */
export const choice = (value, ...allowed) => (allowed.includes(value) ? value : refuse(`one of ${allowed.join(", ")}`));

/** @param {any} value base64 @param {number} length @returns {Uint8Array} */
export const octets = (value, length) => fromB64(value, length);

/** An array of ids, sorted and without doubles.
 * @param {unknown} value @param {(value: unknown) => string} one @returns {string[]} */
export function many(value, one) {
  if (!Array.isArray(value)) return refuse("an array");
  value.forEach(one);
  return value.every((item, index) => index === 0 || value[index - 1] < item)
    ? value
    : refuse("sorted and without doubles");
}

/** A day of the calendar, `YYYY-MM-DD`, UTC. @returns {string} */
export function day(value) {
  const found = dayShape(value);
  return sameInstant(`${found}T00:00Z`, found) ? found : refuse("a day of the calendar");
}

/** A minute of the calendar, `YYYY-MM-DDTHH:MMZ`. @returns {string} */
export function minute(value) {
  const found = minuteShape(value);
  return sameInstant(found, found.slice(0, 16)) ? found : refuse("a minute of the calendar");
}

/** `2026-02-30` parses as a day of March in some engines: it must come back as it was written. */
function sameInstant(instant, beginning) {
  const parsed = new Date(instant);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(beginning) && !beginning.startsWith("0000");
}

/** @param {Date} at @returns {string} what `minute` reads */
export const spellMinute = (at) => `${at.toISOString().slice(0, 16)}Z`;

/** @param {Date} at @returns {string} what `day` reads */
export const spellDay = (at) => at.toISOString().slice(0, 10);

/** Days since 1970 of a `YYYY-MM-DD`. @param {string} spelled @returns {number} */
export const dayNumber = (spelled) => Date.parse(`${spelled}T00:00Z`) / 86400000;
