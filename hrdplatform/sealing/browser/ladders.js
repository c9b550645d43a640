/**
 * The cards of one chain, walked from epoch 1: which epochs stand, which are open to the viewer, and where the walk
 * stops.
 *
 * A card that fails ends the walk: what comes after it stands on nothing. The rules for one card are in
 * `succession.js`; here are those for the chain as a whole: no gap, the pinned card present, a member's pinned list
 * related to every card's, the defender's own receipt at the end, and every wrap holding what its card says.
 */

import { parse as parseCard } from "./cards.js";
import { signingPublic } from "./ed25519.js";
import { MalformedError, SealingError, TamperedError } from "./errors.js";
import { publicKey } from "./keys.js";
import { parse as parseList } from "./lists.js";
import { b64, hex } from "./octets.js";
import { related } from "./pins.js";
import { judge, orAbsent } from "./succession.js";
import { problem, Refusal } from "./verdicts.js";
import { openWrap, SEALED_SIZES } from "./wraps.js";

/** @typedef {import("./cases.js").StoredCase} StoredCase @typedef {import("./cases.js").Viewer} Viewer */
/** @typedef {import("./verdicts.js").ChainView} ChainView @typedef {import("./verdicts.js").Epoch} Epoch */

/** The lists of a case by hash: those that parse, and whose text has the hash it was served under. */
export class Lists extends Map {
  /** @param {Record<string, string>} texts by hash */
  constructor(texts) {
    super();
    this.unreadable = new Set();
    for (const [hash, text] of Object.entries(texts)) this.take(hash, text);
  }

  take(hash, text) {
    let list = null;
    try {
      list = parseList(text);
    } catch (error) {
      if (!(error instanceof SealingError)) throw error;
    }
    if (list?.hash === hash) this.set(hash, list);
    else this.unreadable.add(hash);
  }

  /** @param {string} hash @returns {import("./lists.js").MemberList} @throws {Refusal} when it was withheld or is
   *   none */
  named(hash) {
    const list = this.get(hash);
    if (!list) throw new Refusal(this.unreadable.has(hash) ? "list_unreadable" : "list_absent");
    return list;
  }
}

/** The chain's verified epochs and its problems, without records. Notes stand on the verified `caseChain`.
 * @param {StoredCase} stored @param {"case" | "notes"} chain @param {Viewer} viewer @param {Lists} lists
 * @param {ChainView | null} caseChain @returns {Promise<ChainView>} */
export async function climb(stored, chain, viewer, lists, caseChain) {
  const rows = stored.cards.filter((row) => row.chain === chain).sort((one, other) => one.epoch - other.epoch);
  const { epochs, problems } = walk(stored.case, rows, viewer, lists, caseChain);
  const last = epochs.length;
  problems.push(
    ...judgeWhole(chain, epochs, viewer, rows.length === 0).map((failure) => problem(failure, chain, last)),
  );
  const foreign = problems.some((one) => one.failure === "receipt_not_yours" || one.failure === "never_signed_by_you");
  const standing = foreign ? [] : epochs;
  const halted = problems.length > 0;
  problems.push(...(await openEpochs(stored, chain, standing, viewer)));
  return { name: chain, epochs: standing, records: [], problems, halted };
}

function walk(id, rows, viewer, lists, caseChain) {
  const epochs = [];
  const problems = [];
  for (const [index, row] of rows.entries()) {
    try {
      if (row.epoch !== index + 1) throw new Refusal(row.epoch > index + 1 ? "card_absent" : "card_misplaced");
      epochs.push(judged(id, row, epochs, viewer, lists, caseChain));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problems.push(problem(error.failure, row.chain, row.epoch));
      break;
    }
  }
  return { epochs, problems };
}

function judged(id, row, epochs, viewer, lists, caseChain) {
  const signed = readCard(row.container);
  const list = lists.named(signed.card.list);
  const last = epochs[epochs.length - 1] ?? null;
  const caseCard = (cardId) => caseChain?.epochs.find((epoch) => epoch.signed.id === cardId)?.signed ?? null;
  const signedBy = judge(
    signed,
    list,
    {
      case: id,
      chain: row.chain,
      epoch: row.epoch,
      before: last?.signed ?? null,
      listBefore: last?.list ?? null,
      base: caseCard(signed.card.base),
      baseBefore: last ? caseCard(last.signed.card.base) : null,
    },
    lists,
  );
  if (viewer.role === "member") judgePinnedList(list, viewer.pin, lists);
  return { signed, list, signedBy, seed: null, number: row.epoch };
}

function readCard(container) {
  try {
    return parseCard(container);
  } catch (error) {
    if (error instanceof MalformedError) throw new Refusal("card_unreadable");
    throw error;
  }
}

/** A server that gave the defender the list of a false root is found out here: her card names that list. */
function judgePinnedList(list, pin, lists) {
  if (pin === null) return;
  if (!orAbsent(() => related(list, lists.named(pin.hash), lists))) throw new Refusal("list_false");
}

function judgeWhole(chain, epochs, viewer, empty) {
  const failures = empty && chain === "case" ? ["card_absent"] : [];
  if (viewer.role === "member") failures.push(...pinFailures(viewer.chainPins[chain] ?? null, epochs));
  else if (epochs.length) failures.push(...receiptFailures(epochs, viewer));
  return failures;
}

function pinFailures(pin, epochs) {
  if (pin === null) return [];
  if (!epochs.some((epoch) => epoch.number === pin.epoch && epoch.signed.id === pin.card)) return ["pin_absent"];
  return epochs.some((epoch) => epoch.number >= pin.epoch && epoch.list.seq < pin.list_seq) ? ["pin_older_list"] : [];
}

function receiptFailures(epochs, viewer) {
  const sig = signingPublic(viewer.keys[0].sig);
  const { receipt } = epochs[epochs.length - 1].signed.card;
  if (receipt.kem !== b64(publicKey(viewer.keys[0].kem)) || receipt.sig !== b64(sig)) return ["receipt_not_yours"];
  return epochs.some((epoch) => epoch.signedBy === hex(sig)) ? [] : ["never_signed_by_you"];
}

/** Fills `seed` of the epochs that open to the viewer; returns what was wrong with wraps. */
async function openEpochs(stored, chain, epochs, viewer) {
  const problems = [];
  const last = epochs[epochs.length - 1] ?? null;
  for (const epoch of epochs) {
    const mine = stored.wraps.filter((row) => row.chain === chain && row.epoch === epoch.number);
    const mustOpen = viewer.role === "defender" || epoch === last;
    const found = await identity(mine, epoch.signed, viewer);
    if (typeof found !== "string") epoch.seed = found;
    else if (found !== "wrap_absent" || mustOpen) problems.push(problem(found, chain, epoch.number));
  }
  return problems;
}

/** @returns {Promise<Uint8Array | string>} the epoch's seed, or the failure */
async function identity(mine, signed, viewer) {
  if (mine.length === 0) return "wrap_absent";
  for (const row of mine.filter((one) => SEALED_SIZES.includes(one.sealed.length))) {
    for (const { kem } of viewer.keys) {
      try {
        return await openWrap(row.sealed, signed, kem);
      } catch (error) {
        if (!(error instanceof SealingError)) throw error;
        if (error instanceof TamperedError && error.detail === "place") return "wrap_misplaced";
        if (error instanceof TamperedError && error.detail === "key") return "wrap_key";
      }
    }
  }
  return "wrap_unopened";
}
