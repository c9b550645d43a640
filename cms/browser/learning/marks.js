/** Finished lessons: the mark in lists, and the button below a lesson. */

import { finish, finished } from "./store.js";

/** Puts the mark beside each finished lesson of every list on the page, and takes it from the others. */
export function marks() {
  for (const list of document.querySelectorAll("[data-outline]")) {
    const mark = list.querySelector("template[data-mark]");
    const done = finished(list.dataset.outline);
    for (const item of list.querySelectorAll("[data-lesson]")) {
      item.querySelector(".mark-done")?.remove();
      if (mark && done.has(item.dataset.lesson)) item.append(mark.content.cloneNode(true));
    }
  }
  document.querySelectorAll("[data-finish]").forEach(button);
}

/** @param {HTMLElement} host tells course and lesson, and holds a button to mark and one to take the mark back */
function button(host) {
  const { finish: lesson, course } = host.dataset;
  const [mark, unmark] = [host.querySelector("[data-mark]"), host.querySelector("[data-unmark]")];
  const show = () => {
    const done = finished(course).has(lesson);
    mark.hidden = done;
    host.querySelector("[data-marked]").hidden = !done;
    return done;
  };
  host.hidden = false;
  show();
  if (host.dataset.ready) return;
  host.dataset.ready = "yes";
  const set = (done) => {
    const lessons = finished(course);
    if (done) lessons.add(lesson);
    else lessons.delete(lesson);
    finish(course, lessons);
    marks();
    (show() ? unmark : mark).focus();
  };
  mark.addEventListener("click", () => set(true));
  unmark.addEventListener("click", () => set(false));
}
