/** Digests of users and Teams, so that a change since the last reading is seen on servers without entity tags. */

import { hash } from "node:crypto";

/** Digest of what a repair looks at in an account. */
export function userFingerprint(user: {
  readonly userName: string;
  readonly externalId: string | undefined;
  readonly active: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}): string {
  const attributes = Object.entries(user.attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return digest([user.userName, user.externalId ?? null, user.active, attributes]);
}

/** Digest of a Team's name and its members' ids, in whatever order they came. */
export function teamFingerprint(displayName: string, memberIds: Iterable<string>): string {
  return digest([displayName, [...memberIds].sort()]);
}

function digest(content: unknown): string {
  return hash("sha256", JSON.stringify(content), "hex").slice(0, 16);
}
