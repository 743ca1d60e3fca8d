/** What `diff --json` found, as lines: `kind subject`, and `with KIND` for a finding in the row of a difference. */

import { driftShape } from "./json-shapes.ts";
import type { CommandResult } from "./run-command.ts";

export function foundBy({ stdout }: CommandResult): readonly string[] {
  const { changes, findings } = driftShape.parse(JSON.parse(stdout));
  return [
    ...changes.map(({ kind, subject }) => `${kind} ${subject.name}`),
    ...findings.map(({ kind, subject, shownWith }) =>
      [kind, subject.name ?? "the app", ...(shownWith === null ? [] : [`with ${shownWith}`])].join(" "),
    ),
  ];
}
