/**
 * What the tests of the browser twin see: every module of `hrdplatform/sealing/browser` under one global name.
 */

import "../../hrdplatform/sealing/browser/compat.js";
import { MLKEM768X25519 as xwing } from "@noble/post-quantum/hybrid.js";
import * as age from "age-encryption";
import * as bodies from "../../hrdplatform/sealing/browser/bodies.js";
import * as canonical from "../../hrdplatform/sealing/browser/canonical.js";
import * as cards from "../../hrdplatform/sealing/browser/cards.js";
import * as cases from "../../hrdplatform/sealing/browser/cases.js";
import * as client from "../../hrdplatform/sealing/browser/client.js";
import * as downloads from "../../hrdplatform/sealing/browser/downloads.js";
import * as ed25519 from "../../hrdplatform/sealing/browser/ed25519.js";
import * as entities from "../../hrdplatform/sealing/browser/entities.js";
import * as epochs from "../../hrdplatform/sealing/browser/epochs.js";
import * as fields from "../../hrdplatform/sealing/browser/fields.js";
import * as files from "../../hrdplatform/sealing/browser/files.js";
import * as images from "../../hrdplatform/sealing/browser/images.js";
import * as keyrings from "../../hrdplatform/sealing/browser/keyrings.js";
import * as keys from "../../hrdplatform/sealing/browser/keys.js";
import * as labels from "../../hrdplatform/sealing/browser/labels.js";
import * as lists from "../../hrdplatform/sealing/browser/lists.js";
import * as members from "../../hrdplatform/sealing/browser/members.js";
import * as octets from "../../hrdplatform/sealing/browser/octets.js";
import * as openings from "../../hrdplatform/sealing/browser/openings.js";
import * as pins from "../../hrdplatform/sealing/browser/pins.js";
import * as readers from "../../hrdplatform/sealing/browser/readers.js";
import * as receipts from "../../hrdplatform/sealing/browser/receipts.js";
import * as records from "../../hrdplatform/sealing/browser/records.js";
import * as rosters from "../../hrdplatform/sealing/browser/rosters.js";
import * as sealed from "../../hrdplatform/sealing/browser/sealed.js";
import * as spoken from "../../hrdplatform/sealing/browser/spoken.js";
import * as words from "../../hrdplatform/sealing/browser/words.js";
import * as wraps from "../../hrdplatform/sealing/browser/wraps.js";
import * as writing from "../../hrdplatform/sealing/browser/writing.js";

/** The verdict on a call that may refuse: its value, or `refused: code/detail`. */
async function verdict(call) {
  try {
    return await call();
  } catch (error) {
    if (!error.code) throw error;
    return `refused: ${error.code}/${error.detail}`;
  }
}

globalThis.sealing = {
  age,
  bodies,
  canonical,
  cards,
  cases,
  client,
  downloads,
  ed25519,
  entities,
  epochs,
  fields,
  files,
  images,
  keyrings,
  keys,
  labels,
  lists,
  members,
  octets,
  openings,
  pins,
  readers,
  receipts,
  records,
  rosters,
  sealed,
  spoken,
  words,
  wraps,
  writing,
  verdict,
  xwing,
};
