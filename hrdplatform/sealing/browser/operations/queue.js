/**
 * The queue, read in the browser: of each case the newest summary, or its first message, opened and its signature
 * checked.
 *
 * "Checked in full on opening": here only the newest card, its list and one record are judged; the way from the
 * first card is walked when the case is opened (sealing.md, section 5).
 */

import { parse as parseCard } from "../cards.js";
import { SealingError } from "../errors.js";
import { openRow } from "../openings.js";
import { isSignedBy } from "../records.js";
import { served } from "../session.js";
import { descends } from "../pins.js";
import { openWrap } from "../wraps.js";

/** @typedef {import("../session.js").Session} Session */

/** One page of the queue.
 * @param {Session} session @param {{page?: number}} options
 * @param {{progress: (state: object) => void, signal: AbortSignal}} control progress is `{item, opened, total}`:
 *   each case as soon as it is open
 * @returns {Promise<{cases: object[], pages: number}>} each case with the server's clear fields and `reading`:
 *   `{from: "summary" | "message" | "nothing", text, data, author, sent, problems}` */
export async function queue(session, { page = 1 }, { progress, signal }) {
  session.unlocked("member");
  const answer = await session.door.get(`queue/?page=${page}`, signal);
  const cases = [];
  for (const item of answer.cases) {
    signal.throwIfAborted?.();
    cases.push({ ...clear(item), reading: await cached(session, item) });
    progress({ item: cases[cases.length - 1], opened: cases.length, total: answer.cases.length });
  }
  return { ...answer, cases };
}

/** The server's own fields, without sealed octets. */
function clear({ card, wrap, notes, first, summary, ...fields }) {
  return fields;
}

async function cached(session, item) {
  const key = [item.case, item.epoch, item.notes?.epoch ?? 0, item.summary?.row ?? "", item.summary?.id ?? ""].join(
    "/",
  );
  const kept = session.readings.get(key);
  if (kept) return kept;
  const reading = await read(session, item);
  session.readings.set(key, reading);
  return reading;
}

async function read(session, item) {
  if (item.summary && item.notes) {
    const reading = await opened(session, item, "notes", item.notes, item.summary);
    if (reading) return { from: "summary", ...reading };
  }
  const reading = item.first ? await opened(session, item, "case", item, item.first) : null;
  return reading
    ? { from: "message", ...reading }
    : { from: "nothing", text: "", data: null, author: "", sent: "", problems: [] };
}

/** @returns {Promise<object | null>} null when the row belongs to an epoch whose wrap is not at hand */
async function opened(session, item, chain, place, row) {
  if (row.epoch !== place.epoch) return null;
  let epoch;
  try {
    epoch = await epochOf(session, item.case, chain, place);
  } catch (error) {
    if (!(error instanceof SealingError)) throw error;
    return { text: "", data: null, author: "", sent: "", problems: [error.detail || error.code] };
  }
  const record = await openRow({ ...row, chain, sealed: served(row.sealed) }, epoch);
  const { body } = record;
  return {
    text: body?.text ?? "",
    data: body?.data ?? null,
    author: body?.author ?? "",
    sent: body?.sent ?? "",
    problems: record.problems.map((one) => one.failure),
  };
}

/** The epoch of one card: signed by one on it, under a list that belongs to the pinned line, with my wrap open. */
async function epochOf(session, id, chain, { card, wrap, epoch }) {
  const signed = parseCard(served(card));
  const placed = signed.case === id && signed.card.chain === chain && signed.card.epoch === epoch;
  if (!placed) throw new SealingError("a card of another place", "card_misplaced");
  const list = await session.list(signed.card.list);
  const viewer = session.unlocked("member");
  const newest = await session.list(viewer.pin.hash);
  await session.ancestors(newest, list.seq);
  if (!descends(newest, list, session.lists)) throw new SealingError("a list that is not ours", "list_false");
  const author = list.members.get(signed.card.author);
  const signedByMember = author && isSignedBy(signed.container, author.sig);
  if (signed.card.author !== "defender" && !signedByMember)
    throw new SealingError("a card that nobody signed", "card_signature");
  return { signed, list, seed: await openedWrap(viewer, served(wrap), signed), signedBy: "", number: epoch };
}

async function openedWrap(viewer, sealed, signed) {
  let last = null;
  for (const { kem } of viewer.keys) {
    try {
      return await openWrap(sealed, signed, kem);
    } catch (error) {
      if (!(error instanceof SealingError)) throw error;
      last = error;
    }
  }
  throw last;
}
