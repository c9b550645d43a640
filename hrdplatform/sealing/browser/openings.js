/**
 * The records of the open epochs of one chain: each row opened, placed, its author proved; the order and the gaps
 * found.
 *
 * Each row comes out as something to show: with its body when everything that makes it authentic was verified, else
 * with the failure's name. Withheld records show by `after` and `heads`, replayed ones by their id, backdated ones
 * by not standing under the heads of the next card (sealing.md, section 5).
 */

import { parse as parseBody } from "./bodies.js";
import { DEFENDER } from "./cards.js";
import { MalformedError, SealingError } from "./errors.js";
import { equal, fromB64 } from "./octets.js";
import { isSignedBy, parse as parseRecord, SEALED_SIZES } from "./records.js";
import { openSealed } from "./sealed.js";
import { isTrusted, problem, Refusal } from "./verdicts.js";

/** @typedef {import("./cases.js").StoredRecord} StoredRecord @typedef {import("./verdicts.js").ShownRecord}
 *   ShownRecord */
/** @typedef {import("./verdicts.js").ChainView} ChainView @typedef {import("./verdicts.js").Epoch} Epoch */

/** `chain` with every row of it opened and judged; rows of epochs that are not open to the viewer are left out.
 * @param {StoredRecord[]} rows @param {ChainView} chain @returns {Promise<ChainView>} */
export async function read(rows, chain) {
  const mine = rows.filter((row) => row.chain === chain.name);
  const shown = [];
  const problems = [...chain.problems];
  for (const [index, epoch] of chain.epochs.entries()) {
    if (epoch.seed === null) continue;
    const opened = [];
    for (const row of mine.filter((one) => one.epoch === epoch.number)) opened.push(await openRow(row, epoch));
    markRepeated(opened);
    problems.push(...judgeOrder(opened, epoch, chain.epochs[index + 1] ?? null));
    shown.push(...inOrder(opened));
  }
  const homeless = mine.filter((row) => !chain.epochs.some((epoch) => epoch.number === row.epoch));
  shown.push(...homeless.map((row) => failed(row, "record_homeless")));
  return { ...chain, records: shown, problems };
}

/** One row as it may be shown; the epoch must be open.
 * @param {StoredRecord} row @param {Epoch} epoch @returns {Promise<ShownRecord>} */
export async function openRow(row, epoch) {
  try {
    const container = await openContainer(row, epoch);
    const body = readBody(container, row, epoch);
    if (!isSignedBy(container, authorKey(container.kind, body, epoch))) throw new Refusal("record_signature");
    const shown = { ...blank(row), kind: container.kind.name, id: container.id, body };
    if (row.kind !== container.kind.name) add(shown, "record_label");
    return shown;
  } catch (error) {
    if (error instanceof Refusal) return failed(row, error.failure);
    throw error;
  }
}

async function openContainer(row, epoch) {
  if (!SEALED_SIZES.includes(row.sealed.length)) throw new Refusal("record_unopened");
  const opened = await refusing("record_unopened", SealingError, () => openSealed(row.sealed, epoch.seed));
  return refusing("record_unreadable", MalformedError, () => parseRecord(opened));
}

/** A refusal of the format becomes the failure it shows as. */
async function refusing(failure, Kind, call) {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Kind) throw new Refusal(failure);
    throw error;
  }
}

function readBody(container, row, epoch) {
  const { kind } = container;
  if (kind.name === "card" || !kind.chains.includes(row.chain)) throw new Refusal("record_kind");
  let body;
  try {
    body = parseBody(kind.name, container.body);
  } catch (error) {
    if (error instanceof MalformedError) throw new Refusal("record_unreadable");
    throw error;
  }
  const placed =
    body.case === epoch.signed.case &&
    body.chain === row.chain &&
    body.epoch === epoch.number &&
    body.card === epoch.signed.id;
  if (!placed) throw new Refusal("record_misplaced");
  return body;
}

function authorKey(kind, body, { signed, list }) {
  const { receipt, readers } = signed.card;
  if (body.author === DEFENDER) {
    if (!kind.byDefender || receipt === null) throw new Refusal("record_author");
    return fromB64(receipt.sig, 32);
  }
  const member = list.members.get(body.author);
  // `opened` speaks of the defender's own visit: nobody else can say it.
  if (!member || !readers.includes(body.author) || kind.name === "opened") throw new Refusal("record_author");
  return member.sig;
}

