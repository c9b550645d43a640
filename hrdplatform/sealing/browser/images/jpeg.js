/**
 * The JPEG keep-list (ITU-T T.81, JFIF 1.02): frame, tables, scans, colour profile, Adobe's colour transform, and of
 * Exif the orientation. Comments, XMP, thumbnails, maker notes and whatever follows the end of the picture are left
 * out.
 */

import { MalformedError } from "../errors.js";
import { concat, utf8 } from "../octets.js";
import { orientation, orientationOnly } from "./exif.js";

const EOI = 0xd9;
const SOS = 0xda;
/** Tables and frames: DHT, DAC, DQT, DNL, DRI and every SOF. */
const PICTURE = new Set([
  0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf, 0xdb, 0xdc, 0xdd,
]);
const EXIF = "Exif\0\0";

/** @param {Uint8Array} octets @returns {Uint8Array[]} the pieces to keep, in order @throws {MalformedError} */
export function stripJpeg(octets) {
  if (octets[0] !== 0xff || octets[1] !== 0xd8) throw new MalformedError("no JPEG", "jpeg");
  const kept = [octets.subarray(0, 2)];
  let frames = 0;
  for (let at = 2; at < octets.length;) {
    const { code, start } = marker(octets, at);
    if (code === EOI) return [...kept, Uint8Array.of(0xff, EOI)];
    const end = segmentEnd(octets, start);
    kept.push(...keptSegment(code, octets.subarray(start - 2, end), octets.subarray(start + 2, end)));
    if (code !== SOS) {
      at = end;
      continue;
    }
    frames += 1;
    at = scanEnd(octets, end);
    kept.push(octets.subarray(end, at));
  }
  // Cut short in the middle of a scan, as broken transfers are: decoders show what is there.
  if (frames === 0) throw new MalformedError("a JPEG without a picture", "jpeg");
  return kept;
}

/** @returns {{code: number, start: number}} the marker at `at` (fill octets skipped), `start` behind it */
function marker(octets, at) {
  let start = at;
  if (octets[start] !== 0xff) throw new MalformedError("no marker where one should be", "jpeg");
  while (octets[start] === 0xff) start += 1;
  const code = octets[start];
  if (code === undefined || code < 0xc0 || (code >= 0xd0 && code <= 0xd8))
    throw new MalformedError("a marker out of place", "jpeg");
  return { code, start: start + 1 };
}

function segmentEnd(octets, start) {
  const end = start + octets[start] * 256 + octets[start + 1];
  if (!(end >= start + 2 && end <= octets.length)) throw new MalformedError("a segment beyond the end", "jpeg");
  return end;
}

/** Where the entropy-coded data ends: at the next marker that is neither a restart nor a stuffed zero. */
function scanEnd(octets, from) {
  for (let at = octets.indexOf(0xff, from); at >= 0; at = octets.indexOf(0xff, at + 1)) {
    const next = octets[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return octets.length;
}

/** @returns {Uint8Array[]} nothing, or the segment as it may stay; `whole` begins two octets before its length field */
function keptSegment(code, whole, content) {
  const piece = concat(Uint8Array.of(0xff, code), whole.subarray(2));
  const begins = (label) => String.fromCharCode(...content.subarray(0, label.length)) === label;
  if (code === SOS || PICTURE.has(code)) return [piece];
  if (code === 0xe0 && begins("JFIF\0") && content.length >= 14) return [segment(code, withoutThumbnail(content))];
  if (code === 0xe1 && begins(EXIF)) return keptExif(content.subarray(EXIF.length));
  if ((code === 0xe2 && begins("ICC_PROFILE\0")) || (code === 0xee && begins("Adobe"))) return [piece];
  if ((code >= 0xe0 && code <= 0xef) || code === 0xfe) return [];
  throw new MalformedError("a kind of JPEG that browsers do not show", "jpeg");
}

function keptExif(tiff) {
  const value = orientation(tiff);
  return value === 1 ? [] : [segment(0xe1, concat(utf8(EXIF), orientationOnly(value)))];
}

function withoutThumbnail(content) {
  const head = content.slice(0, 14);
  head[12] = 0;
  head[13] = 0;
  return head;
}

const segment = (code, content) =>
  concat(Uint8Array.of(0xff, code, (content.length + 2) >> 8, (content.length + 2) & 255), content);
