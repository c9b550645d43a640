/**
 * The record container: one signed body of a named kind, padded to a bucket, so that its length tells almost
 * nothing.
 *
 * `"HRS1" || type || 000000 || u32 n || signature (64) || body (n) || zeros` to the smallest of 8, 32, 128, 512,
 * 2048 KiB. Signed is `P"sig/" || kind || 0 || body`: a signature of one kind never serves another. The id is
 * H(body). The layout, the type octets and the names are frozen (sealing.md, section 4).
 */

import { sign, verify } from "./ed25519.js";
import { MalformedError } from "./errors.js";
import { digest, labelled } from "./labels.js";
import { concat, equal, hex, u32, utf8 } from "./octets.js";

const MAGIC = utf8("HRS1");
export const OVERHEAD = 76;
export const BUCKETS = [8, 32, 128, 512, 2048].map((kib) => kib * 1024);
export const LONGEST_BODY = BUCKETS[4] - OVERHEAD;
/** Octets of a sealed record, in the order of the buckets. */
export const SEALED_SIZES = [9851, 34427, 132747, 526059, 2099307];

/** @typedef {{number: number, name: string, chains: string[], carriesData: boolean, byDefender: boolean}} Kind */

/** @type {Map<string, Kind>} by name */
export const KINDS = new Map();
const BY_NUMBER = new Map();

function kind(number, name, chains, carriesData, byDefender) {
  const row = Object.freeze({ number, name, chains, carriesData, byDefender });
  KINDS.set(name, row);
  BY_NUMBER.set(number, row);
}

kind(1, "card", ["case", "notes"], false, true);
kind(2, "message", ["case"], false, true);
kind(3, "note", ["notes"], false, false);
kind(4, "opened", ["case"], false, true);
kind(5, "contact", ["case"], true, true);
kind(6, "consent", ["case"], true, true);
[
  "party",
  "deadline",
  "task",
  "conflict",
  "eligibility",
  "risk",
  "incident",
  "plan",
  "referral",
  "outcome",
  "summary",
].forEach((name, index) => kind(16 + index, name, ["notes"], true, false));

/** @param {string} name @returns {Kind} @throws {MalformedError} */
export function kindNamed(name) {
  const found = KINDS.get(name);
  if (!found) throw new MalformedError(`record kind ${name} is unknown`, "kind");
  return found;
}

/** @param {Uint8Array} body @returns {string} H(body), 64 digits */
export const recordId = (body) => hex(digest(body));

/** @param {string} name @param {Uint8Array} body @returns {Uint8Array} what is signed; `list` and `roster` alike */
export const signedBytes = (name, body) => labelled(`sig/${name}`, body);

/** The padded container of `body`, signed.
 * @param {string} name @param {Uint8Array} body @param {Uint8Array} seed Ed25519, 32 octets @returns {Uint8Array} */
export function build(name, body, seed) {
  if (body.length > LONGEST_BODY) throw new MalformedError("a body too long for the largest bucket", "bucket");
  const head = concat(MAGIC, Uint8Array.of(kindNamed(name).number, 0, 0, 0), u32(body.length));
  const container = new Uint8Array(bucket(OVERHEAD + body.length));
  container.set(concat(head, sign(seed, signedBytes(name, body)), body));
  return container;
}

/** A parsed container; its signature is not judged yet.
 * @typedef {{kind: Kind, body: Uint8Array, signature: Uint8Array, id: string}} Container */

/** The container whose octets are exactly these.
 * @param {Uint8Array} octets @returns {Container}
 * @throws {MalformedError} for an unknown type, a length beyond the end, padding that is not zero, a bucket that is
 *   not the smallest: nothing can be hidden beside the body */
export function parse(octets) {
  const reserved = octets.subarray(5, 8);
  if (octets.length < OVERHEAD || !equal(octets.subarray(0, 4), MAGIC) || reserved.some(Boolean)) {
    throw new MalformedError("not a record container", "container");
  }
  const found = BY_NUMBER.get(octets[4]);
  if (!found) throw new MalformedError(`record type ${octets[4]} is unknown`, "kind");
  const end = OVERHEAD + new DataView(octets.buffer, octets.byteOffset).getUint32(8);
  if (end > BUCKETS[4] || octets.length !== bucket(end))
    throw new MalformedError("length does not fit the bucket", "bucket");
  if (octets.subarray(end).some(Boolean)) throw new MalformedError("padding that is not zero", "padding");
  const body = octets.slice(OVERHEAD, end);
  return { kind: found, body, signature: octets.slice(12, OVERHEAD), id: recordId(body) };
}

/** @param {Container} container @param {Uint8Array} key 32 octets @returns {boolean} signed by the holder of `key` */
export const isSignedBy = (container, key) =>
  verify(key, signedBytes(container.kind.name, container.body), container.signature);

const bucket = (length) => BUCKETS.find((size) => size >= length);
