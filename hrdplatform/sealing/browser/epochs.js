/**
 * Opening an epoch: a new identity, the card that says who reads it, and a wrap for each of them.
 *
 * Pure but for drawing random octets: returns what to send, and keeps the identity's seed only in what it returns.
 * What is opened here passes `succession.judge` and the server's checks. Records are written by `writing.js`
 * (sealing.md, section 5).
 */

import { build as buildCard, DEFENDER, parse as parseCard } from "./cards.js";
import { signingPublic } from "./ed25519.js";
import { LockedError } from "./errors.js";
import { NO_HASH } from "./fields.js";
import { publicKey } from "./keys.js";
import { b64, fromB64, hex, random } from "./octets.js";
import { ofNewCase, ofNewEpoch } from "./readers.js";
import { newest } from "./verdicts.js";
import { sealWrap } from "./wraps.js";

/** The name under which the defender's wrap is sent and stored, beside the members' ids. */
export const RECEIPT = "receipt";

/** @typedef {import("./lists.js").MemberList} MemberList @typedef {import("./verdicts.js").Epoch} Epoch */
/** @typedef {{id: string, sig: Uint8Array}} Author `defender` or a member id, with the Ed25519 seed */
/** @typedef {{epoch: Epoch, container: Uint8Array, wraps: Record<string, Uint8Array>}} NewEpoch what goes to the
 *   server; `epoch` is for the author */
/** @typedef {{chain: string, epoch: number, reader: string, sealed: Uint8Array}} OldWrap an earlier epoch's, for one
 *   more */

/** Epoch 1 of a new case, signed by the receipt key it names. `list` was verified for writing.
 * @param {MemberList} list @param {import("./receipts.js").ReceiptKeys} receipt @returns {Promise<NewEpoch>}
 * @throws {import("./errors.js").ListRefusedError} when nobody may read */
export const openCase = (list, receipt) =>
  opened(
    {
      ...blank(list),
      author: DEFENDER,
      readers: ofNewCase(list),
      receipt: receipt.card,
    },
    list,
    receipt.sig,
  );

/** The epoch after `before` on the case chain. Readers follow the rule of a new epoch unless `reading` names them;
 * `barred` stays unless given; `receipt` changes only by the defender.
 * @param {import("./cards.js").SignedCard} before @param {MemberList} list @param {Author} author
 * @param {{heads: string[], reading?: string[], barred?: string[], receipt?: {kem: string, sig: string}}} changes
 * @returns {Promise<NewEpoch>} */
export function openEpoch(
  before,
  list,
  author,
  { heads, reading, barred = before.card.barred, receipt = before.card.receipt },
) {
  const readers = reading ? [...reading].sort() : ofNewEpoch(list, before.card, barred);
  return opened(
    {
      ...blank(list),
      ...following(before),
      author: author.id,
      barred: [...barred].sort(),
      heads,
      readers,
      receipt,
    },
    list,
    author.sig,
  );
}

/** A notes epoch under `base`, the newest case epoch, whose readers and list it takes over. `before` is the notes
 * card before, if there is one; who cannot open that epoch gives no `heads`.
 * @param {Epoch} base @param {Author} author @param {import("./cards.js").SignedCard | null} before @param
 *   {string[]} heads
 * @returns {Promise<NewEpoch>} */
export function openNotes(base, author, before, heads) {
  const { barred, readers } = base.signed.card;
  return opened(
    {
      ...blank(base.list),
      ...(before ? following(before) : {}),
      author: author.id,
      barred,
      base: base.signed.id,
      case: base.signed.case,
      chain: "notes",
      heads,
      readers,
    },
    base.list,
    author.sig,
  );
}

/** Wraps of old epochs for one more reader, sent beside a new epoch.
 * @param {import("./verdicts.js").ChainView} chain @param {string} reader a member id, or `receipt`
 * @param {Uint8Array} recipient public key @param {number[]} [numbers] all epochs unless given @returns
 *   {Promise<OldWrap[]>}
 * @throws {LockedError} when one of them is not open to the author */
export async function rewrap(chain, reader, recipient, numbers = chain.epochs.map((epoch) => epoch.number)) {
  const wraps = [];
  for (const epoch of chain.epochs.filter((one) => numbers.includes(one.number))) {
    if (epoch.seed === null) throw new LockedError(`epoch ${epoch.number} is not open to the author`, "epoch");
    const sealed = await sealWrap(epoch.signed, epoch.seed, recipient);
    wraps.push({ chain: chain.name, epoch: epoch.number, reader, sealed });
  }
  return wraps;
}

/** What replaces the receipt: card n+1 signed by the old key names the new one, card n+2 with the same readers is
 * signed by the new; her wraps of all earlier epochs are made anew. `chain` is her own verified view, all epochs
 * open.
 * @param {import("./verdicts.js").ChainView} chain @param {MemberList} list @param {Uint8Array} oldSig Ed25519 seed
 * @param {import("./receipts.js").ReceiptKeys} receipt the new one @param {string[]} heads
 * @returns {Promise<{first: NewEpoch, second: NewEpoch, wraps: OldWrap[]}>} */
export async function replaceReceipt(chain, list, oldSig, receipt, heads) {
  const last = newest(chain);
  if (last === null) throw new LockedError("a case without epochs", "epoch");
  const first = await openEpoch(last.signed, list, { id: DEFENDER, sig: oldSig }, { heads, receipt: receipt.card });
  const { signed } = first.epoch;
  const author = { id: DEFENDER, sig: receipt.sig };
  const second = await openEpoch(signed, list, author, { heads: [], reading: signed.card.readers });
  return { first, second, wraps: await rewrap(chain, RECEIPT, fromB64(receipt.card.kem, 1216)) };
}

const blank = (list) => ({
  arrival: "browser",
  barred: [],
  base: NO_HASH,
  case: "",
  chain: "case",
  epoch: 1,
  heads: [],
  list: list.hash,
  list_seq: list.seq,
  prev: NO_HASH,
  receipt: null,
  root: list.root,
  salt: hex(random(16)),
  team: list.team,
  v: 1,
});

const following = (before) => ({ case: before.case, epoch: before.card.epoch + 1, prev: before.id });

/** @param {any} card without its key @param {MemberList} list @param {Uint8Array} sig @returns {Promise<NewEpoch>} */
async function opened(card, list, sig) {
  const seed = random(32);
  const container = buildCard({ ...card, heads: [...card.heads].sort(), kem: b64(publicKey(seed)) }, sig);
  const signed = parseCard(container);
  const wraps = {};
  for (const id of card.readers) wraps[id] = await sealWrap(signed, seed, list.members.get(id).kem);
  if (card.receipt !== null) wraps[RECEIPT] = await sealWrap(signed, seed, fromB64(card.receipt.kem, 1216));
  return { epoch: { signed, list, signedBy: hex(signingPublic(sig)), seed, number: card.epoch }, container, wraps };
}
