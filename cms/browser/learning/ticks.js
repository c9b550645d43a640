/** Checklists: each drawn box becomes one to tick. */

import { keep, read } from "./store.js";

let number = 0;

/** @param {HTMLElement} item a line of a checklist with its key in `data-tick` */
export function tickable(item) {
  const words = item.querySelector("div");
  const box = document.createElement("input");
  words.id ||= `tick-${(number += 1)}`;
  box.type = "checkbox";
  box.setAttribute("aria-labelledby", words.id);
  box.checked = read().ticks.includes(item.dataset.tick);
  box.addEventListener("change", () => {
    keep((kept) => {
      const others = kept.ticks.filter((tick) => tick !== item.dataset.tick);
      kept.ticks = box.checked ? [...others, item.dataset.tick] : others;
    });
  });
  item.querySelector(".box")?.replaceWith(box);
}
