/**
 * What the device keeps: which lessons are finished, by course, and which things are ticked off. One entry of the
 * browser's local storage, written only when the reader marks something, and gone with `forget`.
 */

const NAME = "learning";

/** @typedef {{done: Record<string, string[]>, ticks: string[]}} Kept */

const words = (list) => (Array.isArray(list) ? list.filter((word) => typeof word === "string") : []);

/** @returns {boolean} whether this browser lets a page keep anything */
export function usable() {
  try {
    return Boolean(window.localStorage);
  } catch {
    return false;
  }
}

/** @returns {Kept} what is kept; empty where nothing is, or where somebody else wrote there */
export function read() {
  let found = {};
  try {
    found = JSON.parse(window.localStorage.getItem(NAME) ?? "{}") ?? {};
  } catch {
    // unreadable: as if nothing were kept
  }
  const done = typeof found.done === "object" && found.done !== null ? found.done : {};
  return {
    done: Object.fromEntries(Object.entries(done).map(([course, lessons]) => [course, words(lessons)])),
    ticks: words(found.ticks),
  };
}

/**
 * Where nothing is left to keep, no entry stays to tell that there was something.
 * @param {(kept: Kept) => void} change @returns {boolean} whether the browser kept it
 */
export function keep(change) {
  const kept = read();
  change(kept);
  kept.done = Object.fromEntries(Object.entries(kept.done).filter(([, lessons]) => lessons.length > 0));
  if (Object.keys(kept.done).length + kept.ticks.length === 0) {
    forget();
    return true;
  }
  try {
    window.localStorage.setItem(NAME, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

/** Everything that any lesson ever kept here is gone. */
export const forget = () => window.localStorage.removeItem(NAME);

/** @returns {boolean} whether there is anything to forget */
export const anything = () => window.localStorage.getItem(NAME) !== null;

/** @param {string} course @returns {Set<string>} the finished lessons of a course */
export const finished = (course) => new Set(read().done[course] ?? []);

/** @param {string} course @param {Set<string>} lessons @returns {boolean} as `keep` */
export const finish = (course, lessons) => keep((kept) => { kept.done[course] = [...lessons].sort(); });
