/** Mapped attributes that the local Astro drops: those of an extension that it does not have. */

import { isCustomExtension } from "../astro/target-attribute.ts";
import type { ExpectedState } from "../astro/state.ts";
import type { DroppedAttribute } from "./warning.ts";

/** Each once, with how many users have a value for it. */
export function droppedAttributes({ users }: ExpectedState): readonly DroppedAttribute[] {
  const counts = new Map<string, number>();
  for (const { presence, attributes, atCreation } of users.values()) {
    if (presence !== "active") continue;
    for (const path of Object.keys({ ...attributes, ...atCreation })) {
      if (isCustomExtension(path)) counts.set(path, (counts.get(path) ?? 0) + 1);
    }
  }
  return [...counts].map(([attribute, count]) => ({ code: "not-kept", attribute, users: count }));
}
