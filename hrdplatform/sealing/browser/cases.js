/**
 * Verify a case: from the rows that the server hands out to what its viewer may be shown, every failure named.
 *
 * The algorithm *verify case* of sealing.md, section 5, for the defender and for members of the team: `ladders.js`
 * walks the cards, `openings.js` reads the records. The twin is `hrdplatform/sealing/cases.py`; both give the same
 * verdict.
 */

import { signingPublic } from "./ed25519.js";
import { climb, Lists } from "./ladders.js";
import { hex } from "./octets.js";
import { read } from "./openings.js";
import { pinOf } from "./pins.js";
import { emptyChain, newest } from "./verdicts.js";

/**
 * @typedef {{row: string, chain: string, epoch: number, kind: string, day: string, sealed: Uint8Array}} StoredRecord
 * @typedef {{case: string, cards: {chain: string, epoch: number, container: Uint8Array}[], wraps: {chain: string,
 *   epoch: number, sealed: Uint8Array}[], records: StoredRecord[], lists: Record<string, string>}} StoredCase rows
 *   as the server hands them out, nothing judged
 * @typedef {{epoch: number, card: string, list_seq: number}} ChainPin what a member remembers of a chain
 * @typedef {{role: "defender" | "member", id: string, keys: {kem: Uint8Array, sig: Uint8Array}[], pin:
 *   import("./pins.js").Pin | null, chainPins: Record<string, ChainPin>}} Viewer `keys` newest first: a member's
 *   older identity files open older wraps; a defender has exactly one pair, no pin and no chain pins
 */

/** @param {{kem: Uint8Array, sig: Uint8Array}} keys of the receipt @returns {Viewer} */
export const defender = ({ kem, sig }) => ({
  role: "defender",
  id: "defender",
  keys: [{ kem, sig }],
  pin: null,
  chainPins: {},
});

/** The case as `viewer` may see it. Never throws for what the server handed out: failures are in the view.
 * @param {StoredCase} stored @param {Viewer} viewer @returns {Promise<import("./verdicts.js").CaseView>} */
export async function verifyCase(stored, viewer) {
  const lists = new Lists(stored.lists);
  const caseChain = await climb(stored, "case", viewer, lists, null);
  const chains = { case: await read(stored.records, caseChain), notes: emptyChain("notes") };
  if (viewer.role === "member")
    chains.notes = await read(stored.records, await climb(stored, "notes", viewer, lists, caseChain));
  return { case: stored.case, chains };
}

/** The list that a returning defender believes: that of the newest card signed by her own key.
 * @param {import("./verdicts.js").CaseView} view @param {Viewer} viewer @returns {import("./pins.js").Pin | null} */
export function defenderPin(view, viewer) {
  const own = hex(signingPublic(viewer.keys[0].sig));
  const signed = view.chains.case.epochs.filter((epoch) => epoch.signedBy === own);
  return signed.length ? pinOf(signed[signed.length - 1].list) : null;
}

/** What a member keeps of a verified chain; null for one without epochs.
 * @param {import("./verdicts.js").ChainView} chain @returns {ChainPin | null} */
export function chainPin(chain) {
  const last = newest(chain);
  return last ? { epoch: last.number, card: last.signed.id, list_seq: last.list.seq } : null;
}
