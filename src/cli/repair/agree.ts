/** The question before a plan is carried out, the same for everything that writes, and the outcomes as they come. */

import { ownerRole } from "../../astro/records/held-roles.ts";
import { isDeletion, isRestoringRoles, type Operation } from "../../drift/plan/operations/operation.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import { labelInQuestion } from "../../assembly/connect.ts";
import { nameList } from "../../ground/text/name-list.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import type { Outcome } from "../../repair/outcome.ts";
import { OutcomeLines } from "../../report/repair/outcome-text.ts";
import type { Connected } from "../connected.ts";
import { streamStyle } from "../output/stream-style.ts";
import { confirmByTyping, confirmOrDecline } from "../prompt.ts";

const orDryRun = "Add --yes to continue without confirmation, or --dry-run to see the plan.";

/**
 * Names the organization and what is deleted, and how many become an Organization Owner again. These are agreed to by typing how
 * many there are: Enter or a `y` out of habit is not enough.
 * @throws AppError as `confirmOrDecline`
 */
export async function agree(
  { io, connection, signal }: Pick<Connected, "io" | "connection" | "signal">,
  { yes, withoutTerminal = orDryRun }: { readonly yes?: boolean; readonly withoutTerminal?: string },
  { operations }: Pick<Plan, "operations">,
): Promise<void> {
  if (yes === true) return;
  const where = printable(labelInQuestion(connection));
  const deletions = operations.filter(isDeletion).length;
  const options = { signal, withoutTerminal };
  const all = plural(operations.length, "operation");
  const owners = operations.filter(makesOwner).length;
  const renewed = operations.filter(({ kind }) => kind === "renew-assignment").length;
  if (deletions + renewed + owners === 0) {
    await confirmOrDecline(io, `Apply ${all} to ${where}?`, options);
    return;
  }
  const parts = [
    ...(deletions === 0 ? [] : [{ words: `delete ${deletions}`, what: plural(deletions, "deletion") }]),
    ...(renewed === 0 ? [] : [{ words: `reassign ${renewed}`, what: plural(renewed, "removed assignment") }]),
    ...(owners === 0 ? [] : [{ words: `owner ${owners}`, what: `${ownerRole} for ${formatCount(owners)}` }]),
  ];
  const words = parts.map((part) => part.words).join(" ");
  const question = `Apply ${all} to ${where}, with ${nameList(parts.map(({ what }) => what))}? Type "${words}" to confirm:`;
  await confirmByTyping(io, question, words, options);
}

/** Whether it gives the role of an Organization Owner. */
function makesOwner(operation: Operation): boolean {
  return isRestoringRoles(operation) && operation.granted.organizationRole === ownerRole;
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
