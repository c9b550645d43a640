/**
 * The one thing that stays of an Exif block: the orientation, without which a telephone's photograph lies on its
 * side.
 */

const ORIENTATION = 0x0112;
const SHORT = 3;

/** @param {Uint8Array} tiff from its byte-order mark on @returns {number} 2...8, or 1 when there is none to keep;
 *   never throws: an unreadable block is dropped like the rest of it */
export function orientation(tiff) {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length);
  if (tiff.length < 14) return 1;
  const mark = view.getUint16(0);
  if (mark !== 0x4949 && mark !== 0x4d4d) return 1;
  const little = mark === 0x4949;
  const start = view.getUint32(4, little);
  if (start + 2 > tiff.length) return 1;
  const count = view.getUint16(start, little);
  for (let entry = start + 2; entry + 12 <= Math.min(tiff.length, start + 2 + 12 * count); entry += 12) {
    if (view.getUint16(entry, little) !== ORIENTATION || view.getUint16(entry + 2, little) !== SHORT) continue;
    const value = view.getUint16(entry + 8, little);
    return value >= 2 && value <= 8 ? value : 1;
  }
  return 1;
}

/** @param {number} value 1...8 @returns {Uint8Array} a TIFF block of 26 octets that says nothing else */
export function orientationOnly(value) {
  const tiff = new Uint8Array(26);
  const view = new DataView(tiff.buffer);
  view.setUint32(0, 0x4d4d002a);
  view.setUint32(4, 8);
  view.setUint16(8, 1);
  view.setUint16(10, ORIENTATION);
  view.setUint16(12, SHORT);
  view.setUint32(14, 1);
  view.setUint16(18, value);
  return tiff;
}
