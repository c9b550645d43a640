/**
 * The files of one letter: chosen, sealed and sent in the background while she goes on writing; each can be cancelled,
 * removed, or taken up again where the connection broke.
 */

import { app, element, find, icon } from "./dom.js";
import { keyOf } from "./faults.js";
import { duration, say, size } from "./words.js";

const LARGEST = 2 ** 30;

export class Files {
  /** @param {import("../../../hrdplatform/sealing/browser/client.js").SealingClient} sealing @param {Element} picker holds
   *   an `input[type=file]` and a `ul.files` @param {() => Promise<void>} ready resolves once files may be sealed */
  constructor(sealing, picker, ready) {
    this.sealing = sealing;
    this.ready = ready;
    this.list = find("ul.files", picker);
    this.input = find("input[type=file]", picker);
    this.entries = new Map();
    this.last = 0;
    this.input.addEventListener("change", () => this.add([...this.input.files]));
  }

  /** @param {File[]} chosen */
  add(chosen) {
    for (const file of chosen) {
      this.last += 1;
      const entry = { id: `file-${this.last}`, file, state: "waiting", running: null, row: element("li"), started: 0 };
      this.entries.set(entry.id, entry);
      this.list.append(entry.row);
      if (file.size > LARGEST) this.refuse(entry, say("file_too_large"));
      else void this.seal(entry);
    }
    this.input.value = "";
    this.list.hidden = this.entries.size === 0;
  }

  async seal(entry) {
    Object.assign(entry, { state: "running", started: performance.now() });
    this.running(entry);
    try {
      await this.ready();
      if (!this.entries.has(entry.id)) return;
      const onProgress = (progress) => this.progress(entry, progress);
      entry.running = this.sealing.call("sealFile", { id: entry.id, file: entry.file }, { onProgress });
      const { stripped, warning } = await entry.running;
      entry.state = "done";
      this.done(entry, say(stripped ? "file_stripped" : `file_warning_${warning || "other"}`));
    } catch (fault) {
      if (fault.code === "cancelled") return;
      entry.state = "broken";
      this.refuse(entry, say(keyOf(fault)), fault.code === "server" && fault.status !== 413);
    }
  }

  head(entry, word) {
    const remove = element("button", { type: "button", class: "btn quiet", onclick: () => this.remove(entry) },
      word, element("span", { class: "sr" }, ` ${entry.file.name}`));
    const name = element("span", {}, element("bdi", {}, entry.file.name), " ", element("span", { class: "hint" }, size(entry.file.size)));
    return [icon("file"), name, remove];
  }

  running(entry) {
    entry.bar = element("progress", { max: 100, value: 0, "aria-label": say("sealing_file", { name: entry.file.name }) });
    entry.hint = element("p", { class: "hint" }, say("sealing"));
    entry.row.replaceChildren(...this.head(entry, say("cancel")), entry.bar, entry.hint);
  }

  progress(entry, { sent, total }) {
    const percent = Math.floor((100 * sent) / total);
    const left = ((performance.now() - entry.started) / 1000) * (total / sent - 1);
    entry.bar.value = percent;
    entry.hint.textContent = say("progress", { percent, time: duration(left) });
  }

  done(entry, words) {
    entry.row.replaceChildren(...this.head(entry, say("remove")), element("p", { class: "hint" }, words));
    this.changed();
  }

  refuse(entry, words, mayGoOn = false) {
    entry.state = "broken";
    const error = element("p", { class: "error" }, icon("danger"),
      element("span", {}, element("span", { class: "sr" }, `${say("error")} `), words));
    const again = mayGoOn
      ? element("p", {}, element("button", { type: "button", class: "btn second", onclick: () => this.seal(entry) }, say("resume")))
      : null;
    entry.row.replaceChildren(...this.head(entry, say("remove")), error, ...(again ? [again] : []));
    this.changed();
  }

  remove(entry) {
    this.entries.delete(entry.id);
    entry.row.remove();
    this.list.hidden = this.entries.size === 0;
    this.forget(entry);
    this.changed();
    this.input.focus();
  }

  forget(entry) {
    if (entry.running && entry.state === "running") entry.running.cancel();
    // Unclaimed uploads go after a day by themselves: a failing removal is nothing to trouble her with.
    else if (entry.state === "done") this.sealing.call("dropFile", { id: entry.id }).catch(() => {});
  }

  changed() {
    app().dispatchEvent(new CustomEvent("files-changed"));
  }

  /** @returns {string[]} ids of files that have arrived, in the order they were chosen */
  get arrived() {
    return [...this.entries.values()].filter(({ state }) => state === "done").map(({ id }) => id);
  }

  /** @returns {number} files still on their way */
  get pending() {
    return [...this.entries.values()].filter(({ state }) => state === "running").length;
  }

  /** @returns {{name: string, id: string}[]} files that did not arrive */
  get broken() {
    return [...this.entries.values()].filter(({ state }) => state === "broken").map(({ file, id }) => ({ name: file.name, id }));
  }

  /** @returns {string[]} names and sizes, for the check screen */
  get names() {
    return [...this.entries.values()].map(({ file }) => `${file.name} (${size(file.size)})`);
  }

  /** @param {string} id @returns {string} */
  nameOf(id) {
    return this.entries.get(id)?.file.name ?? "";
  }

  /** Resolves when nothing is on its way any more. */
  settled() {
    if (this.pending === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const look = () => {
        if (this.pending > 0) return;
        app().removeEventListener("files-changed", look);
        resolve(undefined);
      };
      app().addEventListener("files-changed", look);
    });
  }

  /** Forgets the files of a letter that is not sent. */
  drop() {
    for (const entry of this.entries.values()) this.forget(entry);
    this.sent();
  }

  /** Forgets the files of a letter that was sent. */
  sent() {
    this.entries.clear();
    this.list.replaceChildren();
    this.list.hidden = true;
  }
}
