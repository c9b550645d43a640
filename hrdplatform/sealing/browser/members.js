/**
 * A member of a team: the two keys behind one seed, and the identity file in which they lie at rest.
 *
 * The file inside is what stock age takes as an identity, so what is sealed to a member can be opened without the
 * platform. It lies in an age file under a passphrase of seven drawn words (sealing.md, section 3).
 */

import "./compat.js";
import { Decrypter, Encrypter } from "age-encryption";

import { signingPublic } from "./ed25519.js";
import { MalformedError } from "./errors.js";
import { memberId } from "./fields.js";
import { identityText, parseIdentity, publicKey } from "./keys.js";
import { derive } from "./labels.js";
import { b64, fromB64, fromUtf8, randomIndices, utf8 } from "./octets.js";
import { judged, LONGEST_HEADER, WORD_OF_32 } from "./sealed.js";
import { digitsOf, fold, LIST_LENGTH } from "./words.js";

const PASSPHRASE_WORDS = 7;
const WRITTEN_WORK = 15;
const HIGHEST_WORK = 16;
const LONGEST_FILE = 65536;
const SALT = "[A-Za-z0-9+/]{21}[AQgw]";
const PROTECTED = new RegExp(
  `^age-encryption\\.org/v1\\n-> scrypt ${SALT} ([1-9][0-9]?)\\n${WORD_OF_32}\\n--- ${WORD_OF_32}\\n`,
);

/** @typedef {{kem: Uint8Array, sig: Uint8Array}} MemberKeys an X-Wing and an Ed25519 seed, 32 octets each */

/** @param {Uint8Array} seed 32 octets @returns {MemberKeys} */
export const memberKeys = (seed) => ({ kem: derive(seed, "member/kem"), sig: derive(seed, "member/sig") });

/** @param {MemberKeys} keys @returns {{kem: Uint8Array, sig: Uint8Array}} what a member list names, 1,216 and 32
 *   octets */
export const publicKeys = (keys) => ({ kem: publicKey(keys.kem), sig: signingPublic(keys.sig) });

/** @param {string} member @param {MemberKeys} keys @returns {Uint8Array} two comment lines and the age identity */
export const identityFile = (member, keys) =>
  utf8(`# hrdplatform member v1 ${memberId(member)}\n# sig ${b64(keys.sig)}\n${identityText(keys.kem)}\n`);

/** @param {Uint8Array} octets @returns {{member: string, keys: MemberKeys}}
 * @throws {MalformedError} for any other octets than `identityFile` writes */
export function readIdentityFile(octets) {
  const text = fromUtf8(octets);
  const match =
    /^# hrdplatform member v1 (m[0-9]{2,})\n# sig ([A-Za-z0-9+/=]{44})\n(AGE-SECRET-KEY-PQ-1[0-9A-Z]+)\n$/.exec(text);
  if (match === null) throw new MalformedError("not an identity file", "identity");
  return { member: match[1], keys: { kem: parseIdentity(match[3]), sig: fromB64(match[2], 32) } };
}

/** Seven words (90 bits), folded and joined by hyphens; drawn, never chosen by a person.
 * @param {import("./words.js").WordList | null} list null gives digits @returns {string} */
export const newPassphrase = (list) =>
  randomIndices(PASSPHRASE_WORDS, LIST_LENGTH)
    .map((index) => (list ? list.folded[index] : digitsOf(index)))
    .join("-");

/** @param {string} text as typed @returns {string} in the form in which passphrases protect */
export const typedPassphrase = (text) => (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).join("-");

/** @param {Uint8Array} identity @param {string} passphrase @returns {Promise<Uint8Array>} an age file that stock age
 *   opens */
export function protect(identity, passphrase) {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(WRITTEN_WORK);
  return encrypter.encrypt(identity);
}

/** What `protect` was given. The server hands these files out and is not trusted: one scrypt stanza, a header within
 * 4 KiB and a work factor of at most 2^16 are demanded before the library parses anything.
 * @param {Uint8Array} octets @param {string} passphrase @returns {Promise<Uint8Array>}
 * @throws {MalformedError | import("./errors.js").WrongKeyError | import("./errors.js").TamperedError} */
export async function unprotect(octets, passphrase) {
  checkProtected(octets);
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return await decrypter.decrypt(octets);
  } catch (error) {
    throw judged(error);
  }
}

/** @param {Uint8Array} octets @throws {MalformedError} `protected`, or `work` when scrypt would cost more than 2^16
 * */
export function checkProtected(octets) {
  const match = PROTECTED.exec(String.fromCharCode(...octets.subarray(0, LONGEST_HEADER)));
  if (match === null || octets.length > LONGEST_FILE) throw new MalformedError("not a protected identity", "protected");
  if (Number(match[1]) > HIGHEST_WORK) throw new MalformedError("scrypt would cost more than 2^16", "work");
}
