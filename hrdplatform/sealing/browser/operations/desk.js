/**
 * One case on the desk: opened and verified, answered, noted on, acknowledged, summarised, shared with one more
 * reader.
 */

import { chainPin } from "../cases.js";
import { openEpoch, openNotes, rewrap } from "../epochs.js";
import { LockedError, TamperedError, WrongKeyError } from "../errors.js";
import { hex16 } from "../fields.js";
import { b64 } from "../octets.js";
import { ofNewEpoch } from "../readers.js";
import { served } from "../session.js";
import { mayWrite, newest } from "../verdicts.js";
import { writeEntity, writeMessage } from "../writing.js";
import { remember, remembered } from "../devices.js";
import { checkedChainPin, deviceKey, openOwn, sealOwn } from "../keyrings.js";
import { fetchCase, shown } from "./fetching.js";
import {
  currentEpoch,
  headsOf,
  listForWriting,
  nextEpoch,
  once,
  postCards,
  recordsLetter,
  rowsSeen,
  untilNotOvertaken,
} from "./letters.js";
import { keep } from "./membership.js";
import { claims } from "./uploads.js";

/** @typedef {import("../session.js").Session} Session */

/** Opens a case in full: all cards from the first, all records of the epochs that are open to her.
 * @param {Session} session @param {{case: string}} options @param {{signal: AbortSignal}} control
 * @returns {Promise<object>} `CaseShown` with the desk's clear fields */
export async function openCaseAsMember(session, { case: id }, { signal }) {
  const answer = await fetched(session, id, signal);
  const { reference, urgency, received, acknowledged, with: holder } = answer;
  await rememberChains(session);
  return { ...shown(session, answer), reference, urgency, received, acknowledged, with: holder };
}

async function fetched(session, id, signal) {
  const viewer = session.unlocked("member");
  hex16(id);
  viewer.chainPins = { case: await pinned(session, `${id}/case`), notes: await pinned(session, `${id}/notes`) };
  return fetchCase(session, `case/${id}/`, signal);
}

/** The higher of what the keyring and what this device remember of a chain; null when neither does. */
async function pinned(session, place) {
  const kept = session.keyring.chains.get(place) ?? null;
  const onDevice = await remembered(deviceKey(session.me.team, session.viewer.id, place));
  if (onDevice === null) return kept;
  const device = checkedChainPin(onDevice);
  return kept !== null && kept.epoch >= device.epoch ? kept : device;
}

/** Pins what verified, in the keyring and on this device; a chain that halted moves no pin. */
async function rememberChains(session) {
  let moved = false;
  for (const chain of Object.values(session.view.chains)) {
    const pin = chain.halted ? null : chainPin(chain);
    const place = `${session.view.case}/${chain.name}`;
    if (pin === null || session.keyring.chains.get(place)?.card === pin.card) continue;
    session.keyring.chains.set(place, pin);
    await remember(deviceKey(session.me.team, session.viewer.id, place), pin);
    moved = true;
  }
  if (moved) await keep(session);
}

const author = (session) => ({ id: session.viewer.id, sig: session.viewer.keys[0].sig });

/** Answers the defender. @param {Session} session @param {{case: string, text: string, fileIds?: string[]}} letter
 * @param {{signal: AbortSignal}} control @returns {Promise<{id: string, earlier: boolean}>} */
export function reply(session, { case: id, text, fileIds = [] }, { signal }) {
  return written(
    session,
    { id, chain: "case", key: "message", asked: text, fileIds },
    async (epoch, after, ids) => {
      const { attachments, uploads } = claims(session, ids);
      return {
        record: await writeMessage(epoch, author(session), { text, at: new Date(), after, attachments }),
        uploads,
      };
    },
    signal,
  );
}

/** Writes a note that only the team reads. @returns {Promise<{id: string, earlier: boolean}>} */
export const note = (session, { case: id, text }, { signal }) =>
  written(
    session,
    { id, chain: "notes", key: "note", asked: text },
    async (epoch, after) => ({
      record: await writeMessage(epoch, author(session), { text, at: new Date(), after }),
      uploads: [],
    }),
    signal,
  );

/** Writes a version of an entity on the notes chain, or of contact or consent on the case chain; `data` null removes.
 * @param {Session} session @param {{case: string, kind: string, data: object | null, entity?: string, replaces?:
 *   string[]}} options
 * @returns {Promise<{id: string, earlier: boolean}>} */
export function writeVersion(session, { case: id, kind, data, entity, replaces = [] }, { signal }) {
  const chain = kind === "contact" || kind === "consent" ? "case" : "notes";
  return written(
    session,
    { id, chain, key: kind, asked: [data, entity, replaces] },
    async (epoch, after) => ({
      record: await writeEntity(epoch, author(session), kind, { data, at: new Date(), after, entity, replaces }),
      uploads: [],
    }),
    signal,
  );
}

/** Renews the summary that the queue shows: replaces all versions that stand now. One entity a case.
 * @param {Session} session @param {{case: string, data: object}} options */
export async function summarise(session, { case: id, data }, control) {
  const view = await openCaseAsMember(session, { case: id }, control);
  const standing = view.entities.find((one) => one.kind === "summary");
  const replaces = standing ? standing.versions.map((version) => version.id) : [];
  return writeVersion(session, { case: id, kind: "summary", data, entity: standing?.entity, replaces }, control);
}

