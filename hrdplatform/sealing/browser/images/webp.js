/**
 * The WebP keep-list (RFC 9649): picture, transparency, animation, colour profile, and of Exif the orientation. XMP,
 * unknown chunks and whatever follows the end of the container are left out.
 */

import { MalformedError } from "../errors.js";
import { concat, utf8 } from "../octets.js";
import { orientation, orientationOnly } from "./exif.js";

const KEPT = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]);
const IN_FRAME = new Set(["VP8 ", "VP8L", "ALPH"]);
const FRAME_HEADER = 16;
const EXIF_FLAG = 0x08;
const XMP_FLAG = 0x04;

/** @param {Uint8Array} octets @returns {Uint8Array[]} the pieces to keep, in order @throws {MalformedError} */
export function stripWebp(octets) {
  const size = little(octets, 4) + 8;
  if (octets.length < 20 || size > octets.length) throw new MalformedError("a WebP beyond its end", "webp");
  const found = chunks(octets.subarray(12, size));
  const exif = found.find((one) => one.type === "EXIF");
  const value = exif ? orientation(tiffOf(exif.content)) : 1;
  const kept = found.filter((one) => KEPT.has(one.type)).map((one) => keptChunk(one, value !== 1));
  if (!found.some((one) => ["VP8 ", "VP8L", "ANMF"].includes(one.type))) throw new MalformedError("no picture", "webp");
  if (value !== 1) kept.push(chunk("EXIF", orientationOnly(value)));
  const body = concat(utf8("WEBP"), ...kept);
  return [utf8("RIFF"), littleEndian(body.length), body];
}

/** @returns {{type: string, content: Uint8Array}[]} @throws {MalformedError} */
function chunks(octets) {
  const found = [];
  for (let at = 0; at + 8 <= octets.length;) {
    const length = little(octets, at + 4);
    if (at + 8 + length > octets.length) throw new MalformedError("a chunk beyond the end", "webp");
    const type = String.fromCharCode(...octets.subarray(at, at + 4));
    found.push({ type, content: octets.subarray(at + 8, at + 8 + length) });
    at += 8 + length + (length % 2);
  }
  return found;
}

function keptChunk({ type, content }, keepsExif) {
  if (type === "ANMF") return chunk(type, keptFrame(content));
  if (type !== "VP8X" || content.length < 10) return chunk(type, content);
  const flags = content.slice();
  flags[0] &= keepsExif ? ~XMP_FLAG : ~(XMP_FLAG | EXIF_FLAG);
  return chunk(type, flags);
}

function keptFrame(content) {
  const inner = chunks(content.subarray(FRAME_HEADER)).filter((one) => IN_FRAME.has(one.type));
  return concat(content.subarray(0, FRAME_HEADER), ...inner.map((one) => chunk(one.type, one.content)));
}

/** Some writers put JPEG's label before the TIFF block. */
const tiffOf = (content) => (String.fromCharCode(...content.subarray(0, 4)) === "Exif" ? content.subarray(6) : content);

const chunk = (type, content) =>
  concat(utf8(type), littleEndian(content.length), content, new Uint8Array(content.length % 2));

const little = (octets, at) => new DataView(octets.buffer, octets.byteOffset).getUint32(at, true);

function littleEndian(value) {
  const octets = new Uint8Array(4);
  new DataView(octets.buffer).setUint32(0, value, true);
  return octets;
}
