/**
 * A new request: receipt, first epoch, first message, all sent in one letter that a retry repeats octet by octet.
 *
 * The eight words may be shown only after `openCase` has resolved: a receipt without a case would be a promise nobody keeps.
 */

import { DEFENDER } from "../cards.js";
import { openCase as openFirstEpoch } from "../epochs.js";
import { LockedError, ServerError } from "../errors.js";
import { generate, receiptKeys, rendered } from "../receipts.js";
import { writeEntity, writeMessage } from "../writing.js";
import { cardLetter, once, recordLetter } from "./letters.js";
import { unlockWith } from "./returning.js";
import { prepare } from "./team.js";
import { claimed, claims } from "./uploads.js";

/** Draws a receipt and derives its keys. Words of `language`, or four digits each where there is no list.
 * @param {import("../session.js").Session} session @param {{language: string}} options
 * @returns {Promise<{words: string[], digits: string[]}>} */
export async function makeReceipt(session, { language }) {
  if (!session.team) throw new LockedError("prepare comes first", "team");
  const list = await session.words(language);
  const indices = generate(list);
  session.receipt = receiptKeys(indices, session.team.salt);
  return { words: rendered(indices, list), digits: rendered(indices, null) };
}

/** Opens the case: resolves only when the server has it. Called again after a lost answer it sends the same octets.
 * @param {import("../session.js").Session} session
 * @param {{text: string, contact?: object | null, urgency: "now" | "soon" | "open", language: string, fileIds?: string[]}} request
 *   `contact`: keys `[a-z_]+`, values texts, whole numbers, lists or objects of these
 * @param {{signal: AbortSignal}} control
 * @returns {Promise<{case: string, earlier: boolean}>} `earlier`: what arrived is the attempt before, with other words; from
 *   here on the session is that of the case's holder, so that `send` can add to it */
export async function openCase(session, request, { signal }) {
  const fileIds = request.fileIds ?? [];
  const attempt = () => once(session, "case", JSON.stringify(request), () => letter(session, request, fileIds), signal);
  let answer;
  try {
    answer = await attempt();
  } catch (error) {
    if (!(error instanceof ServerError) || error.detail !== "list") throw error;
    // The team signed a new list while she wrote: it is met and judged like the first, then everything is sealed to it.
    await prepare(session, { teamHex: session.team.id });
    answer = await attempt();
  }
  claimed(session, answer.fileIds);
  unlockWith(session, session.receipt, session.team.salt);
  return { case: answer.case, earlier: answer.earlier };
}

async function letter(session, { text, contact, urgency, language }, fileIds) {
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
    team: session.team.id, locator: session.receipt.locator, urgency, card: cardLetter(opened),
    records: records.map(recordLetter), uploads,
  };
  return { method: "POST", path: "cases/", letter: JSON.stringify(body), result: { case: opened.epoch.signed.case, fileIds } };
}
