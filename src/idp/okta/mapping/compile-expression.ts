/** An expression of the mappings: parsed, and checked against the names that it can read. */

import type { OktaAppSettings } from "../../../directory/app-settings.ts";
import type { DirectoryUser } from "../../../directory/directory.ts";
import { AppError } from "../../../ground/errors.ts";
import type { Expression } from "../expression/ast.ts";
import { ExpressionError } from "../expression/expression-error.ts";
import { requireKnownNames, type KnownNames } from "../expression/known-names.ts";
import { parseExpression } from "../expression/parse.ts";
import { baseProfileAttributes } from "./base-profile.ts";

export const userNameFormat = "The application username format";

export function mappingOf(attribute: string): string {
  return `The mapping of ${attribute}`;
}

/**
 * @param known undefined where it is not asked whether the names are known
 * @throws AppError invalid-file for an expression that is wrong
 */
export function compileExpression(what: string, source: string, known: KnownNames | undefined): Expression {
  try {
    const expression = parseExpression(source);
    if (known !== undefined) requireKnownNames(expression, known);
    return expression;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new AppError("invalid-file", `${what} is not valid: ${error.message}`, { cause: error });
  }
}

/** What the application username format can read: it is made before there is a profile in the app. */
export function knownNames(
  { appProperties, orgProperties, customAttributes }: OktaAppSettings,
  users: Iterable<DirectoryUser>,
): KnownNames {
  const user = new Set([...baseProfileAttributes, ...customAttributes]);
  for (const { profile } of users) {
    for (const name of Object.keys(profile)) user.add(name);
  }
  return {
    user,
    appuser: new Set(),
    app: new Set(Object.keys(appProperties)),
    org: new Set(Object.keys(orgProperties)),
  };
}
