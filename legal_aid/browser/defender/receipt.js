/**
 * The receipt: eight words shown once, and confirmed by two of them, compared here in the page.
 */

import { app, element, find } from "../page/dom.js";
import { accept, value } from "../page/fields.js";
import { onShow, stayOn } from "../page/screens.js";
import { say } from "../page/words.js";

const DIGITS = ["lb", "ar"]; // no word list of their own: four digits stand for each word

/** @param {string} language of the page @returns {boolean} */
export const readsDigits = (language) => DIGITS.includes(language);

const folded = (word) =>
  word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/gu, "oe").replace(/æ/gu, "ae").replace(/ß/gu, "ss").trim();

/** Shows the eight words, and lets her go on once two of them are typed.
 * @param {{words: string[], digits: string[]}} receipt @param {{confirmed: () => void}} next */
export function showReceipt({ words, digits }, { confirmed }) {
  const { language } = app().dataset;
  const shown = readsDigits(language) ? digits : words;
  const places = drawTwo();
  onShow("receipt", () => {
    find("#receipt-words").replaceChildren(...shown.map((word) => element("li", {}, element("bdi", {}, word))));
    ["first", "second"].forEach((field, index) => {
      find(`label[for="confirm-${field}"]`).textContent = say("word_number", { number: places[index] + 1 });
    });
  });
  stayOn("receipt");
  find("#confirm").onclick = () => {
    const wrong = ["first", "second"]
      .filter((field, index) => ![words, digits].some((list) => folded(list[places[index]]) === folded(value(`confirm_${field}`))))
      .map((field) => ({ field: `confirm_${field}`, words: say("wrong_word") }));
    if (!accept(wrong)) return;
    find("#receipt-words").replaceChildren();
    confirmed();
  };
}

/** Two different places of the eight, in order. */
function drawTwo() {
  const places = [0, 1, 2, 3, 4, 5, 6, 7];
  const [one, other] = crypto.getRandomValues(new Uint32Array(2));
  const first = places.splice(one % 8, 1)[0];
  return [first, places[other % 7]].sort((a, b) => a - b);
}
