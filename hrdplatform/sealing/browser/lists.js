/**
 * Signed member lists: who may read in a team, signed off-line by the team's root; parsed and looked up.
 *
 * File: body LF base64(signature over `P"sig/list" || 0 || body`) LF. Its hash = H(body). A list carries ids and
 * public keys, never names (sealing.md, section 4). Whether one list follows another: `pins.js`.
 */

import { exactKeys, parse as parseCanonical } from "./canonical.js";
import { verify } from "./ed25519.js";
import { MalformedError, TamperedError } from "./errors.js";
import * as fields from "./fields.js";
import { fromB64, fromHex, utf8 } from "./octets.js";
import { recordId, signedBytes } from "./records.js";

const KEYS = [
  "demo",
  "expires",
  "issued",
  "members",
  "next_root",
  "partners",
  "prev",
  "root",
  "roster",
  "seq",
  "team",
  "v",
];
const MEMBER = ["id", "kem", "kind", "scope", "sig"];
const LONGEST_NAME = 255;

/** @typedef {{id: string, kem: Uint8Array, kind: "reader" | "recovery", scope: "intake" | "case", sig: Uint8Array}}
 *   Member */
/**
 * A list whose signature under its own root was verified; that the root is the right one is the pin's to say.
 * @typedef {{demo: number, expires: string, issued: string, members: Map<string, Member>, next_root: string,
 *   partners: {name: string, root: string}[], prev: string, root: string, roster: string, seq: number, team: string,
 *   hash: string, file: string}} MemberList
 */

/** Body and signature of a signed file (list or roster), exactly two lines.
 * @param {string} file @returns {{body: Uint8Array, signature: Uint8Array}} @throws {MalformedError} */
export function split(file) {
  const lines = file.split("\n");
  if (lines.length !== 3 || lines[2] !== "")
    throw new MalformedError("not a body and a signature, each ended by LF", "list");
  return { body: utf8(lines[0]), signature: fromB64(lines[1], 64) };
}

/** @param {string} file @returns {MemberList} @throws {MalformedError | TamperedError} */
export function parse(file) {
  const { body, signature } = split(file);
  const found = exactKeys(parseCanonical(body), KEYS);
  const root = fromHex(fields.hash(found.root));
  if (!verify(root, signedBytes("list", body), signature))
    throw new TamperedError("its own root did not sign it", "list");
  checkFields(found);
  return { ...found, members: members(found.members), hash: recordId(body), file };
}

function checkFields(found) {
  fields.choice(found.v, 1);
  fields.choice(found.demo, 0, 1);
  fields.day(found.expires);
  fields.day(found.issued);
  fields.orNothing(found.next_root, fields.hash);
  fields.hash(found.prev);
  fields.hash(found.roster);
  fields.number(found.seq, 1);
  fields.hex16(found.team);
  if (!Array.isArray(found.partners)) throw new MalformedError("partners are no array", "list");
  for (const partner of found.partners) {
    exactKeys(partner, ["name", "root"]);
    fields.text(partner.name, LONGEST_NAME);
    fields.hash(partner.root);
  }
}

function members(value) {
  if (!Array.isArray(value)) throw new MalformedError("members are no array", "list");
  const found = value.map(member);
  fields.many(
    found.map((one) => one.id),
    fields.memberId,
  );
  return new Map(found.map((one) => [one.id, one]));
}

function member(value) {
  const found = exactKeys(value, MEMBER);
  return {
    id: fields.memberId(found.id),
    kem: fields.octets(found.kem, 1216),
    kind: fields.choice(found.kind, "reader", "recovery"),
    scope: fields.choice(found.scope, "intake", "case"),
    sig: fields.octets(found.sig, 32),
  };
}

/** How many can read a new request, and in which roles: what the page shows without names.
 * @param {MemberList} list @returns {{readers: number, roles: {intake: number, case: number, recovery: number}}} */
export function readership(list) {
  const all = [...list.members.values()];
  const count = (kind, scope) => all.filter((one) => one.kind === kind && (!scope || one.scope === scope)).length;
  const roles = { intake: count("reader", "intake"), case: count("reader", "case"), recovery: count("recovery") };
  return { readers: roles.intake + roles.recovery, roles };
}
