/**
 * One act behind one button: the button waits meanwhile, what goes wrong is told and can be done again.
 */

import { quiet, tell } from "./faults.js";
import { say } from "./words.js";

/** @param {HTMLButtonElement} button @param {() => Promise<unknown>} work */
export async function act(button, work) {
  if (button.disabled) return;
  quiet();
  const kept = [...button.childNodes];
  button.disabled = true;
  button.replaceChildren(say("one_moment"));
  try {
    await work();
  } catch (fault) {
    tell(fault, { again: () => act(button, work) });
  } finally {
    button.disabled = false;
    button.replaceChildren(...kept);
  }
}
