/**
 * What a chosen file is, and taking hidden place, device and names out of photographs without touching a pixel.
 *
 * A keep-list decides for JPEG, PNG and WebP: what is not on it goes (GPS, XMP, comments, thumbnails, everything
 * after the end of the picture); orientation and colour profile stay. Nothing is decoded or drawn: canvas would
 * return noise under Tor's fingerprint protection. All else passes unstripped with a plain warning (sealing.md,
 * section 6).
 */

import { MalformedError } from "./errors.js";
import { stripJpeg } from "./images/jpeg.js";
import { stripPng } from "./images/png.js";
import { stripWebp } from "./images/webp.js";

const STRIPPERS = { jpeg: stripJpeg, png: stripPng, webp: stripWebp };
/** A picture larger than this is not taken apart in memory; it passes with a warning. */
const LARGEST_PICTURE = 2 ** 27;
const BEGINNING = 4096;

/** @typedef {"jpeg" | "png" | "webp" | "heic" | "avif" | "gif" | "tiff" | "video" | "audio" | "pdf" | "office" |
 *   "other"} Kind */
/** What the page says beside a file: nothing was found that could hold hidden data (`""`), or which sort may.
 * @typedef {"" | "photo" | "video" | "audio" | "pdf" | "office" | "other"} Warning */

/** The file as it will be sent.
 * @param {Blob} blob @returns {Promise<{blob: Blob, kind: Kind, stripped: boolean, warning: Warning}>} `stripped`
 *   says that the hidden data is out; a picture too damaged or too large to be taken apart passes with the warning
 *   `photo` */
export async function stripMetadata(blob) {
  const kind = await detect(blob);
  const strip = STRIPPERS[kind];
  if (!strip || blob.size > LARGEST_PICTURE) return { blob, kind, stripped: false, warning: warningFor(kind) };
  try {
    const kept = strip(new Uint8Array(await blob.arrayBuffer()));
    return { blob: new Blob(kept, { type: `image/${kind}` }), kind, stripped: true, warning: "" };
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    return { blob, kind, stripped: false, warning: "photo" };
  }
}

/** @param {Kind} kind @returns {Warning} */
export function warningFor(kind) {
  if (["jpeg", "png", "webp", "heic", "avif", "gif", "tiff"].includes(kind)) return "photo";
  return /** @type {Warning} */ (["video", "audio", "pdf", "office"].includes(kind) ? kind : "other");
}

/** What the content is; neither the name nor the type that a browser guessed is asked.
 * @param {Blob} blob @returns {Promise<Kind>} */
export async function detect(blob) {
  const octets = new Uint8Array(await blob.slice(0, BEGINNING).arrayBuffer());
  const text = String.fromCharCode(...octets);
  for (const [kind, matches] of SIGNS) if (matches(text)) return kind;
  return "other";
}

const starts =
  (...signs) =>
  (text) =>
    signs.some((sign) => text.startsWith(sign));
const riff = (form) => (text) => text.startsWith("RIFF") && text.slice(8, 12) === form;
const brand = (pattern) => (text) => text.slice(4, 8) === "ftyp" && pattern.test(text.slice(8, 12));
const office = (text) =>
  text.startsWith("PK\x03\x04") &&
  /\[Content_Types\]\.xml|(?:^|[^a-z])(?:word|xl|ppt)\/|mimetypeapplication\/vnd\.oasis\.opendocument/.test(text);

/** In this order: the first sign that matches decides. */
const SIGNS = /** @type {[Kind, (text: string) => boolean][]} */ ([
  ["jpeg", starts("\xff\xd8\xff")],
  ["png", starts("\x89PNG\r\n\x1a\n")],
  ["webp", riff("WEBP")],
  ["gif", starts("GIF87a", "GIF89a")],
  ["tiff", starts("II*\0", "MM\0*")],
  ["heic", brand(/^(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/)],
  ["avif", brand(/^avi[fs]$/)],
  ["audio", brand(/^M4[AB] $/)],
  ["video", (text) => ["ftyp", "moov", "mdat", "wide"].includes(text.slice(4, 8))],
  ["video", starts("\x1a\x45\xdf\xa3", "\x00\x00\x01\xba", "FLV\x01")],
  ["video", riff("AVI ")],
  ["audio", riff("WAVE")],
  ["audio", starts("ID3", "fLaC", "OggS", "\xff\xfb", "\xff\xf3", "\xff\xf1", "#!AMR")],
  ["pdf", (text) => text.slice(0, 1024).includes("%PDF-")],
  ["office", starts("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "{\\rtf")],
  ["office", office],
]);
