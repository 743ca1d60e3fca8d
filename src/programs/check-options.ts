/** The options of a function of the library, checked: programs in JavaScript have no compiler that does it. */

import * as z from "zod";
import { AppError } from "../ground/errors.ts";
import { nearestName } from "../ground/text/nearest-name.ts";

/** One check for each option of the type, so that none is forgotten and none is left from before. */
export type OptionChecks<Options extends object> = {
  readonly [Name in keyof Required<Options>]: z.ZodType;
};

/** A function of any form: what it takes and returns is its caller's matter. */
export const callback = z.custom((value) => typeof value === "function", { error: "a function" });

/** Any `AbortSignal`, of another realm too: test runners have their own. */
export const abortSignal = z.custom(isSignal, { error: "an AbortSignal" });

export const text = z.string({ error: "a string" });
export const flag = z.boolean({ error: "true or false" });
export const record = z.record(z.string(), z.unknown(), { error: "an object" });
export const list = z.array(z.unknown(), { error: "a list" });

/** A whole number. */
export function count(least: number): z.ZodType {
  const error = `a whole number, at least ${least}`;
  return z.int({ error }).min(least, { error });
}

const portRange = "a whole number from 0 to 65535";
export const port = z.int(portRange).min(0, portRange).max(65_535, portRange);

/** A text, or a whole number from 1. */
export const step = z.custom(
  (value) => typeof value === "string" || (typeof value === "number" && Number.isInteger(value) && value > 0),
  { error: "the name or the number of a step" },
);

/**
 * Checks names and types. An option that is undefined counts as not given.
 * @param within the option that has these, where they are not the function's own: `organizations[0]`
 * @throws AppError usage for the first option that does not exist, is missing, or has a value of another type
 */
export function checkOptions<Options extends object>(
  functionName: string,
  given: unknown,
  checks: OptionChecks<Options>,
  within = "",
): asserts given is Options {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new AppError(
      "usage",
      within === ""
        ? `${functionName}() takes one object with its options.`
        : `The option "${within}" of ${functionName}() must be an object.`,
    );
  }
  const prefix = within === "" ? "" : `${within}.`;
  requireKnownOptions(functionName, given, Object.keys(checks), prefix);
  for (const [name, check] of Object.entries<z.ZodType>(checks)) {
    const value: unknown = Reflect.get(given, name);
    const result = check.safeParse(value);
    if (!result.success)
      throw wrongOption(functionName, `${prefix}${name}`, { value, issues: result.error.issues });
  }
}

/**
 * @param within the option that has these, with a dot behind it: `limits.`
 * @throws AppError usage for the first name that is not known
 */
export function requireKnownOptions(
  functionName: string,
  given: object,
  known: readonly string[],
  within = "",
): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const nearest = nearestName(unknown, known);
  const hint = nearest === undefined ? `Known options: ${known.join(", ")}.` : `Did you mean "${nearest}"?`;
  throw new AppError("usage", `${functionName}() has no option "${within}${unknown}".`, { hint });
}

function isSignal(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "aborted" in value &&
    "addEventListener" in value &&
    typeof value.addEventListener === "function"
  );
}

interface WrongValue {
  readonly value: unknown;
  readonly issues: readonly z.core.$ZodIssue[];
}

function wrongOption(functionName: string, name: string, { value, issues }: WrongValue): AppError {
  const [issue] = issues;
  const at = [name, ...(issue?.path ?? [])].map(String).join(".");
  const takes = issue?.message ?? "of another type";
  return valueAt(value, issue?.path ?? []) === undefined
    ? new AppError("usage", `${functionName}() needs the option "${at}": ${takes}.`)
    : new AppError("usage", `The option "${at}" of ${functionName}() must be ${takes}.`);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, key) => (typeof inside === "object" && inside !== null ? Reflect.get(inside, key) : undefined),
    value,
  );
}
