/**
 * Writing a request on the page that seals: situation, reaching her safely, check, seal, eight words.
 */

import { collect, problemsOf, summarise } from "./defender/intake.js";
import { showReceipt } from "./defender/receipt.js";
import { app, element, find } from "./page/dom.js";
import { keyOf, quiet, tell } from "./page/faults.js";
import { accept, counting, value } from "./page/fields.js";
import { Files } from "./page/files.js";
import { onShow, show, stayOn } from "./page/screens.js";
import { forget, forgetOnLeaving, startSealing } from "./page/start.js";
import { hasWords, say } from "./page/words.js";

const urgent = app().dataset.urgent === "1";
let prepared = null;
let receipt = null;

/** Meets the team that is chosen; done once per team, and again after a failure.
 * @param {import("../../hrdplatform/sealing/browser/client.js").SealingClient} sealing */
function prepare(sealing) {
  const team = value("team");
  if (prepared?.team === team) return prepared.promise;
  const promise = sealing.call("prepare", { teamHex: team });
  prepared = { team, promise };
  promise.catch(() => { prepared = null; });
  return promise;
}

async function send(sealing, files) {
  quiet();
  if (!accept(problemsOf({ urgent, files }))) return;
  show("sealing", { remember: false });
  try {
    await files.settled();
    if (files.broken.length) return back(files);
    await prepare(sealing);
    receipt ??= await sealing.call("makeReceipt", { language: app().dataset.language });
    const { left } = await sealing.call("openCase", { ...collect({ urgent }), fileIds: files.arrived });
    showReceipt(receipt, { confirmed: () => done(files, left) });
  } catch (fault) {
    back(files);
    tell(fault, { again: hasWords(`${keyOf(fault)}_final`) ? undefined : () => send(sealing, files) });
  }
}

/** The last screen: what she wrote leaves the page. Files chosen after an attempt whose answer was lost could not join it: she is told which.
 * @param {string[]} left ids */
function done(files, left) {
  forget();
  find("#left-files").hidden = left.length === 0;
  find("#left-names").replaceChildren(...left.map((id) => element("li", {}, element("bdi", {}, files.nameOf(id)))));
  stayOn("done");
}

function back(files) {
  show(urgent ? "urgent" : "check", { remember: false });
  if (files.broken.length) accept(files.broken.map(({ name }) => ({ field: "files", words: say("file_not_sent", { name }) })));
}

/** The steps before sending: each checks its own screen first. */
function steps(sealing, files) {
  const on = (id, work) => { find(id).addEventListener("click", work); };
  on("#to-contact", () => accept(problemsOf({ screen: "situation", files })) && show("contact"));
  on("#to-check", () => accept(problemsOf({ screen: "contact", files })) && show("check"));
  for (const link of app().querySelectorAll("[data-goto]")) link.addEventListener("click", () => show(link.dataset.goto));
  onShow("check", () => summarise(files));
  on("#send", () => send(sealing, files));
  counting("story", 20_000);
}

async function begin() {
  forgetOnLeaving();
  const sealing = await startSealing();
  const first = urgent ? "urgent" : "situation";
  const files = new Files(sealing, find(`[data-screen="${first}"] [data-files]`), () => prepare(sealing));
  if (urgent) {
    find("#send").addEventListener("click", () => send(sealing, files));
    counting("story", 20_000);
  } else steps(sealing, files);
  show(first, { remember: false });
  for (const choice of app().querySelectorAll('[name="team"]')) choice.addEventListener("change", () => meet(sealing));
  if (value("team")) await meet(sealing);
}

/** Meets the team early, so that a list that cannot be trusted is known before she writes. */
async function meet(sealing) {
  quiet();
  try {
    await prepare(sealing);
  } catch (fault) {
    tell(fault, { again: () => meet(sealing) });
  }
}

begin().catch(() => { find("#waiting-words").textContent = say("worker"); });
