/**
 * Okta Expression Language overview: Directory and Workday functions, Manager/Assistant functions, linked objects and
 * internal properties. A Directory has neither Active Directory nor Workday nor linked objects, so
 * these functions yield what Okta documents for a user without an assignment there: false and null.
 */

import { nearestName } from "../../../../ground/text/nearest-name.ts";
import { ExpressionError } from "../expression-error.ts";
import { expressionFunction, type ExpressionFunction } from "./function.ts";
import { textOf, type ExpressionValue } from "../value.ts";

export const directoryFunctions: readonly ExpressionFunction[] = [
  expressionFunction("hasDirectoryUser()", () => false),
  expressionFunction("hasWorkdayUser()", () => false),
  // Read behind `hasDirectoryUser() ?` in Okta's samples: an attribute of null is an error.
  expressionFunction("findDirectoryUser()", () => null),
  expressionFunction("findWorkdayUser()", () => null),
  relatedUser("getManagerUser(managerSource)"),
  relatedUser("getManagerAppUser(managerSource, attributeSource)"),
  relatedUser("getAssistantUser(assistantSource)"),
  relatedUser("getAssistantAppUser(assistantSource, attributeSource)"),
  expressionFunction("user.getLinkedObject(primaryName)", () => null, { isReadUnguarded: true }),
  expressionFunction(
    "user.getInternalProperty(name)",
    ([name = null], { internal }) => internal[internalProperty(name)],
    {
      check: ([name]) => {
        if (name !== undefined) internalProperty(name);
      },
    },
  ),
];

/** Inferred: attributes of a user who does not exist are null, since Okta's samples read them unguarded. */
function relatedUser(signature: string): ExpressionFunction {
  return expressionFunction(signature, () => null, {
    isReadUnguarded: true,
    check: ([source]) => {
      if (source === undefined || source === "active_directory") return;
      throw new ExpressionError(`'${textOf(source)}' is not a source: Okta supports only "active_directory"`);
    },
  });
}

const internalProperties = ["id", "status"] as const;

/** @throws ExpressionError for a property that is not documented */
function internalProperty(value: ExpressionValue): "id" | "status" {
  const name = textOf(value);
  const property = internalProperties.find((one) => one === name);
  if (property !== undefined) return property;
  const nearest = nearestName(name, internalProperties);
  const instead =
    nearest === undefined ? `only ${internalProperties.join(" and ")}` : `did you mean '${nearest}'?`;
  throw new ExpressionError(`A user has no internal property '${name}' (${instead})`);
}
