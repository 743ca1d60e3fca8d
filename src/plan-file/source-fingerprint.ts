/** By which two plans can be seen to come from the same directory in the same state. */

import { createHash } from "node:crypto";
import type { ExpectedState } from "../astro/state.ts";

/** Digest of what the directory says that Astro should hold, in whatever order it was read. */
export function sourceFingerprint({ users, teams }: ExpectedState): string {
  const content = [
    [...users.values()].map(({ key, userName, presence, attributes }) => [
      key,
      userName,
      presence,
      Object.entries(attributes).sort(byFirst),
    ]),
    [...teams.values()].map(({ key, displayName, members }) => [key, displayName, [...members].sort()]),
  ].map((items) => items.map((item) => JSON.stringify(item)).sort());
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
