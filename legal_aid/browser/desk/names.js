/**
 * How the desk names people and requests in few words.
 */

import { say } from "../page/words.js";

const EXCERPT = 140;

/** @param {string} text @returns {string} the first words, on one line */
export function excerpt(text) {
  const line = text.replace(/\s+/gu, " ").trim();
  const letters = [...line];
  return letters.length > EXCERPT ? `${letters.slice(0, EXCERPT).join("").trimEnd()} …` : line;
}

/** A reader by name where the roster names one, else by id; a recovery key is nobody. @param {any} desk
 * @param {string} id @returns {string} */
export const nameOf = (desk, id) =>
  desk.me?.recovery?.includes(id) ? say("recovery_key") : desk.me?.names?.[id]?.name || id || "";
