/**
 * The case desk: unlock, queue, one case. One document while unlocked; keys live in the worker only and end with it.
 */

import { caseScreen, leaveCase, openCase } from "./desk/case.js";
import { showQueue } from "./desk/queue.js";
import { lockedAgain, unlockScreen } from "./desk/unlock.js";
import { app, find } from "./page/dom.js";
import { endWhenIdle } from "./page/idle.js";
import { current, onShow, show } from "./page/screens.js";
import { forgetOnLeaving, startSealing } from "./page/start.js";
import { say } from "./page/words.js";

/** What the desk knows while it is unlocked: who reads, by which name, and which case is open. */
const desk = { sealing: null, me: null, case: null, stopWatching: () => {} };

/** Forgets every key. What was being written is sealed to the own identity first, so that nothing is lost. */
async function lock(reason) {
  desk.stopWatching();
  if (desk.case) await leaveCase(desk);
  await desk.sealing.call("lock");
  const again = desk.case;
  Object.assign(desk, { me: null, case: null });
  for (const kept of document.querySelectorAll("[data-secret]")) kept.replaceChildren();
  lockedAgain(reason, again);
  show("unlock", { remember: false });
}

async function unlocked(me, again) {
  desk.me = me;
  desk.stopWatching = endWhenIdle(() => lock("locked_idle"));
  find("#lock").hidden = false;
  if (again) await openCase(desk, again);
  else show("queue", { remember: false });
}

async function begin() {
  forgetOnLeaving();
  desk.sealing = await startSealing();
  unlockScreen(desk, unlocked);
  caseScreen(desk);
  onShow("unlock", () => { find("#lock").hidden = true; });
  onShow("queue", () => showQueue(desk, 1));
  find("#lock").addEventListener("click", () => lock("locked_by_you"));
  for (const link of document.querySelectorAll("[data-to-queue]")) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      if (desk.me === null || current() === "queue") return;
      if (desk.case) await leaveCase(desk);
      desk.case = null;
      show("queue");
    });
  }
  show("unlock", { remember: false });
  app().dataset.ready = "1";
}

begin().catch(() => { find("#waiting-words").textContent = say("worker_desk"); });
