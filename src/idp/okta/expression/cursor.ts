/** The tokens of an expression while they are parsed. */

import type { BinaryOperator } from "./ast.ts";
import { expressionErrorAt, type ExpressionError } from "./expression-error.ts";
import type { Symbol, Token } from "./lexer.ts";

/** The tokens, read from left to right. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #next = 0;
  /** Whether what is parsed stands within `.![…]`. */
  inProjection = false;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(): Token {
    return this.#tokens[this.#next] ?? { kind: "end", at: 0 };
  }

  take(): Token {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  /** Takes the next token if it is that symbol. */
  takeSymbol(text: Symbol): boolean {
    const token = this.peek();
    const found = token.kind === "symbol" && token.text === text;
    if (found) this.#next += 1;
    return found;
  }

  /** Takes the next token if it is one of the operators. */
  takeOperator(operators: ReadonlyMap<string, BinaryOperator>): BinaryOperator | undefined {
    const token = this.peek();
    if (token.kind !== "symbol" && token.kind !== "name") return undefined;
    const operator = operators.get(token.text.toUpperCase());
    if (operator !== undefined) this.#next += 1;
    return operator;
  }

  expect(text: Symbol): void {
    const token = this.peek();
    if (!this.takeSymbol(text)) throw unexpected(token, `'${text}'`);
  }

  /** The name behind a point. */
  expectName(): string {
    const token = this.take();
    if (token.kind !== "name") throw unexpected(token, "a name after '.'");
    return token.text;
  }
}

export function unexpected(token: Token, expected: string): ExpressionError {
  return expressionErrorAt(token.at, `Expected ${expected} but found ${describe(token)}`);
}

function describe(token: Token): string {
  switch (token.kind) {
    case "end":
      return "the end";
    case "text":
      return `the string '${token.value.slice(0, 40)}'`;
    case "number":
      return String(token.value);
    case "name":
    case "symbol":
      return `'${token.text.slice(0, 40)}'`;
    default:
      return token satisfies never;
  }
}
