/**
 * A member's keys: made in this browser, unlocked by passphrase, renewed; and the memory (keyring) that goes with
 * them.
 */

import { openKeyring, emptyKeyring, higher, sealKeyring, deviceKey, checkedPin } from "../keyrings.js";
import { remember, remembered } from "../devices.js";
import { ListRefusedError, LockedError, MalformedError, SealingError, WrongKeyError } from "../errors.js";
import { b64, concat, equal, fromB64, fromHex, random } from "../octets.js";
import {
  identityFile,
  memberKeys,
  newPassphrase,
  protect,
  publicKeys,
  readIdentityFile,
  typedPassphrase,
  unprotect,
} from "../members.js";
import { pinOf, verifyForWriting, verifyList } from "../pins.js";
import { openRoster } from "../rosters.js";
import { readership } from "../lists.js";
import { spellDay } from "../fields.js";
import { takeLists } from "./fetching.js";
import { spoken } from "./team.js";

/** @typedef {import("../session.js").Session} Session */

/** Makes a member's keys and protects them under a passphrase of seven drawn words, shown once.
 * @param {Session} session @param {{id: string, language: string}} options
 * @returns {Promise<{id: string, file: string, passphrase: string, kem: string, sig: string, words: string[],
 *   digits: string[]}>} `file` (base64) may go to the server; `words` are the six that she reads to the lead */
export async function makeMember(session, { id, language }) {
  const keys = memberKeys(random(32));
  const passphrase = newPassphrase(await session.words(language));
  const file = await protect(identityFile(id, keys), passphrase);
  const { kem, sig } = publicKeys(keys);
  session.made = { id, keys };
  return {
    id,
    file: b64(file),
    passphrase,
    kem: b64(kem),
    sig: b64(sig),
    ...(await spoken(session, "member", concat(kem, sig))),
  };
}

/** Proves that the file and the passphrase as typed open to the keys that were just made: only then is enrolment
 * complete.
 * @param {Session} session @param {{identityFile: string, passphrase: string}} options @returns {Promise<{id:
 *   string}>} */
export async function tryMember(session, { identityFile: file, passphrase }) {
  const { member, keys } = await unlocked(file, passphrase);
  const { made } = session;
  if (!made || made.id !== member || !equal(keys.kem, made.keys.kem))
    throw new WrongKeyError("other keys than were made");
  return { id: member };
}

/** Unlocks the desk: the identity whose keys stand on the newest list, the keyring, the pins.
 * @param {Session} session @param {{passphrase: string, identityFile?: string}} options base64; without it every
 *   file of `GET me/` is tried
 * @returns {Promise<{member: string, team: string, listSeq: number, canWrite: boolean, listed: boolean, keyring:
 *   string, readers: number, roles: object, rootWords: string[], rootDigits: string[]}>} `keyring` is `opened`,
 *   `new` or `locked`: with `locked`, `addIdentity` and an older passphrase bring it back
 * @throws {WrongKeyError} @throws {ListRefusedError} on a list that does not follow from the one pinned: stop, tell
 *   the lead */
export async function unlockMember(session, { passphrase, identityFile: file }) {
  const me = await session.door.get("me/");
  const files = file ? [file] : me.identities.map((one) => one.file);
  const { member, keys } = await firstUnlocked(files, passphrase);
  if (member !== me.member) throw new MalformedError("the identity of another member", "identity");
  session.me = me;
  session.newest = takeLists(session, me.lists, me.newest);
  session.viewer = { role: "member", id: member, keys: [keys], pin: null, chainPins: {} };
  const keyring = await recall(session);
  try {
    await believe(session);
  } catch (error) {
    session.viewer = null;
    throw error;
  }
  return status(session, keyring);
}

async function firstUnlocked(files, passphrase) {
  for (const file of files) {
    try {
      return await unlocked(file, passphrase);
    } catch (error) {
      if (!(error instanceof WrongKeyError)) throw error;
    }
  }
  throw new WrongKeyError("no identity opens with this passphrase");
}

const unlocked = async (file, passphrase) =>
  readIdentityFile(await unprotect(fromB64(file), typedPassphrase(passphrase)));

