/** The question before a plan is carried out, and the outcomes as they come. */

import { labelInQuestion } from "../../assembly/connect.ts";
import { plural } from "../../ground/plural.ts";
import { printable } from "../../ground/printable.ts";
import { formatCount } from "../../ground/quantities.ts";
import type { Outcome } from "../../repair/outcome.ts";
import { OutcomeLines } from "../../report/repair/outcome-text.ts";
import type { Connected } from "../connected.ts";
import { streamStyle } from "../output/stream-style.ts";
import { confirmOrDecline } from "../prompt.ts";

/** @throws AppError declined; interrupted; usage, where nobody can be asked */
export async function agree(
  { io, connection, signal }: Connected,
  flags: { readonly yes?: boolean },
  count: number,
): Promise<void> {
  if (flags.yes === true) return;
  const question = `Apply ${plural(count, "operation")} to ${printable(labelInQuestion(connection))}?`;
  await confirmOrDecline(io, question, {
    signal,
    withoutTerminal: "Add --yes to continue without confirmation, or --dry-run to see the plan.",
  });
}

/** Shows each outcome as it comes. */
export async function withOutcomeLines(
  { io, output }: Connected,
  { count, verbose }: { readonly count: number; readonly verbose: boolean | undefined },
  carryOut: (onOutcome: (outcome: Outcome) => void) => Promise<readonly Outcome[]>,
): Promise<readonly Outcome[]> {
  const lines = new OutcomeLines(streamStyle(io, io.stderr, { verbose }));
  let done = 0;
  try {
    return await carryOut((outcome) => {
      done += 1;
      for (const line of lines.linesOf(outcome)) output.say(line);
      output.progress.update(`${formatCount(done)} of ${plural(count, "operation")}`);
    });
  } finally {
    output.progress.stop();
    for (const line of lines.end()) output.say(line);
  }
}
