/** What a function of the Expression Language is, and how one is written down. */

import type { EvaluationContext } from "../context.ts";
import { textOf, type ExpressionValue } from "../value.ts";

export type ArgumentValues = readonly ExpressionValue[];

export interface ExpressionFunction {
  readonly name: string;
  /** As in the documentation, for the message about a wrong number of arguments. */
  readonly signature: string;
  readonly accepts: (argumentCount: number) => boolean;
  /** @throws ExpressionError where it makes nothing of the values */
  readonly apply: (values: ArgumentValues, context: EvaluationContext) => ExpressionValue;
  /**
   * Looks at the arguments that the expression states as literals; the others are undefined.
   * @throws ExpressionError for one that no user's value can make right
   */
  readonly check?: (literals: readonly (ExpressionValue | undefined)[]) => void;
  /** What it yields hangs on more than the user's profile: on the user's groups, or on the time. */
  readonly hangsOn?: "groups" | "time";
  /** Whether an attribute of what it yields may be read where it yields null. */
  readonly isReadUnguarded?: boolean;
}

type Options = Omit<ExpressionFunction, "name" | "signature" | "apply">;

/** `name(required, [optional], …)`: any number of arguments where it ends in `…`. */
export function expressionFunction(
  signature: string,
  apply: ExpressionFunction["apply"],
  options: Partial<Options> = {},
): ExpressionFunction {
  const open = signature.indexOf("(");
  const parameters = signature
    .slice(open + 1, -1)
    .split(",")
    .map((parameter) => parameter.trim())
    .filter((parameter) => parameter !== "");
  const least = parameters.filter((parameter) => parameter !== "…" && !parameter.startsWith("[")).length;
  const most = parameters.includes("…") ? Infinity : parameters.length;
  return {
    name: signature.slice(0, open),
    signature,
    accepts: (count) => count >= least && count <= most,
    apply,
    ...options,
  };
}

/** Arguments beyond those of the signature never reach the function, so all three may be named. */
export type Texts = readonly [string, string, string];

/** Functions of texts alone. */
export function textFunctions(
  rows: Readonly<Record<string, (texts: Texts) => ExpressionValue>>,
): readonly ExpressionFunction[] {
  return Object.entries(rows).map(([signature, apply]) =>
    expressionFunction(signature, ([first = null, second = null, third = null]) =>
      apply([textOf(first), textOf(second), textOf(third)]),
    ),
  );
}
