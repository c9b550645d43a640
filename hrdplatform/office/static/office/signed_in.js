/* Before a form is sent, asks whether one is still signed in. If not, the form is held back with all that was typed, and
   the page says so; if so, the form gets the token that is valid now, since signing in renews it. Some minutes before
   the session ends the page says that too: asking does not prolong it. Where nothing can be told, the form is sent. */
(() => {
  "use strict";
  const told = document.querySelector("[data-office-signed-in]");
  if (!told || !HTMLFormElement.prototype.requestSubmit) return;
  const SOON = 5 * 60;
  const FORMS = "main form[method=post i]";
  const FIRST = 20 * 60;
  const PATIENCE = 5000;
  const DECISION = ["action-workflow-action", "workflow-action-name", "workflow-action-extra-data"];
  const asking = new WeakSet();
  const through = new WeakSet();

  // {out: true}, {token, seconds}, or {} where nothing can be told.
  const ask = async () => {
    const end = new AbortController();
    const timer = setTimeout(() => end.abort(), PATIENCE);
    try {
      const answer = await fetch(told.dataset.officeSignedIn, {
        cache: "no-store", redirect: "manual", signal: end.signal,
      });
      if (answer.status === 401 || answer.type === "opaqueredirect") return { out: true };
      const words = answer.ok ? await answer.json() : {};
      return typeof words.token === "string" ? words : {};
    } catch (fault) {
      return {};
    } finally {
      clearTimeout(timer);
    }
  };
  const renew = (token) => {
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
  };
  const said = () => document.querySelector(".messages [data-signed-in]");
  const hush = () => said()?.remove();
  const say = (kind) => {
    if (said()?.dataset.signedIn === kind) return;
    hush();
    const words = told.content.querySelector(`[data-signed-in="${kind}"]`).cloneNode(true);
    document.querySelector(".messages > ul").append(words);
  };

  const hold = (form) => {
    // A decision that was not sent must not go along with whatever is sent next.
    DECISION.forEach((name) => form.querySelectorAll(`input[name="${name}"]`).forEach((field) => field.remove()));
    document.querySelectorAll("[data-w-progress-loading-value]").forEach((button) => {
      button.removeAttribute("data-w-progress-loading-value");
    });
    say("out");
    said().scrollIntoView({ block: "nearest" });
    said().querySelector("a").focus();
  };
  const send = (form, button) => {
    const busy = button?.disabled; // Wagtail switches a button off while its form is under way; such a one is not sent
    if (busy) button.disabled = false;
    through.add(form);
    try {
      form.requestSubmit(button);
    } finally {
      through.delete(form);
      if (busy) button.disabled = true;
    }
  };
  window.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (through.has(form) || !form.matches(FORMS)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (asking.has(form)) return;
    asking.add(form);
    const answer = await ask();
    asking.delete(form);
    if (answer.out) {
      hold(form);
      return;
    }
    if (answer.token) renew(answer.token);
    hush();
    send(form, submitter);
  }, { capture: true });

  const look = async () => {
    const answer = await ask();
    let next = SOON;
    if (answer.out) {
      say("out");
    } else if (answer.token) {
      renew(answer.token);
      if (answer.seconds > SOON) hush();
      else say("soon");
      next = answer.seconds > SOON ? answer.seconds - SOON : answer.seconds + 1;
    }
    return next;
  };
  const watch = async () => {
    if (document.querySelector(FORMS)) setTimeout(watch, 1000 * await look());
  };
  setTimeout(watch, 1000 * FIRST);
  document.addEventListener("w-autosave:error", ({ detail }) => {
    if (detail?.response?.error === "signed_out") say("out");
  });
  window.addEventListener("focus", () => {
    if (said()) look();
  });
})();
