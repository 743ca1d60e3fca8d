/** What `setup --check --json` found: lines that differ, by id and with what is there, and the names of warnings. */

import type { CommandResult } from "./run-command.ts";

interface Checked {
  readonly lines: readonly { readonly id: string; readonly verdict: string; readonly is?: string }[];
  readonly warnings: readonly { readonly kind: string }[];
}

/** @throws Error where there is no result */
export function foundBySetup({ status, stdout, stderr }: CommandResult): readonly string[] {
  if (stdout === "" || stdout.startsWith('{\n  "error"')) throw new Error(`${status} ${stdout}${stderr}`);
  const { lines, warnings }: Checked = JSON.parse(stdout);
  return [
    ...lines.filter(({ verdict }) => verdict === "different").map(({ id, is = "" }) => `${id} ${is}`),
    ...warnings.map(({ kind }) => kind),
  ];
}
