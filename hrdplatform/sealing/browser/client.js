/**
 * The page's end of the worker: ask by name, get a promise; progress and cancelling with it. This is the contract for
 * everybody who writes page scripts (`legal_aid/browser/`, `hrdplatform/accounts/browser/`).
 *
 *     import { SealingClient, SealingFault } from "../../hrdplatform/sealing/browser/client.js";
 *     const sealing = new SealingClient(address);                // of /static/sealing/worker.js
 *     await sealing.call("start", { base, csrf, wordsBase, hostIsLoopback });
 *     const running = sealing.call("sealFile", { id, file }, { onProgress: ({ sent, total }) => ... });
 *     running.cancel();                                          // rejects with code "cancelled"
 *
 * Keys never cross: the worker makes, holds and uses them, and does all sealed network calls itself. It ends on
 * `pagehide`, and every key with it.
 *
 * Operations: `name(options) -> result`, progress in `[]`; `?` may be left out.
 *
 * Both doors
 *   start({base, csrf, wordsBase?, hostIsLoopback}); first of all; `base` ends with `/sealed/`
 *   sealFile({id, file, uploadBase?}) -> {id, name, size, kind, stripped, warning} [{sent, total}]
 *     again with the same id (no file needed) goes on where a connection broke; cancelling forgets the file
 *   dropFile({id})
 *   openFile({digest}) -> {blob, name, size, kind, show: "image"|"download", warning} [{received, total}]
 *   lock(); forgets every key; whatever runs is cancelled
 *
 * A new request
 *   prepare({teamHex}) -> {team, name, listSeq, expires, readers, roles: {intake, case, recovery}, rootWords,
 *     rootDigits, partners}; with `base`, `csrf`, `hostIsLoopback` it does `start` too
 *   makeReceipt({language}) -> {words: 8, digits: 8}; show them only after `openCase` has resolved
 *   openCase({text, contact?, urgency: "now"|"soon"|"open", language, fileIds?}) -> {case, earlier, left}
 *     after a lost answer call it again: the same octets go. `earlier` true: the words were changed after such an
 *     attempt; that was settled first, and what is new followed as a second message. So for all that returns `earlier`.
 *     `left`: files chosen after that attempt, which she has to add again
 *
 * A defender who came back
 *   unlockReceipt({text, language, salt?}) -> CaseShown; `salt` as hex unless `prepare` ran; 404 `receipt`: no case
 *   loadCase() -> CaseShown
 *   send({text, fileIds?}) -> {id, earlier}
 *   change({kind: "contact"|"consent", data|null, entity?, replaces?}) -> {id, earlier}
 *   replaceReceipt({language}) -> {words, digits}; when the server has swapped them; after a lost answer call again
 *   erase(); everything is gone, the worker is locked
 *
 * Desk
 *   makeMember({id, language}) -> {id, file, passphrase, kem, sig, words: 6, digits: 6}
 *     `file`, `kem`, `sig` (base64) go to the server, the passphrase is shown once, the words are read to the lead
 *   tryMember({identityFile, passphrase}) -> {id}; enrolment succeeds only after this
 *   unlockMember({passphrase, identityFile?}) -> {member, state, team, listSeq, expires, canWrite, listed, readers,
 *     roles, keyring: "opened"|"new"|"locked", rootWords, rootDigits, names: {m01: {name, publish}},
 *     recovery: ids of keys that nobody holds}
 *     fault `list_refused`: stop, tell the lead; `listed` false: these keys are not on the newest list
 *   addIdentity({passphrase, identityFile?}) -> {keyring}; an older identity, after new keys or a `locked` keyring
 *   queue({page?}) -> {cases: [{case, reference, status, urgency, received, unread, with, arrival, epoch, reading}],
 *     pages, overdue} [{item, opened, total}]
 *     reading: {from: "summary"|"message"|"nothing", text, data, author, sent, problems}
 *   openCaseAsMember({case}) -> CaseShown with reference, urgency, received, acknowledged, with
 *   reply({case, text, fileIds?}) -> {id, earlier}
 *   note({case, text}) -> {id, earlier}
 *   acknowledge({case})
 *   writeVersion({case, kind, data|null, entity?, replaces?}) -> {id, earlier}
 *   summarise({case, data}) -> {id, earlier}
 *   share({case, add?, remove?, bar?, history?}) -> {readers}
 *   sealDraft({case, text}), openDraft({case}) -> {text}, dropDraft({case})
 *
 * CaseShown = {case, team, status, arrival, sound, mayWrite, problems: [{failure, chain, epoch, row, id}],
 *   epochs: [{chain, number, open, author, arrival, readers, barred, listSeq}],
 *   messages and notes: [{row, id, kind, epoch, day, readable, problems: [failure], author, sent, text,
 *     files: [{digest, name, size, type}]}] in showing order (unreadable ones end with `problems`),
 *   entities: [{kind, entity, versions: [{id, author, sent, data}]}], pin}
 * Failures are those of `verdicts.js`; that `sound` is false must be said.
 *
 * Rejections are `SealingFault` with `code`:
 *   `malformed`, `wrong_key`, `tampered`, `locked`, `cancelled`, `sealing`
 *   `list_refused`: detail `expired`, `demo`, `team`, `lower_seq`, `same_seq`, `descent`, `missing` or `readers`
 *   `receipt`: detail `count` or `unknown`, `position` of the word from 1
 *   `limit`: detail `text`, `attachments` or `size`
 *   `server`: `status`, 0 without an answer; detail is the server's code
 *   `worker`: the script could not run, nothing was sent
 *   `fault`: a mistake of ours
 */

