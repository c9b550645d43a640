/**
 * The case desk: unlock, queue, one case. One document while unlocked; keys live in the worker only and end with it.
 */

import { caseScreen, forgetCase, leaveCase, openCase } from "./desk/case.js";
import { showQueue } from "./desk/queue.js";
import { lockedAgain, unlockScreen } from "./desk/unlock.js";
import { app, find } from "./page/dom.js";
import { tell } from "./page/faults.js";
import { endWhenIdle } from "./page/idle.js";
import { onBack, onShow, show, stayOn } from "./page/screens.js";
import { forgetOnLeaving, startSealing } from "./page/start.js";
import { say } from "./page/words.js";

/** What the desk knows while it is unlocked: who reads, by which name, and which case is open. */
const desk = { sealing: null, me: null, case: null, stopWatching: () => {} };

/** Forgets every key. What was being written is sealed to the own identity first, so that nothing is lost. */
async function lock() {
  const again = desk.case;
  if (await left(lock)) await forget("locked_by_you", again);
}

/** Nobody is there to try again: the keys go, also when the draft could not be kept, and the desk says so. */
async function lockIdle() {
  const again = desk.case;
  try {
    if (desk.case) await leaveCase(desk);
    await forget("locked_idle", again);
  } catch {
    forgetCase();
    await forget("locked_unkept", again);
  }
}

async function forget(reason, again) {
  desk.stopWatching();
  await desk.sealing.call("lock");
  Object.assign(desk, { me: null, case: null });
  for (const kept of document.querySelectorAll("[data-secret]")) kept.replaceChildren();
  lockedAgain(reason, again);
  stayOn("unlock");
}

/** Leaves the open case, if there is one. @param {() => void} again @returns {Promise<boolean>} false when its draft could
 * not be kept: then it stays open, and what went wrong is said */
async function left(again) {
  try {
    if (desk.case) await leaveCase(desk);
  } catch (fault) {
    tell(fault, { again });
    return false;
  }
  desk.case = null;
  return true;
}

/** The queue, read anew. @param {{remember: boolean}} how */
async function toQueue(how) {
  if (await left(() => toQueue(how))) show("queue", how);
}

async function unlocked(me, again) {
  desk.me = me;
  desk.stopWatching = endWhenIdle(lockIdle);
  find("#lock").hidden = false;
  if (again) await openCase(desk, again);
  else show("queue", { remember: false });
}

async function begin() {
  forgetOnLeaving();
  desk.sealing = await startSealing();
  unlockScreen(desk, unlocked, () => showQueue(desk, 1));
  caseScreen(desk);
  onShow("unlock", () => { find("#lock").hidden = true; });
  onShow("queue", () => showQueue(desk, 1));
  onBack(() => toQueue({ remember: false }));
  find("#lock").addEventListener("click", lock);
  for (const link of document.querySelectorAll("[data-to-queue]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (desk.me !== null) void toQueue({ remember: desk.case !== null });
    });
  }
  show("unlock", { remember: false });
  app().dataset.ready = "1";
}

begin().catch(() => { find("#waiting-words").textContent = say("worker_desk"); });
