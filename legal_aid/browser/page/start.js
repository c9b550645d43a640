/**
 * Starting the worker on a page: where there is a way without scripts, it stays visible until everything runs.
 */

import { SealingClient } from "../../../hrdplatform/sealing/browser/client.js";
import { app, find } from "./dom.js";

const LOOPBACK = /^(localhost|.*\.localhost|127\.0\.0\.1|\[::1\])$/u;

/** @returns {Promise<SealingClient>} a worker that answers; where it cannot run, the way without scripts stays on screen
 * and nothing can be sent from here */
export async function startSealing() {
  const { worker, base, csrf, words } = app().dataset;
  const sealing = new SealingClient(worker);
  await sealing.call("start", { base, csrf, wordsBase: words, hostIsLoopback: LOOPBACK.test(location.hostname) });
  find("#waiting").hidden = true;
  app().hidden = false;
  return sealing;
}

/** Empties every field, and all that was shown of what was typed. */
export function forget() {
  for (const field of app().querySelectorAll("input, textarea")) field.value = "";
  for (const kept of app().querySelectorAll("[data-secret]")) kept.replaceChildren();
}

/** Nothing that was typed may stay in a page that the browser keeps for "back". */
export function forgetOnLeaving() {
  addEventListener("pagehide", () => {
    forget();
    app().hidden = true;
  });
  // Coming "back" to such a page starts it anew instead of showing an empty shell without keys.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload();
  });
}
