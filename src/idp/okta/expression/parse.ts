/** From the text of an Okta expression to its syntax tree, by recursive descent whose depth is limited. */

import { callsIn, type BinaryOperator, type Expression, type MapEntry } from "./ast.ts";
import { Cursor, unexpected } from "./cursor.ts";
import { ExpressionError, expressionErrorAt, located } from "./expression-error.ts";
import { findFunction } from "./functions/functions.ts";
import { tokenize, type Token } from "./lexer.ts";
import { readName } from "./names.ts";

/** What an expression may cost: characters, and expressions inside one another. */
export const expressionLimits = { maxLength: 4096, maxDepth: 100 } as const;

/**
 * Parses an expression of a profile mapping or of the application username format. Precedence as in SpEL,
 * which Okta's language is a subset of: `?:` and `? :`, then OR, AND, comparison, `+` and `-`, `!`.
 * @throws ExpressionError naming what is wrong and where; a function or reference that is not supported is named,
 * with the nearest that is.
 */
export function parseExpression(source: string): Expression {
  if (source.length > expressionLimits.maxLength) {
    throw new ExpressionError(`The expression is longer than ${expressionLimits.maxLength} characters`);
  }
  const cursor = new Cursor(tokenize(source));
  const expression = parseConditional(cursor, 0);
  const rest = cursor.take();
  if (rest.kind !== "end") throw unexpected(rest, "the end of the expression");
  return expression;
}

function parseConditional(cursor: Cursor, depth: number): Expression {
  if (depth > expressionLimits.maxDepth) {
    throw new ExpressionError(`The expression is nested more than ${expressionLimits.maxDepth} levels deep`);
  }
  const first = parseBinary(cursor, depth, 0);
  const { at } = cursor.peek();
  if (cursor.takeSymbol("?:")) {
    return { kind: "elvis", value: first, fallback: parseConditional(cursor, depth + 1), at };
  }
  if (!cursor.takeSymbol("?")) return first;
  requireCondition(first);
  const whenTrue = parseConditional(cursor, depth + 1);
  cursor.expect(":");
  const whenFalse = parseConditional(cursor, depth + 1);
  return { kind: "conditional", condition: first, whenTrue, whenFalse, at };
}

/**
 * "Convert, Array, Time" functions are not supported in conditions (Okta Expression Language overview, Conditional
 * expressions). Inferred: `Arrays.contains` is, since it works in the conditions of group rules.
 */
function requireCondition(condition: Expression): void {
  for (const { called, at } of callsIn(condition)) {
    if (/^(?:Convert|Arrays|Time)\./.test(called.name) && called.name !== "Arrays.contains") {
      throw expressionErrorAt(at, `Okta does not support ${called.name} in a condition; found`);
    }
  }
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
  new Map(
    (["==", "!=", "<", "<=", ">", ">=", "matches"] as const).map((operator) => [
      operator.toUpperCase(),
      operator,
    ]),
  ),
  new Map((["+", "-"] as const).map((operator) => [operator, operator])),
];

function parseBinary(cursor: Cursor, depth: number, level: number): Expression {
  const operators = levels[level];
  if (operators === undefined) return parseUnary(cursor, depth);
  let left = parseBinary(cursor, depth, level + 1);
  for (;;) {
    const { at } = cursor.peek();
    const operator = cursor.takeOperator(operators);
    if (operator === undefined) return left;
    left = { kind: "binary", operator, left, right: parseBinary(cursor, depth, level + 1), at };
  }
}

function parseUnary(cursor: Cursor, depth: number): Expression {
  const { at } = cursor.peek();
  if (cursor.takeSymbol("-")) {
    return { kind: "minus", operand: parsePostfix(cursor, depth), at };
  }
  // Two `!` still say that the operand must be a boolean; more of them only cost depth.
  let negations = 0;
  while (cursor.takeSymbol("!")) negations = negations === 2 ? 1 : negations + 1;
  const operand = parsePostfix(cursor, depth);
  if (negations === 0) return operand;
  const negated: Expression = { kind: "not", operand, at };
  return negations === 1 ? negated : { kind: "not", operand: negated, at };
}

