/**
 * The one place that speaks to the server: the sealed doors of `docs/developer/sealed-api.md`, same origin only.
 *
 * Everything that leaves here is ciphertext, a hash, a public key or a token; names of fields and paths are those of
 * the page. A redirect is never followed: a session that ended must not carry octets to a sign-in page.
 */

import { CancelledError, ServerError } from "./errors.js";

/** Waits before the next try when there was no answer or the server was out of breath, in milliseconds. */
const PATIENCE = [400, 1600];

export class Door {
  /** @param {{base: string, csrf: string, headers?: Record<string, string>}} options `base` ends with a slash;
   *   `headers` say who asks (`X-Visit`, `Authorization`) */
  constructor({ base, csrf, headers = {} }) {
    this.base = base;
    this.csrf = csrf;
    this.headers = headers;
  }

  /** The same door, asked by somebody else.
   * @param {Record<string, string>} headers @returns {Door} */
  as(headers) {
    return new Door({ base: this.base, csrf: this.csrf, headers });
  }

  /** The same asker before another door.
   * @param {string} base @returns {Door} */
  from(base) {
    return new Door({ ...this, base });
  }

  /** @param {string} path @param {AbortSignal} [signal] @returns {Promise<any>} parsed JSON @throws {ServerError} */
  get(path, signal) {
    return this.ask("GET", path, { signal }).then((answer) => answer.json());
  }

  /** @param {string} path @returns {Promise<any>} parsed JSON, null when the server has none (404 or 204) */
  async getOrNothing(path) {
    try {
      const answer = await this.ask("GET", path);
      return answer.status === 204 ? null : await answer.json();
    } catch (error) {
      if (error instanceof ServerError && error.status === 404) return null;
      throw error;
    }
  }

  /** @param {string} path @param {AbortSignal} [signal] @returns {Promise<Uint8Array>} @throws {ServerError} */
  async octets(path, signal) {
    const answer = await this.patiently(() => this.ask("GET", path, { signal }));
    return new Uint8Array(await answer.arrayBuffer());
  }

  /** @param {string} method @param {string} path @param {object | string} value a string is sent as it is: a retry
   *   must carry the same octets @param {AbortSignal} [signal] @returns {Promise<any>} parsed JSON, null for an
   *   empty answer */
  async send(method, path, value, signal) {
    const body = typeof value === "string" ? value : JSON.stringify(value);
    const answer = await this.ask(method, path, { body, signal, headers: { "Content-Type": "application/json" } });
    return answer.status === 204 ? null : answer.json();
  }

  /** @param {string} path @param {Uint8Array} octets @param {string} hash SHA-256 @param {AbortSignal} [signal] */
  async putPart(path, octets, hash, signal) {
    const headers = { "Content-Type": "application/octet-stream", "X-Part-SHA256": hash };
    await this.patiently(() => this.ask("PUT", path, { body: octets, headers, signal }));
  }

  async patiently(call) {
    for (const wait of PATIENCE) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof ServerError) || !isPassing(error.status)) throw error;
        await new Promise((resolve) => {
          setTimeout(resolve, wait);
        });
      }
    }
    return call();
  }

  /** @param {string} method @param {string} path
   * @param {{body?: BodyInit, headers?: Record<string, string>, signal?: AbortSignal}} [options]
   * @returns {Promise<Response>} with a status of 2xx @throws {CancelledError | ServerError} */
  async ask(method, path, { body, headers = {}, signal } = {}) {
    let answer;
    try {
      answer = await fetch(new URL(this.base + path, self.location.origin), {
        method,
        body,
        signal,
        mode: "same-origin",
        credentials: "same-origin",
        cache: "no-store",
        redirect: "manual",
        headers: {
          Accept: "application/json",
          ...this.headers,
          ...headers,
          ...(method === "GET" ? {} : { "X-CSRFToken": this.csrf }),
        },
      });
    } catch (error) {
      if (signal?.aborted) throw new CancelledError("stopped by the visitor");
      throw new ServerError(`no answer: ${error}`, 0, "network");
    }
    if (!answer.ok) throw await refusal(answer);
    return answer;
  }
}

/** No answer, overload or a broken gateway: the same octets may be sent again.
 * @param {number} status @returns {boolean} */
export const isPassing = (status) => status === 0 || status === 502 || status === 503 || status === 504;

async function refusal(answer) {
  if (answer.type === "opaqueredirect") return new ServerError("sent elsewhere", 401, "session");
  const text = await answer.text();
  let code = "";
  try {
    code = String(JSON.parse(text).error ?? "");
  } catch {
    // An answer of a proxy or of Django's own error pages: the status says enough.
  }
  return new ServerError(`the server answered ${answer.status}`, answer.status, code);
}
