/**
 * Meeting a team: its newest list, checked, and what a page may say about who can read.
 *
 * A new defender has no pin: first contact trusts the server, unless she compares the six root words with paper or
 * another site. The page says so (sealing.md, section 5).
 */

import { MalformedError } from "../errors.js";
import { hex16, spellDay } from "../fields.js";
import { parse as parseList, readership } from "../lists.js";
import { fromHex } from "../octets.js";
import { pinOf, verifyForWriting, verifyList } from "../pins.js";
import { saltFrom } from "../session.js";
import { spokenIndices } from "../spoken.js";
import { digitsOf } from "../words.js";

/** @param {import("../session.js").Session} session */
export const start = async (session, options) => session.start(options);

/** Fetches a team and checks its list for writing.
 * @param {import("../session.js").Session} session @param {any} options `teamHex`, and those of `start`
 * @returns {Promise<{team: string, name: string, listSeq: number, expires: string, readers: number, roles: {intake:
 *   number, case: number, recovery: number}, rootWords: string[], rootDigits: string[], partners: {name:
 *   string}[]}>}
 * @throws {import("../errors.js").ListRefusedError} `expired`, or `demo` off loopback */
export async function prepare(session, { teamHex, ...options }) {
  if (options.base) session.start(options);
  const info = await session.door.get(`team/${hex16(teamHex)}/`);
  const list = parseList(info.list);
  if (list.team !== teamHex || info.team !== teamHex) throw new MalformedError("a list of another team", "team");
  verifyForWriting(list, { today: spellDay(new Date()), demoAllowed: session.hostIsLoopback });
  session.lists.set(list.hash, list);
  await followsTheOneMet(session, list);
  session.team = { id: teamHex, list, salt: saltFrom(info.salt) };
  const root = await spoken(session, "root", fromHex(list.root));
  return {
    team: teamHex,
    name: String(info.name),
    listSeq: list.seq,
    expires: list.expires,
    ...readership(list),
    rootWords: root.words,
    rootDigits: root.digits,
    partners: list.partners.map(({ name }) => ({ name })),
  };
}

/** Within one visit the list met first is the pin. @throws {import("../errors.js").ListRefusedError} */
async function followsTheOneMet(session, list) {
  const met = session.team?.list;
  if (!met || met.team !== list.team) return;
  await session.ancestors(list, met.seq);
  verifyList(list, pinOf(met), session.lists);
}

/** Six spoken words, always English, and the same as digits.
 * @param {import("../session.js").Session} session @param {"root" | "member" | "check"} label @param {Uint8Array}
 *   value
 * @returns {Promise<{words: string[], digits: string[]}>} */
export async function spoken(session, label, value) {
  const indices = spokenIndices(label, value);
  const list = await session.words("en");
  return { words: indices.map((index) => list.words[index]), digits: indices.map(digitsOf) };
}
