/** Mappings of app roles: what of a user's roles a row maps, and how (Microsoft: Customize attribute mappings, Provisioning a role to a SCIM app). */

import { appRoleAssignments, type AppRole } from "../../../directory/app-role.ts";
import type { EntraMapping } from "../../../directory/entra-app-settings.ts";
import type { EntraFidelity } from "../../../fidelity/table.ts";
import type { TargetAttribute } from "../../../astro/target-attribute.ts";
import type { CallExpression } from "../expression/ast.ts";
import type { EvaluationContext } from "../expression/context.ts";
import { appRoleType } from "../expression/functions/app-role-functions.ts";
import { listOf, type ExpressionValue } from "../expression/values.ts";

/**
 * `single`: SingleAppRoleAssignment, mapped to roles. `complex`: one of the two Complex functions. `direct`: the attribute
 * itself, which Microsoft says not to map.
 */
export type AppRoleUse = "single" | "complex" | "direct";

/** Undefined for a row that has no form of its own: one that maps no roles, or makes something else of them. */
export function appRoleUse(
  source: EntraMapping["source"],
  call: CallExpression | undefined,
  { path }: TargetAttribute,
): AppRoleUse | undefined {
  if (source.kind === "direct") return source.attribute === appRoleAssignments ? "direct" : undefined;
  switch (call?.name) {
    case "AppRoleAssignmentsComplex":
    case "AssertiveAppRoleAssignmentsComplex":
      return "complex";
    case "SingleAppRoleAssignment":
      return path.attribute === "roles" && path.extension === undefined ? "single" : undefined;
    case undefined:
    default:
      return undefined;
  }
}

/** What a row of that use makes of what its source yields. */
export function appRoleValue(
  value: ExpressionValue,
  use: AppRoleUse,
  target: TargetAttribute,
  { appRole }: Pick<EvaluationContext, "appRole">,
): ExpressionValue {
  if (use === "direct") return listOf(value).map((assigned) => appRoleText(appRole(assigned)));
  if (use !== "single" || typeof value !== "string") return value;
  const role = appRole(value);
  if (target.type === "objects") return [{ primary: true, type: appRoleType, value: role.value }];
  switch (target.path.subAttribute) {
    case "display":
      return role.displayName;
    // Whatever is mapped to it (MicrosoftDocs/entra-docs #391).
    case "type":
      return appRoleType;
    case undefined:
    default:
      return role.value;
  }
}

/** Whether a row is a part of the one role that has a request form of its own. */
export function isSingleRole(
  { row }: { readonly row: { readonly appRoles: AppRoleUse | undefined } },
  { entraSingleRolePatch }: EntraFidelity,
): boolean {
  return row.appRoles === "single" && entraSingleRolePatch === "roles";
}

/** A role as the legacy PATCH has it, and, Inferred, as a direct mapping reads it. */
export function appRoleText({ id, value, displayName }: AppRole): string {
  return JSON.stringify({ id, value, displayName });
}
