/**
 * Passkeys on the pages of accounts: asks the browser, sends its answer, goes on or says why not.
 *
 * Sends the signed parts of a credential and nothing else: no extension results, which could carry key material once
 * other pages ask for it. Elements with `data-passkey` stay hidden where the browser knows no passkeys.
 */

/** @param {string} text base64url @returns {ArrayBuffer} */
function octets(text) {
  const padded = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(padded), (sign) => sign.charCodeAt(0)).buffer;
}

/** @param {ArrayBuffer} buffer @returns {string} base64url without padding */
function text(buffer) {
  const signs = Array.from(new Uint8Array(buffer), (octet) => String.fromCharCode(octet)).join("");
  return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Identifiers of credentials, as the browser wants them. */
function known(list = []) {
  return list.map((entry) => ({ ...entry, id: octets(entry.id) }));
}

/** @returns {Promise<PublicKeyCredential>} */
function make(options) {
  const publicKey = {
    ...options,
    challenge: octets(options.challenge),
    user: { ...options.user, id: octets(options.user.id) },
    excludeCredentials: known(options.excludeCredentials),
  };
  return navigator.credentials.create({ publicKey });
}

/** @returns {Promise<PublicKeyCredential>} */
function show(options) {
  const publicKey = {
    ...options,
    challenge: octets(options.challenge),
    allowCredentials: known(options.allowCredentials),
  };
  return navigator.credentials.get({ publicKey });
}

/** The parts that the server checks. */
function answer(credential) {
  const { response } = credential;
  const parts = { clientDataJSON: text(response.clientDataJSON) };
  if (response.attestationObject) {
    parts.attestationObject = text(response.attestationObject);
    parts.transports = response.getTransports ? response.getTransports() : [];
  } else {
    parts.authenticatorData = text(response.authenticatorData);
    parts.signature = text(response.signature);
    if (response.userHandle) parts.userHandle = text(response.userHandle);
  }
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: parts };
}

/** Words that the server meant for the person. */
class Refusal extends Error {}

/** @param {string} address @param {object} body @returns {Promise<any>} */
async function send(address, body) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const response = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(body),
  });
  if (response.status === 401) location.reload();
  const value = await response.json();
  if (!response.ok) throw new Refusal(value.error);
  return value;
}

/** One ceremony, from the button to the next page. */
async function run(place) {
  const { passkey, begin, finish, next } = place.dataset;
  const { options } = await send(begin, {});
  const credential = await (passkey === "register" ? make(options) : show(options));
  const name = place.querySelector("input[name=name]")?.value ?? "";
  const done = await send(`${finish}?${new URLSearchParams({ next })}`, { credential: answer(credential), name });
  location.assign(done.next);
}

/** Says in the page what went wrong. */
function explain(place, error) {
  const line = place.querySelector("[role=alert]");
  if (error instanceof Refusal) line.textContent = error.message;
  else line.textContent = error instanceof DOMException ? place.dataset.cancelled : place.dataset.failed;
  line.hidden = false;
}

function prepare(place) {
  const button = place.querySelector("button");
  const start = async (event) => {
    event.preventDefault();
    button.disabled = true;
    place.querySelector("[role=alert]").hidden = true;
    try {
      await run(place);
    } catch (error) {
      explain(place, error);
    } finally {
      button.disabled = false;
    }
  };
  button.addEventListener("click", start);
  if (place instanceof HTMLFormElement) place.addEventListener("submit", start);
  place.hidden = false;
}

if (window.PublicKeyCredential) document.querySelectorAll("[data-passkey]").forEach(prepare);
