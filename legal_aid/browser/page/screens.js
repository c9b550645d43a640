/**
 * Screens of one document: exactly one `[data-screen]` is shown, its heading takes the focus, and the browser's back button
 * walks through those already seen, so that the keys in the worker stay alive.
 */

import { app, find } from "./dom.js";

const listeners = new Map();
let fixed = null;
let goingBack = null;

/** @returns {string} the screen that is shown */
export const current = () => find("[data-screen]:not([hidden])", app()).dataset.screen;

/** Calls `work` each time before the screen is shown. @param {string} screen @param {() => void} work */
export const onShow = (screen, work) => listeners.set(screen, work);

/** Calls `work` in the place of what the back button would show. @param {() => void} work */
export const onBack = (work) => { goingBack = work; };

/** @param {string} screen @param {{remember?: boolean}} [how] `remember`: the back button may return to where we are now */
export function show(screen, { remember = true } = {}) {
  fixed = null;
  if (remember) history.pushState({ screen }, "");
  else history.replaceState({ screen }, "");
  reveal(screen);
}

/** Until another is shown, the back button stays on this screen: what lies behind it is sent and cannot be changed.
 * @param {string} screen */
export function stayOn(screen) {
  show(screen, { remember: false });
  fixed = screen;
}

function reveal(screen) {
  listeners.get(screen)?.();
  for (const one of app().querySelectorAll("[data-screen]")) one.hidden = one.dataset.screen !== screen;
  for (const one of document.querySelectorAll("[data-for-screens]")) {
    one.hidden = !one.dataset.forScreens.split(" ").includes(screen);
  }
  document.body.classList.toggle("bare", screen === "receipt");
  const title = find(`[data-screen="${screen}"] h1`, app());
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
  scrollTo(0, 0);
}

addEventListener("popstate", ({ state }) => {
  if (fixed !== null) {
    history.pushState({ screen: fixed }, "");
    return;
  }
  if (goingBack) goingBack();
  else if (state?.screen && app().querySelector(`[data-screen="${state.screen}"]`)) reveal(state.screen);
});
