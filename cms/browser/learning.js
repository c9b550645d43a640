// Courses on the reader's own device: films, questions, ticks and progress. Nothing here sends anything anywhere.

import { chapter } from "./learning/chapters.js";
import { marks } from "./learning/marks.js";
import { printable } from "./learning/printing.js";
import { offer } from "./learning/progress.js";
import { ask } from "./learning/questions.js";
import { usable } from "./learning/store.js";
import { tickable } from "./learning/ticks.js";

document.querySelectorAll("[data-question]").forEach(ask);
document.querySelectorAll("[data-chapter]").forEach(chapter);
document.querySelectorAll("[data-print]").forEach(printable);
if (usable()) {
  document.querySelectorAll("[data-tick]").forEach(tickable);
  marks();
  document.querySelectorAll("[data-progress]").forEach(offer);
  document.querySelectorAll("[data-scriptless]").forEach((words) => { words.hidden = true; });
}
