/**
 * A defender who came back with her receipt: reading, writing again, replacing the receipt, erasing.
 */

import { DEFENDER } from "../cards.js";
import { defender, defenderPin } from "../cases.js";
import { replaceReceipt as replacing } from "../epochs.js";
import { LockedError, ReceiptError, ServerError, TamperedError } from "../errors.js";
import { b64 } from "../octets.js";
import { generate, parse, receiptKeys, rendered } from "../receipts.js";
import { saltFrom, WORD_LANGUAGES } from "../session.js";
import { mayWrite, newest } from "../verdicts.js";
import { writeEntity, writeMessage } from "../writing.js";
import { fetchCase, shown } from "./fetching.js";
import {
  cardLetter,
  currentEpoch,
  headsOf,
  listForWriting,
  oldWrapLetter,
  once,
  recordsLetter,
  rowsSeen,
  untilNotOvertaken,
} from "./letters.js";
import { claims } from "./uploads.js";

/** @typedef {import("../session.js").Session} Session */

const authorization = (receipt) => ({ Authorization: `Receipt ${b64(receipt.token)}` });

/** Reads the words and opens the case. The list of `language` is tried first, the others only when it does not fit.
 * @param {Session} session @param {{text: string, language: string, salt?: string}} options `salt` of the
 *   installation as hex, unless `prepare` ran before @param {{signal: AbortSignal}} control @returns
 *   {Promise<object>} `CaseShown`
 * @throws {ReceiptError} @throws {ServerError} 404 `receipt` when no case has these words */
export async function unlockReceipt(session, { text, language, salt }, control) {
  const indices = await indicesOf(session, text, language);
  const known = salt ? saltFrom(salt) : session.team?.salt;
  if (!known) throw new LockedError("no salt: prepare, or give it", "salt");
  unlockWith(session, receiptKeys(indices, known), known);
  try {
    return await loadCase(session, {}, control);
  } catch (error) {
    session.viewer = null;
    throw error;
  }
}

/** From now on the session reads and writes as the holder of this receipt. */
export function unlockWith(session, receipt, salt) {
  session.receipt = receipt;
  session.salt = salt;
  session.viewer = defender(receipt);
  session.door = session.door.as(authorization(receipt));
}

async function indicesOf(session, text, language) {
  let first = null;
  for (const one of [language, ...WORD_LANGUAGES.filter((other) => other !== language)]) {
    try {
      return parse(text, await session.words(one));
    } catch (error) {
      if (!(error instanceof ReceiptError)) throw error;
      if (error.detail === "count") throw error;
      first ??= error;
    }
  }
  throw first;
}

/** Fetches and verifies the case anew.
 * @param {Session} session @param {object} _options @param {{signal: AbortSignal}} control @returns
 *   {Promise<object>} */
export async function loadCase(session, _options, { signal }) {
  session.unlocked("defender");
  const answer = await fetchCase(session, "case/", signal);
  if (answer.salt) session.salt = saltFrom(answer.salt);
  return shown(session, answer);
}

/** Writes a message into the newest epoch; a retry after a lost answer sends the same octets.
 * @param {Session} session @param {{text: string, fileIds?: string[]}} letter @param {{signal: AbortSignal}} control
 * @returns {Promise<{id: string, earlier: boolean}>} @throws {TamperedError |
 *   import("../errors.js").ListRefusedError} */
export function send(session, { text, fileIds = [] }, { signal }) {
  return written(
    session,
    "message",
    text,
    fileIds,
    async (epoch, author, after, ids) => {
      const { attachments, uploads } = claims(session, ids);
      return { record: await writeMessage(epoch, author, { text, at: new Date(), after, attachments }), uploads };
    },
    signal,
  );
}

/** Changes the safe contact, or gives or withdraws a consent: a version of an entity, `data` null removes it.
 * @param {Session} session @param {{kind: "contact" | "consent", data: object | null, entity?: string, replaces?:
 *   string[]}} change
 * @param {{signal: AbortSignal}} control @returns {Promise<{id: string, earlier: boolean}>} */
export function change(session, { kind, data, entity, replaces = [] }, { signal }) {
  return written(
    session,
    kind,
    [data, entity, replaces],
    [],
    async (epoch, author, after) => ({
      record: await writeEntity(epoch, author, kind, { data, at: new Date(), after, entity, replaces }),
      uploads: [],
    }),
    signal,
  );
}

function written(session, key, asked, fileIds, write, signal) {
  const { keys } = session.unlocked("defender");
  const author = { id: DEFENDER, sig: keys[0].sig };
  return once(
    session,
    key,
    asked,
    fileIds,
    async (ids) => {
      await fetchCase(session, "case/", signal);
      const list = await listForWriting(session, pinned(session));
      const epoch = await currentEpoch(session, author, list, signal);
      const { record, uploads } = await write(epoch, author, headsOf(session.view.chains.case, epoch.number), ids);
      return recordsLetter(epoch, record, uploads, ids);
    },
    signal,
  );
}

/** A returning defender believes the list of her newest own card. */
function pinned(session) {
  const pin = defenderPin(session.view, session.viewer);
  if (pin === null) throw new TamperedError("no card of this case is signed with these words", "never_signed_by_you");
  return pin;
}

/** Replaces the eight words. Resolves only when the server has swapped them; after a lost answer, calling it again
 * first asks whether the new words already hold.
 * @param {Session} session @param {{language: string}} options @param {{signal: AbortSignal}} control
 * @returns {Promise<{words: string[], digits: string[]}>} */
export async function replaceReceipt(session, { language }, { signal }) {
  session.unlocked("defender");
  const list = await session.words(language);
  const fresh = session.replacing ?? { indices: generate(list), list };
  fresh.receipt ??= receiptKeys(fresh.indices, session.salt);
  if (session.replacing && (await holds(session, fresh.receipt, signal))) return replaced(session, fresh);
  session.replacing = fresh;
  await untilNotOvertaken(() => postReplacement(session, fresh.receipt, signal));
  return replaced(session, fresh);
}

async function holds(session, receipt, signal) {
  try {
    await session.door.as(authorization(receipt)).get("case/", signal);
    return true;
  } catch (error) {
    if (error instanceof ServerError && error.status === 404) return false;
    throw error;
  }
}

async function postReplacement(session, receipt, signal) {
  await fetchCase(session, "case/", signal);
  const chain = session.view.chains.case;
  if (!mayWrite(chain)) throw new TamperedError("the case does not verify: the receipt is not replaced", "halted");
  const list = await listForWriting(session, pinned(session));
  const last = newest(chain).number;
  const { first, second, wraps } = await replacing(
    chain,
    list,
    session.viewer.keys[0].sig,
    receipt,
    headsOf(chain, last),
  );
  await session.door.send(
    "POST",
    "cards/",
    {
      case: session.view.case,
      cards: [first, second].map(cardLetter),
      rows_seen: rowsSeen(session, "case", last),
      wraps: wraps.map(oldWrapLetter),
      locator: receipt.locator,
      records: [],
    },
    signal,
  );
}

function replaced(session, { indices, list, receipt }) {
  session.replacing = null;
  unlockWith(session, receipt, session.salt);
  return { words: rendered(indices, list), digits: rendered(indices, null) };
}

/** Erases everything on the server and forgets every key here.
 * @param {Session} session @param {object} _options @param {{signal: AbortSignal}} control */
export async function erase(session, _options, { signal }) {
  session.unlocked("defender");
  await session.door.send("POST", "erase/", { case: session.view.case }, signal);
  session.lock();
}
