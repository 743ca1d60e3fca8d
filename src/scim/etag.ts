/** Entity tags and preconditions (RFC 7644 §3.14, RFC 9110 §13.1). */

/** The weak entity tag of a version. */
export function entityTag(version: number): string {
  return `W/"${version}"`;
}

/**
 * Whether an `If-Match` or `If-None-Match` header names the tag; `*` names every one. Compared weakly, as
 * RFC 7644's own examples compare the weak tags that SCIM servers give.
 */
export function namesTag(header: string, tag: string): boolean {
  if (header.trim() === "*") return true;
  return header.split(",").some((candidate) => opaque(candidate.trim()) === opaque(tag));
}

function opaque(tag: string): string {
  return tag.startsWith("W/") ? tag.slice(2) : tag;
}
