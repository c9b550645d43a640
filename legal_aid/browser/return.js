/**
 * Coming back with the eight words: reading both sides, writing again, new words, erasing. Keys live in the worker only.
 */

import { showReceipt } from "./defender/receipt.js";
import { showCase } from "./defender/thread.js";
import { act } from "./page/act.js";
import { app, find } from "./page/dom.js";
import { keyOf } from "./page/faults.js";
import { accept, counting, value } from "./page/fields.js";
import { Files } from "./page/files.js";
import { endWhenIdle } from "./page/idle.js";
import { onShow, show, stayOn } from "./page/screens.js";
import { forgetOnLeaving, startSealing } from "./page/start.js";
import { say } from "./page/words.js";

async function unlock(sealing) {
  const text = value("words");
  if (!accept(text.trim() ? [] : [{ field: "words", words: say("words_missing") }])) return;
  const { salt, language } = app().dataset;
  try {
    const shown = await sealing.call("unlockReceipt", { text, language: value("language") || language, salt });
    find('[data-field="words"], [name="words"]').value = "";
    showCase(sealing, shown);
    stayOn("thread");
    endWhenIdle(() => location.replace(app().dataset.leave));
  } catch (fault) {
    if (fault.code !== "receipt" && fault.detail !== "receipt") throw fault;
    accept([{ field: "words", words: say(keyOf(fault), { position: fault.position }) }]);
  }
}

async function write(sealing, files) {
  const text = value("text").replace(/\r\n?/gu, "\n");
  const faults = files.broken.map(({ name }) => ({ field: "files", words: say("file_not_sent", { name }) }));
  if (!text.trim()) faults.unshift({ field: "text", words: say("text_missing") });
  if ([...text].length > 20_000) faults.unshift({ field: "text", words: say("story_long") });
  find("#sent").hidden = true;
  if (!accept(faults)) return;
  await files.settled();
  await sealing.call("send", { text, fileIds: files.arrived });
  files.sent();
  const field = find('[name="text"]', app());
  field.value = "";
  field.dispatchEvent(new Event("input"));
  showCase(sealing, await sealing.call("loadCase"));
  find("#sent").hidden = false;
  find("#sent").focus();
}

async function replace(sealing) {
  const { language } = app().dataset;
  const receipt = await sealing.call("replaceReceipt", { language });
  showReceipt(receipt, {
    confirmed: async () => {
      showCase(sealing, await sealing.call("loadCase"));
      stayOn("thread");
    },
  });
}

async function erase(sealing) {
  await sealing.call("erase");
  find("#thread").replaceChildren();
  stayOn("erased");
}

function buttons(sealing, files) {
  const on = (id, work) => { find(id).addEventListener("click", ({ currentTarget }) => act(currentTarget, work)); };
  on("#open", () => unlock(sealing));
  on("#write", () => write(sealing, files));
  on("#replace", () => replace(sealing));
  on("#erase-now", () => { find("#erase-dialog").close(); return erase(sealing); });
  find("#erase").addEventListener("click", () => find("#erase-dialog").showModal());
  find("#keep").addEventListener("click", () => find("#erase-dialog").close());
  find("#to-replace").addEventListener("click", () => stayOn("replace"));
  find("#not-replace").addEventListener("click", () => stayOn("thread"));
  onShow("thread", () => { find("#sent").hidden = true; });
}

async function begin() {
  forgetOnLeaving();
  const sealing = await startSealing();
  const files = new Files(sealing, find("[data-files]"), () => Promise.resolve());
  buttons(sealing, files);
  counting("text", 20_000);
  show("words", { remember: false });
}

begin().catch(() => { find("#waiting-words").textContent = say("worker"); });
