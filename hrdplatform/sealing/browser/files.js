/**
 * Files: padding, the cut into parts, the digest, and the streaming seal of a file or blob with constant memory.
 *
 * Plaintext = octets || zeros to Padmé(max(size, 65536)), sealed to a fresh identity whose seed stands in the
 * manifest; parts are the age file cut every 8,388,608 octets; digest = `H(P"file" || 0 || u64 sealed || u32 parts
 * || H(part 1) || ...)`, part hashes by WebCrypto (sealing.md, section 5, "Files"). No 32-bit operators on sizes.
 */

import { CancelledError, LimitError, SealingError } from "./errors.js";
import { publicKey } from "./keys.js";
import { hashed } from "./labels.js";
import { b64, fromHex, hex, random, u32, u64 } from "./octets.js";
import { sealer } from "./sealed.js";

export const PART = 8388608;
export const SMALLEST = 65536;
/** The largest file a visitor may send, in octets (1 GiB). */
export const LARGEST = 2 ** 30;
const CHUNK = 65536;
const HEADER = 1627;
const READ = 2 ** 20;

/** The padded length: at most 12 % more, and only the order of magnitude shows (Padmé, PURBs 2019).
 * @param {number} size @returns {number} of the plaintext as it is sealed */
export function padme(size) {
  const length = Math.max(size, SMALLEST);
  const exponent = length.toString(2).length - 1;
  const kept = exponent.toString(2).length;
  const step = 2 ** (exponent - kept);
  return Math.ceil(length / step) * step;
}

/** @param {number} size of the file @returns {number} octets of the sealed object */
export const sealedSize = (size) => HEADER + 16 + padme(size) + 16 * Math.ceil(padme(size) / CHUNK);

/** @param {number} sealed @returns {number} how many parts */
export const partCount = (sealed) => Math.ceil(sealed / PART);

/** @param {Uint8Array} octets @returns {Promise<string>} SHA-256 by WebCrypto, 64 digits */
export const partHash = async (octets) => hex(new Uint8Array(await crypto.subtle.digest("SHA-256", octets)));

/** @param {number} sealed @param {string[]} hashes of the parts in order @returns {string} 64 digits */
export const digestOf = (sealed, hashes) =>
  hex(hashed("file", u64(sealed), u32(hashes.length), ...hashes.map((hash) => fromHex(hash, 32))));

/** A part of a sealed file. @typedef {{index: number, octets: Uint8Array, hash: string}} Part `index` from 1 */

/** Seals one file part by part; holds no more than the part being filled. The same sealing is never run twice over
 * other bytes: that would reveal them, so a lost one starts anew with a new identity. */
export class FileSealer {
  /** @param {Blob} blob @param {{name: string, type: string}} labels for the manifest @param {AbortSignal} [signal]
   * @throws {LimitError} `size` over 1 GiB */
  constructor(blob, { name, type }, signal) {
    if (blob.size > LARGEST) throw new LimitError("larger than 1 GiB", "size");
    this.labels = { name, type };
    this.size = blob.size;
    this.sealed = sealedSize(blob.size);
    this.parts = partCount(this.sealed);
    this.seed = random(32);
    this.signal = signal;
    this.hashes = [];
    this.rest = new Uint8Array(0);
    this.blob = blob;
    this.reader = null;
  }

  /** @returns {Promise<Part | null>} the next part, null after the last @throws {CancelledError | SealingError} */
  async next() {
    if (this.hashes.length === this.parts) return null;
    this.reader ??= (await sealer(publicKey(this.seed)).encrypt(padded(this.blob))).getReader();
    const left = this.sealed - this.hashes.length * PART;
    const octets = await this.fill(new Uint8Array(Math.min(PART, left)));
    const hash = await partHash(octets);
    this.hashes.push(hash);
    return { index: this.hashes.length, octets, hash };
  }

  async fill(part) {
    let filled = 0;
    while (filled < part.length) {
      if (this.signal?.aborted) throw new CancelledError("stopped by the visitor");
      if (this.rest.length === 0) this.rest = await this.read();
      const piece = this.rest.subarray(0, part.length - filled);
      part.set(piece, filled);
      filled += piece.length;
      this.rest = this.rest.subarray(piece.length);
    }
    return part;
  }

  async read() {
    try {
      const { done, value } = await this.reader.read();
      if (!done) return value;
    } catch (error) {
      throw new SealingError(`the file could not be read: ${error}`, "unreadable");
    }
    throw new SealingError("the file became shorter while it was read", "unreadable");
  }

  /** Whether every part was made. */
  get finished() {
    return this.hashes.length === this.parts;
  }

  /** @returns {import("./bodies.js").Attachment} the entry for the message; holds the file's key */
  manifest() {
    return {
      digest: digestOf(this.sealed, this.hashes),
      key: b64(this.seed),
      ...this.labels,
      parts: this.parts,
      sealed: this.sealed,
      size: this.size,
    };
  }
}

/** The blob and its zeros as a stream that is read on demand. The blob's own stream is read, ten times faster than
 * its slices.
 * @param {Blob} blob @returns {ReadableStream<Uint8Array>} fails if the blob ends before its size */
export function padded(blob) {
  const whole = padme(blob.size);
  const reader = blob.stream().getReader();
  let offset = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        const octets = offset < blob.size ? await piece(reader) : new Uint8Array(Math.min(READ, whole - offset));
        offset += octets.length;
        controller.enqueue(octets);
        if (offset === whole) controller.close();
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

async function piece(reader) {
  const { done, value } = await reader.read();
  if (done) throw new SealingError("the file became shorter while it was read", "unreadable");
  return value;
}
