/** What the names in an expression mean: literals, references, the functions that are called. */

import { nearestName } from "../../../ground/text/nearest-name.ts";
import type { Expression } from "./ast.ts";
import type { ReferenceRoot } from "./context.ts";
import type { Cursor } from "./cursor.ts";
import { expressionErrorAt } from "./expression-error.ts";
import { refusedRoots } from "./functions/refused.ts";

const literals: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** `source` is the Okta profile in old username templates (Okta Expression Language overview, deprecated functions). */
const roots: ReadonlyMap<string, ReferenceRoot> = new Map([
  ["user", "user"],
  ["source", "user"],
  ["appuser", "appuser"],
  ["app", "app"],
  ["org", "org"],
]);

/**
 * Reads on behind a first name: a literal, a reference, or the name of a function, whose `(` has then been taken.
 * @throws ExpressionError for a name that means nothing here
 */
export function readName(cursor: Cursor, first: string, at: number): Expression | string {
  const literal = literals.get(first.toLowerCase());
  if (literal !== undefined) return { kind: "literal", value: literal, at };
  const names = [first];
  while (cursor.takeSymbol(".")) names.push(cursor.expectName());
  if (cursor.takeSymbol("(")) return names.join(".");
  return reference(names, at, cursor.inProjection);
}

function reference(names: readonly string[], at: number, inProjection: boolean): Expression {
  const [first = "", attribute, ...rest] = names;
  const root = roots.get(first);
  if (root !== undefined && attribute !== undefined && rest.length === 0) {
    return { kind: "reference", root, attribute, at };
  }
  if (inProjection && root === undefined) {
    const own: Expression = { kind: "own-attribute", attribute: first, at };
    return names
      .slice(1)
      .reduce<Expression>((target, name) => ({ kind: "member", target, attribute: name, at }), own);
  }
  throw expressionErrorAt(at, `${refusal(names, root)}; found`);
}

function refusal(names: readonly string[], root: ReferenceRoot | undefined): string {
  const [first = "", second, third] = names;
  const name = `'${names.join(".")}'`;
  if (first === "user" && second === "profile" && third !== undefined) {
    return `${name} belongs to Identity Engine's language; a profile mapping reads user.${third}`;
  }
  if (root !== undefined) return `${name} is not supported: a mapping reads ${first}.<attribute>`;
  const reason = refusedRoots.get(first);
  if (reason !== undefined) return `${name} ${reason}`;
  const nearest = nearestName(first, [...roots.keys()]);
  const instead = nearest === undefined ? "" : ` (did you mean ${[nearest, ...names.slice(1)].join(".")}?)`;
  return `${name} is not supported: a mapping reads user.<attribute>${instead}; other apps are not part of a directory`;
}
