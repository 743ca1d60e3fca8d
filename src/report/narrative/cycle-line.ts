/** What a provider that works in cycles reports about them, in a line each. */

import type { CycleEvent } from "../../idp/run/events.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";

export interface CycleLine {
  readonly mark: "✓" | "!";
  readonly text: string;
}

/** Undefined where there is nothing to say: that a cycle begins or ends shows in what it does. */
export function cycleLine(
  event: Exclude<CycleEvent, { readonly kind: "idle-cycles" }>,
): CycleLine | undefined {
  switch (event.kind) {
    case "cycle-started":
    case "cycle-finished":
      return undefined;
    case "quarantine-entered":
      return {
        mark: "!",
        text: `provisioning is in quarantine: ${event.reason}: ${printable(event.message)}`,
      };
    case "quarantine-left":
      return { mark: "✓", text: "provisioning is out of quarantine" };
    case "provisioning-stopped":
      return { mark: "!", text: printable(event.message) };
    default:
      return event satisfies never;
  }
}

/** A cycle without changes is skipped, its probes included; `again` names what failed in some as it failed before. */
export function idleCyclesText(count: number, again: string): string {
  const how = again === "" ? " (skipped)" : ", except retries that failed again: ";
  return `${plural(count, "sync cycle")} without changes${how}${again}`;
}

const kinds: readonly string[] = [
  "cycle-started",
  "cycle-finished",
  "idle-cycles",
  "quarantine-entered",
  "quarantine-left",
  "provisioning-stopped",
] as const satisfies CycleEvent["kind"][];

export function isCycleEvent(event: { readonly kind: string }): event is CycleEvent {
  return kinds.includes(event.kind);
}
