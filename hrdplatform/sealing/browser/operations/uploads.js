/**
 * Files on their way: hidden data taken out, sealed part by part and sent, while the next part is being sealed.
 *
 * A retry only ever sends ciphertext that is still in memory; a lost worker starts anew with a new file identity,
 * since sealing changed octets under the same key would reveal them (sealing.md, section 5, "Files").
 */

import { fileName, mediaType, MOST_ATTACHMENTS } from "../bodies.js";
import { CancelledError, LimitError, LockedError, MalformedError, ServerError } from "../errors.js";
import { FileSealer } from "../files.js";
import { stripMetadata } from "../images.js";

/** @typedef {{id: string, sealer: FileSealer, upload: string, waiting: import("../files.js").Part | null, sent:
 *   number, done: boolean, door: import("../doors.js").Door, info: object}} Outgoing */

/** Strips, seals and sends one file; called again with the same id it goes on where the connection broke.
 * @param {import("../session.js").Session} session @param {{id: string, file?: File, uploadBase?: string}} options
 * @param {{progress: (state: object) => void, signal: AbortSignal}} control progress is `{sent, total}` in sealed
 *   octets
 * @returns {Promise<{id: string, name: string, size: number, kind: string, stripped: boolean, warning: string}>}
 * @throws {LimitError | ServerError | CancelledError} after `CancelledError` the file is forgotten */
export async function sealFile(session, { id, file, uploadBase }, { progress, signal }) {
  const outgoing = session.files.get(id) ?? (await begin(session, { id, file, uploadBase }, signal));
  outgoing.sealer.signal = signal;
  try {
    await sendParts(outgoing, progress, signal);
  } catch (error) {
    if (error instanceof CancelledError || signal.aborted) {
      await forget(session, id);
      throw new CancelledError("stopped by the visitor");
    }
    throw error;
  }
  return outgoing.info;
}

async function begin(session, { id, file, uploadBase }, signal) {
  if (!file) throw new MalformedError("no file under this id: choose it again", "file");
  if (session.files.size >= MOST_ATTACHMENTS) throw new LimitError("more than 64 files", "attachments");
  const { blob, kind, stripped, warning } = await stripMetadata(file);
  const labels = { name: fileName(file.name), type: mediaType(stripped ? blob.type : file.type) };
  const sealer = new FileSealer(blob, labels, signal);
  const door = uploadBase ? session.door.from(uploadBase) : session.door;
  const { upload } = await door.send("POST", "uploads/", { sealed: sealer.sealed, parts: sealer.parts }, signal);
  const info = { id, name: labels.name, size: file.size, kind, stripped, warning };
  const outgoing = { id, sealer, upload, waiting: null, sent: 0, done: false, door, info };
  session.files.set(id, outgoing);
  return outgoing;
}

/** Part i travels while part i + 1 is sealed: never more than two in memory. */
async function sendParts(outgoing, progress, signal) {
  const { sealer } = outgoing;
  const report = () => progress({ sent: outgoing.sent, total: sealer.sealed });
  outgoing.waiting ??= await sealer.next();
  while (outgoing.waiting !== null) {
    const { index, octets, hash } = outgoing.waiting;
    const sending = outgoing.door.putPart(`uploads/${outgoing.upload}/${index}/`, octets, hash, signal);
    outgoing.next ??= sealer.next();
    const [sent, made] = await Promise.allSettled([sending, outgoing.next]);
    if (sent.status === "rejected") throw sent.reason;
    outgoing.sent += octets.length;
    report();
    outgoing.next = null;
    if (made.status === "rejected") throw made.reason;
    outgoing.waiting = made.value;
  }
  outgoing.done = true;
}

/** Removes a file that was chosen, also from the server.
 * @param {import("../session.js").Session} session @param {{id: string}} options */
export const dropFile = (session, { id }) => forget(session, id);

async function forget(session, id) {
  const outgoing = session.files.get(id);
  session.files.delete(id);
  if (!outgoing) return;
  try {
    await outgoing.door.send("DELETE", `uploads/${outgoing.upload}/`, "");
  } catch (error) {
    // Unclaimed uploads go after 24 hours anyway: not being able to say so now is no reason to trouble her.
    if (!(error instanceof ServerError)) throw error;
  }
}

/** Manifest entries and upload claims of files that have arrived in whole.
 * @param {import("../session.js").Session} session @param {string[]} ids in the order of the message
 * @returns {{attachments: import("../bodies.js").Attachment[], uploads: object[]}} @throws {LockedError} `file` */
export function claims(session, ids) {
  const outgoing = ids.map((id) => session.files.get(id));
  if (outgoing.some((one) => !one?.done)) throw new LockedError("a file has not arrived in whole yet", "file");
  const attachments = outgoing.map((one) => one.sealer.manifest());
  const uploads = attachments.map(({ digest, parts, sealed }, index) => ({
    upload: outgoing[index].upload,
    digest,
    parts,
    sealed,
  }));
  return { attachments, uploads };
}

/** Forgets files that the server has claimed for a message. */
export const claimed = (session, ids) => ids.forEach((id) => session.files.delete(id));
