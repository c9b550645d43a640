/**
 * Opening a file that was sent: every part hashed, every chunk authenticated, the digest and the zeros checked, and
 * only then handed out; before that no octet of it leaves this module (sealing.md, sections 5 and 6).
 */

import { MalformedError, SealingError, TamperedError } from "./errors.js";
import { digestOf, padme, PART, partCount, partHash, sealedSize } from "./files.js";
import { detect } from "./images.js";
import { fromB64 } from "./octets.js";
import { checkOutside, judged, opener } from "./sealed.js";

/** Types that a page may show with `<img>`; judged by content, never by what the sender wrote. */
const SHOWN = { jpeg: "image/jpeg", png: "image/png", webp: "image/webp", gif: "image/gif" };

/** @typedef {{blob: Blob, name: string, kind: import("./images.js").Kind, show: string}} OpenedFile
 *   `blob` has an image's type or `application/octet-stream`, so that nothing a requester sent runs as active content;
 *   `name` is safe to save under; `show` is `image` or `download` */

/** @param {import("./bodies.js").Attachment} entry of a verified manifest
 * @param {(index: number) => Promise<Uint8Array>} fetchPart parts from 1 @returns {Promise<OpenedFile>}
 * @throws {MalformedError} when the manifest contradicts itself @throws {TamperedError} `part`, `digest`, `sealed`
 *   or `padding` when a part was swapped, repeated, left out, lengthened, or comes from elsewhere */
export async function openFile(entry, fetchPart) {
  if (entry.sealed !== sealedSize(entry.size) || entry.parts !== partCount(entry.sealed)) {
    throw new MalformedError("sizes of the manifest do not fit together", "manifest");
  }
  const hashes = [];
  const pieces = [];
  const reader = (await decrypted(entry, parts(entry, fetchPart, hashes))).getReader();
  let offset = 0;
  for (let next = await chunk(reader); next !== null; next = await chunk(reader)) {
    const kept = Math.max(0, Math.min(next.length, entry.size - offset));
    if (next.subarray(kept).some(Boolean)) throw new TamperedError("octets after the end of the file", "padding");
    if (kept) pieces.push(new Blob([next.subarray(0, kept)]));
    offset += next.length;
  }
  if (offset !== padme(entry.size)) throw new TamperedError("not the length of the manifest", "padding");
  if (digestOf(entry.sealed, hashes) !== entry.digest)
    throw new TamperedError("not the digest of the manifest", "digest");
  return labelled(entry, new Blob(pieces));
}

/** The parts as one stream, each of the length that the manifest demands and hashed as it passes. */
function parts(entry, fetchPart, hashes) {
  return new ReadableStream(
    {
      async pull(controller) {
        const octets = await fetchPart(hashes.length + 1);
        if (octets.length !== Math.min(PART, entry.sealed - hashes.length * PART)) {
          throw new TamperedError(`part ${hashes.length + 1} has another length`, "part");
        }
        if (hashes.length === 0) checkOutside(octets);
        hashes.push(await partHash(octets));
        controller.enqueue(octets);
        if (hashes.length === entry.parts) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** @returns {Promise<ReadableStream<Uint8Array>>} */
async function decrypted(entry, stream) {
  try {
    return await opener(fromB64(entry.key, 32)).decrypt(stream);
  } catch (error) {
    throw error instanceof SealingError ? error : judged(error);
  }
}

async function chunk(reader) {
  try {
    const { done, value } = await reader.read();
    return done ? null : value;
  } catch (error) {
    throw error instanceof SealingError ? error : judged(error);
  }
}

async function labelled(entry, blob) {
  const kind = await detect(blob);
  const type = SHOWN[kind] ?? "application/octet-stream";
  return {
    blob: blob.slice(0, blob.size, type),
    name: safeName(entry.name),
    kind,
    show: kind in SHOWN ? "image" : "download",
  };
}

/** A name under which the file may be saved: no path, no control or direction marks, never empty or hidden.
 * @param {string} name @returns {string} */
export function safeName(name) {
  const kept = name
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "")
    .replace(/[/\\:*?"<>|]/g, "_")
    .replace(/^[.\s]+|[.\s]+$/g, "");
  return kept || "file";
}
