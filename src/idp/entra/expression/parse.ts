/** From the text of an Entra expression to its syntax tree, by recursive descent whose depth is limited. */

import { nearestName } from "../../../ground/text/nearest-name.ts";
import { comparisonOperators, compareTypes, type CallExpression, type Expression } from "./ast.ts";
import { ExpressionError } from "./expression-error.ts";
import { findFunction, functionNames, takesComparison, refusedNames } from "./functions/functions.ts";
import { tokenize, type Token } from "./lexer.ts";
import type { ExpressionFunction } from "./functions/signature.ts";

/**
 * What an expression may cost. 10,000 characters: Microsoft, Known issues for provisioning. Deviation: Microsoft names
 * no limit of nesting; a chain of IIF that fits into the 10,000 characters nests less than 600 deep.
 */
export const expressionLimits = { maxLength: 10_000, maxDepth: 600 } as const;

/**
 * Parses the expression of an attribute mapping. Functions, attributes and texts mind case; an empty argument is a
 * parameter that is not given.
 * @throws ExpressionError naming what is wrong and where: with the nearest function where one is unknown
 */
export function parseExpression(source: string): CallExpression {
  if (source.length > expressionLimits.maxLength) {
    throw new ExpressionError(`The expression is longer than ${expressionLimits.maxLength} characters.`);
  }
  const cursor = new Cursor(tokenize(source));
  const call = topLevelCall(cursor);
  const rest = cursor.take();
  if (rest.kind !== "end") throw unexpected(rest, "the end of the expression");
  return call;
}

/** The tokens, read from left to right. */
class Cursor {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(): Token {
    return this.#tokens[this.#next] ?? { kind: "end", text: "", at: 0 };
  }

  take(): Token {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  isAt(symbol: string): boolean {
    const token = this.peek();
    return token.kind === "symbol" && token.text === symbol;
  }
}

function topLevelCall(cursor: Cursor): CallExpression {
  const first = cursor.take();
  if (first.kind === "name") return parseCall(cursor, first, 0);
  if (first.kind === "attribute" || first.kind === "text") {
    const kind = first.kind === "attribute" ? "a direct" : "a constant";
    throw new ExpressionError(
      `${describe(first)} alone is not an expression but ${kind} mapping; found`,
      first.at,
    );
  }
  throw unexpected(first, "a function");
}

function parseCall(cursor: Cursor, name: Token, depth: number): CallExpression {
  if (depth >= expressionLimits.maxDepth) {
    throw new ExpressionError(
      `Functions are nested more than ${expressionLimits.maxDepth} levels deep`,
      name.at,
    );
  }
  const called = functionNamed(name, cursor.isAt("("));
  if (!cursor.isAt("(")) throw unexpected(cursor.peek(), `'(' after ${called.name}`);
  cursor.take();
  const found = parseArguments(cursor, called.name, depth);
  if (!called.accepts(found.length)) {
    const count = found.length === 1 ? "1 argument" : `${found.length} arguments`;
    throw new ExpressionError(`${called.signature} is given ${count}`, name.at);
  }
  const missing = found.findIndex(
    ({ value }, index) => value === null && called.parameterOf(index)?.isRequired,
  );
  if (missing !== -1) {
    const parameter = called.parameterOf(missing)?.name ?? "";
    throw new ExpressionError(`${called.signature} has no value for ${parameter}`, found[missing]?.at);
  }
  const call: CallExpression = {
    kind: "call",
    name: called.name,
    arguments: found.map(({ value }) => value),
  };
  const problem = called.check(call);
  if (problem !== undefined) throw new ExpressionError(`${called.signature}: ${problem}`, name.at);
  return call;
}

function functionNamed({ text, at }: Token, isCalled: boolean): ExpressionFunction {
  const found = findFunction(text);
  if (found !== undefined) return found;
  const refusal = refusedNames.get(text);
  if (refusal !== undefined) throw new ExpressionError(`${text} ${refusal}; found`, at);
  if (isConnective(text)) throw noConnective(text, at);
  const start = text.slice(0, 60);
  if (!isCalled) {
    throw new ExpressionError(`${start} is not a function: an attribute is written [${start}]; found`, at);
  }
  const nearest = nearestName(text, functionNames);
  const hint = nearest === undefined ? "" : `; did you mean ${nearest}? Found`;
  throw new ExpressionError(`There is no function ${start}${hint}`, at);
}

/** Microsoft's reference has no function and no operator that joins conditions. */
function isConnective(text: string): boolean {
  return /^(?:and|or)$/i.test(text);
}

function noConnective(text: string, at: number): ExpressionError {
  return new ExpressionError(`There is no ${text}: nest IIF instead; found`, at);
}

interface FoundArgument {
  readonly value: Expression | null;
  readonly at: number;
}

function parseArguments(cursor: Cursor, name: string, depth: number): readonly FoundArgument[] {
  const found: FoundArgument[] = [];
  if (cursor.isAt(")")) {
    cursor.take();
    return found;
  }
  for (;;) {
    const { at } = cursor.peek();
    found.push({ value: parseArgument(cursor, { name, index: found.length }, depth), at });
    const next = cursor.take();
    if (next.kind !== "symbol" || (next.text !== "," && next.text !== ")")) {
      if (next.kind === "name" && isConnective(next.text)) throw noConnective(next.text, next.at);
      throw unexpected(next, "',' or ')'");
    }
    if (next.text === ")") return found;
  }
}

/** Which argument of which function. */
interface ArgumentPlace {
  readonly name: string;
  readonly index: number;
}

function parseArgument(cursor: Cursor, { name, index }: ArgumentPlace, depth: number): Expression | null {
  if (cursor.isAt(",") || cursor.isAt(")")) return null;
  const { kind, text } = cursor.peek();
  const compareType = compareTypes.find((one) => kind === "name" && text === one);
  if (compareType !== undefined && name === "InStr" && index === 3) {
    cursor.take();
    return { kind: "compare-type", name: compareType };
  }
  return parseComparison(cursor, index === 0 && takesComparison.has(name), depth);
}

function parseComparison(cursor: Cursor, mayCompare: boolean, depth: number): Expression {
  const left = parseOperand(cursor, depth);
  const token = cursor.peek();
  const operator = comparisonOperators.find((one) => token.kind === "symbol" && token.text === one);
  if (operator === undefined) return left;
  if (!mayCompare) {
    throw new ExpressionError(
      `'${operator}' can be used only in the first argument of IIF and CBool; found`,
      token.at,
    );
  }
  cursor.take();
  return { kind: "comparison", operator, left, right: parseOperand(cursor, depth) };
}

function parseOperand(cursor: Cursor, depth: number): Expression {
  const token = cursor.take();
  switch (token.kind) {
    case "attribute":
      return { kind: "attribute", name: token.text, at: token.at };
    case "text":
      return { kind: "literal", value: token.text };
    case "number":
      return { kind: "literal", value: token.value };
    case "name":
      return parseCall(cursor, token, depth + 1);
    case "symbol":
    case "end":
      throw unexpected(token, "a value");
    default:
      return token satisfies never;
  }
}

function unexpected(token: Token, expected: string): ExpressionError {
  return new ExpressionError(`Expected ${expected} but found ${describe(token)}`, token.at);
}

function describe({ kind, text }: Token): string {
  if (kind === "end") return "the end";
  const start = text.slice(0, 40);
  if (kind === "attribute") return `[${start}]`;
  return kind === "text" ? `the string "${start}"` : `'${start}'`;
}
