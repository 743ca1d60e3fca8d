/** The functions of Entra's attribute-mapping expressions, by name. */

import { appRoleFunctions } from "./app-role-functions.ts";
import { compareTypes } from "../ast.ts";
import { conditionFunctions } from "./condition-functions.ts";
import { conversionFunctions } from "./conversion-functions.ts";
import { dateFunctions } from "./date-functions.ts";
import { listFunctions } from "./list-functions.ts";
import { randomFunctions } from "./random-functions.ts";
import { replaceFunction } from "./replace-function.ts";
import type { ExpressionFunction } from "./signature.ts";
import { textFunctions } from "./text-functions.ts";

const functions: ReadonlyMap<string, ExpressionFunction> = new Map(
  [
    ...appRoleFunctions,
    ...conditionFunctions,
    ...conversionFunctions,
    ...dateFunctions,
    ...listFunctions,
    ...randomFunctions,
    replaceFunction,
    ...textFunctions,
  ].map((one) => [one.name, one]),
);

/** The function of that name, or undefined. Names mind case. */
export function findFunction(name: string): ExpressionFunction | undefined {
  return functions.get(name);
}

export const functionNames: readonly string[] = [...functions.keys()];

/** The functions whose first argument may be a comparison. */
export const takesComparison: ReadonlySet<string> = new Set(["IIF", "CBool"]);

/** Names that Microsoft's page has and that are no function here → why. */
export const refusedNames: ReadonlyMap<string, string> = new Map([
  ["SelectUniqueValue", "works from HR applications to Active Directory only, never to a SCIM application"],
  [
    "NormalizeDiacriticsByCulture",
    "is listed by Microsoft but not described, so it cannot be reproduced; use NormalizeDiacritics",
  ],
  ...compareTypes.map((name) => [name, "is allowed only as the fourth argument of InStr"] as const),
]);
