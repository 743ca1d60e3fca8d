/** The app roles of a user as roles of a SCIM resource (Microsoft: Customize attribute mappings, Provisioning a role to a SCIM app). */

import { appRoleAssignments } from "../../../../directory/app-role.ts";
import type { JsonObject } from "../../../../ground/json.ts";
import { DotnetError } from "../../dotnet/dotnet-error.ts";
import type { Arguments } from "../arguments.ts";
import type { CallExpression } from "../ast.ts";
import { defineFunction, type ExpressionFunction } from "./signature.ts";
import { listOf, type ExpressionValue } from "../values.ts";

/** What every role is said to be in a SCIM request. */
export const appRoleType = "WindowsAzureActiveDirectoryRole";

/**
 * The two Complex functions yield the same except for the name of the display name, which the documented requests of POST
 * write as here. How they and the single one are sent is up to the caller.
 */
export const appRoleFunctions: readonly ExpressionFunction[] = [
  defineFunction("AppRoleAssignmentsComplex([appRoleAssignments])", rolesWith("displayName"), { check }),
  defineFunction("AssertiveAppRoleAssignmentsComplex([appRoleAssignments])", rolesWith("display"), { check }),
  defineFunction("SingleAppRoleAssignment([appRoleAssignments])", singleRole, { check }),
];

function rolesWith(display: string): (given: Arguments) => readonly JsonObject[] {
  return (given) =>
    listOf(given.value(0)).map((assigned) => {
      const { displayName, value } = given.context.appRole(assigned);
      return { primary: false, type: appRoleType, [display]: displayName, value };
    });
}

/**
 * The documentation says that several roles are not supported and that there is no guarantee which one is sent; the
 * service was seen to fail, in these words (MicrosoftDocs/azure-docs#42487).
 */
function singleRole(given: Arguments): ExpressionValue {
  const [role = null, ...others] = listOf(given.value(0));
  if (others.length === 0) return role;
  throw new DotnetError(
    `No more than one app role assignment was expected, but this many were found: ${others.length + 1}.`,
  );
}

function check({ arguments: [argument] }: CallExpression): string | undefined {
  const isAssignments = argument?.kind === "attribute" && argument.name === appRoleAssignments;
  return isAssignments ? undefined : `the argument must be [${appRoleAssignments}]`;
}
