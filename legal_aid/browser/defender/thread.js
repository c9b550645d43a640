/**
 * A defender's open case: where it stands, who can read, both sides in order.
 */

import { element, find } from "../page/dom.js";
import { messageItem } from "../page/messages.js";
import { showVerdict } from "../page/verdict.js";
import { say } from "../page/words.js";

const TONES = { received: "wait", looked_at: "", need_you: "warn", closed: "ok" };
const STATES = Object.keys(TONES);

/** @param {any} sealing @param {any} shown `CaseShown` of the worker */
export function showCase(sealing, shown) {
  const status = find("#status");
  status.className = `status${TONES[shown.status] ? ` is-${TONES[shown.status]}` : ""}`;
  status.textContent = say(`status_${shown.status}`);
  const steps = STATES.filter((state) => state !== "need_you" || shown.status === state);
  find("#timeline").replaceChildren(...steps.map((state) => step(state, shown.status)));
  find("#readers").textContent = say("readers", { number: readers(shown) });
  find("#arrival").hidden = shown.arrival !== "server";
  find("#thread").replaceChildren(...shown.messages.map((message) => messageItem(sealing, message, nameOf)));
  showVerdict(shown);
  find("#write-form").hidden = !shown.mayWrite;
  find("#no-writing").hidden = shown.mayWrite;
}

const nameOf = (author) => say(author === "defender" ? "you" : "the_team");

const readers = ({ epochs }) => epochs.filter(({ chain }) => chain === "case").slice(-1)[0]?.readers.length ?? 0;

function step(state, now) {
  const [here, reached] = [STATES.indexOf(state), STATES.indexOf(now)];
  return element("li", { class: here < reached ? "done" : null, "aria-current": here === reached ? "step" : null },
    element("strong", {}, say(`status_${state}`)));
}
