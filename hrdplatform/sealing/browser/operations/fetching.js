/**
 * Fetching a case and verifying it: the server's JSON to stored rows, the rows to a view, the view to what a page
 * shows.
 */

import { chainPin, verifyCase } from "../cases.js";
import { current } from "../entities.js";
import { SealingError } from "../errors.js";
import { Lists } from "../ladders.js";
import { parse as parseList } from "../lists.js";
import { isTrusted, mayWrite, newest, problemsOf } from "../verdicts.js";
import { served } from "../session.js";

/** @typedef {import("../session.js").Session} Session */

/** Fetches `path`, verifies it as the session's viewer and keeps the view for what is written next.
 * @param {Session} session @param {string} path @param {AbortSignal} [signal] @returns {Promise<any>} the server's
 *   own fields */
export async function fetchCase(session, path, signal) {
  const answer = await session.door.get(path, signal);
  session.stored = storedFrom(answer);
  await completeLists(session);
  session.newest = takeLists(session, session.stored.lists, answer.newest);
  session.view = await verifyCase(session.stored, session.viewer);
  return answer;
}

/** A case's JSON as `verifyCase` takes it; what is not of the expected shape shows as a failure of its row. */
function storedFrom(answer) {
  const chainOf = (row) => (row.chain === "notes" ? "notes" : "case");
  return {
    case: answer.case,
    cards: answer.cards.map((row) => ({ chain: chainOf(row), epoch: row.epoch, container: served(row.card) })),
    wraps: answer.wraps.map((row) => ({ chain: chainOf(row), epoch: row.epoch, sealed: served(row.wrap) })),
    records: answer.records.map((row) => ({
      row: row.row,
      chain: chainOf(row),
      epoch: row.epoch,
      kind: row.kind,
      day: row.day,
      sealed: served(row.sealed),
    })),
    lists: { ...answer.lists },
  };
}

/** Lists between those that cards name, and the way to a pinned one, must be there for descent to be judged. */
async function completeLists(session) {
  const { stored, viewer } = session;
  const lists = new Lists(stored.lists);
  const fetched = async (hash) => lists.get(hash) ?? (await session.list(hash));
  try {
    if (viewer.pin) lists.set(viewer.pin.hash, await fetched(viewer.pin.hash));
    const bySeq = [...lists.values()].sort((one, other) => one.seq - other.seq);
    for (let list = bySeq[bySeq.length - 1]; list && list.seq > bySeq[0].seq;) {
      list = await fetched(list.prev);
      lists.set(list.hash, list);
    }
  } catch (error) {
    // Withheld or no list: verifying says `list_absent`, which stops the case and shows why.
    if (!(error instanceof SealingError)) throw error;
  }
  for (const list of lists.values()) stored.lists[list.hash] = list.file;
}

/** Keeps the lists that hold; returns the newest, null when it does not parse. */
export function takeLists(session, texts, newestText) {
  let last = null;
  for (const text of [...Object.values(texts), newestText]) {
    try {
      last = parseList(text);
      session.lists.set(last.hash, last);
    } catch (error) {
      if (!(error instanceof SealingError)) throw error;
      last = null;
    }
  }
  return last;
}

/** What a page may show of the verified view: no seed, no file key, no sealed octets.
 * @param {Session} session @param {any} answer the server's fields @returns {object} see `client.js`, `CaseShown` */
export function shown(session, answer) {
  const { chains } = session.view;
  return {
    case: session.view.case,
    team: answer.team,
    status: answer.status,
    arrival: answer.arrival,
    sound: problemsOf(session.view).length === 0,
    mayWrite: mayWrite(chains.case),
    problems: [...chains.case.problems, ...chains.notes.problems],
    epochs: [...chains.case.epochs, ...chains.notes.epochs].map(shownEpoch),
    messages: chains.case.records.filter((record) => !record.body || "text" in record.body).map(shownRecord),
    notes: chains.notes.records.filter((record) => !record.body || "text" in record.body).map(shownRecord),
    entities: [...shownEntities(chains.case), ...shownEntities(chains.notes)],
    pin: chainPin(chains.case),
  };
}

function shownEpoch({ signed, seed, number, list }) {
  const { chain, author, arrival, readers, barred } = signed.card;
  return { chain, number, open: seed !== null, author, arrival, readers, barred, listSeq: list.seq };
}

function shownRecord(record) {
  const { row, id, kind, epoch, day, body, problems } = record;
  const failures = problems.map((one) => one.failure);
  if (body === null) return { row, id, kind, epoch, day, readable: false, problems: failures };
  const files = body.attachments.map(({ digest, name, size, type }) => ({ digest, name, size, type }));
  return {
    row,
    id,
    kind,
    epoch,
    day,
    readable: true,
    problems: failures,
    author: body.author,
    sent: body.sent,
    text: body.text,
    files,
  };
}

function shownEntities(chain) {
  const versions = chain.records.filter((record) => isTrusted(record) && "entity" in record.body);
  return [...current(versions).values()].map((standing) => ({
    kind: standing[0].kind,
    entity: standing[0].body.entity,
    versions: standing.map(({ id, body }) => ({ id, author: body.author, sent: body.sent, data: body.data })),
  }));
}

/** The manifest entry of a file in a trusted record of this case, by digest.
 * @param {Session} session @param {string} digest @returns {import("../bodies.js").Attachment | undefined} */
export const attachment = (session, digest) =>
  [...session.view.chains.case.records, ...session.view.chains.notes.records]
    .filter(isTrusted)
    .flatMap((record) => record.body.attachments ?? [])
    .find((entry) => entry.digest === digest);

/** @param {Session} session @param {string} chain @returns {import("../verdicts.js").Epoch | null} */
export const newestEpoch = (session, chain) => newest(session.view.chains[chain]);
