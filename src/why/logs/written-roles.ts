/** Which roles a request to Astro's IAM API has set, in words: what was lost with a Team can be given again. */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";

/** The lists of a body, with the field that names where a role holds (Astro API: update roles of a user or a Team). */
const scopes = [
  ["workspaceRoles", "workspaceId", "Workspace"],
  ["deploymentRoles", "deploymentId", "Deployment"],
] as const;

/** `ORGANIZATION_MEMBER, WORKSPACE_AUTHOR in Workspace clm8…`; undefined where the log has no body or no role in it. */
export function writtenRoles(body: JsonObject): string | undefined {
  const organization = body["organizationRole"];
  const roles = [
    ...(typeof organization === "string" ? [organization] : []),
    ...scopes.flatMap(([field, id, scope]) =>
      listed(body[field]).flatMap((one) => {
        const [role, where] = [one["role"], one[id]];
        return typeof role === "string" && typeof where === "string" ? [`${role} in ${scope} ${where}`] : [];
      }),
    ),
  ];
  return roles.length === 0 ? undefined : roles.join(", ");
}

function listed(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}
