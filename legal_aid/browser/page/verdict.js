/**
 * The result of verifying a case: one calm line when all is sound, each failure by name when it is not.
 */

import { element, find, icon } from "./dom.js";
import { hasWords, say } from "./words.js";

/** Failures in words, each once, in the order found. @param {string[]} failures @returns {string[]} */
export const named = (failures) =>
  [...new Set(failures.map((failure) => say(hasWords(`verdict_${failure}`) ? `verdict_${failure}` : "verdict_other")))];

/** @param {any} shown `CaseShown` of the worker */
export function showVerdict(shown) {
  const place = find("#verdict");
  if (shown.sound) {
    place.className = "small soft";
    place.replaceChildren(icon("check"), ` ${say("verified", { number: shown.messages.length })}`);
    return;
  }
  const failures = [...shown.problems.map(({ failure }) => failure), ...shown.messages.flatMap(({ problems }) => problems)];
  place.className = "notice is-danger";
  place.replaceChildren(icon("danger"), element("div", {}, element("p", {}, element("strong", {}, say("not_verified"))),
    element("ul", {}, ...named(failures).map((words) => element("li", {}, words))), element("p", {}, say("not_verified_do"))));
}