/** Reads the sealed keyring and the copy on this device; the higher counts. */
async function recall(session) {
  const { me, viewer } = session;
  const onDevice = await remembered(deviceKey(me.team, viewer.id, "list"));
  session.keyring = { ...emptyKeyring(), pin: onDevice ? checkedPin(onDevice) : null };
  if (!me.keyring) return "new";
  try {
    session.keyring = higher(await openKeyring(fromB64(me.keyring), viewer.keys[0]), session.keyring);
  } catch (error) {
    if (!(error instanceof WrongKeyError)) throw error;
    session.keyringLocked = true;
    return "locked";
  }
  viewer.keys.push(...session.keyring.identities);
  return "opened";
}

/** Judges the newest list against the pin, and moves the pin up. */
async function believe(session) {
  const { newest, keyring, viewer } = session;
  if (!newest) throw new ListRefusedError("the server names no list that holds", "missing");
  if (newest.team !== session.me.team) throw new ListRefusedError("a list of another team", "team");
  if (keyring.pin) await session.ancestors(newest, keyring.pin.seq);
  verifyList(newest, keyring.pin, session.lists);
  viewer.pin = pinOf(newest);
  if (keyring.pin?.hash === newest.hash) return;
  keyring.pin = viewer.pin;
  await keep(session);
}

/** Puts the keyring away: sealed on the server, pins as hashes on this device. */
export async function keep(session) {
  const { keyring, viewer, me } = session;
  await remember(deviceKey(me.team, viewer.id, "list"), keyring.pin);
  if (session.keyringLocked) return;
  await session.door.send("PUT", "own/keyring/", { sealed: b64(await sealKeyring(keyring, viewer.keys[0])) });
}

async function status(session, keyring) {
  const { newest, viewer, hostIsLoopback } = session;
  const listed = newest.members.get(viewer.id);
  const own = publicKeys(viewer.keys[0]);
  const root = await spoken(session, "root", fromHex(newest.root));
  return {
    member: viewer.id,
    state: session.me.state,
    team: newest.team,
    listSeq: newest.seq,
    expires: newest.expires,
    recovery: [...newest.members.values()].filter(({ kind }) => kind === "recovery").map(({ id }) => id),
    canWrite: writable(newest, hostIsLoopback),
    listed: Boolean(listed) && equal(listed.kem, own.kem) && equal(listed.sig, own.sig),
    keyring,
    ...readership(newest),
    rootWords: root.words,
    rootDigits: root.digits,
    names: await names(session),
  };
}

/** Names by id, when the server sent the roster; one that does not hold names nobody. */
async function names(session) {
  if (!session.me.roster) return {};
  try {
    return await roster(session, { sealed: session.me.roster });
  } catch (error) {
    if (!(error instanceof SealingError)) throw error;
    return {};
  }
}

function writable(list, demoAllowed) {
  try {
    verifyForWriting(list, { today: spellDay(new Date()), demoAllowed });
    return true;
  } catch (error) {
    if (error instanceof ListRefusedError) return false;
    throw error;
  }
}

/** Adds the keys of an older identity file, so that what was sealed to them opens, and takes over its keyring.
 * @param {Session} session @param {{passphrase: string, identityFile?: string}} options @returns {Promise<{keyring:
 *   string}>} */
export async function addIdentity(session, { passphrase, identityFile: file }) {
  const viewer = session.unlocked("member");
  const files = file ? [file] : session.me.identities.map((one) => one.file);
  const { member, keys } = await firstUnlocked(files, passphrase);
  if (member !== viewer.id) throw new MalformedError("the identity of another member", "identity");
  if (!viewer.keys.some((one) => equal(one.kem, keys.kem))) viewer.keys.push(keys);
  const older = session.me.keyring ? await olderKeyring(session, keys) : null;
  if (older) session.keyring = higher(older, session.keyring);
  session.keyring.identities = viewer.keys.slice(1);
  session.keyringLocked = false;
  // What did not open before may open now.
  session.readings.clear();
  await keep(session);
  return { keyring: "opened" };
}

async function olderKeyring(session, keys) {
  try {
    return await openKeyring(fromB64(session.me.keyring), keys);
  } catch (error) {
    if (error instanceof WrongKeyError) return null;
    throw error;
  }
}

/** The names behind the ids of the newest list.
 * @param {Session} session @param {{sealed: string}} options base64 @returns {Promise<Record<string, {name: string,
 *   publish: boolean}>>} */
export async function roster(session, { sealed }) {
  const { keys } = session.unlocked("member");
  if (!session.newest) throw new LockedError("no list", "list");
  return Object.fromEntries(await openRoster(fromB64(sealed), keys[0].kem, session.newest));
}
