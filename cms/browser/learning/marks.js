/** Finished lessons: the mark in lists, the button below a lesson, and the way on at the top of a course. */

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
  document.querySelectorAll("[data-begin]").forEach(lead);
}

/**
 * Leads to the lesson after the last finished one, then to those left out, and to the certificate when none is.
 * @param {HTMLAnchorElement} link holds the words for a course that was begun or not, and for the title `{title}`
 */
function lead(link) {
  const lessons = [...document.querySelectorAll("[data-outline] [data-lesson]")];
  const done = lessons.filter((lesson) => lesson.querySelector(".mark-done"));
  const last = lessons.indexOf(done.at(-1));
  const open = lessons.filter((lesson) => !done.includes(lesson));
  const next = (open.find((lesson) => lessons.indexOf(lesson) > last) ?? open[0])?.querySelector("a");
  const target = next ?? document.querySelector("[data-certificate]");
  const begun = done.length > 0 ? link.dataset.goOn : link.dataset.begin;
  const words = next ? begun : "{title}";
  link.href = target.href;
  link.querySelector("span").textContent = words.replace("{title}", () => target.textContent);
}

/**
 * The mark can be taken back at another place than where it is set, so that a second click or key changes nothing.
 * @param {HTMLElement} host tells course and lesson, and holds a button to mark and one to take the mark back
 */
function button(host) {
  const { finish: lesson, course } = host.dataset;
  const [mark, marked, unmark] = ["mark", "marked", "unmark"].map((part) => host.querySelector(`[data-${part}]`));
  const show = () => {
    const done = finished(course).has(lesson);
    mark.hidden = done;
    marked.hidden = !done;
    unmark.hidden = !done;
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
    (show() ? marked : mark).focus();
  };
  mark.addEventListener("click", () => set(true));
  unmark.addEventListener("click", () => set(false));
}
