/** Questions to check oneself: choose, then see why. Nothing is kept and nothing is counted. */

let number = 0;

/** @param {string} name @param {Record<string, string>} [attributes] */
function made(name, attributes = {}) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** @param {HTMLElement} host a question whose answers are folded, each with what is to be said about it */
export function ask(host) {
  const name = `question-${(number += 1)}`;
  const many = host.dataset.question === "many";
  const answers = [...host.querySelectorAll("[data-answer]")].map((folded, index) => choice(folded, `${name}-${index}`, name, many));
  const box = made("fieldset", { class: "field" });
  const legend = made("legend");
  legend.append(...host.querySelector("[data-ask]").childNodes);
  const hint = host.querySelector("[data-many]");
  const choices = made("div", { class: "choices" });
  choices.append(...answers.map((answer) => answer.line));
  box.append(legend, ...(hint ? [hint] : []), choices);
  const check = host.querySelector("[data-check]");
  const verdicts = made("div", { role: "status", class: "no-print" });
  verdicts.append(...host.querySelectorAll("[data-verdict]"));
  host.replaceChildren(box, check, verdicts);
  check.hidden = false;
  check.querySelector("button").addEventListener("click", () => judge(answers, verdicts));
  box.addEventListener("change", () => unjudge(answers, verdicts));
}

/** @param {HTMLDetailsElement} folded @returns {{line: HTMLElement, input: HTMLInputElement, right: boolean, why: HTMLElement}} */
function choice(folded, id, name, many) {
  const input = made("input", { type: many ? "checkbox" : "radio", id, name });
  const label = made("label", { for: id });
  const why = made("p", { class: "hint unread", id: `${id}-why` });
  label.append(...folded.querySelector("summary").childNodes);
  why.append(...folded.querySelector("p").childNodes);
  const line = made("div", { class: "choice" });
  line.append(input, label, why);
  return { line, input, right: folded.dataset.answer === "right", why };
}

/** Takes back what was said: it was about another choice. On paper each answer keeps its reason. */
function unjudge(answers, verdicts) {
  for (const answer of answers) {
    answer.why.classList.add("unread");
    answer.input.removeAttribute("aria-describedby");
  }
  for (const words of verdicts.children) words.hidden = true;
}

/** Shows what is to be said about each chosen answer, and whether all right ones and no other were chosen. */
function judge(answers, verdicts) {
  const chosen = answers.filter((answer) => answer.input.checked);
  const right = answers.every((answer) => answer.input.checked === answer.right);
  for (const answer of chosen) {
    answer.why.classList.remove("unread");
    answer.input.setAttribute("aria-describedby", answer.why.id);
  }
  const verdict = chosen.length === 0 ? "none" : right ? "right" : "wrong";
  verdicts.querySelector(`[data-verdict=${verdict}]`).hidden = false;
}
