/**
 * What can go wrong while sealing, opening and checking: one small family, each with a `code` that pages translate.
 *
 * A message is for the log and the developer; words for the visitor are chosen by the page from `code` (and
 * `detail`), never from `message`. The names are those of `hrdplatform/sealing/errors.py`.
 */

export class SealingError extends Error {
  /**
   * @param {string} message for developers, in English
   * @param {string} [detail] a short machine word that narrows the code (`signature`, `bucket`, ...)
   */
  constructor(message, detail = "") {
    super(message);
    this.name = new.target.name;
    this.code = new.target.code;
    this.detail = detail;
  }
}
SealingError.code = "sealing";

/** The bytes are not what the format allows: wrong shape, non-canonical, too long, foreign stanza. */
export class MalformedError extends SealingError {}
MalformedError.code = "malformed";

/** The bytes have the right shape, but this key does not open them. */
export class WrongKeyError extends SealingError {}
WrongKeyError.code = "wrong_key";

/** Somebody changed, swapped, re-used or withheld something: a signature, digest or chain does not hold. */
export class TamperedError extends SealingError {}
TamperedError.code = "tampered";

/** The member list may not be written to: expired, not yet valid, a demo list off loopback. */
export class ListRefusedError extends SealingError {}
ListRefusedError.code = "list_refused";

/** The words or digits typed are no receipt; `detail` names why, `position` (from 1) the word. */
export class ReceiptError extends SealingError {
  /**
   * @param {string} message
   * @param {string} detail `count`, `unknown` or `ambiguous`
   * @param {number} [position] which word, from 1; 0 when no single one is to blame
   */
  constructor(message, detail, position = 0) {
    super(message, detail);
    this.position = position;
  }
}
ReceiptError.code = "receipt";

/** What was typed or chosen breaks a limit of the format (20,000 code points, 64 files, 255 characters of a name). */
export class LimitError extends SealingError {}
LimitError.code = "limit";

/** The worker holds no key for this: nothing was unlocked, or it was locked meanwhile. */
export class LockedError extends SealingError {}
LockedError.code = "locked";

/** The network failed or the server answered with a refusal; `status` is 0 when there was no answer at all. */
export class ServerError extends SealingError {
  /**
   * @param {string} message
   * @param {number} status HTTP status, 0 without an answer
   * @param {string} [detail] the server's own error code
   */
  constructor(message, status, detail = "") {
    super(message, detail);
    this.status = status;
  }
}
ServerError.code = "server";

/** The visitor stopped it. */
export class CancelledError extends SealingError {}
CancelledError.code = "cancelled";
