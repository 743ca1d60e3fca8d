/** Answers to the rows of the behaviour table, as they come from a command line, a program or a file. */

import { AppError } from "../../errors.ts";
import { nearestName } from "../../scim/nearest-name.ts";
import { behaviourTable, isBehaviourName, type Behaviour, type BehaviourName } from "./table.ts";

/**
 * The answers, checked: names are rows, values are theirs. A number may come as text.
 * @throws AppError usage with the nearest name or value
 */
export function readAnswers(given: Readonly<Record<string, unknown>>): Partial<Behaviour> {
  const answers = Object.fromEntries(Object.entries(given).map(([name, value]) => readAnswer(name, value)));
  if (isAnswers(answers)) return answers;
  throw new TypeError("an answer that was read is one of its row");
}

/** Whether every row is answered. */
export function isBehaviour(answers: Readonly<Record<string, unknown>>): answers is Behaviour {
  return isAnswers(answers) && Object.keys(behaviourTable).every((name) => Object.hasOwn(answers, name));
}

function isAnswers(answers: Readonly<Record<string, unknown>>): answers is Partial<Behaviour> {
  return Object.entries(answers).every(([name, value]) => isBehaviourName(name) && isAnswer(name, value));
}

function isAnswer(name: BehaviourName, value: unknown): value is string | number {
  const row = behaviourTable[name];
  if (row.kind === "choice") return typeof value === "string" && Object.hasOwn(row.values, value);
  return Number.isInteger(value) && Number(value) >= row.least && Number(value) <= row.most;
}

function readAnswer(name: string, given: unknown): readonly [BehaviourName, string | number] {
  if (!isBehaviourName(name)) throw unknownName(name);
  const isDigits = typeof given === "string" && /^\d{1,9}$/.test(given);
  const value = behaviourTable[name].kind === "count" && isDigits ? Number(given) : given;
  if (isAnswer(name, value)) return [name, value];
  throw wrongValue(name, String(value));
}

function unknownName(name: string): AppError {
  const names = Object.keys(behaviourTable);
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? `There are ${names.join(", ")}.` : `Did you mean ${nearest}?`;
  return new AppError("usage", `There is no behaviour "${name}".`, { hint });
}

function wrongValue(name: BehaviourName, value: string): AppError {
  const row = behaviourTable[name];
  const message = `The behaviour ${name} cannot be "${value}".`;
  if (row.kind === "count") {
    const hint = `It takes a whole number from ${row.least} to ${row.most}.`;
    return new AppError("usage", message, { hint });
  }
  const values = Object.keys(row.values);
  const nearest = nearestName(value, values);
  const meant = nearest === undefined ? "" : `Did you mean ${nearest}? `;
  return new AppError("usage", message, { hint: `${meant}It is one of ${values.join(", ")}.` });
}
