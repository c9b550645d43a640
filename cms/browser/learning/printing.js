/** A button that prints the page. Without scripts it does not show: the browser's own menu prints as well. */

/** @param {HTMLElement} row what holds the button, hidden until now */
export function printable(row) {
  row.querySelector("button").addEventListener("click", () => window.print());
  row.hidden = false;
}
