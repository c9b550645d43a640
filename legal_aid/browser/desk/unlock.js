/**
 * Unlocking the desk with the passphrase. A list of readers that does not follow from the one met before stops everything.
 */

import { act } from "../page/act.js";
import { element, find } from "../page/dom.js";
import { accept, value } from "../page/fields.js";
import { stayOn } from "../page/screens.js";
import { day, hasWords, say } from "../page/words.js";

let again = null;

/** @param {any} desk @param {(me: any, again: string | null) => Promise<void>} unlocked
 * @param {() => void} remembered when older keys are there, so that more can be opened */
export function unlockScreen(desk, unlocked, remembered) {
  const go = () => act(find("#unlock"), () => unlock(desk, unlocked));
  find("#unlock").addEventListener("click", go);
  find('[data-field="passphrase"]').addEventListener("keydown", ({ key }) => { if (key === "Enter") go(); });
  find("#use-older").addEventListener("click", ({ currentTarget }) => act(currentTarget, async () => {
    if (await useOlder(desk)) remembered();
  }));
}

/** Says why the desk is locked, and which case comes back after unlocking. @param {string} reason @param {string | null} open */
export function lockedAgain(reason, open) {
  again = open;
  find("#lock-reason").textContent = say(reason);
  find("#lock-reason").hidden = false;
}

async function unlock(desk, unlocked) {
  const passphrase = value("passphrase");
  if (!accept(passphrase.trim() ? [] : [{ field: "passphrase", words: say("passphrase_missing") }])) return;
  let me;
  try {
    me = await desk.sealing.call("unlockMember", { passphrase });
  } catch (fault) {
    if (fault.code === "list_refused") return stopped(fault);
    if (fault.code !== "wrong_key" && fault.code !== "malformed") throw fault;
    accept([{ field: "passphrase", words: say("passphrase_wrong") }]);
    return;
  }
  find('[data-field="passphrase"]').value = "";
  notices(me);
  const back = again;
  again = null;
  await unlocked(me, back);
}

/** Nothing may be typed, read or sealed under a list that does not follow: the desk says so and shows nothing else. */
function stopped({ detail }) {
  find("#stopped-why").textContent = say(hasWords(`stopped_${detail}`) ? `stopped_${detail}` : "stopped_other");
  stayOn("stopped");
}

/** What a member must know of the own keys and of the list before working. */
function notices(me) {
  const words = [];
  if (!me.listed) words.push(say("not_listed"));
  if (!me.canWrite) words.push(say("list_over", { day: day(me.expires) }));
  find("#desk-notices").replaceChildren(...words.map((text) => element("p", {}, text)));
  find("#desk-notices").hidden = words.length === 0;
  find("#older").hidden = me.keyring !== "locked";
}

/** @returns {Promise<boolean>} whether the words opened older keys */
async function useOlder(desk) {
  const passphrase = value("older_passphrase");
  try {
    await desk.sealing.call("addIdentity", { passphrase });
  } catch (fault) {
    if (fault.code !== "wrong_key" && fault.code !== "malformed") throw fault;
    accept([{ field: "older_passphrase", words: say("passphrase_wrong") }]);
    return false;
  }
  find('[data-field="older_passphrase"]').value = "";
  find("#older").hidden = true;
  return accept([]);
}
