/**
 * Opening one file of the case that is open: fetched part by part, verified whole, then handed to the page as a
 * blob.
 */

import { openFile as opening } from "../downloads.js";
import { LockedError, TamperedError } from "../errors.js";
import { hash } from "../fields.js";
import { warningFor } from "../images.js";
import { attachment } from "./fetching.js";

/** @param {import("../session.js").Session} session @param {{digest: string}} options of a file that the view shows
 * @param {{progress: (state: object) => void, signal: AbortSignal}} control progress is `{received, total}` in
 *   sealed octets
 * @returns {Promise<{blob: Blob, name: string, size: number, kind: string, show: "image" | "download", warning:
 *   string}>}
 * @throws {TamperedError} before anything is shown, when a part was swapped, repeated or withheld */
export async function openFile(session, { digest }, { progress, signal }) {
  if (session.view === null) throw new LockedError("no case is open", "view");
  const entry = attachment(session, hash(digest));
  if (!entry) throw new TamperedError("no trusted message of this case names that file", "digest");
  const query = session.viewer.role === "member" ? `?case=${session.view.case}` : "";
  let received = 0;
  const opened = await opening(entry, async (index) => {
    const octets = await session.door.octets(`files/${digest}/${index}/${query}`, signal);
    received += octets.length;
    progress({ received, total: entry.sealed });
    return octets;
  });
  return { ...opened, size: entry.size, warning: warningFor(opened.kind) };
}
