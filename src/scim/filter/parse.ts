/** From the text of a filter to its syntax tree, by recursive descent whose depth is limited. */

import type { AttributePath, ComparisonOperator, ComparisonValue, Filter } from "./ast.ts";
import { isAttributeName, splitAttributePath } from "./attribute-path.ts";
import { lenient, type Leniency } from "../leniency.ts";
import { parseJsonNumber } from "./json-number.ts";
import { createTokenStream, unexpectedToken, type Token, type TokenStream } from "./lexer.ts";
import { limitDepth, limitLength, limitTerms } from "./limits.ts";

interface Context {
  readonly tokens: TokenStream;
  readonly leniency: Leniency;
  /** Whether a word that is not a literal is a value. */
  readonly unquoted: boolean;
  readonly depth: number;
  readonly inValuePath: boolean;
}

/**
 * Parses a filter by the grammar of RFC 7644 §3.4.2.2, figure 1; operators, `and`, `or`, `not`, `true`,
 * `false` and `null` in any case. Groups stay as written, so that printing gives the same tree back.
 * Deviation: `emails[type eq "work"].value eq "x"` is read as `emails[type eq "work" and value eq "x"]`. Deviation:
 * in `userName sw O` the value is a string; the collections of Microsoft's SCIMReferenceCode send strings and dates
 * without quotes.
 * @throws ScimError invalidFilter with what was expected, what was found and the position from 1.
 */
export function parseFilter(text: string, leniency: Leniency): Filter {
  limitLength(text);
  const tokens = createTokenStream(text);
  const unquoted = leniency.unquotedValues === "accept";
  const filter = parseOr({ tokens, leniency, unquoted, depth: 0, inValuePath: false });
  const rest = tokens.take();
  if (rest.kind !== "end") throw unexpectedToken("'and', 'or' or the end of the filter", rest);
  limitTerms(filter);
  return filter;
}

/**
 * Parses the filter between the brackets of a PATCH path (RFC 7644 §3.5.2: `valuePath`): `start` is the
 * offset behind the opening bracket, `end` the one behind the closing bracket. Values are always in quotes here.
 * @throws ScimError invalidFilter, which table 9 of RFC 7644 §3.12 names for a path's filter, too.
 */
export function parseValueFilterAt(
  text: string,
  start: number,
  leniency: Leniency = lenient,
): { readonly filter: Filter; readonly end: number } {
  limitLength(text);
  const tokens = createTokenStream(text, start);
  const filter = parseOr({ tokens, leniency, unquoted: false, depth: 1, inValuePath: true });
  const { end } = expect(tokens, "]", "'and', 'or' or ']'");
  limitTerms(filter);
  return { filter, end };
}

function parseOr(context: Context): Filter {
  return parseChain(context, "or", (inner) => parseChain(inner, "and", parseOperand));
}

function parseChain(context: Context, kind: "and" | "or", parse: (context: Context) => Filter): Filter {
  const first = parse(context);
  const operands = [first];
  while (isKeyword(context.tokens.peek(), kind)) {
    context.tokens.take();
    operands.push(parse(context));
  }
  return operands.length === 1 ? first : { kind, operands };
}

function parseOperand(context: Context): Filter {
  const { tokens } = context;
  const token = tokens.take();
  if (token.kind === "(") return parseGroup(context, token);
  if (isKeyword(token, "not")) {
    return { kind: "not", operand: parseGroup(context, expect(tokens, "(", "'(' after 'not'")) };
  }
  if (token.kind !== "word") throw unexpectedToken("an attribute, 'not' or '('", token);
  const path = splitAttributePath(token.text);
  if (path === undefined) throw unexpectedToken("the name of an attribute", token);
  return tokens.peek().kind === "[" ? parseValuePath(context, path) : parseComparison(context, path);
}

function parseGroup(context: Context, opening: Token): Filter {
  const filter = parseOr(deeper(context, opening));
  expect(context.tokens, ")", "'and', 'or' or ')'");
  return filter;
}

function parseValuePath(context: Context, path: AttributePath): Filter {
  const { tokens } = context;
  const opening = tokens.take();
  if (context.inValuePath || path.subAttribute !== undefined) {
    throw unexpectedToken("an operator (brackets must follow an attribute and cannot be nested)", opening);
  }
  const inner = parseOr({ ...deeper(context, opening), inValuePath: true });
  const closing = expect(tokens, "]", "'and', 'or' or ']'");
  const next = tokens.peek();
  if (next.kind !== "word" || next.start !== closing.end || !next.text.startsWith(".")) {
    return { kind: "value-path", path, filter: inner };
  }
  if (context.leniency.comparisonBehindBrackets === "refuse") {
    throw unexpectedToken("'and', 'or' or the end of the filter", next);
  }
  tokens.take();
  const attribute = next.text.slice(1);
  if (!isAttributeName(attribute)) throw unexpectedToken("the name of a sub-attribute after '].'", next);
  const comparison = parseComparison(context, { attribute });
  const operands = inner.kind === "and" ? [...inner.operands, comparison] : [inner, comparison];
  return { kind: "value-path", path, filter: { kind: "and", operands } };
}

function parseComparison(context: Context, path: AttributePath): Filter {
  const token = context.tokens.take();
  const operator = token.kind === "word" ? token.text.toLowerCase() : "";
  if (operator === "pr") return { kind: "present", path };
  if (!isComparisonOperator(operator)) {
    throw unexpectedToken("an operator (eq, ne, co, sw, ew, gt, ge, lt, le or pr)", token);
  }
  return { kind: "compare", path, operator, value: parseValue(context) };
}

function parseValue(context: Context): ComparisonValue {
  const token = context.tokens.take();
  if (token.kind === "string") return token.value;
  const value = token.kind === "word" ? parseLiteral(token.text, context.unquoted) : undefined;
  if (value === undefined) {
    throw unexpectedToken('a value (a string in "quotes", a number, true, false or null)', token);
  }
  return value;
}

function parseLiteral(text: string, unquoted: boolean): ComparisonValue | undefined {
  const lower = text.toLowerCase();
  if (lower === "null") return null;
  if (lower === "true" || lower === "false") return lower === "true";
  return unquoted ? text : parseJsonNumber(text);
}

function isComparisonOperator(text: string): text is ComparisonOperator {
  return comparisonOperators.has(text);
}

const comparisonOperators: ReadonlySet<string> = new Set("eq ne co sw ew gt ge lt le".split(" "));

function isKeyword(token: Token, keyword: string): boolean {
  return token.kind === "word" && token.text.toLowerCase() === keyword;
}

function expect(tokens: TokenStream, kind: Token["kind"], expected: string): Token {
  const token = tokens.take();
  if (token.kind !== kind) throw unexpectedToken(expected, token);
  return token;
}

function deeper(context: Context, opening: Token): Context {
  const depth = context.depth + 1;
  limitDepth(depth, opening.start + 1);
  return { ...context, depth };
}
