/** How far somebody is: n of m, the code that moves it to another device, and the question before it is all forgotten. */

import { decode, encode } from "./codes.js";
import { marks } from "./marks.js";
import { anything, finish, finished, forget } from "./store.js";

const lessonsOf = (course) => course.dataset.lessons.split(" ").filter(Boolean);

/**
 * @param {HTMLElement} host holds one or more courses (`data-course` with the keys of their `data-lessons`), each with
 *   `[data-count]`, `progress` and a `[data-code]` to show; a field for a code; and, in
 *   `[data-forgettable]`, the button to forget with the question that comes first
 */
export function offer(host) {
  const courses = [...host.querySelectorAll("[data-course]")];
  const show = () => {
    courses.forEach(count);
    marks();
    const none = host.querySelector("[data-none]");
    if (none) none.hidden = courses.some((course) => !course.hidden);
    host.querySelector("[data-forgettable]").hidden = !anything();
  };
  for (const course of courses) {
    course.querySelector("[data-show-code]").addEventListener("click", () => code(course));
    course.querySelector("[data-copy]").addEventListener("click", () => copy(course));
  }
  const accept = () => {
    take(host, courses);
    show();
  };
  host.querySelector("[data-take] button").addEventListener("click", accept);
  host.querySelector("[data-take] input").addEventListener("keydown", (event) => {
    if (event.key === "Enter") accept();
  });
  const question = host.querySelector("dialog");
  host.querySelector("[data-forget]").addEventListener("click", () => question.showModal());
  host.querySelector("[data-keep]").addEventListener("click", () => question.close());
  host.querySelector("[data-forget-all]").addEventListener("click", (event) => {
    if (event.detail > 1) return; // the second half of a double click on what opened the question
    question.close();
    forget();
    document.querySelectorAll("[data-tick] input").forEach((box) => { box.checked = false; });
    say(host, "forgotten");
    courses.forEach((course) => { course.querySelector("[data-code]").hidden = true; });
    show();
    host.querySelector("[data-say=forgotten]").focus();
  });
  host.querySelector("[data-scripted]").hidden = false;
  show();
}

/** Shows n of m. A list of several courses leaves out those that nobody began. */
function count(course) {
  const lessons = lessonsOf(course);
  const kept = finished(course.dataset.course);
  const done = lessons.filter((lesson) => kept.has(lesson)).length;
  const words = course.querySelector("[data-count]");
  const bar = course.querySelector("progress");
  words.textContent = words.dataset.count.replace("{done}", String(done));
  bar.max = Math.max(1, lessons.length);
  bar.value = done;
  if ("begun" in course.dataset) course.hidden = done === 0;
}

function code(course) {
  const text = encode(course.dataset.course, lessonsOf(course), finished(course.dataset.course));
  const shown = course.querySelector("[data-code]");
  shown.querySelector("output").textContent = text;
  shown.hidden = false;
}

async function copy(course) {
  const shown = course.querySelector("output");
  try {
    await navigator.clipboard.writeText(shown.textContent);
    course.querySelector("[data-copied]").hidden = false;
  } catch {
    window.getSelection().selectAllChildren(shown); // copying is not allowed here: it is marked, to be copied by hand
  }
}

/** Adds the lessons of a code to what is kept, for the course whose code it is. */
function take(host, courses) {
  const field = host.querySelector("[data-take] input");
  for (const course of courses) {
    const done = decode(field.value, course.dataset.course, lessonsOf(course));
    if (done !== null) {
      const kept = finish(course.dataset.course, new Set([...finished(course.dataset.course), ...done]));
      say(host, kept ? "taken" : "full");
      field.removeAttribute("aria-invalid");
      field.value = "";
      return;
    }
  }
  say(host, "unknown");
  field.setAttribute("aria-invalid", "true");
  field.focus();
}

/** Shows one of the prepared sentences. */
function say(host, word) {
  for (const words of host.querySelectorAll("[data-say]")) words.hidden = words.dataset.say !== word;
}
