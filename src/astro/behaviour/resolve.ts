/** From what somebody chose to one answer for every row. */

import { areAllAnswersTo } from "../../choices/read.ts";
import { readAnswers } from "./answers.ts";
import { behaviourTable, type Behaviour, type BehaviourChoice } from "./table.ts";

/**
 * The default, or strict, answers with the chosen ones in their place.
 * @throws AppError usage for a choice that no row has
 */
export function resolveBehaviour({ strict = false, behaviour = {} }: BehaviourChoice): Behaviour {
  const reading = strict ? "strict" : "default";
  const answers = Object.entries(behaviourTable).map(([name, row]) => [name, row[reading]]);
  const resolved = { ...Object.fromEntries(answers), ...readAnswers(behaviour) };
  if (areAllAnswersTo(behaviourTable, resolved)) return resolved;
  throw new TypeError("the table answers every row");
}
