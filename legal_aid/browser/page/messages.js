/**
 * Messages of a case as the worker verified them, with their files. What fails is shown by name, never hidden.
 */

import { element, icon, paragraphs } from "./dom.js";
import { keyOf } from "./faults.js";
import { named } from "./verdict.js";
import { day, duration, say, size } from "./words.js";

/** @param {any} sealing @param {any} message of `CaseShown` @param {(author: string) => string} nameOf
 * @returns {HTMLElement} a list item */
export function messageItem(sealing, message, nameOf) {
  const when = message.sent ?? message.day;
  const head = element("header", {}, element("b", {}, message.readable ? nameOf(message.author) : say("unreadable")), " ",
    when ? element("time", { datetime: when.slice(0, 10) }, day(when)) : null);
  const faults = named(message.problems).map((words) => element("p", { class: "error" }, icon("danger"), element("span", {}, words)));
  const body = message.readable ? element("div", {}, ...paragraphs(message.text)) : null;
  const files = message.files?.length ? element("ul", { class: "files", role: "list" }, ...message.files.map((file) => fileRow(sealing, file))) : null;
  const team = message.readable && message.author !== "defender";
  return element("li", {}, element("div", { class: team ? "msg team" : "msg" }, head, ...faults, body, files));
}

function fileRow(sealing, file) {
  const place = element("p", { class: "hint" });
  const button = element("button", { type: "button", class: "btn quiet" }, say("open"), element("span", { class: "sr" }, ` ${file.name}`));
  const name = element("span", {}, element("bdi", {}, file.name), " ", element("span", { class: "hint" }, size(file.size)));
  const row = element("li", {}, icon("file"), name, button, place);
  button.addEventListener("click", () => open(sealing, file, { row, place, button }));
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
