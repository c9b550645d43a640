/**
 * Reading the fields of a screen, and saying what is missing: a summary with links first, then each field with its error.
 */

import { app, element, find, icon } from "./dom.js";
import { number, say } from "./words.js";

/** @typedef {{field: string, words: string}} Fault one field, and what to do about it */

const control = (name) => find(`[data-field="${name}"], [name="${name}"]`, app());

/** @param {string} name @returns {string} of a text, a choice or a selection */
export function value(name) {
  const first = control(name);
  if (first.type === "radio") return app().querySelector(`[name="${name}"]:checked`)?.value ?? "";
  return first.value;
}

/** @param {string} name @returns {string[]} of ticked boxes, sorted */
export const values = (name) => [...app().querySelectorAll(`[name="${name}"]:checked`)].map((box) => box.value).sort();

/** @param {string} name @returns {number} 1 when ticked */
export const ticked = (name) => Number(control(name).checked);

/** Shows all faults of a screen and moves the focus to their summary; with none it clears what stood there.
 * @param {Fault[]} faults @returns {boolean} whether there are none */
export function accept(faults) {
  clear();
  if (faults.length === 0) return true;
  const place = find("[data-screen]:not([hidden]) [data-errors]", app());
  const links = faults.map(({ field, words }) =>
    element("li", {}, element("a", { href: `#${control(field).id}`, onclick: (event) => focusOn(event, field) }, words)));
  const summary = element("div", { class: "errors flow", role: "alert", tabindex: "-1", "aria-labelledby": "errors-title" },
    element("h2", { id: "errors-title" }, faults.length === 1 ? say("errors_one") : say("errors_many", { number: faults.length })),
    element("p", {}, say("nothing_lost")), element("ul", {}, ...links));
  place.replaceChildren(summary);
  for (const fault of faults) mark(fault);
  summary.focus();
  return false;
}

function focusOn(event, field) {
  event.preventDefault();
  control(field).focus();
}

function mark({ field, words }) {
  const one = control(field);
  const error = element("p", { class: "error", id: `${one.id}-fault` }, icon("danger"),
    element("span", {}, element("span", { class: "sr" }, `${say("error")} `), words));
  one.setAttribute("aria-invalid", "true");
  one.dataset.described = one.getAttribute("aria-describedby") ?? "";
  one.setAttribute("aria-describedby", `${one.dataset.described} ${error.id}`.trim());
  one.closest(".field").classList.add("wrong");
  (one.closest(".choices") ?? one).before(error);
}

function clear() {
  for (const place of app().querySelectorAll("[data-errors]")) place.replaceChildren();
  for (const error of app().querySelectorAll(".wrong > .error")) error.remove();
  for (const wrong of app().querySelectorAll(".wrong")) wrong.classList.remove("wrong");
  for (const one of app().querySelectorAll("[aria-invalid]")) {
    one.removeAttribute("aria-invalid");
    if (one.dataset.described) one.setAttribute("aria-describedby", one.dataset.described);
    else one.removeAttribute("aria-describedby");
  }
}

/** Counts what is left of a text field beside it, quietly until the end is near. @param {string} name @param {number} most */
export function counting(name, most) {
  const one = control(name);
  const count = element("p", { class: "count", id: `${one.id}-count`, "aria-live": "off" });
  one.after(count);
  const update = () => {
    const left = most - [...one.value].length;
    count.textContent = say(left < 0 ? "too_many" : "left", { number: number(Math.abs(left)) });
    count.setAttribute("aria-live", left < 200 ? "polite" : "off");
  };
  one.addEventListener("input", update);
  update();
}
