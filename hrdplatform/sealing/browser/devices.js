/**
 * The copy of a case worker's pins on this device: IndexedDB, hashes only, kept if the browser allows it.
 *
 * Private windows and Tor Browser may refuse; then the sealed keyring alone remembers.
 */

const NAME = "hrdplatform-pins";
const STORE = "pins";

/** @returns {Promise<IDBDatabase | null>} */
function opened() {
  return new Promise((resolve) => {
    if (typeof indexedDB === "undefined") return resolve(null);
    let request;
    try {
      request = indexedDB.open(NAME, 1);
    } catch {
      // Some browsers throw where storage is off instead of reporting it.
      return resolve(null);
    }
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
    request.onblocked = () => resolve(null);
    return undefined;
  });
}

/** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} act @returns {Promise<any>} null
 *   when refused */
async function within(mode, act) {
  const database = await opened();
  if (database === null) return null;
  return new Promise((resolve) => {
    const request = act(database.transaction(STORE, mode).objectStore(STORE));
    request.onsuccess = () => resolve(request.result ?? null);
    request.onerror = () => resolve(null);
  }).finally(() => database.close());
}

/** @param {string} key @returns {Promise<any>} null when nothing is remembered here */
export const remembered = (key) => within("readonly", (store) => store.get(key));

/** @param {string} key @param {object} value @returns {Promise<any>} */
export const remember = (key, value) => within("readwrite", (store) => store.put(value, key));
