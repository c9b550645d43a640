/**
 * The page's words in the reader's language: they stand in the template `#page-words`, one element each with `data-say`.
 */

import { find } from "./dom.js";

/** @param {string} key @param {Record<string, string | number>} [values] for `{name}` in the words @returns {string} */
export function say(key, values = {}) {
  const words = find("#page-words").content.querySelector(`[data-say="${key}"]`);
  if (words === null) throw new Error(`no words for ${key}`);
  return words.textContent.trim().replace(/\{(\w+)\}/gu, (whole, name) => String(values[name] ?? whole));
}

/** @param {string} key @returns {boolean} */
export const hasWords = (key) => find("#page-words").content.querySelector(`[data-say="${key}"]`) !== null;

const language = () => document.documentElement.lang || "fr";

/** English as in Europe, the day before the month. Chromium knows no Luxembourgish and would write English: numbers are
    German there, days and durations our own. */
const locales = () => [language() === "en" ? "en-GB" : language(), "de"];
const luxembourgish = () => language() === "lb";
const LB_DAYS = ["Sonndeg", "Méindeg", "Dënschdeg", "Mëttwoch", "Donneschdeg", "Freideg", "Samschdeg"];
const LB_MONTHS = ["Januar", "Februar", "Mäerz", "Abrëll", "Mee", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];

/** @param {number} value @returns {string} such as `20 000` */
export const number = (value) => new Intl.NumberFormat(locales()).format(value);

/** @param {number} octets @returns {string} such as `2.1 MB` */
export function size(octets) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  let [value, unit] = [octets, 0];
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  const digits = unit > 0 && value < 10 ? 1 : 0;
  return new Intl.NumberFormat(locales(), {
    style: "unit", unit: units[unit], unitDisplay: "short", maximumFractionDigits: digits }).format(value);
}

/** @param {string} day as `2026-11-23` or a longer time in UTC @returns {string} the day in words */
export function day(day) {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  if (luxembourgish()) return `${LB_DAYS[date.getUTCDay()]}, ${date.getUTCDate()}. ${LB_MONTHS[date.getUTCMonth()]}`;
  return new Intl.DateTimeFormat(locales(), { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(date);
}

/** @param {number} seconds @returns {string} a duration that does not promise too much */
export function duration(seconds) {
  const minutes = seconds >= 90;
  const value = minutes ? Math.ceil(seconds / 60) : Math.max(5, Math.ceil(seconds / 5) * 5);
  if (luxembourgish()) return `${number(value)} ${minutes ? "Minutten" : "Sekonnen"}`;
  return new Intl.NumberFormat(locales(), {
    style: "unit", unit: minutes ? "minute" : "second", unitDisplay: "long" }).format(value);
}

/** @param {string} code such as `fr` @returns {string} the language's name in the page's language, or the code itself */
export function languageName(code) {
  try {
    return new Intl.DisplayNames(locales(), { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
