/**
 * The bodies of records: messages and notes with their text, entities with their data; parsed and emitted exactly.
 *
 * Kinds 02 to 04 carry `attachments` and `text`; from 05 on `data`, `entity` and `replaces` stand in their place.
 * Every body has a random `salt`, since without it a record id would confirm a guessed short text (sealing.md,
 * section 4).
 */

import { emit as emitCanonical, exactKeys, parse as parseCanonical, wellFormed } from "./canonical.js";
import { LimitError, MalformedError } from "./errors.js";
import * as fields from "./fields.js";
import { kindNamed } from "./records.js";

export const LONGEST_TEXT = 20000;
export const LONGEST_NAME = 255;
export const LONGEST_TYPE = 100;
export const MOST_ATTACHMENTS = 64;

const SHARED = ["after", "author", "card", "case", "chain", "epoch", "salt", "sent", "v"];
const MESSAGE = [...SHARED, "attachments", "text"];
const ENTITY = [...SHARED, "data", "entity", "replaces"];
const ATTACHMENT = ["digest", "key", "name", "parts", "sealed", "size", "type"];
const ASCII = /^[\0-\x7f]*$/;

/** @typedef {{digest: string, key: string, name: string, parts: number, sealed: number, size: number, type: string}}
 *   Attachment */

/** The text as typed, CRLF and CR turned into LF, lone surrogates into U+FFFD; nothing else is touched.
 * @param {string} words @returns {string} @throws {LimitError} over 20,000 code points */
export function typed(words) {
  const found = wellFormed(words.replace(/\r\n?/g, "\n"));
  if (fields.codePoints(found) > LONGEST_TEXT) throw new LimitError("more than 20,000 characters", "text");
  return found;
}

/** A file name as it may stand in a manifest: well formed and at most 255 code points, the ending kept.
 * @param {string} name @returns {string} */
export function fileName(name) {
  const points = [...wellFormed(name)];
  if (points.length <= LONGEST_NAME) return points.join("");
  const ending = /\.[^.]{1,16}$/.exec(name)?.[0] ?? "";
  return points.slice(0, LONGEST_NAME - [...ending].length).join("") + ending;
}

/** A media type as it may stand in a manifest, or the empty string.
 * @param {string} type @returns {string} */
export const mediaType = (type) => (type.length <= LONGEST_TYPE && ASCII.test(type) ? type : "");

/** The body of a record of `kind`, exactly as it was written.
 * @param {string} kind name @param {Uint8Array} octets @returns {any} @throws {MalformedError} */
export function parse(kind, octets) {
  const row = kindNamed(kind);
  if (kind === "card") throw new MalformedError("a card is no body of a record", "kind");
  const body = exactKeys(parseCanonical(octets), row.carriesData ? ENTITY : MESSAGE);
  checkPlace(body);
  if (!row.chains.includes(body.chain)) throw new MalformedError(`a ${kind} on the chain ${body.chain}`, "chain");
  if (row.carriesData) checkEntity(body);
  else checkMessage(kind, body);
  return body;
}

/** @param {any} body @returns {Uint8Array} */
export const emit = (body) => emitCanonical(body);

function checkPlace(body) {
  fields.choice(body.v, 1);
  fields.hex16(body.case);
  fields.choice(body.chain, "case", "notes");
  fields.number(body.epoch, 1);
  fields.hash(body.card);
  fields.author(body.author);
  fields.many(body.after, fields.hash);
  fields.minute(body.sent);
  fields.hex16(body.salt);
}

function checkMessage(kind, body) {
  fields.text(body.text, LONGEST_TEXT);
  if (!Array.isArray(body.attachments) || body.attachments.length > MOST_ATTACHMENTS) {
    throw new MalformedError("not an array of at most 64 attachments", "attachments");
  }
  body.attachments.forEach(checkAttachment);
  if (kind === "opened" && (body.text !== "" || body.attachments.length > 0)) {
    throw new MalformedError("an opened mark says nothing more", "opened");
  }
}

function checkEntity(body) {
  if (body.data !== null && (typeof body.data !== "object" || Array.isArray(body.data))) {
    throw new MalformedError("data is neither an object nor null", "data");
  }
  fields.hex16(body.entity);
  fields.many(body.replaces, fields.hash);
}

/** @param {any} entry @returns {Attachment} @throws {MalformedError} */
export function checkAttachment(entry) {
  exactKeys(entry, ATTACHMENT);
  fields.hash(entry.digest);
  fields.octets(entry.key, 32);
  fields.text(entry.name, LONGEST_NAME);
  fields.number(entry.parts, 1);
  fields.number(entry.sealed, 1);
  fields.number(entry.size);
  if (!ASCII.test(fields.text(entry.type, LONGEST_TYPE))) throw new MalformedError("a type that is not ASCII", "type");
  return entry;
}
