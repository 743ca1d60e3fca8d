/** Answers to the rows of the behaviour table, as they come from a command line, a program or a file. */

import { readAnswersTo } from "../../choices/read.ts";
import { behaviourTable, type Behaviour } from "./table.ts";

/**
 * The answers, checked: names are rows, values are theirs. A number may come as text.
 * @throws AppError usage with the nearest name or value
 */
export function readAnswers(given: Readonly<Record<string, unknown>>): Partial<Behaviour> {
  return readAnswersTo(behaviourTable, "behaviour", given);
}