/** One act, one record: fetch, verify, open what is due, write, send; the same octets again after a lost answer. */
const written = (session, { id, chain, key, asked, fileIds = [] }, write, signal) =>
  once(
    session,
    `${id}/${key}`,
    asked,
    fileIds,
    async (ids) => {
      await fetched(session, id, signal);
      const epoch = chain === "case" ? await caseEpoch(session, signal) : await notesEpoch(session, signal);
      const { record, uploads } = await write(epoch, headsOf(session.view.chains[chain], epoch.number), ids);
      return recordsLetter(epoch, record, uploads, ids);
    },
    signal,
  );

const caseEpoch = async (session, signal) =>
  currentEpoch(session, author(session), await listForWriting(session, session.viewer.pin), signal);

/** The notes epoch under the newest case card, opened where the one before stands under another. The server takes new
 * cards under the newest list only, so a base under an older one is renewed first. */
async function notesEpoch(session, signal) {
  const list = await listForWriting(session, session.viewer.pin);
  let base = await currentEpoch(session, author(session), list, signal);
  const chain = session.view.chains.notes;
  if (chain.halted) throw new TamperedError("the notes do not verify: nothing is written into them", "halted");
  const last = newest(chain);
  if (last && last.signed.card.base === base.signed.id) {
    if (!mayWrite(chain)) throw new LockedError("the newest notes epoch is not open", "epoch");
    return last;
  }
  if (base.list.hash !== list.hash) base = await nextEpoch(session, author(session), list, signal);
  const heads = last?.seed ? headsOf(chain, last.number) : [];
  const opened = await openNotes(base, author(session), last?.signed ?? null, heads);
  await postCards(session, { cards: [opened], rows_seen: last ? rowsSeen(session, "notes", last.number) : 0 }, signal);
  return opened.epoch;
}

/** Marks the case as looked at; opens an epoch when a reader left the list or changed keys.
 * @param {Session} session @param {{case: string}} options @param {{signal: AbortSignal}} control */
export async function acknowledge(session, { case: id }, { signal }) {
  await untilNotOvertaken(async () => {
    await fetched(session, id, signal);
    await caseEpoch(session, signal);
  });
  await session.door.send("POST", `case/${hex16(id)}/acknowledge/`, {}, signal);
}

/** Gives the case to one more reader, or takes readers off: a new epoch, and for the new reader the wraps of old
 * epochs.
 * @param {Session} session @param {{case: string, add?: string[], remove?: string[], bar?: string[], history?:
 *   boolean}} options `history`: new readers may read what was written before; `bar`: who must never read it again
 * @param {{signal: AbortSignal}} control @returns {Promise<{readers: string[]}>} */
export const share = (session, { case: id, add = [], remove = [], bar = [], history = true }, { signal }) =>
  untilNotOvertaken(async () => {
    await fetched(session, id, signal);
    const list = await listForWriting(session, session.viewer.pin);
    const chain = session.view.chains.case;
    const last = newest(chain);
    if (!mayWrite(chain)) throw new TamperedError("the case does not verify: it is not handed on", "halted");
    const barred = [...new Set([...last.signed.card.barred, ...bar])].sort();
    const kept = ofNewEpoch(list, last.signed.card, barred);
    const reading = [...new Set([...kept, ...add])]
      .filter((one) => !remove.includes(one) && !barred.includes(one))
      .sort();
    const opened = await openEpoch(last.signed, list, author(session), {
      heads: headsOf(chain, last.number),
      reading,
      barred,
    });
    const fresh = history ? add.filter((one) => reading.includes(one) && !last.signed.card.readers.includes(one)) : [];
    const wraps = [];
    for (const one of fresh) {
      const { kem } = list.members.get(one);
      for (const old of Object.values(session.view.chains))
        wraps.push(...(await rewrap(old, one, kem, openNumbers(old))));
    }
    await postCards(session, { cards: [opened], rows_seen: rowsSeen(session, "case", last.number), wraps }, signal);
    return { readers: reading };
  });

const openNumbers = (chain) => chain.epochs.filter((epoch) => epoch.seed !== null).map((epoch) => epoch.number);

/** Keeps a draft, signed and sealed to herself, so that locking loses nothing.
 * @param {Session} session @param {{case: string, text: string}} options */
export async function sealDraft(session, { case: id, text }) {
  const viewer = session.unlocked("member");
  const sealed = await sealOwn("draft", { case: hex16(id), text, v: 1 }, viewer.keys[0]);
  await session.door.send("PUT", `own/draft-${id}/`, { sealed: b64(sealed) });
}

/** @param {Session} session @param {{case: string}} options @returns {Promise<{text: string}>} empty when there is
 *   none */
export async function openDraft(session, { case: id }) {
  const viewer = session.unlocked("member");
  const answer = await session.door.getOrNothing(`own/draft-${hex16(id)}/`);
  if (!answer?.sealed) return { text: "" };
  const draft = await openDraftOf(viewer.keys, served(answer.sealed));
  if (draft.case !== id) throw new TamperedError("the draft of another case", "draft");
  return { text: draft.text };
}

/** A draft from before new keys opens with the older ones. */
async function openDraftOf(allKeys, sealed) {
  const [keys, ...older] = allKeys;
  try {
    return await openOwn("draft", sealed, keys);
  } catch (error) {
    if (!(error instanceof WrongKeyError) || older.length === 0) throw error;
    return openDraftOf(older, sealed);
  }
}

/** @param {Session} session @param {{case: string}} options */
export const dropDraft = (session, { case: id }) => session.door.send("DELETE", `own/draft-${hex16(id)}/`, "");
