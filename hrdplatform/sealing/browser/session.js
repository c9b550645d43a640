/**
 * What one worker holds while a page is open: the door, the keys that were unlocked, the last verified view, files
 * on their way. Nothing of it is ever posted to the page; it ends with the worker or with `lock`.
 */

import { Door } from "./doors.js";
import { LockedError, MalformedError } from "./errors.js";
import { parse as parseList } from "./lists.js";
import { fromB64, fromHex, hex, random } from "./octets.js";
import { readList } from "./words.js";

export class Session {
  constructor() {
    this.door = null;
    this.hostIsLoopback = false;
    this.wordsBase = "/static/sealing/words/";
    this.wordLists = new Map();
    /** Verified lists by hash, of every case and team met. @type {Map<string, import("./lists.js").MemberList>} */
    this.lists = new Map();
    this.visit = hex(random(32));
    this.lock();
  }

  /** @param {{base: string, csrf: string, wordsBase?: string, hostIsLoopback?: boolean}} options */
  start({ base, csrf, wordsBase, hostIsLoopback }) {
    this.door = new Door({ base, csrf, headers: { "X-Visit": this.visit } });
    this.hostIsLoopback = hostIsLoopback === true;
    if (wordsBase) this.wordsBase = wordsBase;
  }

  /** Forgets every key, view, file and pending octet. JavaScript cannot promise that memory is wiped; seeds are
   * overwritten where we hold them. */
  lock() {
    for (const secret of secrets(this)) secret.fill(0);
    this.team = null;
    this.receipt = null;
    /** The words of `receipt`, kept until they were shown. */
    this.drawn = null;
    this.viewer = null;
    this.me = null;
    this.view = null;
    this.stored = null;
    this.pending = new Map();
    this.files = new Map();
    /** What the queue showed, by case, epoch and summary row: one opening costs some 4 ms, 47 without JIT. */
    this.readings = new Map();
    this.keyring = null;
    /** True while the server's keyring does not open: it must not be written over. */
    this.keyringLocked = false;
    this.replacing = null;
    this.made = null;
    this.newest = null;
    this.salt = null;
  }

  /** @returns {import("./cases.js").Viewer} @throws {LockedError} when nothing is unlocked, or something of another
   *   kind */
  unlocked(role) {
    if (this.viewer?.role !== role) throw new LockedError(`nothing is unlocked for a ${role}`);
    return this.viewer;
  }

  /** The list of one language, fetched once; null for a language that reads digits.
   * @param {string} language @returns {Promise<import("./words.js").WordList | null>} */
  async words(language) {
    if (!WORD_LANGUAGES.includes(language)) return null;
    if (!this.wordLists.has(language)) {
      const answer = await fetch(new URL(`${this.wordsBase}${language}.json`, self.location.origin), {
        credentials: "omit",
      });
      if (!answer.ok) throw new MalformedError(`no word list for ${language}`, "words");
      this.wordLists.set(language, readList(await answer.json()));
    }
    return this.wordLists.get(language);
  }

  /** The list of that hash, from memory or from the server; its signature is verified, its descent is not.
   * @param {string} hash @returns {Promise<import("./lists.js").MemberList>} */
  async list(hash) {
    if (!this.lists.has(hash)) {
      const list = parseList(new TextDecoder().decode(await this.door.octets(`list/${hash}/`)));
      if (list.hash !== hash) throw new MalformedError("another list than the one asked for", "list");
      this.lists.set(hash, list);
    }
    return this.lists.get(hash);
  }

  /** Fetches what stands between `list` and number `seq`, so that its descent can be judged.
   * @param {import("./lists.js").MemberList} list @param {number} seq */
  async ancestors(list, seq) {
    for (let reached = list; reached.seq > seq;) reached = await this.list(reached.prev);
  }
}

/** Every seed and token that is held at this moment. @param {Session} session @returns {Uint8Array[]} */
function secrets({ viewer, receipt, made, view }) {
  const pairs = [...(viewer?.keys ?? []), ...(made ? [made.keys] : [])];
  const epochs = Object.values(view?.chains ?? {}).flatMap((chain) => chain.epochs);
  return [
    ...pairs.flatMap(({ kem, sig }) => [kem, sig]),
    ...(receipt ? [receipt.token, receipt.kem, receipt.sig] : []),
    ...epochs.flatMap(({ seed }) => (seed === null ? [] : [seed])),
  ];
}

/** Languages with a word list; all others show and read four digits a word. */
export const WORD_LANGUAGES = ["en", "fr", "de", "pt"];

/** Octets that the server sent as base64; broken ones become none, so that they show as a failure of their row.
 * @param {unknown} text @returns {Uint8Array} */
export function served(text) {
  try {
    return fromB64(/** @type {string} */ (text));
  } catch (error) {
    if (error instanceof MalformedError) return new Uint8Array(0);
    throw error;
  }
}

/** @param {string} text hex of the installation's salt @returns {Uint8Array} */
export const saltFrom = (text) => fromHex(text, 16);
