/**
 * Whether a list may be believed: its descent from one that was believed before, and whether it serves for writing
 * today.
 *
 * The rule *verify list* of sealing.md, section 5. The server may withhold a list, never forge one.
 */

import { ListRefusedError } from "./errors.js";
import { dayNumber } from "./fields.js";
import { digest } from "./labels.js";
import { fromHex, hex } from "./octets.js";

const LONGEST_LIFE = 62;
const CLOCK_LEEWAY = 1;

/** @typedef {import("./lists.js").MemberList} MemberList */
/** What a reader keeps of the list believed last. @typedef {{root: string, seq: number, hash: string, team: string}}
 * Pin */

/** @param {MemberList} list @returns {Pin} */
export const pinOf = ({ root, seq, hash, team }) => ({ root, seq, hash, team });

/** Nothing, if `list` is the pinned one or descends from it. Without a pin the first contact trusts the server.
 * @param {MemberList} list @param {Pin | null} pin @param {Map<string, MemberList>} lists older ones by hash
 * @throws {ListRefusedError} `team`, `lower_seq`, `same_seq`, `descent` or `missing` */
export function verifyList(list, pin, lists) {
  if (pin === null) return;
  if (list.team !== pin.team) throw new ListRefusedError("a list of another team", "team");
  if (list.seq < pin.seq) throw new ListRefusedError(`list ${list.seq} after ${pin.seq}`, "lower_seq");
  if (list.seq === pin.seq && list.hash !== pin.hash) throw new ListRefusedError("two lists of one number", "same_seq");
  const oldest = ancestor(list, pin.seq, lists);
  if (oldest.hash !== pin.hash || oldest.root !== pin.root) {
    throw new ListRefusedError("the pinned list is not among its ancestors", "descent");
  }
}

/** Nothing, if something may be written under `list` today.
 * @param {MemberList} list @param {{today: string, demoAllowed: boolean}} when `demoAllowed` only on a loopback host
 * @throws {ListRefusedError} `demo` or `expired` */
export function verifyForWriting(list, { today, demoAllowed }) {
  if (list.demo === 1 && !demoAllowed) throw new ListRefusedError("a list of demonstration keys", "demo");
  const [issued, expires, now] = [list.issued, list.expires, today].map(dayNumber);
  if (expires - issued > LONGEST_LIFE) throw new ListRefusedError("made for longer than 62 days", "expired");
  if (now < issued - CLOCK_LEEWAY || now > expires) throw new ListRefusedError("outside its days", "expired");
}

/** The list of number `seq` on the way back from `list` along `prev`, each step judged.
 * @param {MemberList} list @param {number} seq @param {Map<string, MemberList>} lists @returns {MemberList}
 * @throws {ListRefusedError} `missing` when one was not served, `descent` when a step is none */
export function ancestor(list, seq, lists) {
  let reached = list;
  while (reached.seq > seq) {
    const older = lists.get(reached.prev);
    if (!older) throw new ListRefusedError(`the list before number ${reached.seq} was not served`, "missing");
    checkStep(reached, older);
    reached = older;
  }
  return reached;
}

/** @param {MemberList} newer @param {MemberList} older @param {Map<string, MemberList>} lists @returns {boolean} is
 *   or comes after it @throws {ListRefusedError} `missing` */
export function descends(newer, older, lists) {
  if (newer.seq < older.seq) return false;
  try {
    return ancestor(newer, older.seq, lists).hash === older.hash;
  } catch (error) {
    if (error instanceof ListRefusedError && error.detail === "descent") return false;
    throw error;
  }
}

/** One of the two is the other's ancestor. @throws {ListRefusedError} `missing` @returns {boolean} */
export const related = (one, other, lists) => descends(one, other, lists) || descends(other, one, lists);

function checkStep(newer, older) {
  if (newer.prev !== older.hash || newer.seq !== older.seq + 1 || newer.team !== older.team) {
    throw new ListRefusedError(`list ${newer.seq} does not follow the list it names`, "descent");
  }
  if (newer.root !== older.root && hex(digest(fromHex(newer.root))) !== older.next_root) {
    throw new ListRefusedError(`list ${newer.seq} is signed by a root that was not announced`, "descent");
  }
}
