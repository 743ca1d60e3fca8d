/** From the text of an Okta expression to its syntax tree, by recursive descent whose depth is limited. */

import type { BinaryOperator, Expression } from "./ast.ts";
import { ExpressionError, expressionErrorAt } from "./expression-error.ts";
import { findFunction } from "./functions.ts";
import { tokenize, type Symbol, type Token } from "./lexer.ts";

/** What an expression may cost: characters, and expressions inside one another. */
export const expressionLimits = { maxLength: 4096, maxDepth: 100 } as const;

/**
 * Parses an expression of a profile mapping or of the application username format. Precedence as in SpEL,
 * which Okta's language is a subset of: `?:` and `? :`, then OR, AND, comparison, `+`, `!`.
 * @throws ExpressionError naming what is wrong and where; a function or reference that is not supported is named.
 */
export function parseExpression(source: string): Expression {
  if (source.length > expressionLimits.maxLength) {
    throw new ExpressionError(`The expression is longer than ${expressionLimits.maxLength} characters.`);
  }
  const cursor = new Cursor(tokenize(source));
  const expression = parseConditional(cursor, 0);
  const rest = cursor.take();
  if (rest.kind !== "end") throw unexpected(rest, "the end of the expression");
  return expression;
}

/** The tokens, read from left to right. */
class Cursor {
  readonly #tokens: readonly Token[];
  #next = 0;

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
}

function parseConditional(cursor: Cursor, depth: number): Expression {
  if (depth > expressionLimits.maxDepth) {
    throw new ExpressionError(
      `The expression nests more than ${expressionLimits.maxDepth} expressions inside one another.`,
    );
  }
  const first = parseBinary(cursor, depth, 0);
  if (cursor.takeSymbol("?:")) {
    return { kind: "elvis", value: first, fallback: parseConditional(cursor, depth + 1) };
  }
  if (!cursor.takeSymbol("?")) return first;
  const whenTrue = parseConditional(cursor, depth + 1);
  cursor.expect(":");
  return {
    kind: "conditional",
    condition: first,
    whenTrue,
    whenFalse: parseConditional(cursor, depth + 1),
  };
}

/** Binary operators, the weakest first. AND and OR are the documented spelling; Okta's own mappings use `&&`, `||`. */
const levels: readonly ReadonlyMap<string, BinaryOperator>[] = [
  new Map([
    ["OR", "or"],
    ["||", "or"],
  ]),
  new Map([
    ["AND", "and"],
    ["&&", "and"],
  ]),
  new Map((["==", "!=", "<", "<=", ">", ">="] as const).map((operator) => [operator, operator])),
  new Map([["+", "+"]]),
];

function parseBinary(cursor: Cursor, depth: number, level: number): Expression {
  const operators = levels[level];
  if (operators === undefined) return parseUnary(cursor, depth);
  let left = parseBinary(cursor, depth, level + 1);
  for (;;) {
    const operator = cursor.takeOperator(operators);
    if (operator === undefined) return left;
    left = { kind: "binary", operator, left, right: parseBinary(cursor, depth, level + 1) };
  }
}

function parseUnary(cursor: Cursor, depth: number): Expression {
  // Two `!` still say that the operand must be a boolean; more of them only cost depth.
  let negations = 0;
  while (cursor.takeSymbol("!")) negations = negations === 2 ? 1 : negations + 1;
  const operand = parsePrimary(cursor, depth);
  if (negations === 0) return operand;
  const negated: Expression = { kind: "not", operand };
  return negations === 1 ? negated : { kind: "not", operand: negated };
}

function parsePrimary(cursor: Cursor, depth: number): Expression {
  const token = cursor.take();
  if (token.kind === "text" || token.kind === "number") return { kind: "literal", value: token.value };
  if (token.kind === "name") return parseName(cursor, token.text, token.at, depth);
  if (token.kind === "symbol" && token.text === "(") {
    const inner = parseConditional(cursor, depth + 1);
    cursor.expect(")");
    return inner;
  }
  throw unexpected(token, "a value");
}

const literals: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

function parseName(cursor: Cursor, first: string, at: number, depth: number): Expression {
  const literal = literals.get(first.toLowerCase());
  if (literal !== undefined) return { kind: "literal", value: literal };
  const names = [first];
  while (cursor.takeSymbol(".")) {
    const next = cursor.take();
    if (next.kind !== "name") throw unexpected(next, "a name behind '.'");
    names.push(next.text);
  }
  const name = names.join(".");
  if (cursor.takeSymbol("(")) return parseCall(cursor, name, at, depth);
  const [root, attribute] = names;
  if (root === "user" && attribute !== undefined && names.length === 2) {
    return { kind: "reference", attribute, at };
  }
  throw expressionErrorAt(at, `'${name}' is not supported: a mapping reads user.<attribute>; found`);
}

function parseCall(cursor: Cursor, name: string, at: number, depth: number): Expression {
  const called = findFunction(name);
  if (called === undefined) throw expressionErrorAt(at, `The function ${name} is not supported; found`);
  const values: Expression[] = [];
  if (!cursor.takeSymbol(")")) {
    do values.push(parseConditional(cursor, depth + 1));
    while (cursor.takeSymbol(","));
    cursor.expect(")");
  }
  if (!called.accepts(values.length)) {
    throw expressionErrorAt(at, `${called.signature} is given ${values.length} arguments`);
  }
  return { kind: "call", name, arguments: values };
}

function unexpected(token: Token, expected: string): ExpressionError {
  return expressionErrorAt(token.at, `Expected ${expected} but found ${describe(token)}`);
}

function describe(token: Token): string {
  switch (token.kind) {
    case "end":
      return "the end";
    case "text":
      return `the text '${token.value.slice(0, 40)}'`;
    case "number":
      return String(token.value);
    case "name":
    case "symbol":
      return `'${token.text.slice(0, 40)}'`;
    default:
      return token satisfies never;
  }
}