export class SealingFault extends Error {
  /** @param {{name: string, code: string, detail: string, status: number, position: number, message: string}} told */
  constructor({ code, detail, status, position, message }) {
    super(message);
    this.name = "SealingFault";
    this.code = code;
    this.detail = detail;
    this.status = status;
    this.position = position;
  }
}

export class SealingClient {
  /** @param {string} address of the worker script, same origin */
  constructor(address) {
    this.waiting = new Map();
    this.last = 0;
    this.worker = started(address);
    this.worker?.addEventListener("message", ({ data }) => this.take(data));
    // A script that was blocked or is broken: whatever was asked is rejected, and nothing more is taken.
    this.worker?.addEventListener("error", () => this.close());
    addEventListener("pagehide", () => this.close());
  }

  /** @param {string} operation @param {object} [options] @param {{onProgress?: (progress: any) => void}} [control]
   * @returns {Promise<any> & {cancel: () => void}} @throws {SealingFault} */
  call(operation, options = {}, { onProgress } = {}) {
    this.last += 1;
    const id = this.last;
    const promise = new Promise((resolve, reject) => {
      if (this.worker === null) return reject(workerFault("the worker has ended"));
      this.waiting.set(id, { resolve, reject, onProgress });
      return this.worker.postMessage({ id, operation, options });
    });
    return Object.assign(promise, { cancel: () => this.worker?.postMessage({ cancel: id }) });
  }

  take({ id, progress, result, error }) {
    const call = this.waiting.get(id);
    if (!call) return;
    if (progress !== undefined) {
      call.onProgress?.(progress);
      return;
    }
    this.waiting.delete(id);
    if (error) call.reject(new SealingFault(error));
    else call.resolve(result);
  }

  /** Ends the worker and with it every key; what was asked is rejected. */
  close() {
    this.worker?.terminate();
    this.worker = null;
    for (const { reject } of this.waiting.values()) reject(workerFault("the worker has ended"));
    this.waiting.clear();
  }
}

/** Some browsers report a forbidden worker by an event, some throw. @returns {Worker | null} */
function started(address) {
  try {
    return new Worker(address);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

const workerFault = (message) =>
  new SealingFault({ name: "", code: "worker", detail: "", status: 0, position: 0, message });
