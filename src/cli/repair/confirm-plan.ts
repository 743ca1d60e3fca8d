/** The question before a plan is carried out: the same for every repair and for `apply`. */

import { isDeletion } from "../../drift/plan/operation.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import { labelInQuestion } from "../../assembly/connect.ts";
import { plural } from "../../ground/plural.ts";
import { printable } from "../../ground/printable.ts";
import { formatCount } from "../../ground/quantities.ts";
import type { Connected } from "../connected.ts";
import { confirmByTyping, confirmOrDecline } from "../prompt.ts";

const withoutTerminal = "Add --yes to continue without confirmation, or --dry-run to see the plan.";

/**
 * Names the organization and what is deleted. Deletions are agreed to by typing how many there are: Enter or a `y` out of habit
 * is not enough.
 * @throws AppError as `confirmOrDecline`
 */
export async function confirmPlan(
  { io, connection, signal }: Pick<Connected, "io" | "connection" | "signal">,
  { operations }: Pick<Plan, "operations">,
): Promise<void> {
  const where = printable(labelInQuestion(connection));
  const deletions = operations.filter(isDeletion).length;
  const options = { signal, withoutTerminal };
  const all = plural(operations.length, "operation");
  if (deletions === 0) {
    await confirmOrDecline(io, `Apply ${all} to ${where}?`, options);
    return;
  }
  const words = `delete ${deletions}`;
  const question = `Apply ${all} to ${where}, with ${formatCount(deletions)} ${deletions === 1 ? "deletion" : "deletions"}? Type "${words}" to confirm:`;
  await confirmByTyping(io, question, words, options);
}
