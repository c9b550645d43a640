/**
 * The card: the signed opening of an epoch, saying who reads it, under which list, and which receipt the defender
 * holds.
 *
 * One per chain and epoch, stored unsealed as its container, since a reader without old wraps must be able to
 * verify; it holds ids and public keys only (sealing.md, section 4). Whether a card may follow another:
 * `succession.js`.
 */

import { emit, exactKeys, parse as parseCanonical } from "./canonical.js";
import { MalformedError } from "./errors.js";
import * as fields from "./fields.js";
import { hashed } from "./labels.js";
import { fromHex, hex } from "./octets.js";
import { build as buildRecord, parse as parseRecord } from "./records.js";

const KEYS = [
  "arrival",
  "author",
  "barred",
  "base",
  "case",
  "chain",
  "epoch",
  "heads",
  "kem",
  "list",
  "list_seq",
  "prev",
  "readers",
  "receipt",
  "root",
  "salt",
  "team",
  "v",
];
const LAST_EPOCH = 99999999;
export const DEFENDER = "defender";

/**
 * A card's body with keys as base64, as it is signed.
 * @typedef {{arrival: "browser" | "server", author: string, barred: string[], base: string, case: string, chain:
 *   "case" | "notes", epoch: number, heads: string[], kem: string, list: string, list_seq: number, prev: string,
 *   readers: string[], receipt: {kem: string, sig: string} | null, root: string, salt: string, team: string, v: 1}}
 *   Card
 */
/** A card with the container it came in; its signature and its right to follow are not judged yet.
 * @typedef {{card: Card, container: import("./records.js").Container, id: string, case: string}} SignedCard */

/** @param {string} cardId @returns {string} id of the case that card 1 opens: 16 octets of `H(P"case" || 0 || card
 *   id)` */
export const caseId = (cardId) => hex(hashed("case", fromHex(cardId, 32)).subarray(0, 16));

/** @param {Uint8Array} octets a container @returns {SignedCard} @throws {MalformedError} */
export function parse(octets) {
  const container = parseRecord(octets);
  if (container.kind.name !== "card") throw new MalformedError("no card", "kind");
  const card = exactKeys(parseCanonical(container.body), KEYS);
  checkFields(card);
  checkChain(card);
  return { card, container, id: container.id, case: card.case || caseId(container.id) };
}

/** @param {Card} card @param {Uint8Array} seed the author's Ed25519 seed @returns {Uint8Array} the signed container
 * */
export function build(card, seed) {
  checkFields(card);
  checkChain(card);
  return buildRecord("card", emit(card), seed);
}

function checkFields(card) {
  fields.choice(card.v, 1);
  fields.choice(card.arrival, "browser", "server");
  fields.choice(card.chain, "case", "notes");
  fields.author(card.author);
  fields.number(card.epoch, 1);
  fields.number(card.list_seq, 1);
  fields.octets(card.kem, 1216);
  fields.orNothing(card.case, fields.hex16);
  for (const name of ["base", "list", "prev", "root"]) fields.hash(card[name]);
  for (const name of ["salt", "team"]) fields.hex16(card[name]);
  for (const name of ["barred", "readers"]) fields.many(card[name], fields.memberId);
  fields.many(card.heads, fields.hash);
  if (card.receipt === null) return;
  exactKeys(card.receipt, ["kem", "sig"]);
  fields.octets(card.receipt.kem, 1216);
  fields.octets(card.receipt.sig, 32);
}

function checkChain(card) {
  const first = card.epoch === 1;
  if (card.epoch > LAST_EPOCH) throw new MalformedError("an epoch beyond eight digits", "epoch");
  if (first !== (card.prev === fields.NO_HASH)) throw new MalformedError("only epoch 1 has nothing before it", "prev");
  if (first && card.heads.length) throw new MalformedError("epoch 1 closes no other", "heads");
  const right =
    card.chain === "case"
      ? first === (card.case === "") && card.base === fields.NO_HASH && card.receipt !== null
      : card.case !== "" &&
        card.base !== fields.NO_HASH &&
        card.receipt === null &&
        card.arrival === "browser" &&
        card.author !== DEFENDER;
  if (!right) throw new MalformedError(`not the fields of a card on the ${card.chain} chain`, "chain");
}
