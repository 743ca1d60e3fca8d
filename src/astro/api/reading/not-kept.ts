/** Mapped attributes that the target does not keep, so that no repair could ever end the difference. */

import type { Send } from "../../../wire/exchange.ts";
import { externalIdPath } from "../../compared-value.ts";
import { allUsers, type HeldState } from "../../held.ts";
import { parseMappedPath } from "../../mapped-path.ts";
import type { ExpectedState } from "../../state.ts";
import { readSchemas } from "./read-schemas.ts";

/**
 * An attribute is not kept where both are so: no account of the target shows a value of it, and the target's /Schemas do not
 * have it. One alone is no evidence: accounts may lack a value that was never sent, and /Schemas may be out of date. A target
 * without usable /Schemas says nothing, so all that is missing there is a difference. They are read only where an
 * attribute that somebody should have is shown by nobody.
 */
export async function attributesNotKept(
  send: Send,
  expected: ExpectedState,
  held: HeldState,
): Promise<ReadonlySet<string>> {
  const accounts = allUsers(held);
  const missing = [...wantedPaths(expected)].filter(
    (path) => !accounts.some(({ attributes }) => attributes[path] !== undefined),
  );
  if (missing.length === 0) return new Set();
  const hasAttribute = await readSchemas(send);
  if (hasAttribute === undefined) return new Set();
  return new Set(missing.filter((path) => !hasAttribute(parseMappedPath(path))));
}

/** What somebody should have a value of; `externalId` belongs to every resource, and to no schema (RFC 7643 §3.1). */
function wantedPaths({ users }: ExpectedState): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { presence, attributes, atCreation = {}, references = {} } of users.values()) {
    if (presence !== "active") continue;
    for (const path of Object.keys(attributes)) paths.add(path);
    for (const path of Object.keys(atCreation)) paths.add(path);
    for (const [path, to] of Object.entries(references)) if (to !== null) paths.add(path);
  }
  paths.delete(externalIdPath);
  return paths;
}
