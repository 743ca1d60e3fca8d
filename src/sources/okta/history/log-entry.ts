/** An event of the System Log as an entry of a story (Okta: Event types). */

import type { LoggedAction, ProviderLogEntry } from "../../../directory/provider-history.ts";
import type { LogEvent } from "../../../management/okta/system-log.ts";

/** By the beginning of the event type; the first that fits counts. */
const actions: readonly (readonly [beginning: string, action: LoggedAction])[] = [
  ["application.provision.user.push_profile", "account-changed"],
  ["application.provision.user.push", "account-created"],
  ["application.provision.user.reactivate", "account-activated"],
  ["application.provision.user.activate", "account-activated"],
  ["application.provision.user.deactivate", "account-deactivated"],
  ["application.provision.user.deprovision", "account-deactivated"],
  ["application.provision.group_push.push_memberships", "team-changed"],
  ["application.provision.group_push.pushed", "team-created"],
  ["application.provision.group_push.delete_appgroup", "team-deleted"],
  ["application.provision.group_push.mapping.update.or.delete.failed", "team-changed"],
  ["app.user_management.grouppush.mapping.okta.users.ignored", "members-ignored"],
  ["application.user_membership.add", "assigned"],
  ["application.user_membership.provision", "assigned"],
  ["application.user_membership.remove", "unassigned"],
  ["group.user_membership.add", "group-joined"],
  ["group.user_membership.remove", "group-left"],
  ["group.application_assignment.add", "assigned"],
  ["group.application_assignment.remove", "unassigned"],
  ["user.lifecycle", "status-changed"],
  ["user.account.update_profile", "profile-changed"],
  ["application.lifecycle.update", "setting-changed"],
];

export function logEntry(event: LogEvent): ProviderLogEntry {
  const { published, eventType, displayMessage, outcome, actor } = event;
  return {
    at: published,
    action: actions.find(([beginning]) => eventType.startsWith(beginning))?.[1] ?? "other",
    outcome: outcomeOf(outcome?.result),
    text: displayMessage ?? eventType,
    by: personOf(actor),
    reason: textOf(outcome?.reason),
    code: undefined,
    objects: objectsOf(event),
  };
}

/** Undefined for Okta itself. */
function personOf(actor: LogEvent["actor"]): string | undefined {
  if (actor?.type == null || actor.type === "SystemPrincipal") return undefined;
  const name =
    actor.type === "User"
      ? (actor.alternateId ?? actor.displayName)
      : (actor.displayName ?? actor.alternateId);
  return name ?? undefined;
}

function objectsOf({ target }: LogEvent): ProviderLogEntry["objects"] {
  return (target ?? [])
    .filter(({ type }) => type !== "AppInstance")
    .map(({ id, alternateId, displayName }) => ({
      id: id ?? undefined,
      name: alternateId ?? displayName ?? undefined,
    }));
}

/** Okta API: LogOutcome; whatever is no failure was carried out. */
function outcomeOf(result: string | null | undefined): ProviderLogEntry["outcome"] {
  if (result === "FAILURE" || result === "DENY") return "failure";
  return result === "SKIPPED" ? "skipped" : "success";
}

function textOf(reason: string | null | undefined): string | undefined {
  const text = (reason ?? "").trim().replace(/\.$/, "");
  return text === "" ? undefined : text;
}
