/** Which events of the System Log an action, a job or a setting writes (Okta: Event types). */

import type { CompanyAction } from "../../company/company.ts";
import type { JobKind, JobOutcome } from "../../../idp/run/events.ts";

/** An event type, with what the System Log shows for it. */
export type EventType = readonly [eventType: string, displayMessage: string];

const userEvents = {
  "create-user": ["user.lifecycle.create", "Create Okta user"],
  "update-user": ["user.account.update_profile", "Update user profile for Okta"],
  "suspend-user": ["user.lifecycle.suspend", "Suspend Okta user"],
  "unsuspend-user": ["user.lifecycle.unsuspend", "Unsuspend Okta user"],
  "activate-user": ["user.lifecycle.activate", "Activate Okta user"],
  "deactivate-user": ["user.lifecycle.deactivate", "Deactivate Okta user"],
  "delete-user": ["user.lifecycle.delete.completed", "Delete Okta user"],
  "assign-user": ["application.user_membership.add", "Add user to application membership"],
  "unassign-user": ["application.user_membership.remove", "Remove user's application membership"],
  "provision-user": ["application.user_membership.provision", "Provision user to application"],
  "add-member": ["group.user_membership.add", "Add user to group membership"],
  "remove-member": ["group.user_membership.remove", "Remove user from group membership"],
} as const satisfies Partial<Record<CompanyAction["kind"], EventType>>;

const groupEvents = {
  "create-group": ["group.lifecycle.create", "Create Okta group"],
  "delete-group": ["group.lifecycle.delete", "Delete Okta group"],
  "rename-group": ["group.profile.update", "Update Okta group"],
  "assign-group": ["group.application_assignment.add", "Add assigned application to group"],
  "unassign-group": ["group.application_assignment.remove", "Remove assigned application from group"],
  "push-group": ["application.provision.group_push.mapping.created", "Create group push mapping"],
  "unpush-group": ["application.provision.group_push.removed", "Remove group push mapping"],
  "deactivate-push": ["application.provision.group_push.deactivate_mapping", "Deactivate group push mapping"],
  "activate-push": ["application.provision.group_push.activate_mapping", "Activate group push mapping"],
} as const satisfies Partial<Record<CompanyAction["kind"], EventType>>;

const events: ReadonlyMap<string, EventType> = new Map<string, EventType>(
  Object.entries({ ...userEvents, ...groupEvents }),
);

/** Undefined for what the System Log does not say: a job says it, or nothing does. */
export function actionEvent(action: CompanyAction["kind"]): EventType | undefined {
  return events.get(action);
}

/** A setting of the app. */
export const settingEvent: EventType = ["application.lifecycle.update", "Update application"];

/** Users of a pushed group who are not provisioned. */
export const ignoredEvent: EventType = [
  "app.user_management.grouppush.mapping.okta.users.ignored",
  "Okta users ignored for group push",
];

const pushed: EventType = ["application.provision.group_push.pushed", "Push group to external application"];
const memberships: EventType = [
  "application.provision.group_push.push_memberships",
  "Push group memberships to external application",
];
const pushFailed: EventType = [
  "application.provision.group_push.mapping.update.or.delete.failed.with.error",
  "Update or delete of group push mapping failed",
];
const newUser: EventType = ["application.provision.user.push", "Push new user to external application"];
const profile: EventType = [
  "application.provision.user.push_profile",
  "Push user's profile to external application",
];
const reactivate: EventType = [
  "application.provision.user.reactivate",
  "Reactivate user in external application",
];
const deactivate: EventType = [
  "application.provision.user.deactivate",
  "Push user deactivation to external application",
];
/** The job about a user as a whole. */
export const syncEvent: EventType = ["application.provision.user.sync", "Sync user in external application"];
const userImport: EventType = ["system.import.complete", "Complete import of users from application"];

const deleteGroup: EventType = [
  "application.provision.group_push.delete_appgroup",
  "Delete group in external application",
];

/** What a job sends last, as the System Log calls it where it is done and where it failed; undefined for what is not Okta's. */
const sentBy: Readonly<
  Record<JobKind, { readonly done: EventType; readonly failed: EventType } | undefined>
> = {
  assign: { done: newUser, failed: newUser },
  "push-profile": { done: profile, failed: profile },
  deactivate: { done: deactivate, failed: deactivate },
  "push-group": { done: pushed, failed: pushFailed },
  "update-group": { done: memberships, failed: pushFailed },
  "push-now": { done: memberships, failed: pushFailed },
  "unlink-group": { done: deleteGroup, failed: pushFailed },
  "delete-group": { done: deleteGroup, failed: pushFailed },
  "import-users": { done: userImport, failed: userImport },
  "import-groups": { done: userImport, failed: userImport },
  "deactivate-push": undefined,
  "provision-user": undefined,
  "delete-user": undefined,
  "provision-group": undefined,
  "update-members": undefined,
  "update-manager": undefined,
};

/** Of an assignment that found an account. */
const assigned: ReadonlyMap<string, EventType> = new Map([
  ["linked", profile],
  ["reactivated", reactivate],
]);

const aboutUsers: ReadonlySet<JobKind> = new Set<JobKind>(["assign", "push-profile", "deactivate"]);

/** The events of a job: what was sent last, then the job as a whole for a user. */
export function jobEvents(what: JobKind, outcome: JobOutcome): readonly EventType[] {
  const sent = sentBy[what];
  if (outcome.kind === "nothing-sent" || sent === undefined) return [];
  if (outcome.kind === "failed") return aboutUsers.has(what) ? [sent.failed, syncEvent] : [sent.failed];
  const done = (what === "assign" ? assigned.get(outcome.did) : undefined) ?? sent.done;
  return aboutUsers.has(what) ? [done, syncEvent] : [done];
}
