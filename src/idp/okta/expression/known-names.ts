/** Whether an expression reads only what there is. */

import { nearestName } from "../../../ground/nearest-name.ts";
import { referencesIn, type AttributeReference, type Expression } from "./ast.ts";
import type { ReferenceRoot } from "./context.ts";
import { expressionErrorAt } from "./expression-error.ts";

/** The names that can be read behind each root. */
export type KnownNames = Readonly<Record<ReferenceRoot, ReadonlySet<string>>>;

/** Why a name may be unknown, behind `user.x is`. */
const reasons: Readonly<Record<ReferenceRoot, string>> = {
  user: "neither in Okta's base profile nor set on any user",
  appuser: "nothing that a profile in the app has here",
  app: "none of the app's properties; a fixture tells them under app.appProperties",
  org: "not told of the organization; a fixture tells name and subDomain under app.org",
};

/**
 * Inferred: an attribute that does not exist is an error of the expression, not a null.
 * @throws ExpressionError for the first name that is unknown, with its position and the nearest that is known
 */
export function requireKnownNames(expression: Expression, known: KnownNames): void {
  const unknown = referencesIn(expression).find(({ root, attribute }) => !known[root].has(attribute));
  if (unknown !== undefined) throw expressionErrorAt(unknown.at, `${problem(unknown, known)}; found`);
}

function problem({ root, attribute }: AttributeReference, known: KnownNames): string {
  const nearest = nearestName(attribute, [...known[root]]);
  const instead = nearest === undefined ? "" : ` (did you mean ${root}.${nearest}?)`;
  return `${root}.${attribute} is ${reasons[root]}${instead}`;
}
