/** Whether an expression reads only what there is. */

import { nearestName } from "../../../ground/text/nearest-name.ts";
import { referencesIn, type AttributeReference, type Expression } from "./ast.ts";
import type { ReferenceRoot } from "./context.ts";
import { expressionErrorAt } from "./expression-error.ts";

/** The names that can be read behind each root. */
export type KnownNames = Readonly<Record<ReferenceRoot, ReadonlySet<string>>>;

/** Why a name may be unknown, behind `user.x is`. */
const reasons: Readonly<Record<ReferenceRoot, string>> = {
  user: "not in Okta's base profile and not set on any user",
  appuser: "not in the app profile here",
  app: "not a property of the app; a fixture lists them under app.appProperties",
  org: "not a property of the organization; a fixture gives name and subDomain under app.org",
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
