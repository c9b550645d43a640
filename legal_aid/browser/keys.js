/**
 * Making a member's keys: drawn in this browser, protected by seven words, tried once, then proposed to the lead.
 */

import { act } from "./page/act.js";
import { app, element, find } from "./page/dom.js";
import { accept, value } from "./page/fields.js";
import { show, stayOn } from "./page/screens.js";
import { forgetOnLeaving, startSealing } from "./page/start.js";
import { say } from "./page/words.js";

const WITH_WORDS = ["fr", "de", "en", "pt"];
let made = null;

async function make(sealing) {
  const { member, language } = app().dataset;
  made = await sealing.call("makeMember", { id: member, language: WITH_WORDS.includes(language) ? language : "en" });
  find("#passphrase-words").replaceChildren(...made.passphrase.split("-").map((word) => element("li", {}, element("bdi", {}, word))));
  stayOn("passphrase");
}

/** Enrolment succeeds only after the keys were unlocked once with the words as she noted them. */
async function prove(sealing) {
  try {
    await sealing.call("tryMember", { identityFile: made.file, passphrase: value("typed") });
  } catch (fault) {
    if (fault.code !== "wrong_key" && fault.code !== "malformed") throw fault;
    accept([{ field: "typed", words: say("passphrase_differs") }]);
    return;
  }
  if (!accept([])) return;
  await propose();
  find("#passphrase-words").replaceChildren();
  find('[data-field="typed"]').value = "";
  const { language } = app().dataset;
  const spoken = language === "lb" || language === "ar" ? made.digits : made.words;
  find("#spoken-words").replaceChildren(...spoken.map((word) => element("li", {}, element("bdi", {}, word))));
  stayOn("spoken");
}

async function propose() {
  const { csrf, base } = app().dataset;
  const { file, kem, sig } = made;
  let answer;
  try {
    answer = await fetch(`${base}keys/`, {
      method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
      body: JSON.stringify({ kind: "passphrase", file, kem, sig }) });
  } catch {
    throw Object.assign(new Error("no answer"), { code: "server", status: 0, detail: "" });
  }
  if (!answer.ok) throw Object.assign(new Error("refused"), { code: "server", status: answer.status, detail: answer.status === 409 ? "fresh" : "" });
}

/** The identity file to keep: it opens with the seven words in any age program. */
function download() {
  const octets = Uint8Array.from(atob(made.file), (letter) => letter.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([octets], { type: "application/octet-stream" }));
  element("a", { href: address, download: `${made.id}.age` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

async function begin() {
  forgetOnLeaving();
  const sealing = await startSealing();
  const on = (id, work) => { find(id).addEventListener("click", ({ currentTarget }) => act(currentTarget, work)); };
  on("#make", () => make(sealing));
  on("#prove", () => prove(sealing));
  find("#download").addEventListener("click", download);
  show("begin", { remember: false });
}

begin().catch(() => { find("#waiting-words").textContent = say("worker_desk"); });
