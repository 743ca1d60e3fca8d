/** Rules that put users into groups (Okta API: Group Rules); they are shown, and not evaluated. */

import type { JsonObject } from "../../../ground/json.ts";
import type { Operation } from "../context.ts";
import { OktaError } from "../errors.ts";
import { limitOf, pageAnswer } from "../paging.ts";
import type { EmulatedGroupRule } from "../switches.ts";

export const groupRuleOperations: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/v1/groups/rules",
    scopes: ["okta.groups.read"],
    handle: (request, { switches }) => {
      const { groupRules } = switches;
      if (groupRules === undefined) throw new OktaError("E0000006");
      const idOf = ({ id }: EmulatedGroupRule): string => id;
      const limit = limitOf(request, { fallback: 50, max: 200 });
      return pageAnswer(request, { items: groupRules, idOf, show: ruleJson, limit }, switches);
    },
  },
];

function ruleJson({ id, name, groupIds }: EmulatedGroupRule): JsonObject {
  return {
    id,
    type: "group_rule",
    name,
    status: "ACTIVE",
    conditions: {
      expression: { value: 'user.department eq "data"', type: "urn:okta:expression:1.0" },
      people: { users: { exclude: [] }, groups: { exclude: [] } },
    },
    actions: { assignUserToGroups: { groupIds: [...groupIds] } },
  };
}
