/** What a SCIM PATCH in an audit log does to a user or a Team, in the forms that Okta, Entra ID and others send. */

import type { LoggedAction } from "../../directory/provider-history.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";

export interface PatchEffect {
  readonly actions: readonly {
    readonly action: LoggedAction;
    /** SCIM id of the member that came or went. */
    readonly member?: string | undefined;
    readonly allMembers?: readonly string[];
  }[];
  /** Verbs with a capital, or a boolean as a text: Entra ID without its flag (Microsoft: SCIM 2.0 protocol compliance). */
  readonly isLegacyForm: boolean;
  readonly userName: string | undefined;
}

export function readPatch(kind: "user" | "team", body: JsonObject): PatchEffect {
  const listed = body["Operations"];
  const operations = isJsonArray(listed) ? listed.filter(isJsonObject) : [];
  const isLegacyForm = operations.some(
    ({ op, value }) => /^[A-Z]/.test(textOf(op)) || /^(?:True|False)$/.test(textOf(value)),
  );
  if (kind === "team") return { actions: teamActions(operations), isLegacyForm, userName: undefined };
  const active = lastValue(operations, "active");
  const userName = textOf(lastValue(operations, "userName"));
  if (userName === "") return { actions: [{ action: actionOf(active) }], isLegacyForm, userName: undefined };
  // Entra ID renames whom it disables in one request (Microsoft: a deleted user's name begins with its id).
  const further = active === undefined ? [] : [{ action: actionOf(active) }];
  return { actions: [{ action: "account-renamed" }, ...further], isLegacyForm, userName };
}

function actionOf(active: JsonValue | undefined): LoggedAction {
  if (active === undefined) return "account-changed";
  return active === true || /^true$/i.test(textOf(active)) ? "account-activated" : "account-deactivated";
}

/** By its path, or in the value of an operation without one. */
function lastValue(operations: readonly JsonObject[], attribute: string): JsonValue | undefined {
  return operations
    .map(({ path, value }) => {
      if (textOf(path).toLowerCase() === attribute.toLowerCase()) return value;
      return path === undefined && isJsonObject(value) ? value[attribute] : undefined;
    })
    .findLast((value) => value !== undefined);
}

const removedMember = /^members\[value eq "(?<id>[^"]+)"\]$/i;

function teamActions(operations: readonly JsonObject[]): PatchEffect["actions"] {
  const actions = operations.flatMap(({ op, path, value }): PatchEffect["actions"] => {
    const verb = textOf(op).toLowerCase();
    const one = removedMember.exec(textOf(path))?.groups?.["id"];
    if (verb === "remove" && one !== undefined) return [{ action: "member-removed", member: one }];
    const members =
      textOf(path).toLowerCase() === "members" ? value : isJsonObject(value) ? value["members"] : undefined;
    const isOfAll = verb === "remove" && textOf(path).toLowerCase() === "members" && value === undefined;
    if (isOfAll) return [{ action: "team-changed", allMembers: [] }];
    if (!isJsonArray(members)) return [];
    const ids = members.flatMap((member) => (isJsonObject(member) ? textOf(member["value"]) : []));
    if (verb === "replace") return [{ action: "team-changed", allMembers: ids }];
    return ids.map((member) => ({ action: verb === "remove" ? "member-removed" : "member-added", member }));
  });
  return actions.length === 0 ? [{ action: "team-changed" }] : actions;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}
