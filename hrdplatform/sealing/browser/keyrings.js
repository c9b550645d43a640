/**
 * A case worker's memory: the pins of lists and chains, and older keys, signed by herself and sealed to herself.
 *
 * Sealing alone would not do: anybody can seal to a public key, so a server could hand out a keyring of its own
 * making. The body is signed like a list (`sig/keyring`, drafts `sig/draft`). A second copy of the pins lies in
 * IndexedDB, as hashes only; the higher counts, so that an older keyring brought back changes nothing (sealing.md,
 * section 5).
 */

import { emit, exactKeys, parse as parseCanonical } from "./canonical.js";
import { sign, signingPublic, verify } from "./ed25519.js";
import { MalformedError, TamperedError } from "./errors.js";
import * as fields from "./fields.js";
import { hashed } from "./labels.js";
import { split } from "./lists.js";
import { b64, concat, fromHex, fromUtf8, hex, utf8 } from "./octets.js";
import { publicKey } from "./keys.js";
import { signedBytes } from "./records.js";
import { openSealed, seal } from "./sealed.js";

/** @typedef {{pin: import("./pins.js").Pin | null, chains: Map<string, import("./cases.js").ChainPin>, identities:
 *   {kem: Uint8Array, sig: Uint8Array}[]}} Keyring `chains` by `case/chain`; `identities` are older keys */

/** @returns {Keyring} */
export const emptyKeyring = () => ({ pin: null, chains: new Map(), identities: [] });

/** A canonical object, signed and sealed to the same member.
 * @param {"keyring" | "draft"} name @param {object} value @param {{kem: Uint8Array, sig: Uint8Array}} keys
 * @returns {Promise<Uint8Array>} */
export function sealOwn(name, value, keys) {
  const body = emit(value);
  const signature = sign(keys.sig, signedBytes(name, body));
  return seal(concat(body, utf8(`\n${b64(signature)}\n`)), publicKey(keys.kem));
}

/** @param {"keyring" | "draft"} name @param {Uint8Array} sealed @param {{kem: Uint8Array, sig: Uint8Array}} keys
 * @returns {Promise<any>} @throws {TamperedError | import("./errors.js").WrongKeyError} */
export async function openOwn(name, sealed, keys) {
  const { body, signature } = split(fromUtf8(await openSealed(sealed, keys.kem)));
  if (!verify(signingPublic(keys.sig), signedBytes(name, body), signature))
    throw new TamperedError(`a ${name} of another hand`, name);
  return parseCanonical(body);
}

/** @param {Keyring} keyring @param {{kem: Uint8Array, sig: Uint8Array}} keys @returns {Promise<Uint8Array>} */
export const sealKeyring = (keyring, keys) =>
  sealOwn(
    "keyring",
    {
      chains: [...keyring.chains]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([place, pin]) => ({ case: place.slice(0, 32), chain: place.slice(33), ...pin })),
      identities: keyring.identities.map(({ kem, sig }) => ({ kem: b64(kem), sig: b64(sig) })),
      pin: keyring.pin,
      v: 1,
    },
    keys,
  );

/** @param {Uint8Array} sealed @param {{kem: Uint8Array, sig: Uint8Array}} keys @returns {Promise<Keyring>} */
export async function openKeyring(sealed, keys) {
  const found = exactKeys(await openOwn("keyring", sealed, keys), ["chains", "identities", "pin", "v"]);
  fields.choice(found.v, 1);
  if (!Array.isArray(found.chains) || !Array.isArray(found.identities))
    throw new MalformedError("no keyring", "keyring");
  return {
    pin: found.pin === null ? null : checkedPin(found.pin),
    chains: new Map(found.chains.map(checkedChain)),
    identities: found.identities.map((one) => ({ kem: fields.octets(one.kem, 32), sig: fields.octets(one.sig, 32) })),
  };
}

/** @returns {import("./pins.js").Pin} */
export function checkedPin(value) {
  const { root, seq, hash, team } = exactKeys(value, ["root", "seq", "hash", "team"]);
  return { root: fields.hash(root), seq: fields.number(seq, 1), hash: fields.hash(hash), team: fields.hex16(team) };
}

/** @returns {import("./cases.js").ChainPin} */
export function checkedChainPin(value) {
  const { epoch, card, list_seq } = exactKeys(value, ["epoch", "card", "list_seq"]);
  return { epoch: fields.number(epoch, 1), card: fields.hash(card), list_seq: fields.number(list_seq, 1) };
}

function checkedChain({ case: id, chain, ...pin }) {
  return [`${fields.hex16(id)}/${fields.choice(chain, "case", "notes")}`, checkedChainPin(pin)];
}

/** The higher of two memories: of the list the greater number, of each chain the later epoch. Two that contradict
 * each other at the same height both count as the first: verifying against it shows the difference.
 * @param {Keyring} one @param {Keyring} other @returns {Keyring} */
export function higher(one, other) {
  const chains = new Map(one.chains);
  for (const [place, pin] of other.chains) if (!(chains.get(place)?.epoch >= pin.epoch)) chains.set(place, pin);
  const pin = one.pin && !(other.pin?.seq > one.pin.seq) ? one.pin : other.pin;
  return { pin, chains, identities: one.identities.length ? one.identities : other.identities };
}

/** Under which name the device keeps what belongs to a member and a place: a hash that tells neither.
 * @param {string} team @param {string} member @param {string} place @returns {string} */
export const deviceKey = (team, member, place) => hex(hashed("device", fromHex(team), utf8(`${member}/${place}`)));
