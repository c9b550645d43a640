/**
 * Who reads an epoch: the rules for a new case, for a new epoch, and when one must be opened before writing.
 *
 * Readers are never widened silently: a new epoch keeps the old ones that are still on the list; only when none is
 * left does intake step in; recovery members always read; a barred member never (sealing.md, section 5).
 */

import { ListRefusedError } from "./errors.js";
import { equal } from "./octets.js";

/** @typedef {import("./lists.js").MemberList} MemberList @typedef {import("./lists.js").Member} Member */

/** @param {MemberList} list @returns {string[]} intake and recovery members, sorted @throws {ListRefusedError}
 *   `readers` */
export const ofNewCase = (list) => chosen(list, intake(list), []);

/** @param {MemberList} list @param {import("./cards.js").Card} before @param {string[]} barred @returns {string[]}
 *   sorted
 * @throws {ListRefusedError} `readers` when nobody is left */
export function ofNewEpoch(list, before, barred) {
  const stayed = before.readers.filter((id) => list.members.get(id)?.kind === "reader" && !barred.includes(id));
  return chosen(list, stayed.length ? stayed : intake(list), barred);
}

/** Whether an epoch must be opened before anything is written under `list`: a reader left it, or his keys changed.
 * @param {import("./cards.js").Card} card @param {MemberList} under the list of the card @param {MemberList} list
 *   the newest
 * @returns {boolean} */
export const outdated = (card, under, list) =>
  card.readers.some((id) => !sameKeys(under.members.get(id), list.members.get(id)));

const ids = (list, wanted) => [...list.members.values()].filter(wanted).map((member) => member.id);

const intake = (list) => ids(list, (member) => member.kind === "reader" && member.scope === "intake");

function chosen(list, readers, barred) {
  const kept = readers.filter((id) => !barred.includes(id));
  if (kept.length === 0) throw new ListRefusedError("nobody on the list may read this", "readers");
  const recovery = ids(list, (member) => member.kind === "recovery" && !barred.includes(member.id));
  return [...new Set([...kept, ...recovery])].sort();
}

const sameKeys = (one, other) => Boolean(one && other && equal(one.kem, other.kem) && equal(one.sig, other.sig));
