/**
 * The one worker: keys live here only. The page asks by name and gets plaintext to show, numbers of progress, or an
 * error; never a key, a seed or a token (sealing.md, section 5, "With scripts").
 *
 * Messages in: `{id, operation, options}` or `{cancel: id}`. Messages out: `{id, progress}`, `{id, result}`, `{id,
 * error: {name, code, detail, status, position, message}}`. The operations are listed in `client.js`.
 */

import { CancelledError, SealingError } from "./errors.js";
import * as desk from "./operations/desk.js";
import * as intake from "./operations/intake.js";
import * as membership from "./operations/membership.js";
import { openFile } from "./operations/opening.js";
import { queue } from "./operations/queue.js";
import * as returning from "./operations/returning.js";
import * as team from "./operations/team.js";
import * as uploads from "./operations/uploads.js";
import { Session } from "./session.js";

const session = new Session();

/** Reads and transfers may run beside each other. */
const FREE = {
  start: team.start,
  prepare: team.prepare,
  sealFile: uploads.sealFile,
  dropFile: uploads.dropFile,
  openFile,
  queue,
  sealDraft: desk.sealDraft,
  openDraft: desk.openDraft,
  dropDraft: desk.dropDraft,
  lock,
};

/** What changes keys, view or case runs one after the other, in the order in which it was asked. */
const ORDERLY = {
  makeReceipt: intake.makeReceipt,
  openCase: intake.openCase,
  unlockReceipt: returning.unlockReceipt,
  loadCase: returning.loadCase,
  send: returning.send,
  change: returning.change,
  replaceReceipt: returning.replaceReceipt,
  erase: returning.erase,
  makeMember: membership.makeMember,
  tryMember: membership.tryMember,
  unlockMember: membership.unlockMember,
  addIdentity: membership.addIdentity,
  openCaseAsMember: desk.openCaseAsMember,
  reply: desk.reply,
  note: desk.note,
  writeVersion: desk.writeVersion,
  summarise: desk.summarise,
  acknowledge: desk.acknowledge,
  share: desk.share,
};

/** @type {Map<number, AbortController>} */
const running = new Map();
let queueTail = Promise.resolve();

/** Stops everything first, so that nothing is signed or sent with keys that are being wiped. */
async function lock() {
  for (const controller of running.values()) controller.abort();
  session.lock();
}

self.addEventListener("message", ({ data }) => {
  if ("cancel" in data) return running.get(data.cancel)?.abort();
  return answer(data);
});

async function answer({ id, operation, options }) {
  const controller = new AbortController();
  running.set(id, controller);
  const control = { signal: controller.signal, progress: (progress) => self.postMessage({ id, progress }) };
  try {
    self.postMessage({ id, result: await run(operation, options ?? {}, control) });
  } catch (error) {
    const stopped = controller.signal.aborted && operation !== "lock";
    self.postMessage({ id, error: told(stopped ? new CancelledError("stopped by the visitor") : error) });
  } finally {
    running.delete(id);
  }
}

function run(operation, options, control) {
  if (Object.hasOwn(FREE, operation)) return FREE[operation](session, options, control);
  if (!Object.hasOwn(ORDERLY, operation)) throw new SealingError(`no operation ${operation}`, "operation");
  const turn = queueTail.then(() => {
    if (control.signal.aborted) throw new CancelledError("stopped before its turn");
    return ORDERLY[operation](session, options, control);
  });
  queueTail = turn.then(
    () => undefined,
    () => undefined,
  );
  return turn;
}

/** Errors cross as plain values. A fault of ours keeps its name; its message holds no plaintext. */
const told = ({ name, code = "fault", detail = "", status = 0, position = 0, message }) => ({
  name,
  code,
  detail,
  status,
  position,
  message: String(message),
});
