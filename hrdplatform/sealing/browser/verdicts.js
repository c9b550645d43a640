/**
 * What verifying a case finds: the named failures, and the shapes that a page shows.
 *
 * A failure is shown, never skipped, and never repaired. The codes are those of `hrdplatform/sealing/verdicts.py`;
 * pages say them in the reader's language.
 */

/** Everything that can be wrong with a case as the server hands it out. */
export const FAILURES = Object.freeze([
  "card_absent",
  "card_unreadable",
  "card_misplaced",
  "card_author",
  "card_signature",
  "list_absent",
  "list_unreadable",
  "list_not_descended",
  "list_differs",
  "list_false",
  "reader_unlisted",
  "reader_barred",
  "barred_shortened",
  "receipt_changed",
  "base",
  "pin_absent",
  "pin_older_list",
  "receipt_not_yours",
  "never_signed_by_you",
  "wrap_absent",
  "wrap_unopened",
  "wrap_misplaced",
  "wrap_key",
  "record_homeless",
  "record_unopened",
  "record_unreadable",
  "record_kind",
  "record_misplaced",
  "record_author",
  "record_signature",
  "record_missing",
  "record_repeated",
  "record_late",
  "record_label",
]);

/** @typedef {{failure: string, chain: string, epoch: number, row: string, id: string}} Problem one failure and where
 *   it is: `row` of the record that shows it, `id` of the record that is missed */
/** @typedef {{signed: import("./cards.js").SignedCard, list: import("./lists.js").MemberList, signedBy: string, seed:
 *   Uint8Array | null, number: number}} Epoch a verified card, its list, the key that signed it (hex), and its
 *   identity if it is open to the viewer */
/** @typedef {{row: string, chain: string, epoch: number, kind: string, id: string, body: any, problems: Problem[],
 *   day: string}} ShownRecord `body` is null unless everything that makes it authentic was verified */
/** @typedef {{name: string, epochs: Epoch[], records: ShownRecord[], problems: Problem[], halted: boolean}} ChainView
 *   a chain as far as it verifies; `halted`: a card failed, nothing may be written; `records` come in showing order */
/** @typedef {{case: string, chains: {case: ChainView, notes: ChainView}}} CaseView */

/** Raised while judging one card or one row; never leaves `cases.js`. */
export class Refusal extends Error {
  /** @param {string} failure one of FAILURES */
  constructor(failure) {
    super(failure);
    if (!FAILURES.includes(failure)) throw new TypeError(`no failure is named ${failure}`);
    this.failure = failure;
  }
}

/** @returns {Problem} */
export const problem = (failure, chain, epoch, row = "", id = "") => ({ failure, chain, epoch, row, id });

/** @param {string} name @returns {ChainView} */
export const emptyChain = (name) => ({ name, epochs: [], records: [], problems: [], halted: false });

/** Authentic and in its time: what counts for current versions, and what others may be said to follow.
 * @param {ShownRecord} record @returns {boolean} */
export const isTrusted = (record) =>
  record.body !== null && record.problems.every((one) => one.failure !== "record_late");

/** @param {ChainView} chain @returns {Epoch | null} the last verified epoch */
export const newest = (chain) => chain.epochs[chain.epochs.length - 1] ?? null;

/** @param {ChainView} chain @returns {boolean} every card verified and the newest epoch open to the viewer */
export const mayWrite = (chain) => !chain.halted && Boolean(newest(chain)?.seed);

/** @param {CaseView} view @returns {Problem[]} every failure of both chains and of all their records */
export const problemsOf = (view) =>
  Object.values(view.chains).flatMap((chain) => [
    ...chain.problems,
    ...chain.records.flatMap((record) => record.problems),
  ]);
