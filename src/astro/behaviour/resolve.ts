/** Answers to the rows of the behaviour table: from what a command line, a program or a file says, one for every row. */

import { areAllAnswersTo, readAnswersTo } from "../../choices/read.ts";
import { behaviourTable, type Behaviour, type BehaviourChoice } from "./table.ts";

/**
 * The answers, checked: names are rows, values are theirs. A number may come as text.
 * @throws AppError usage with the nearest name or value
 */
export function readAnswers(given: Readonly<Record<string, unknown>>): Partial<Behaviour> {
  return readAnswersTo(behaviourTable, "behaviour", given);
}

/**
 * The default, or strict, answers with the chosen ones in their place: what was chosen for the server counts more than
 * what its seed says.
 * @throws AppError usage for a choice that no row has
 */
export function resolveBehaviour(server: BehaviourChoice, seed: BehaviourChoice = {}): Behaviour {
  const reading = (server.strict ?? seed.strict ?? false) ? "strict" : "default";
  const answers = Object.entries(behaviourTable).map(([name, row]) => [name, row[reading]]);
  const chosen = readAnswers({ ...seed.behaviour, ...server.behaviour });
  const resolved = { ...Object.fromEntries(answers), ...chosen };
  if (areAllAnswersTo(behaviourTable, resolved)) return resolved;
  throw new TypeError("the table answers every row");
}
