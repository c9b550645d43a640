/**
 * The PNG keep-list (W3C PNG, third edition): picture, palette, transparency, colour, animation, and of Exif the
 * orientation. Texts, times, histograms, private chunks and whatever follows the end of the picture are left out.
 */

import { MalformedError } from "../errors.js";
import { concat, u32, utf8 } from "../octets.js";
import { orientation, orientationOnly } from "./exif.js";

const SIGNATURE = 8;
const KEPT = new Set([
  "IHDR",
  "PLTE",
  "IDAT",
  "IEND",
  "tRNS",
  "gAMA",
  "cHRM",
  "sRGB",
  "iCCP",
  "sBIT",
  "cICP",
  "mDCV",
  "cLLI",
  "bKGD",
  "pHYs",
  "acTL",
  "fcTL",
  "fdAT",
]);

/** @param {Uint8Array} octets @returns {Uint8Array[]} the pieces to keep, in order @throws {MalformedError} */
export function stripPng(octets) {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const kept = [octets.subarray(0, SIGNATURE)];
  for (let at = SIGNATURE; at + 12 <= octets.length;) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...octets.subarray(at + 4, at + 8));
    const end = at + 12 + length;
    if (end > octets.length || !/^[A-Za-z]{4}$/.test(type)) throw new MalformedError("a chunk beyond the end", "png");
    if (at === SIGNATURE && type !== "IHDR") throw new MalformedError("no IHDR first", "png");
    kept.push(...keptChunk(type, octets.subarray(at, end)));
    if (type === "IEND") return kept;
    at = end;
  }
  throw new MalformedError("a PNG without an end", "png");
}

function keptChunk(type, whole) {
  if (KEPT.has(type)) return [whole];
  if (type === "eXIf") {
    const value = orientation(whole.subarray(8, whole.length - 4));
    return value === 1 ? [] : [chunk("eXIf", orientationOnly(value))];
  }
  // An upper-case first letter says that the picture cannot be shown without it.
  if (type[0] < "a") throw new MalformedError(`critical chunk ${type} is unknown`, "png");
  return [];
}

function chunk(type, content) {
  const body = concat(utf8(type), content);
  return concat(u32(content.length), body, u32(crc32(body)));
}

/** The CRC of PNG (ISO 3309), bit by bit: it runs over 30 octets.
 * @param {Uint8Array} octets @returns {number} */
function crc32(octets) {
  let crc = 0xffffffff;
  for (const octet of octets) {
    crc ^= octet;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
