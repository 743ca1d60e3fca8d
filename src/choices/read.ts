/** Answers to the questions of a table, as they come from a command line, a program or a file. */

import { AppError } from "../ground/errors.ts";
import { nearestName } from "../ground/text/nearest-name.ts";
import type { AnswersTo, AnswerTable, CountAnswers, NamedAnswers } from "./row.ts";

type Given = Readonly<Record<string, unknown>>;

/**
 * The answers, checked: names are rows, values are theirs. A number may come as text. `noun` is what a row is
 * called: behaviour, fidelity switch.
 * @throws AppError usage with the nearest name or value
 */
export function readAnswersTo<Table extends AnswerTable>(
  table: Table,
  noun: string,
  given: Given,
): Partial<AnswersTo<Table>> {
  const read = Object.entries(given).map(([name, value]) => [name, readAnswer(table, noun, name, value)]);
  const answers: Given = Object.fromEntries(read);
  if (areAnswersTo(table, answers)) return answers;
  throw new TypeError("a value that was read is one of its row");
}

/**
 * One answer for every row: the given ones, and the default of the others.
 * @throws AppError usage with the nearest name or value
 */
export function resolveAnswersTo<Table extends AnswerTable>(
  table: Table,
  noun: string,
  given: Given,
): AnswersTo<Table> {
  const defaults = Object.entries(table).map(([name, row]) => [name, row.default]);
  const resolved: Given = { ...Object.fromEntries(defaults), ...readAnswersTo(table, noun, given) };
  if (areAllAnswersTo(table, resolved)) return resolved;
  throw new TypeError("the table has a value for every row");
}

/** Whether every row is answered. */
export function areAllAnswersTo<Table extends AnswerTable>(
  table: Table,
  answers: Given,
): answers is AnswersTo<Table> {
  return areAnswersTo(table, answers) && Object.keys(table).every((name) => Object.hasOwn(answers, name));
}

function areAnswersTo<Table extends AnswerTable>(
  table: Table,
  answers: Given,
): answers is Partial<AnswersTo<Table>> {
  return Object.entries(answers).every(([name, value]) => {
    const row = rowOf(table, name);
    return row !== undefined && isAnswer(row, value);
  });
}

function rowOf(table: AnswerTable, name: string): NamedAnswers | CountAnswers | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function isAnswer(row: NamedAnswers | CountAnswers, value: unknown): value is string | number {
  if (row.kind === "choice") return typeof value === "string" && Object.hasOwn(row.values, value);
  return Number.isInteger(value) && Number(value) >= row.least && Number(value) <= row.most;
}

function readAnswer(table: AnswerTable, noun: string, name: string, given: unknown): string | number {
  const row = rowOf(table, name);
  if (row === undefined) throw unknownName(Object.keys(table), noun, name);
  const isDigits = typeof given === "string" && /^\d{1,9}$/.test(given);
  const value = row.kind === "count" && isDigits ? Number(given) : given;
  if (isAnswer(row, value)) return value;
  throw wrongValue(row, `${noun} ${name}`, String(value));
}

function unknownName(names: readonly string[], noun: string, name: string): AppError {
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? `Known names: ${names.join(", ")}.` : `Did you mean ${nearest}?`;
  return new AppError("usage", `There is no ${noun} "${name}".`, { hint });
}

function wrongValue(row: NamedAnswers | CountAnswers, what: string, value: string): AppError {
  const message = `The ${what} cannot be "${value}".`;
  if (row.kind === "count") {
    const hint = `It must be a whole number from ${row.least} to ${row.most}.`;
    return new AppError("usage", message, { hint });
  }
  const values = Object.keys(row.values);
  const nearest = nearestName(value, values);
  const meant = nearest === undefined ? "" : `Did you mean ${nearest}? `;
  return new AppError("usage", message, { hint: `${meant}It must be one of ${values.join(", ")}.` });
}
