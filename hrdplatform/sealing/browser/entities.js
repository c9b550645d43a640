/**
 * The current versions of an entity: what stands after everybody's changes, also those made at the same time.
 *
 * Current are the versions that no verified version of the same entity and kind replaces; two stand side by side
 * until a third replaces both. `data` null removes; replaced ids that one cannot see are ignored (sealing.md,
 * section 4).
 */

/** @typedef {{id: string, kind: string, body: any}} Version a verified record that carries an entity */

/** Current versions by `kind/entity`, each ordered by `sent`, then id. An entity whose current versions all carry
 * null is left out; beside one that is not null a removal stays visible, since both authors' changes must be seen.
 * @param {Version[]} versions verified only @returns {Map<string, Version[]>} */
export function current(versions) {
  const families = new Map();
  for (const version of versions) {
    const family = `${version.kind}/${version.body.entity}`;
    if (!families.has(family)) families.set(family, new Map());
    families.get(family).set(version.id, version);
  }
  const standing = [...families].map(([family, members]) => /** @type {const} */ ([family, standingOf(members)]));
  return new Map(standing.filter(([, kept]) => kept.some((version) => version.body.data !== null)));
}

function standingOf(members) {
  const replaced = new Set();
  for (const version of members.values()) {
    for (const id of version.body.replaces) if (id !== version.id) replaced.add(id);
  }
  return [...members.values()].filter((version) => !replaced.has(version.id)).sort(bySent);
}

/** Order of records that stand side by side: the writer's clock, then the id.
 * @param {Version} one @param {Version} other @returns {number} */
function bySent(one, other) {
  const left = one.body.sent + one.id;
  const right = other.body.sent + other.id;
  return left < right ? -1 : Number(left > right);
}