/** A value with what may stand behind it: `.name`, `[position]`, `.![each]`. */
function parsePostfix(cursor: Cursor, depth: number): Expression {
  let target = parsePrimary(cursor, depth);
  for (;;) {
    const { at } = cursor.peek();
    if (cursor.takeSymbol(".")) {
      target = { kind: "member", target, attribute: cursor.expectName(), at };
      refuseMethod(cursor, target.attribute);
    } else if (cursor.takeSymbol("[")) {
      target = { kind: "index", target, position: parseConditional(cursor, depth + 1), at };
      cursor.expect("]");
    } else if (cursor.takeSymbol(".![")) {
      target = { kind: "projection", target, each: parseEach(cursor, depth, at), at };
    } else {
      return target;
    }
  }
}

function refuseMethod(cursor: Cursor, name: string): void {
  const { at, ...token } = cursor.peek();
  if (token.kind !== "symbol" || token.text !== "(") return;
  throw expressionErrorAt(
    at,
    `Functions after a value (.${name}()) belong to Identity Engine's language, not to profile mappings; found`,
  );
}

/** Projections do not nest: each more would multiply the work by the length of a list. */
function parseEach(cursor: Cursor, depth: number, at: number): Expression {
  if (cursor.inProjection)
    throw expressionErrorAt(at, "A projection inside a projection is not supported; found");
  cursor.inProjection = true;
  const each = parseConditional(cursor, depth + 1);
  cursor.inProjection = false;
  cursor.expect("]");
  return each;
}

function parsePrimary(cursor: Cursor, depth: number): Expression {
  const token = cursor.take();
  const { at } = token;
  if (token.kind === "text" || token.kind === "number") return { kind: "literal", value: token.value, at };
  if (token.kind === "name") {
    const name = readName(cursor, token.text, at);
    return typeof name === "string" ? parseCall(cursor, name, at, depth) : name;
  }
  if (token.kind === "symbol" && token.text === "{") return parseBraces(cursor, at, depth);
  if (token.kind === "symbol" && token.text === "(") {
    const inner = parseConditional(cursor, depth + 1);
    cursor.expect(")");
    return inner;
  }
  throw unexpected(token, "a value");
}

/** `{1, 2}` is a list, `{'key': 1}` a map, `{}` an empty list. */
function parseBraces(cursor: Cursor, at: number, depth: number): Expression {
  const entries: Expression[] = [];
  const mapEntries: MapEntry[] = [];
  if (!cursor.takeSymbol("}")) {
    do {
      const token = cursor.peek();
      const entry = parseConditional(cursor, depth + 1);
      if (mapEntries.length === 0 && !(entries.length === 0 && isColon(cursor))) entries.push(entry);
      else mapEntries.push({ key: keyOf(entry, token), value: parseMapValue(cursor, depth) });
    } while (cursor.takeSymbol(","));
    cursor.expect("}");
  }
  return mapEntries.length === 0 ? { kind: "list", entries, at } : { kind: "map", entries: mapEntries, at };
}

function isColon(cursor: Cursor): boolean {
  const token = cursor.peek();
  return token.kind === "symbol" && token.text === ":";
}

function keyOf(entry: Expression, token: Token): string {
  if (entry.kind === "literal" && typeof entry.value === "string") return entry.value;
  throw unexpected(token, "a key in quotes");
}

function parseMapValue(cursor: Cursor, depth: number): Expression {
  cursor.expect(":");
  return parseConditional(cursor, depth + 1);
}

/** A call whose name and `(` have been read. */
function parseCall(cursor: Cursor, name: string, at: number, depth: number): Expression {
  const called = findFunction(name);
  if (typeof called === "string") throw expressionErrorAt(at, `${called}; found`);
  const values: Expression[] = [];
  if (!cursor.takeSymbol(")")) {
    do values.push(parseConditional(cursor, depth + 1));
    while (cursor.takeSymbol(","));
    cursor.expect(")");
  }
  if (!called.accepts(values.length)) {
    throw expressionErrorAt(at, `${called.signature} is given ${values.length} arguments`);
  }
  located(at, () =>
    called.check?.(values.map((value) => (value.kind === "literal" ? value.value : undefined))),
  );
  return { kind: "call", called, arguments: values, at };
}
