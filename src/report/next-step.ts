/** The `Next:` line that ends a report: commands that can be pasted. Nothing else prints one. */

import { hanging } from "./layout/hanging.ts";
import type { Style } from "./style.ts";

/** What a report can recommend. Each has a case in test/cli/next-lines.test.ts that carries it out. */
export const nextKinds = [
  "compare",
  "compare-provisioned",
  "rehearse",
  "rehearse-again",
  "rehearse-and-keep",
  "plan-repair",
  "plan-deletion",
  "carry-out",
  "carry-out-and-keep",
  "replay-again",
  "replay-locally",
  "replay-and-keep",
  "validate-again",
  "show",
  "check-setup",
] as const;

export type NextKind = (typeof nextKinds)[number];

export interface NextStep {
  readonly kind: NextKind;
  readonly command: string;
  /** In another terminal, while `command` serves: what was in memory until now can be looked at there. */
  readonly meanwhile?: string;
}

/** Where the local Astro inside the process has ended with the command. */
export const temporaryAstro =
  "This was a temporary in-memory Astro; nothing was saved. Use --url for a real server.";

/** The lines at the end of a report; none where there is nothing to recommend. A command is never broken. */
export function nextLines(
  next: NextStep | undefined,
  style: Pick<Style, "columns" | "hide">,
): readonly string[] {
  if (next === undefined) return [];
  const { command, meanwhile } = next;
  if (meanwhile === undefined) return [`Next: ${command}`];
  return [
    ...hanging("", temporaryAstro, style),
    `Next: ${command}`,
    `Then, in another terminal, with the API token of serve in ASTRO_SCIM_TOKEN: ${meanwhile}`,
  ];
}
