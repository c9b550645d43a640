/**
 * The roster: the names behind the ids of a member list, signed by the team's root and sealed to each member.
 *
 * File like a list's, signed as `roster`; the list carries H(body). The body is
 * `{"members":[{"id","name","publish":0|1}],"salt":hex16,"seq","team","v":1}`; its random salt keeps the hash in the
 * public list from confirming guessed names.
 */

import { exactKeys, parse as parseCanonical } from "./canonical.js";
import { verify } from "./ed25519.js";
import { TamperedError } from "./errors.js";
import * as fields from "./fields.js";
import { split } from "./lists.js";
import { fromHex, fromUtf8 } from "./octets.js";
import { recordId, signedBytes } from "./records.js";
import { openSealed } from "./sealed.js";

/** @param {string} file @param {import("./lists.js").MemberList} list @returns {Map<string, {name: string, publish:
 *   boolean}>}
 * @throws {import("./errors.js").MalformedError | TamperedError} unless it is the roster that `list` names */
export function parse(file, list) {
  const { body, signature } = split(file);
  if (recordId(body) !== list.roster) throw new TamperedError("not the roster that the list names", "roster");
  if (!verify(fromHex(list.root), signedBytes("roster", body), signature))
    throw new TamperedError("not signed by the root", "roster");
  const found = exactKeys(parseCanonical(body), ["members", "salt", "seq", "team", "v"]);
  fields.choice(found.v, 1);
  fields.hex16(found.salt);
  if (found.team !== list.team || found.seq !== list.seq) throw new TamperedError("a roster of another list", "roster");
  fields.many(
    found.members.map((one) => exactKeys(one, ["id", "name", "publish"]).id),
    fields.memberId,
  );
  return new Map(
    found.members.map(({ id, name, publish }) => [
      id,
      { name: fields.text(name, 255), publish: fields.choice(publish, 0, 1) === 1 },
    ]),
  );
}

/** @param {Uint8Array} sealed @param {Uint8Array} kemSeed @param {import("./lists.js").MemberList} list */
export const openRoster = async (sealed, kemSeed, list) => parse(fromUtf8(await openSealed(sealed, kemSeed)), list);
