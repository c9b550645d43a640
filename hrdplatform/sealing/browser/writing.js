/**
 * Writing a record: a body for its place, signed by its author, padded, sealed to the epoch's identity.
 *
 * The epoch is one that `verifyCase` found or `epochs.js` made; the caller has verified the list for writing and
 * opened a new epoch first where `outdated` says so (sealing.md, section 5).
 */

import { emit, MOST_ATTACHMENTS, parse, typed } from "./bodies.js";
import { LimitError } from "./errors.js";
import { spellMinute } from "./fields.js";
import { fromB64, hex, random } from "./octets.js";
import { build, recordId } from "./records.js";
import { seal } from "./sealed.js";

/** @typedef {import("./verdicts.js").Epoch} Epoch @typedef {import("./epochs.js").Author} Author */
/** @typedef {{id: string, kind: string, sealed: Uint8Array, body: any}} NewRecord what goes to the server: the id is
 *   the idempotency key; `body` is for the author's own view */

/** A message on the case chain, or a note on the notes chain; line ends become LF, else the text is kept as typed.
 * @param {Epoch} epoch @param {Author} author
 * @param {{text: string, at: Date, after?: string[], attachments?: import("./bodies.js").Attachment[]}} content
 *   `after`: records of this epoch that no other names @returns {Promise<NewRecord>} @throws {LimitError} */
export function writeMessage(epoch, author, { text, at, after = [], attachments = [] }) {
  if (attachments.length > MOST_ATTACHMENTS) throw new LimitError("more than 64 files", "attachments");
  const kind = epoch.signed.card.chain === "case" ? "message" : "note";
  return sealed(epoch, author, kind, { ...place(epoch, author, at, after), attachments, text: typed(text) });
}

/** A version of an entity: a new one unless `entity` (hex16) is given; `data` null removes it.
 * @param {Epoch} epoch @param {Author} author @param {string} kind name from 05 on
 * @param {{data: object | null, at: Date, after?: string[], entity?: string, replaces?: string[]}} content
 * @returns {Promise<NewRecord>} */
export const writeEntity = (epoch, author, kind, { data, at, after = [], entity = hex(random(16)), replaces = [] }) =>
  sealed(epoch, author, kind, { ...place(epoch, author, at, after), data, entity, replaces: [...replaces].sort() });

const place = (epoch, author, at, after) => ({
  after: [...after].sort(),
  author: author.id,
  card: epoch.signed.id,
  case: epoch.signed.case,
  chain: epoch.signed.card.chain,
  epoch: epoch.number,
  salt: hex(random(16)),
  sent: spellMinute(at),
  v: 1,
});

async function sealed(epoch, author, kind, body) {
  const octets = emit(body);
  // Read back as every reader will: nothing is sent that the others would refuse.
  parse(kind, octets);
  const container = build(kind, octets, author.sig);
  return { id: recordId(octets), kind, sealed: await seal(container, fromB64(epoch.signed.card.kem, 1216)), body };
}
