/** What a function is called, which arguments it takes, and what it does with them. */

import { DotnetError } from "../../dotnet/dotnet-error.ts";
import type { Arguments } from "../arguments.ts";
import type { CallExpression } from "../ast.ts";
import type { ExpressionValue } from "../values.ts";

export interface ExpressionFunction {
  readonly name: string;
  /** As in the documentation, with the parameters that may be empty in brackets. */
  readonly signature: string;
  /** The parameter that the argument of that index is for. */
  readonly parameterOf: (index: number) => Parameter | undefined;
  readonly accepts: (argumentCount: number) => boolean;
  /** What is wrong with a call, as far as its text tells: one sentence; undefined where nothing is. */
  readonly check: (call: CallExpression) => string | undefined;
  /** @throws DotnetError where the arguments make no sense to the function */
  readonly evaluate: (given: Arguments) => ExpressionValue;
}

interface Parameter {
  readonly name: string;
  readonly isRequired: boolean;
}

interface FunctionOptions {
  /** How many of the last parameters may be repeated together. */
  readonly repeats?: number;
  /** True where every parameter has its place in a call, were it an empty one. */
  readonly isPositional?: boolean;
  readonly check?: ExpressionFunction["check"];
}

/** A function from its signature: `InStr(text, find, [start])`. */
export function defineFunction(
  signature: string,
  evaluate: ExpressionFunction["evaluate"],
  { repeats = 0, isPositional = false, check = () => undefined }: FunctionOptions = {},
): ExpressionFunction {
  const [, name = "", list = ""] = /^(\w+)\((.*)\)$/.exec(signature) ?? [];
  const parameters = list
    .split(", ")
    .filter((one) => one !== "" && one !== "…")
    .map((one) => ({ name: one.replaceAll(/[[\]]/g, ""), isRequired: !one.startsWith("[") }));
  const most = parameters.length;
  const fewest =
    isPositional || repeats > 0 ? most : parameters.findLastIndex(({ isRequired }) => isRequired) + 1;
  const accepts = (count: number): boolean =>
    count >= fewest && (repeats > 0 ? (count - most) % repeats === 0 : count <= most);
  const parameterOf = (index: number): Parameter | undefined =>
    parameters[index < most ? index : most - repeats + ((index - most) % repeats)];
  return { name, signature, parameterOf, accepts, check, evaluate };
}

/** For `check`: what a DotnetError thrown by `run` says, without its full stop; undefined where nothing is thrown. */
export function complaintOf(run: () => void): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof DotnetError) return error.message.replace(/\.$/, "");
    throw error;
  }
}
