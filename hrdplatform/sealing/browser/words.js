/**
 * Word lists: folding, looking up what people type, and the form in which a list travels.
 *
 * A list has exactly 7,776 entries, distinct after folding; an entry's index is its line. Four digits 0001-7776
 * stand for any word. Input is an exact match, else a unique prefix of four letters or more (sealing.md, section 3).
 */

import { MalformedError } from "./errors.js";

export const LIST_LENGTH = 7776;
const SHORTEST_PREFIX = 4;
/** Escaped: a regular expression is bundled as it is written, and may not depend on the charset it is served with. */
const LIGATURE = /[\u0153\u00e6\u00df]/g;
const SPELLED = { "\u0153": "oe", "\u00e6": "ae", "\u00df": "ss" };

/** Lower case, NFKD, marks removed, oe, ae and ss spelled out.
 * @param {string} word @returns {string} */
export const fold = (word) =>
  word
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(LIGATURE, (letter) => SPELLED[letter]);

/** A list that is ready to be searched. */
export class WordList {
  /** @param {string} language @param {string[]} words as written @param {number[]} elsewhere indices readable in
   *   others
   * @throws {MalformedError} unless there are 7,776 entries, distinct after folding */
  constructor(language, words, elsewhere = []) {
    this.language = language;
    this.words = words;
    this.elsewhere = new Set(elsewhere);
    this.folded = words.map(fold);
    this.indexOf = new Map(this.folded.map((word, index) => [word, index]));
    if (words.length !== LIST_LENGTH || this.indexOf.size !== LIST_LENGTH || this.indexOf.has("")) {
      throw new MalformedError(`the ${language} list has not 7,776 distinct words`, "words");
    }
    this.sorted = [...this.folded].sort();
  }

  /** @param {string} typed one word @returns {number | null} its index, null when unknown or ambiguous */
  find(typed) {
    const word = fold(typed);
    const exact = this.indexOf.get(word);
    if (exact !== undefined) return exact;
    if ([...word].length < SHORTEST_PREFIX) return null;
    const first = this.lowest(word);
    const hit = this.sorted[first];
    const next = this.sorted[first + 1];
    if (hit === undefined || !hit.startsWith(word) || (next !== undefined && next.startsWith(word))) return null;
    return this.indexOf.get(hit) ?? null;
  }

  /** @returns {number} position of the first sorted entry that is not below `word` */
  lowest(word) {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle] < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** @param {number} index 0...7775 @returns {string} its four digits */
export const digitsOf = (index) => String(index + 1).padStart(4, "0");

/** @param {string} typed @returns {number | null} the index that four digits stand for */
export function fromDigits(typed) {
  if (!/^[0-9]{4}$/.test(typed)) return null;
  const number = Number(typed);
  return number >= 1 && number <= LIST_LENGTH ? number - 1 : null;
}

/** Made at build time: the words of one list, and which of them can be read in another one too, so that a receipt
 * readable in two lists is never made although the page loads only one.
 * @param {string} language @param {Map<string, string>} lists text of every list, a word a line @returns {string}
 *   JSON */
export function listFile(language, lists) {
  const read = (text) =>
    text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line && !line.startsWith("#"));
  const own = read(lists.get(language) ?? "");
  const others = [...lists.keys()]
    .filter((other) => other !== language)
    .sort()
    .map((other) => new WordList(other, read(lists.get(other) ?? "")));
  const elsewhere = own.flatMap((word, index) => (others.some((list) => list.find(word) !== null) ? [index] : []));
  return JSON.stringify({ elsewhere, language, words: own.join(" ") });
}

/** @param {{elsewhere: number[], language: string, words: string}} file what `listFile` made @returns {WordList} */
export const readList = (file) => new WordList(file.language, file.words.split(" "), file.elsewhere);
