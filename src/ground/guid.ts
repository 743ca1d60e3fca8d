/** GUIDs that are made of something, and so are the same whenever they are made of it. */

import { createHash } from "node:crypto";

/** A GUID of version 4 in small letters (Microsoft Graph: directoryObject), made of these texts. */
export function guidOf(parts: readonly string[]): string {
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest();
  const hex = digest.toString("hex");
  const [version, variant] = ["4", "89ab".charAt((digest[16] ?? 0) % 4)];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `${version}${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
