/** The ids in a filter or in the path of a PATCH operation. */

import type { ResourceKind } from "./identities.ts";

/** The target's id for a recorded one; undefined where there is none. */
export type GivenId = (recordedId: string, kind: ResourceKind | undefined) => string | undefined;

/** RFC 7644 §3.4.2.2: attribute, operator and a string in quotes, with whatever spaces the sender writes. */
const comparison = /(?<![\w$:.-])([\w$:.-]+)(\s+\w\w\s+)"((?:[^"\\]|\\.)*)"/g;

/**
 * The text with the target's ids in place of recorded ones: `members[value eq "…"]`, `id eq "…"`. It is not
 * parsed, for it may be the sender's own dialect: everything else in it stays as it was written.
 */
export function translateFilter(text: string, idOf: GivenId, kind: ResourceKind | undefined): string {
  let translated = "";
  let end = 0;
  for (const { 0: whole, 1: attribute = "", 2: operator = "", 3: quoted = "", index } of text.matchAll(
    comparison,
  )) {
    const of = idNamedBy(attribute, text.slice(0, index));
    const given = of === undefined ? undefined : idOf(unquoted(quoted), of === "self" ? kind : undefined);
    const told = given === undefined ? whole : `${attribute}${operator}${JSON.stringify(given)}`;
    translated += text.slice(end, index) + told;
    end = index + whole.length;
  }
  return translated + text.slice(end);
}

/** Whether the attribute holds the id of the resource itself, of another one, or none. */
function idNamedBy(attribute: string, before: string): "self" | "other" | undefined {
  if (/^(?:urn:.*:)?id$/i.test(attribute)) return "self";
  if (/(?:^|[:.])(?:members|groups|manager)(?:\.value)?$/i.test(attribute)) return "other";
  if (!/^value$/i.test(attribute)) return undefined;
  const isInMembers = /(?:members|groups|manager)\[/i.test(before.slice(before.lastIndexOf("]") + 1));
  return isInMembers ? "other" : undefined;
}

function unquoted(quoted: string): string {
  try {
    return String(JSON.parse(`"${quoted}"`));
  } catch {
    return quoted;
  }
}
