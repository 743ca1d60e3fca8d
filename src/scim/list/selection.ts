/** A list of attribute names as a client gives it, found in the schemas. */

import { splitAttributePath } from "../filter/attribute-path.ts";
import { lenient, type Leniency } from "../leniency.ts";
import { resolveAttributePath, type ResolvedPath } from "../path.ts";
import type { ResourceType } from "../schema/attribute.ts";

/** Attributes by their keys: `emails`, `emails.value`, `urn:…:User`, `urn:…:User:manager.value`. */
export interface Selection {
  readonly whole: ReadonlySet<string>;
  /** Those of which only a part was named: `emails` where `emails.value` was. */
  readonly inPart: ReadonlySet<string>;
}

/**
 * The attributes named in a text with commas, or in a list of such texts; undefined where nothing is named.
 * Unknown names select nothing. Deviation: the filter in `emails[type eq "work"]`, which Microsoft's
 * SCIMReferenceCode collection sends, is passed over.
 */
export function selectAttributes(
  names: string | readonly string[] | undefined,
  type: ResourceType,
  leniency: Leniency = lenient,
): Selection | undefined {
  const named = [names ?? []]
    .flat()
    .flatMap(splitAtCommas)
    .map((name) => withoutBrackets(name).trim())
    .filter((name) => name !== "");
  if (named.length === 0) return undefined;
  const chains = named.flatMap((name) => {
    const path = splitAttributePath(name);
    const resolved = path === undefined ? undefined : resolveAttributePath(type, path, leniency);
    return resolved === undefined ? [] : [keysDownTo(resolved)];
  });
  return {
    whole: new Set(chains.flatMap((keys) => keys.slice(-1))),
    inPart: new Set(chains.flatMap((keys) => keys.slice(0, -1))),
  };
}

/** The keys on the way to an attribute, its own last. */
function keysDownTo({ extension, attribute, subAttribute }: ResolvedPath): readonly string[] {
  const keys: string[] = extension === undefined ? [] : [extension.id];
  if (attribute === undefined) return keys;
  const key = extension === undefined ? attribute.name : `${extension.id}:${attribute.name}`;
  keys.push(key);
  if (subAttribute !== undefined) keys.push(`${key}.${subAttribute.name}`);
  return keys;
}

/** Commas between brackets belong to a filter. */
function splitAtCommas(text: string): readonly string[] {
  const names: string[] = [];
  let start = 0;
  let inBrackets = false;
  let inQuotes = false;
  for (let offset = 0; offset < text.length; offset += 1) {
    const char = text.charAt(offset);
    if (char === '"') inQuotes = !inQuotes;
    else if (!inQuotes && (char === "[" || char === "]")) inBrackets = char === "[";
    else if (char === "," && !inBrackets) {
      names.push(text.slice(start, offset));
      start = offset + 1;
    }
  }
  return [...names, text.slice(start)];
}

function withoutBrackets(name: string): string {
  const opening = name.indexOf("[");
  return opening === -1 ? name : name.slice(0, opening) + name.slice(name.lastIndexOf("]") + 1);
}
