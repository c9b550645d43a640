/**
 * How what was written travels: cards, wraps and records as the server's JSON, and the loop of *write* (sealing.md,
 * section 5): fetch, verify, open an epoch where one is due, send; a loser of a race fetches, verifies and repeats.
 */

import { ListRefusedError, LockedError, ServerError, TamperedError } from "../errors.js";
import { isPassing } from "../doors.js";
import { openEpoch } from "../epochs.js";
import { spellDay } from "../fields.js";
import { b64 } from "../octets.js";
import { heads } from "../openings.js";
import { verifyForWriting, verifyList } from "../pins.js";
import { outdated } from "../readers.js";
import { isTrusted, mayWrite, newest } from "../verdicts.js";
import { claimed } from "./uploads.js";

const MOST_TRIES = 5;
/** What the server says to the loser of a race: a newer epoch, a row not seen, a newer list. */
const RACES = ["epoch", "rows", "list"];

/** @typedef {import("../session.js").Session} Session @typedef {import("../verdicts.js").ChainView} ChainView */

export const recordLetter = ({ id, kind, sealed }) => ({ id, kind, sealed: b64(sealed) });

export const cardLetter = ({ epoch, container, wraps }) => ({
  chain: epoch.signed.card.chain,
  epoch: epoch.number,
  card: b64(container),
  wraps: Object.fromEntries(Object.entries(wraps).map(([reader, sealed]) => [reader, b64(sealed)])),
});

export const oldWrapLetter = ({ chain, epoch, reader, sealed }) => ({ chain, epoch, reader, wrap: b64(sealed) });

/** Rows of one epoch as the server counts them: all, also those that failed.
 * @param {Session} session @param {string} chain @param {number} epoch @returns {number} */
export const rowsSeen = (session, chain, epoch) =>
  session.stored.records.filter((row) => row.chain === chain && row.epoch === epoch).length;

/** @param {ChainView} chain @param {number} epoch @returns {string[]} what the next record of it comes after */
export const headsOf = (chain, epoch) =>
  heads(chain.records.filter((record) => record.epoch === epoch && isTrusted(record)));

/** The newest list, verified against what this reader believed before, and good for writing today.
 * @param {Session} session @param {import("../pins.js").Pin | null} pin @returns
 *   {Promise<import("../lists.js").MemberList>}
 * @throws {ListRefusedError} */
export async function listForWriting(session, pin) {
  const list = session.newest;
  if (!list) throw new ListRefusedError("the server names no list", "missing");
  await session.ancestors(list, pin?.seq ?? list.seq);
  verifyList(list, pin, session.lists);
  verifyForWriting(list, { today: spellDay(new Date()), demoAllowed: session.hostIsLoopback });
  return list;
}

/** The newest epoch of the case chain under which something may be written now: opened if its readers are outdated.
 * @param {Session} session with a fresh verified view @param {import("../epochs.js").Author} author
 * @param {import("../lists.js").MemberList} list for writing @param {AbortSignal} [signal]
 * @returns {Promise<import("../verdicts.js").Epoch>} @throws {TamperedError} when the case does not verify */
export async function currentEpoch(session, author, list, signal) {
  const chain = session.view.chains.case;
  const last = newest(chain);
  if (chain.halted) throw new TamperedError("the case does not verify: nothing is written into it", "halted");
  if (!mayWrite(chain)) throw new LockedError("the newest epoch is not open", "epoch");
  if (!outdated(last.signed.card, last.list, list)) return last;
  return nextEpoch(session, author, list, signal);
}

/** Opens the epoch after the newest under `list`, with the readers that stay. The case was verified just before. */
export async function nextEpoch(session, author, list, signal) {
  const chain = session.view.chains.case;
  const last = newest(chain);
  const opened = await openEpoch(last.signed, list, author, { heads: headsOf(chain, last.number) });
  await postCards(session, { cards: [opened], rows_seen: rowsSeen(session, "case", last.number) }, signal);
  return opened.epoch;
}

/** @param {Session} session @param {{cards: object[], rows_seen: number, wraps?: object[], locator?: string,
 *   records?: object[]}} letter @param {AbortSignal} [signal] */
export const postCards = (session, { cards, rows_seen, wraps = [], locator = "", records = [] }, signal) =>
  session.door.send(
    "POST",
    "cards/",
    {
      case: session.view.case,
      cards: cards.map(cardLetter),
      rows_seen,
      wraps: wraps.map(oldWrapLetter),
      locator,
      records: records.map(recordLetter),
    },
    signal,
  );

/** A record to one epoch, as the string that a retry sends again. @returns {Letter} */
export function recordsLetter(epoch, record, uploads, fileIds) {
  const { signed, number } = epoch;
  const body = { case: signed.case, chain: signed.card.chain, epoch: number, records: [recordLetter(record)], uploads };
  return { method: "POST", path: "records/", letter: JSON.stringify(body), result: { id: record.id }, fileIds };
}

/** Runs `attempt` until it is not overtaken. `attempt` fetches, verifies, writes; whoever loses a race does it all
 * again.
 * @template T @param {() => Promise<T>} attempt @returns {Promise<T>} */
export async function untilNotOvertaken(attempt) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const overtaken = error instanceof ServerError && error.status === 409 && RACES.includes(error.detail);
      if (!overtaken || tries === MOST_TRIES) throw error;
    }
  }
}

/** What an act asked for, made into a letter; `fileIds` are the files that the server claims with it.
 * @typedef {{method: string, path: string, letter: string, result: object, fileIds: string[]}} Letter */

/** One act, one record, and nothing typed is lost. Sends what was made under `key`; after a lost answer the very same
 * octets go again. Were the words changed meanwhile, the attempt before may have arrived: it is settled first, then
 * what is asked now goes as an act of its own.
 * @param {Session} session @param {string} key @param {any} asked @param {string[]} fileIds
 * @param {(fileIds: string[]) => Promise<Letter>} make @param {AbortSignal} [signal]
 * @returns {Promise<object>} the letter's result, with `earlier` when an attempt with other words was settled first
 * */
export async function once(session, key, asked, fileIds, make, signal) {
  const fingerprint = JSON.stringify([asked, fileIds]);
  const kept = session.pending.get(key);
  const sent = await untilNotOvertaken(() => settle(session, key, fingerprint, () => make(fileIds), signal));
  claimed(session, sent.fileIds);
  if (sent.fingerprint === fingerprint) return { ...sent.result, earlier: false };
  const left = fileIds.filter((id) => !kept.fileIds.includes(id));
  return { ...(await once(session, key, asked, left, make, signal)), earlier: true };
}

async function settle(session, key, fingerprint, make, signal) {
  const kept = session.pending.get(key);
  const pending = kept ?? { fingerprint, ...(await make()) };
  session.pending.set(key, pending);
  try {
    await session.door.send(pending.method, pending.path, pending.letter, signal);
  } catch (error) {
    // A refusal says that it did not arrive; where the server was overtaken, it is made anew in the place of today.
    if (!(error instanceof ServerError) || !isPassing(error.status)) session.pending.delete(key);
    throw error;
  }
  session.pending.delete(key);
  return pending;
}
