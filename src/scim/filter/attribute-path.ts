/** How an attribute path is spelled; `path.ts` finds its parts in the schemas. */

import type { AttributePath } from "./ast.ts";

/**
 * Splits `urn:…:User:name.familyName` into schema URN, attribute and sub-attribute; undefined where the
 * text is not an attribute path (RFC 7644 §3.10 and figure 1: `attrPath`). The URN ends at the last colon, for
 * the version in it has a dot. Deviation: `urn:…:User.manager.displayName`, with a dot behind the URN, is
 * read as well, because Microsoft's SCIMReferenceCode collections write it.
 */
export function splitAttributePath(text: string): AttributePath | undefined {
  const colon = text.lastIndexOf(":");
  const names = text.slice(colon + 1).split(".");
  if (!names.every(isAttributeName)) return undefined;
  if (colon === -1) return pathOf(undefined, names);
  const urn = text.slice(0, colon);
  if (!isUrn(urn)) return undefined;
  if (names.length < 3) return pathOf(urn, names);
  return pathOf(`${urn}:${names[0]}`, names.slice(1));
}

/** The path as it is written: the inverse of `splitAttributePath`. */
export function printAttributePath(path: AttributePath): string {
  const prefix = path.schemaUrn === undefined ? "" : `${path.schemaUrn}:`;
  const suffix = path.subAttribute === undefined ? "" : `.${path.subAttribute}`;
  return `${prefix}${path.attribute}${suffix}`;
}

/**
 * RFC 7643 §2.1: a letter, then letters, digits, `-` and `_`; RFC 7643 §2.4 adds `$ref`. A leading `_` is
 * let through so that `__proto__` is reported as what it is, an attribute nobody has.
 */
export function isAttributeName(text: string): boolean {
  return /^[$_a-z][-\w]*$/i.test(text);
}

function isUrn(text: string): boolean {
  return /^urn:[-\w.:+/%~]+$/i.test(text);
}

function pathOf(schemaUrn: string | undefined, names: readonly string[]): AttributePath | undefined {
  const [attribute, subAttribute] = names;
  if (attribute === undefined || names.length > 2) return undefined;
  return {
    ...(schemaUrn === undefined ? {} : { schemaUrn }),
    attribute,
    ...(subAttribute === undefined ? {} : { subAttribute }),
  };
}
