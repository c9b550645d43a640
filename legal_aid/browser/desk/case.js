/**
 * One case: the safety banner first, then both sides in order, an answer with files, acknowledging.
 */

import { act } from "../page/act.js";
import { element, find } from "../page/dom.js";
import { quiet, tell } from "../page/faults.js";
import { accept, counting, value } from "../page/fields.js";
import { Files } from "../page/files.js";
import { messageItem } from "../page/messages.js";
import { show } from "../page/screens.js";
import { showVerdict } from "../page/verdict.js";
import { day, say } from "../page/words.js";
import { excerpt, nameOf } from "./names.js";
import { showSafety } from "./safety.js";

const TONES = { now: "danger", soon: "warn", open: "wait" };
const UNOPENED = new Set(["wrong_key", "tampered", "malformed"]);
let files;

/** @param {any} desk */
export function caseScreen(desk) {
  files = new Files(desk.sealing, find('[data-screen="case"] [data-files]'), () => Promise.resolve());
  counting("reply", 20_000);
  find("#send-reply").addEventListener("click", ({ currentTarget }) => act(currentTarget, () => reply(desk)));
  find("#save-draft").addEventListener("click", ({ currentTarget }) => act(currentTarget, async () => {
    await keepDraft(desk);
    find("#draft-kept").hidden = false;
  }));
  find("#acknowledge").addEventListener("click", ({ currentTarget }) => act(currentTarget, () => acknowledge(desk)));
}

/** Opens a case in full and brings its draft back. @param {any} desk @param {string} id */
export async function openCase(desk, id) {
  quiet();
  try {
    showCase(desk, await desk.sealing.call("openCaseAsMember", { case: id }));
    const broken = await bringDraft(desk, id);
    desk.case = id;
    show("case");
    if (broken) tell(broken);
  } catch (fault) {
    tell(fault, { again: () => openCase(desk, id) });
  }
}

/** A draft that does not open, under earlier keys or of another hand, keeps nobody from the case, and is not deleted.
 * @returns {Promise<any>} what is wrong with it, null when nothing is */
async function bringDraft(desk, id) {
  desk.draftLocked = false;
  try {
    const { text } = await desk.sealing.call("openDraft", { case: id });
    write(text);
    return null;
  } catch (fault) {
    if (!UNOPENED.has(fault.code)) throw fault;
    write("");
    desk.draftLocked = true;
    return Object.assign(new Error("no draft"), { code: "draft" });
  }
}

/** Leaves the case: what was being written is kept as a draft, what was shown is taken away. @param {any} desk */
export async function leaveCase(desk) {
  await keepDraft(desk);
  forgetCase();
}

/** Takes away all that belongs to the case. Files go too: chosen for one person, they must never reach another. */
export function forgetCase() {
  files.drop();
  for (const kept of document.querySelectorAll('[data-screen="case"] [data-secret]')) kept.replaceChildren();
  write("");
}

function write(text) {
  const field = find('[data-field="reply"]');
  field.value = text;
  field.dispatchEvent(new Event("input"));
  find("#draft-kept").hidden = true;
  find("#sent").hidden = true;
}

/** Seals what is being written to the own identity; nothing written means no draft. */
async function keepDraft(desk) {
  const text = value("reply");
  if (text.trim()) await desk.sealing.call("sealDraft", { case: desk.case, text });
  else if (!desk.draftLocked) await desk.sealing.call("dropDraft", { case: desk.case });
}

function showCase(desk, shown) {
  const author = (id) => (id === "defender" ? say("the_defender") : nameOf(desk, id));
  showSafety(shown.entities);
  find("#case-title").textContent = shown.reference;
  const urgency = find("#case-urgency");
  urgency.className = `status is-${TONES[shown.urgency]}`;
  urgency.textContent = say(`urgency_${shown.urgency}`);
  find("#case-thread").replaceChildren(...shown.messages.map((message) => messageItem(desk.sealing, message, author)));
  showVerdict(shown);
  showFacts(desk, shown);
  const mayWrite = shown.mayWrite && desk.me.canWrite;
  find("#reply-form").hidden = !mayWrite;
  find("#no-writing").hidden = shown.mayWrite;
  find("#acknowledge").hidden = Boolean(shown.acknowledged) || !mayWrite;
  desk.lead = excerpt(shown.messages.find(({ readable }) => readable)?.text ?? "");
}

function showFacts(desk, shown) {
  const newest = shown.epochs.filter(({ chain }) => chain === "case").slice(-1)[0];
  const fact = (label, ...children) => element("div", {}, element("dt", {}, say(label)), element("dd", {}, ...children));
  find("#case-facts").replaceChildren(
    fact("column_received", day(shown.received)),
    fact("fact_acknowledged", shown.acknowledged ? day(shown.acknowledged) : element("span", { class: "status is-wait" }, say("not_yet"))),
    fact("column_state", say(`state_${shown.status}`)),
    fact("fact_sealed", shown.arrival === "server" ? say("sealed_server") : say("sealed_browser")));
  find("#case-readers").replaceChildren(...(newest?.readers ?? []).map((id) => element("li", {}, nameOf(desk, id))),
    element("li", {}, say("the_defender")));
}

async function reply(desk) {
  const text = value("reply").replace(/\r\n?/gu, "\n");
  const faults = files.broken.map(({ name }) => ({ field: "files", words: say("file_not_sent", { name }) }));
  if (!text.trim()) faults.unshift({ field: "reply", words: say("reply_missing") });
  if ([...text].length > 20_000) faults.unshift({ field: "reply", words: say("story_long") });
  find("#sent").hidden = true;
  if (!accept(faults)) return;
  await files.settled();
  await desk.sealing.call("reply", { case: desk.case, text, fileIds: files.arrived });
  files.sent();
  write("");
  find("#sent").hidden = false;
  find("#sent").focus();
  await renew(desk);
}

async function acknowledge(desk) {
  await desk.sealing.call("acknowledge", { case: desk.case });
  await renew(desk);
}

/** After each act: the case as it now stands, and a fresh summary for the queue. The act is done: only this is repeated. */
async function renew(desk) {
  const id = desk.case;
  try {
    if (!value("reply").trim()) await keepDraft(desk);
    showCase(desk, await desk.sealing.call("openCaseAsMember", { case: id }));
    await desk.sealing.call("summarise", { case: id, data: { lead: desk.lead } });
  } catch (fault) {
    tell(fault, { again: () => renew(desk) });
  }
}
