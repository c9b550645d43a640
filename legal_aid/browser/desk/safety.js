/**
 * The safety banner: how this person may be reached, before anything else of the case, impossible to overlook.
 *
 * Norm: never contact in a way not named as safe, ask again each time (NNEDV).
 */

import { element, find } from "../page/dom.js";
import { hasWords, languageName, say } from "../page/words.js";

/** In the order in which a caller needs them. */
const SHOWN = ["channel", "address", "times", "safe_word", "voicemail", "cover_story", "avoid", "ask_each_time",
  "writing_for", "mandate", "answer_language", "language", "aims"];
const CODES = new Set(["channel", "writing_for", "aims", "voicemail", "ask_each_time"]);

/** @param {any[]} entities of `CaseShown` */
export function showSafety(entities) {
  const contacts = entities.filter(({ kind }) => kind === "contact").flatMap(({ versions }) => versions).filter(({ data }) => data);
  find("#safety-none").hidden = contacts.length > 0;
  find("#safety-several").hidden = contacts.length < 2;
  find("#safety-lists").replaceChildren(...contacts.map(({ data }) => element("dl", {}, ...SHOWN.map((key) => line(key, data[key])).filter(Boolean))));
}

function line(key, answer) {
  const words = spoken(key, answer);
  if (!words) return null;
  return element("div", {}, element("dt", {}, say(`safety_${key}`)), element("dd", { dir: "auto" }, words));
}

/** @param {string} key @param {unknown} answer @returns {string} empty when nothing was said */
function spoken(key, answer) {
  if (answer === undefined || answer === null || answer === "") return "";
  const all = Array.isArray(answer) ? answer : [answer];
  if (key.endsWith("language")) return all.map(languageName).join(", ");
  if (!CODES.has(key)) return all.join(", ");
  return all.map((code) => (hasWords(`${key}_${code}`) ? say(`${key}_${code}`) : String(code))).join(", ");
}
