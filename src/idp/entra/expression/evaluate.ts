/** What an Entra expression yields for one object. */

import { DotnetError } from "../dotnet/dotnet-error.ts";
import { maxTextLength, textTooLong } from "../dotnet/regex-replacement.ts";
import { Arguments } from "./arguments.ts";
import type { CallExpression, Expression } from "./ast.ts";
import { compareValues } from "./compare.ts";
import type { EvaluationContext } from "./context.ts";
import { ExpressionError } from "./expression-error.ts";
import { findFunction } from "./functions/functions.ts";
import type { ExpressionValue } from "./values.ts";

/**
 * Evaluates an expression; null and the empty text mean that the attribute is not sent. Nothing is read but the
 * context. A text of more than 65,536 characters is refused.
 * @throws ExpressionError naming the function that could not be evaluated, in the words of the provisioning log (seen
 * in MicrosoftDocs/azure-docs#42487); the object then fails with that error
 */
export function evaluateExpression(expression: Expression, context: EvaluationContext): ExpressionValue {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "attribute":
      return context.attribute(expression.name);
    case "compare-type":
      return expression.name;
    case "comparison": {
      const left = evaluateExpression(expression.left, context);
      return compareValues(expression.operator, left, evaluateExpression(expression.right, context));
    }
    case "call":
      return evaluateCall(expression, context);
    default:
      return expression satisfies never;
  }
}

function evaluateCall(call: CallExpression, context: EvaluationContext): ExpressionValue {
  const called = findFunction(call.name);
  if (called === undefined) throw new ExpressionError(`There is no function ${call.name}.`);
  const given = new Arguments(call, context, (expression) => evaluateExpression(expression, context));
  try {
    const value = called.evaluate(given);
    if (typeof value === "string" && value.length > maxTextLength) throw textTooLong();
    return value;
  } catch (error) {
    if (!(error instanceof DotnetError)) throw error;
    throw new ExpressionError(
      `An error occurred while evaluating this function: '${call.name}'. ${error.message}`,
    );
  }
}