function markRepeated(shown) {
  const seen = new Set();
  for (const one of shown) {
    if (one.body !== null && seen.has(one.id)) {
      add(one, "record_repeated");
      one.body = null;
    }
    seen.add(one.id);
  }
}

/** Marks rows whose forerunners are missing or which came late; returns the heads that were withheld. */
function judgeOrder(shown, epoch, following) {
  const after = new Map(shown.filter((one) => one.body !== null).map((one) => [one.id, one.body.after]));
  for (const one of shown.filter((record) => record.body !== null)) {
    for (const id of one.body.after) if (!after.has(id)) add(one, "record_missing", id);
  }
  if (following === null) return [];
  const { heads } = following.signed.card;
  if (!headsUnknown(epoch, following)) {
    const under = reached(heads, after);
    for (const one of shown) if (one.body !== null && !under.has(one.id)) add(one, "record_late");
  }
  return heads
    .filter((id) => !after.has(id))
    .map((id) => problem("record_missing", epoch.signed.card.chain, epoch.number, "", id));
}

/** The closing card could not know the records: notes reopened by somebody who did not read them before, or to whom
 * they were sealed under keys made anew since. */
function headsUnknown(epoch, following) {
  const { chain, heads, author } = following.signed.card;
  if (chain !== "notes" || heads.length !== 0) return false;
  const before = epoch.list.members.get(author);
  const now = following.list.members.get(author);
  return !epoch.signed.card.readers.includes(author) || !before || !now || !equal(before.kem, now.kem);
}

function reached(heads, after) {
  const under = new Set();
  const waiting = heads.filter((id) => after.has(id));
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (under.has(id)) continue;
    under.add(id);
    waiting.push(...after.get(id).filter((earlier) => after.has(earlier)));
  }
  return under;
}

/** Records in showing order: by `after`, then `sent`, then id; rows without a body come last, as they lie. Of two of the
 * same minute the one that answers a missing record comes later: the first of a chain answers nothing.
 * @param {ShownRecord[]} shown @returns {ShownRecord[]} */
export function inOrder(shown) {
  const bodied = new Map(shown.filter((one) => one.body !== null).map((one) => [one.id, one]));
  const waits = new Map();
  const turns = new Map();
  const followers = new Map([...bodied.keys()].map((id) => [id, []]));
  for (const [id, one] of bodied) {
    const earlier = one.body.after.filter((before) => bodied.has(before));
    waits.set(id, earlier.length);
    turns.set(id, one.body.sent + Number(earlier.length < one.body.after.length) + id);
    for (const before of earlier) followers.get(before).push(id);
  }
  const ready = [...bodied.values()].filter((one) => waits.get(one.id) === 0);
  const ordered = [];
  while (ready.length) {
    const next = ready.sort((one, other) => (turns.get(one.id) < turns.get(other.id) ? -1 : 1)).shift();
    ordered.push(next);
    for (const id of followers.get(next.id)) {
      waits.set(id, waits.get(id) - 1);
      if (waits.get(id) === 0) ready.push(bodied.get(id));
    }
  }
  return [...ordered, ...shown.filter((one) => one.body === null)];
}

/** Ids of the trusted records that no other of them names: what the next one comes `after`, sorted.
 * @param {ShownRecord[]} shown @returns {string[]} */
export function heads(shown) {
  const trusted = shown.filter(isTrusted);
  const named = new Set(trusted.flatMap((one) => one.body.after));
  return trusted
    .map((one) => one.id)
    .filter((id) => !named.has(id))
    .sort();
}

const blank = (row) => ({
  row: row.row,
  chain: row.chain,
  epoch: row.epoch,
  kind: row.kind,
  id: "",
  body: null,
  problems: [],
  day: row.day ?? "",
});

const failed = (row, failure) => ({ ...blank(row), problems: [problem(failure, row.chain, row.epoch, row.row)] });

const add = (one, failure, id = "") => one.problems.push(problem(failure, one.chain, one.epoch, one.row, id));
