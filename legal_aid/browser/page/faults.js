/**
 * What went wrong, in words: the codes of the sealing worker become sentences that say what is safe and what to do.
 */

import { app, element, find, icon } from "./dom.js";
import { hasWords, say } from "./words.js";

/** @param {any} fault a `SealingFault`, or any error of our own @returns {string} the key of its words */
export function keyOf(fault) {
  const { code = "fault", detail = "", status = 0 } = fault;
  const keys = code === "server"
    ? [`server_${detail}`, status === 0 ? "server_unreachable" : `server_${status}`, "server_other"]
    : [`${code}_${detail}`, code];
  return keys.find(hasWords) ?? "fault";
}

/** Shows a notice at the top of the screen, takes the focus there, and offers to do it again.
 * @param {any} fault @param {{again?: () => void}} [offer] */
export function tell(fault, { again } = {}) {
  const place = find(`[data-screen]:not([hidden]) [data-problem]`, app());
  const button = again
    ? element("p", {}, element("button", { type: "button", class: "btn second", onclick: () => (quiet(), again()) }, say("again")))
    : null;
  const notice = element("div", { class: "notice is-danger", role: "alert", tabindex: "-1" }, icon("danger"),
    element("div", {}, element("p", {}, say(keyOf(fault))), button));
  place.replaceChildren(notice);
  notice.focus();
}

/** Takes the notice away. */
export function quiet() {
  for (const place of app().querySelectorAll("[data-problem]")) place.replaceChildren();
}
