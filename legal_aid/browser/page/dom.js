/**
 * Building and finding elements. Data only ever becomes text, never markup.
 */

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} name @param {Record<string, any>} [attributes] `hidden: false` and null are left out; `onclick` and the
 *   like become listeners @param {...(Node | string)} children @returns {HTMLElement} */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A sign of the platform's set, hidden from screen readers: it always stands beside a word.
 * @param {string} name @returns {SVGElement} */
export function icon(name) {
  const sign = document.createElementNS(SVG, "svg");
  sign.setAttribute("class", "icon");
  sign.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${app().dataset.icons}#${name}`);
  sign.append(use);
  return sign;
}

/** The part of the page that scripts may change; its `data-` attributes are what the server tells the page. */
export const app = () => document.getElementById("app");

/** @param {string} selector @param {ParentNode} [within] @returns {any} @throws {Error} when the template lacks it */
export function find(selector, within = document) {
  const found = within.querySelector(selector);
  if (found === null) throw new Error(`the template has no ${selector}`);
  return found;
}

/** @param {string} text with line breaks @returns {HTMLElement[]} paragraphs, each in the direction of its own script */
export const paragraphs = (text) =>
  text.split(/\n{2,}/u).map((part) => {
    const made = element("p", { dir: "auto" });
    part.split("\n").forEach((line, index) => made.append(...(index ? [element("br"), line] : [line])));
    return made;
  });
