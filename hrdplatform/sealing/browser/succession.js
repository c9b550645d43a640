/**
 * Whether a card may open its epoch: the rules that readers and the server apply alike, each with its own refusal.
 *
 * The part of *verify case* that needs no private key (sealing.md, section 5). A first card of a case carries its
 * own receipt key; each later one is signed by the defender, or by a reader of the card before who is still on the
 * new list.
 */

import { DEFENDER } from "./cards.js";
import { ListRefusedError } from "./errors.js";
import { NO_HASH } from "./fields.js";
import { fromB64, hex } from "./octets.js";
import { descends } from "./pins.js";
import { isSignedBy } from "./records.js";
import { Refusal } from "./verdicts.js";

/** @typedef {import("./cards.js").SignedCard} SignedCard @typedef {import("./lists.js").MemberList} MemberList */
/** What stands before a card: the case, the card before with its list, and for notes the base and the one before it.
 * @typedef {{case: string, chain: string, epoch: number, before: SignedCard | null, listBefore: MemberList | null,
 *   base: SignedCard | null, baseBefore: SignedCard | null}} Standing */

/** The key (hex) that signed the card, if it may open its epoch under `list`, the list it names.
 * @param {SignedCard} signed @param {MemberList} list @param {Standing} standing @param {Map<string, MemberList>}
 *   lists
 * @returns {string} @throws {Refusal} */
export function judge(signed, list, standing, lists) {
  const { card } = signed;
  judgePlace(signed, standing);
  judgeList(card, list, standing, lists);
  if (standing.chain === "notes") judgeBase(card, standing);
  const key = authorKey(signed, list, standing);
  if (!isSignedBy(signed.container, key)) throw new Refusal("card_signature");
  judgeReaders(card, list);
  judgeChange(card, standing.before);
  return hex(key);
}

function judgePlace(signed, { case: id, chain, epoch, before }) {
  const { card } = signed;
  const placed = signed.case === id && card.chain === chain && card.epoch === epoch;
  if (!placed || card.prev !== (before ? before.id : NO_HASH)) throw new Refusal("card_misplaced");
}

function judgeList(card, list, { listBefore }, lists) {
  const same =
    card.list === list.hash && card.list_seq === list.seq && card.root === list.root && card.team === list.team;
  if (!same) throw new Refusal("list_differs");
  if (listBefore === null) return;
  if (!orAbsent(() => descends(list, listBefore, lists))) throw new Refusal("list_not_descended");
}

/** A list that was not served between two others is a refusal of its own.
 * @template T @param {() => T} call @returns {T} */
export function orAbsent(call) {
  try {
    return call();
  } catch (error) {
    if (error instanceof ListRefusedError && error.detail === "missing") throw new Refusal("list_absent");
    throw error;
  }
}

function judgeBase(card, { base, baseBefore }) {
  if (base === null || base.id !== card.base) throw new Refusal("base");
  const same = card.readers.join() === base.card.readers.join() && card.list === base.card.list;
  if (!same || (baseBefore !== null && base.card.epoch < baseBefore.card.epoch)) throw new Refusal("base");
}

function authorKey(signed, list, standing) {
  const { card } = signed;
  if (card.author === DEFENDER) {
    const { receipt } = (standing.before ?? signed).card;
    if (receipt === null) throw new Refusal("card_author");
    return fromB64(receipt.sig, 32);
  }
  const readersBefore = standing.chain === "notes" ? standing.base : standing.before;
  const member = list.members.get(card.author);
  if (!member || !readersBefore?.card.readers.includes(card.author)) throw new Refusal("card_author");
  return member.sig;
}

function judgeReaders(card, list) {
  if (card.readers.some((reader) => !list.members.has(reader))) throw new Refusal("reader_unlisted");
  if (card.readers.some((reader) => card.barred.includes(reader))) throw new Refusal("reader_barred");
}

function judgeChange(card, before) {
  if (before === null) return;
  const shortened = before.card.barred.some((barred) => !card.barred.includes(barred));
  if (card.author === DEFENDER && shortened) throw new Refusal("barred_shortened");
  if (card.author !== DEFENDER && !sameReceipt(card.receipt, before.card.receipt)) throw new Refusal("receipt_changed");
}

/** @returns {boolean} */
export const sameReceipt = (one, other) => one?.kem === other?.kem && one?.sig === other?.sig;
