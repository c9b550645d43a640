/**
 * The progress code: which lessons of a course are finished, in a few letters that somebody can write down.
 *
 * Bits: 7 for how many lessons the course had, one for each lesson in order, 20 of a checksum over the course, that
 * number and the finished lessons. Letters are Crockford's base 32 (no I, L, O, U), in groups of four. The checksum
 * finds slips of the pen, and a code of another course; it protects nothing. Lessons added at the end of a course leave
 * older codes right.
 */

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const COUNT = 7;
const CHECK = 20;

/** @param {number} value @param {number} length @returns {number[]} the lowest bits, the highest first */
const bits = (value, length) => Array.from({ length }, (_, index) => (value >>> (length - 1 - index)) & 1);

/** @param {number[]} list @returns {number} */
const number = (list) => list.reduce((sum, bit) => sum * 2 + bit, 0);

/** FNV-1a with 32 bits, folded to 20. @param {string} course @param {number} count @param {string[]} done */
function checksum(course, count, done) {
  let hash = 0x811c9dc5;
  for (const unit of `${course}:${count}:${done.join(",")}`) {
    hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193) >>> 0;
  }
  return (hash ^ (hash >>> CHECK)) & ((1 << CHECK) - 1);
}

/**
 * @param {string} course the course's key @param {string[]} lessons the keys of its lessons in order
 * @param {Set<string>} done @returns {string} such as `0YG2-7KX`
 */
export function encode(course, lessons, done) {
  const own = lessons.filter((lesson) => done.has(lesson));
  const all = [
    ...bits(lessons.length, COUNT),
    ...lessons.map((lesson) => (done.has(lesson) ? 1 : 0)),
    ...bits(checksum(course, lessons.length, own), CHECK),
  ];
  let letters = "";
  for (let start = 0; start < all.length; start += 5) {
    const five = all.slice(start, start + 5);
    while (five.length < 5) five.push(0);
    letters += LETTERS[number(five)];
  }
  return letters.match(/.{1,4}/gu).join("-");
}

/** What was typed as letters of the code: case, blanks, dashes and marks do not matter, O is 0, I and L are 1.
 * @param {string} typed @returns {string} */
const folded = (typed) =>
  typed
    .normalize("NFKC")
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/gu, (digit) => String(digit.charCodeAt(0) & 0xf))
    .toUpperCase()
    .replace(/[^0-9A-Z]/gu, "")
    .replace(/O/gu, "0")
    .replace(/[IL]/gu, "1");

/**
 * @param {string} typed @param {string} course @param {string[]} lessons as for `encode`
 * @returns {Set<string> | null} the finished lessons; null where the code is not one of this course
 */
export function decode(typed, course, lessons) {
  const values = [...folded(typed)].map((letter) => LETTERS.indexOf(letter));
  if (values.includes(-1)) return null;
  const all = values.flatMap((value) => bits(value, 5));
  const count = number(all.slice(0, COUNT));
  const length = COUNT + count + CHECK;
  if (count > lessons.length || values.length !== Math.ceil(length / 5)) return null;
  const done = lessons.slice(0, count).filter((_, index) => all[COUNT + index] === 1);
  const check = number(all.slice(COUNT + count, length));
  return check === checksum(course, count, done) ? new Set(done) : null;
}
