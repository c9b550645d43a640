/**
 * A new request: receipt, first epoch, first message, all sent in one letter that a retry repeats octet by octet.
 *
 * The eight words may be shown only after `openCase` has resolved: a receipt without a case would be a promise
 * nobody keeps.
 */

import { DEFENDER } from "../cards.js";
import { openCase as openFirstEpoch } from "../epochs.js";
import { LockedError, ServerError } from "../errors.js";
import { generate, receiptKeys, rendered } from "../receipts.js";
import { writeEntity, writeMessage } from "../writing.js";
import { cardLetter, once, recordLetter } from "./letters.js";
import { send, unlockWith } from "./returning.js";
import { prepare } from "./team.js";
import { claims } from "./uploads.js";

/** Draws a receipt and derives its keys. Words of `language`, or four digits each where there is no list.
 * @param {import("../session.js").Session} session @param {{language: string}} options
 * @returns {Promise<{words: string[], digits: string[]}>} */
export async function makeReceipt(session, { language }) {
  if (!session.team) throw new LockedError("prepare comes first", "team");
  // An attempt whose fate is unknown carries the receipt already drawn: no other may be shown for it.
  if (session.pending.has("case")) return session.drawn;
  const list = await session.words(language);
  const indices = generate(list);
  session.receipt = receiptKeys(indices, session.team.salt);
  session.drawn = { words: rendered(indices, list), digits: rendered(indices, null) };
  return session.drawn;
}

/** Opens the case: resolves only when the server has it. Called again after a lost answer it sends the same octets;
 * words changed meanwhile follow as a second message, since the first attempt may have arrived.
 * @param {import("../session.js").Session} session
 * @param {{text: string, contact?: object | null, urgency: "now" | "soon" | "open", language: string, fileIds?:
 *   string[]}} request `contact`: keys `[a-z_]+`, values texts, whole numbers, lists or objects of these
 * @param {{signal: AbortSignal}} control
 * @returns {Promise<{case: string, earlier: boolean, left: string[]}>} `earlier`: the attempt before arrived; from
 *   here on the session is that of the case's holder, so that `send` can add to it */
export async function openCase(session, request, { signal }) {
  const { fileIds = [], ...asked } = request;
  const first = session.pending.get("case");
  const same = !first || first.fingerprint === JSON.stringify([asked, fileIds]);
  const given = first ?? { asked, fileIds };
  const opened = await openWith(session, given.asked, given.fileIds, signal);
  unlockWith(session, session.receipt, session.team.salt);
  // Files chosen since then belong to the visit, not to the case: she adds them again, now as its holder.
  const left = fileIds.filter((id) => !given.fileIds.includes(id));
  if (given.asked.text !== asked.text) await send(session, { text: asked.text }, { signal });
  return { case: opened.case, earlier: !same, left };
}

async function openWith(session, asked, fileIds, signal) {
  const attempt = () => once(session, "case", asked, fileIds, (ids) => letter(session, asked, ids), signal);
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof ServerError) || error.detail !== "list") throw error;
    // The team signed a new list while she wrote: it is met and judged like the first, then everything is sealed to
    // it.
    await prepare(session, { teamHex: session.team.id });
    return attempt();
  }
}

async function letter(session, request, fileIds) {
  const { text, contact, urgency, language } = request;
  if (!session.receipt) throw new LockedError("makeReceipt comes first", "receipt");
  const { attachments, uploads } = claims(session, fileIds);
  const opened = await openFirstEpoch(session.team.list, session.receipt);
  const author = { id: DEFENDER, sig: session.receipt.sig };
  const at = new Date();
  const message = await writeMessage(opened.epoch, author, { text, at, attachments });
  const records = [message];
  const data = { answer_language: language, ...contact };
  records.push(await writeEntity(opened.epoch, author, "contact", { data, at, after: [message.id] }));
  const body = {
    team: session.team.id,
    locator: session.receipt.locator,
    urgency,
    card: cardLetter(opened),
    records: records.map(recordLetter),
    uploads,
  };
  const result = { case: opened.epoch.signed.case };
  return { method: "POST", path: "cases/", letter: JSON.stringify(body), result, fileIds, asked: request };
}
