/**
 * Our own sealed objects: binary age v1 files with exactly one `mlkem768x25519` stanza and a header of at most 4
 * KiB.
 *
 * `checkOutside` refuses everything else before the age library parses a single line of it (sealing.md, section 2).
 */

import "./compat.js";
import { Decrypter, Encrypter } from "age-encryption";

import { MalformedError, TamperedError, WrongKeyError } from "./errors.js";
import { identityText, recipientText } from "./keys.js";

export const LONGEST_HEADER = 4096;
/** Of 1120 and of 32 octets in base64 without padding; the last letter has no stray bits. */
const ENCAPSULATION = "[A-Za-z0-9+/]{1493}[AQgw]";
export const WORD_OF_32 = "[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]";
const SHAPE = new RegExp(
  `^age-encryption\\.org/v1\\n-> mlkem768x25519 ${ENCAPSULATION}\\n${WORD_OF_32}\\n--- ${WORD_OF_32}\\n`,
);

/** Octets of the header, through the LF after the MAC.
 * @param {Uint8Array} octets a sealed object or its beginning (4 KiB suffice) @returns {number}
 * @throws {MalformedError} unless there is exactly one stanza of our kind and the header fits 4 KiB */
export function checkOutside(octets) {
  const beginning = String.fromCharCode(...octets.subarray(0, LONGEST_HEADER));
  const match = SHAPE.exec(beginning);
  if (match === null) throw new MalformedError("not one stanza in a header of at most 4 KiB", "outside");
  return match[0].length;
}

/** @param {Uint8Array} recipient public key, 1216 octets @returns {Encrypter} */
export function sealer(recipient) {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipientText(recipient));
  return encrypter;
}

/** @param {Uint8Array} seed 32 octets @returns {Decrypter} */
export function opener(seed) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identityText(seed));
  return decrypter;
}

/** @param {Uint8Array} plaintext @param {Uint8Array} recipient public key @returns {Promise<Uint8Array>} */
export const seal = (plaintext, recipient) => sealer(recipient).encrypt(plaintext);

/** @param {Uint8Array} sealed @param {Uint8Array} seed @returns {Promise<Uint8Array>}
 * @throws {MalformedError | WrongKeyError | TamperedError} */
export async function openSealed(sealed, seed) {
  checkOutside(sealed);
  try {
    return await opener(seed).decrypt(sealed);
  } catch (error) {
    throw judged(error);
  }
}

/** What the library's refusal means here: it names a key that does not fit, all else is damage.
 * @param {unknown} error @returns {Error} */
export function judged(error) {
  const message = error instanceof Error ? error.message : String(error);
  if (message.startsWith("no identity matched")) return new WrongKeyError("no stanza opens with this key");
  if (message === "invalid private or public key received")
    return new MalformedError("an encapsulation of low order", "outside");
  return new TamperedError(`the sealed bytes do not hold: ${message}`, "sealed");
}
