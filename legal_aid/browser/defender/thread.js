/**
 * Both sides of a case as the worker verified them: what is sound in one calm line, what is not by name, never hidden.
 */

import { element, find, icon, paragraphs } from "../page/dom.js";
import { keyOf } from "../page/faults.js";
import { day, duration, hasWords, say, size } from "../page/words.js";

const TONES = { received: "wait", looked_at: "", need_you: "warn", closed: "ok" };
const STATES = Object.keys(TONES);

/** @param {any} sealing @param {any} shown `CaseShown` of the worker */
export function showCase(sealing, shown) {
  const status = find("#status");
  status.className = `status${TONES[shown.status] ? ` is-${TONES[shown.status]}` : ""}`;
  status.textContent = say(`status_${shown.status}`);
  find("#timeline").replaceChildren(...STATES.filter((state) => state !== "need_you" || shown.status === state).map((state) => step(state, shown.status)));
  find("#readers").textContent = say("readers", { number: readers(shown) });
  find("#arrival").hidden = shown.arrival !== "server";
  find("#thread").replaceChildren(...shown.messages.map((message) => item(sealing, message)));
  showVerdict(shown);
  find("#write-form").hidden = !shown.mayWrite;
  find("#no-writing").hidden = shown.mayWrite;
}

const readers = ({ epochs }) => epochs.filter(({ chain }) => chain === "case").slice(-1)[0]?.readers.length ?? 0;

function step(state, now) {
  const [here, reached] = [STATES.indexOf(state), STATES.indexOf(now)];
  return element("li", { class: here < reached ? "done" : null, "aria-current": here === reached ? "step" : null },
    element("strong", {}, say(`status_${state}`)));
}

/** Names of failures, each once, in the order found. */
const named = (problems) => [...new Set(problems)].map((failure) => say(hasWords(`verdict_${failure}`) ? `verdict_${failure}` : "verdict_other"));

function showVerdict(shown) {
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

function item(sealing, message) {
  const team = message.author !== "defender";
  const when = message.sent ?? message.day;
  const head = element("header", {}, element("b", {}, say(team ? "the_team" : "you")), " ",
    when ? element("time", { datetime: when.slice(0, 10) }, day(when)) : null);
  const faults = named(message.problems).map((words) => element("p", { class: "error" }, icon("danger"), element("span", {}, words)));
  const body = message.readable ? element("div", {}, ...paragraphs(message.text)) : null;
  const files = message.files?.length ? element("ul", { class: "files", role: "list" }, ...message.files.map((file) => fileRow(sealing, file))) : null;
  return element("li", {}, element("article", { class: `msg${team && message.readable ? " team" : ""}` }, head, ...faults, body, files));
}

function fileRow(sealing, file) {
  const row = element("li");
  const place = element("p", { class: "hint" });
  const button = element("button", { type: "button", class: "btn quiet" }, say("open"), element("span", { class: "sr" }, ` ${file.name}`));
  button.addEventListener("click", () => open(sealing, file, { row, place, button }));
  row.append(icon("file"), element("span", {}, element("bdi", {}, file.name), " ", element("span", { class: "hint" }, size(file.size))), button, place);
  return row;
}

/** Fetched and verified whole before a byte is shown; pictures as pictures, all else as a download with a warning. */
async function open(sealing, file, { row, place, button }) {
  button.disabled = true;
  const started = performance.now();
  const onProgress = ({ received, total }) => {
    const left = ((performance.now() - started) / 1000) * (total / received - 1);
    place.textContent = say("progress_open", { percent: Math.floor((100 * received) / total), time: duration(left) });
  };
  try {
    const { blob, name, show, warning } = await sealing.call("openFile", { digest: file.digest }, { onProgress });
    const address = URL.createObjectURL(blob);
    addEventListener("pagehide", () => URL.revokeObjectURL(address), { once: true });
    button.remove();
    place.textContent = say(warning === "photo" ? "file_opened" : "file_careful");
    row.append(show === "image"
      ? element("img", { src: address, alt: name, class: "shown" })
      : element("a", { href: address, download: name, class: "btn second" }, icon("download"), say("save"), " ", element("bdi", {}, name)));
  } catch (fault) {
    button.disabled = false;
    place.replaceChildren(element("span", { class: "error" }, icon("danger"), element("span", {}, say(keyOf(fault)))));
  }
}
