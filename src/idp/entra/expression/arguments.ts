/** The arguments of one call while it is evaluated. */

import type { CallExpression, Expression } from "./ast.ts";
import type { EvaluationContext } from "./context.ts";
import { integerOf, textOf, type ExpressionValue } from "./values.ts";

/**
 * Arguments by their index from 0. Each is evaluated when it is asked for, so that a branch that is not taken cannot
 * fail (Inferred). One that is not given is null.
 */
export class Arguments {
  readonly context: EvaluationContext;
  readonly count: number;
  readonly #expressions: CallExpression["arguments"];
  readonly #evaluate: (expression: Expression) => ExpressionValue;

  constructor(
    call: CallExpression,
    context: EvaluationContext,
    evaluate: (expression: Expression) => ExpressionValue,
  ) {
    this.context = context;
    this.count = call.arguments.length;
    this.#expressions = call.arguments;
    this.#evaluate = evaluate;
  }

  isGiven(index: number): boolean {
    return this.expression(index) !== null;
  }

  expression(index: number): Expression | null {
    return this.#expressions[index] ?? null;
  }

  evaluate(expression: Expression): ExpressionValue {
    return this.#evaluate(expression);
  }

  value(index: number): ExpressionValue {
    const expression = this.expression(index);
    return expression === null ? null : this.#evaluate(expression);
  }

  /** @throws DotnetError for a multi-valued attribute */
  text(index: number): string {
    return textOf(this.value(index));
  }

  /** @throws DotnetError for what is not a whole number; `name` is the parameter's */
  integer(index: number, name: string): number {
    return integerOf(this.value(index), name);
  }
}
