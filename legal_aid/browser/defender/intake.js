/**
 * What the screens of a new request hold: their faults, their summary, and the request that is sealed.
 */

import { app, element, find } from "../page/dom.js";
import { ticked, value, values } from "../page/fields.js";
import { say } from "../page/words.js";

const MOST = { story: 20_000, line: 500 };
const LINES = ["address", "times", "safe_word", "cover_story", "avoid", "mandate"];

const length = (text) => [...text].length;

/** @param {{screen?: string, urgent?: boolean, files: import("../page/files.js").Files}} asked a screen, or all of them
 * @returns {import("../page/fields.js").Fault[]} */
export function problemsOf({ screen = "", urgent = false, files }) {
  const faults = [];
  if (screen !== "contact") {
    if (!value("team")) faults.push({ field: "team", words: say("team_missing") });
    if (!value("story").trim()) faults.push({ field: "story", words: say(urgent ? "story_missing_urgent" : "story_missing") });
    if (length(value("story")) > MOST.story) faults.push({ field: "story", words: say("story_long") });
    for (const { name } of files.broken) faults.push({ field: "files", words: say("file_not_sent", { name }) });
  }
  const lines = urgent ? ["address"] : LINES.filter((name) => screen === "" || (name === "mandate") === (screen === "situation"));
  for (const name of lines) {
    if (length(value(name)) > MOST.line) faults.push({ field: name, words: say("line_long", { number: MOST.line }) });
  }
  return faults;
}

/** @param {{urgent: boolean}} asked @returns {object} what `openCase` takes, without files. The contact record has the same
 *   keys as that of the path without scripts (`legal_aid/domain/contact.py`). */
export function collect({ urgent }) {
  const { language } = app().dataset;
  const text = value("story").replace(/\r\n?/gu, "\n");
  if (urgent) return { text, urgency: "now", language, contact: contactOf(urgentAnswer) };
  return { text, urgency: value("urgency"), language: value("answer_language"), contact: contactOf(value) };
}

const urgentAnswer = (name) => ({ address: value("address"), channel: value("address") ? "phone" : "inbox" })[name] ?? "";

function contactOf(answer) {
  const screens = answer === value;
  return {
    address: answer("address"), aims: screens ? values("aims") : [], ask_each_time: screens ? ticked("ask_each_time") : 1,
    avoid: answer("avoid"), channel: answer("channel"), cover_story: answer("cover_story"), mandate: answer("mandate"),
    safe_word: answer("safe_word"), times: answer("times"), voicemail: screens ? ticked("voicemail") : 0,
    writing_for: screens ? answer("writing_for") : "self",
  };
}

/** Fills the check screen with what will be sealed. @param {import("../page/files.js").Files} files */
export function summarise(files) {
  const story = find("#check-story");
  story.replaceChildren(...value("story").split("\n").flatMap((line, index) => (index ? [element("br"), line] : [line])));
  find("#check-situation").replaceChildren(...answers("situation"));
  find("#check-contact").replaceChildren(...answers("contact"));
  find("#check-files").replaceChildren(...(files.names.length ? files.names : [say("no_files")])
    .map((name) => element("li", {}, element("bdi", {}, name))));
}

/** What was answered on a screen besides the story, each under its question. */
function answers(screen) {
  const rows = [];
  for (const field of app().querySelectorAll(`[data-screen="${screen}"] .field`)) {
    const label = field.querySelector("legend, :scope > label")?.firstChild?.textContent?.trim() ?? "";
    const given = answered(field);
    if (given) rows.push(element("li", {}, label ? element("span", { class: "small soft" }, label) : null, label ? element("br") : null, given));
  }
  return rows;
}

function answered(field) {
  if (field.querySelector("textarea, [type=file]")) return "";
  const ticks = [...field.querySelectorAll("[type=radio]:checked, [type=checkbox]:checked")];
  if (ticks.length) return ticks.map((box) => field.querySelector(`label[for="${box.id}"]`).textContent.trim()).join(", ");
  const select = field.querySelector("select");
  if (select) return select.selectedOptions[0].textContent.trim();
  return field.querySelector("input:not([type=radio], [type=checkbox])")?.value.trim() ?? "";
}
