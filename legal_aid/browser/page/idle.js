/**
 * Ending a visit when nobody has touched the page for a while: half an hour, or what `data-idle-seconds` says.
 */

import { app } from "./dom.js";

const HALF_HOUR = 30 * 60;
const TOUCHES = ["pointerdown", "keydown", "scroll", "input"];

/** @param {() => void} end @returns {() => void} stops watching */
export function endWhenIdle(end) {
  const limit = Number(app().dataset.idleSeconds || HALF_HOUR) * 1000;
  let last = Date.now();
  const touched = () => { last = Date.now(); };
  for (const touch of TOUCHES) addEventListener(touch, touched, { passive: true, capture: true });
  // Looking at the clock each second also notices a device that slept.
  const watching = setInterval(() => {
    if (Date.now() - last < limit) return;
    stop();
    end();
  }, 1000);
  function stop() {
    clearInterval(watching);
    for (const touch of TOUCHES) removeEventListener(touch, touched, { capture: true });
  }
  return stop;
}
