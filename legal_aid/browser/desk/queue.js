/**
 * The queue, opened in this browser: by urgency, then age; each row with the summary or the first words of the request.
 */

import { element, find } from "../page/dom.js";
import { quiet, tell } from "../page/faults.js";
import { day, say } from "../page/words.js";
import { named } from "../page/verdict.js";
import { openCase } from "./case.js";
import { excerpt, nameOf } from "./names.js";

const TONES = { now: "danger", soon: "warn", open: "wait" };

/** @param {any} desk @param {number} page */
export async function showQueue(desk, page) {
  quiet();
  const progress = find("#queue-progress");
  progress.hidden = false;
  const [body, table] = [find("#queue-rows"), find("#queue-table")];
  body.replaceChildren();
  table.hidden = true; // until there is a row: a table of headings says nothing
  const onProgress = ({ item, opened, total }) => {
    body.append(row(desk, item));
    table.hidden = false;
    progress.textContent = say("opening", { opened, total });
  };
  try {
    const { cases, pages, overdue } = await desk.sealing.call("queue", { page }, { onProgress });
    find("#queue-empty").hidden = cases.length > 0;
    find("#queue-lead").textContent = overdue ? say("overdue", { number: overdue }) : say("nothing_overdue");
    turnPages(desk, page, pages);
  } catch (fault) {
    tell(fault, { again: () => showQueue(desk, page) });
  } finally {
    progress.hidden = true;
  }
}

function row(desk, item) {
  const open = (event) => {
    event.preventDefault();
    void openCase(desk, item.case);
  };
  const tone = TONES[item.urgency];
  const words = excerpt(item.reading.data?.lead ?? item.reading.text);
  const faults = named(item.reading.problems).map((text) => element("span", { class: "status is-danger" }, text));
  const cell = (label, ...children) => element("td", { "data-label": say(label) }, ...children);
  return element("tr", {},
    element("th", { scope: "row" }, element("a", { href: "#case", onclick: open }, item.reference),
      element("p", { class: "small soft", dir: "auto" }, words || say("no_text")), ...faults),
    cell("column_urgency", element("span", { class: `status is-${tone}` }, say(`urgency_${item.urgency}`))),
    cell("column_state", say(`state_${item.status}`)),
    cell("column_received", day(item.received)),
    cell("column_unread", item.unread ? element("b", {}, say("unread", { number: item.unread })) : say("none_unread")),
    cell("column_with", nameOf(desk, item.with) || say("nobody")));
}

function turnPages(desk, page, pages) {
  const link = (to, words) => element("li", {}, element("button", { type: "button", class: "btn quiet", onclick: () => showQueue(desk, to) }, words));
  const links = [];
  if (page > 1) links.push(link(page - 1, say("page_before")));
  if (pages > 1) links.push(element("li", {}, say("page_of", { page, pages })));
  if (page < pages) links.push(link(page + 1, say("page_after")));
  find("#queue-pages").replaceChildren(...links);
  find("#queue-pages").parentElement.hidden = links.length === 0;
}
