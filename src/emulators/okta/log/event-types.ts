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
const sync: EventType = ["application.provision.user.sync", "Sync user in external application"];
const userImport: EventType = ["system.import.complete", "Complete import of users from application"];

const assigned: Readonly<Record<string, EventType>> = {
  created: newUser,
  linked: profile,
  reactivated: reactivate,
};

/** The events of a job: what was sent last, then the job as a whole for a user. */
export function jobEvents(what: JobKind, outcome: JobOutcome): readonly EventType[] {
  if (outcome.kind === "nothing-sent") return [];
  const hasFailed = outcome.kind === "failed";
  switch (what) {
    case "assign":
      return [hasFailed ? newUser : (assigned[outcome.did] ?? newUser), sync];
    case "push-profile":
      return [profile, sync];
    case "deactivate":
      return [deactivate, sync];
    case "push-group":
      return [hasFailed ? pushFailed : pushed];
    case "update-group":
    case "push-now":
      return [hasFailed ? pushFailed : memberships];
    case "unlink-group":
    case "delete-group":
      return [
        hasFailed
          ? pushFailed
          : ["application.provision.group_push.delete_appgroup", "Delete group in external application"],
      ];
    case "import-users":
    case "import-groups":
      return [userImport];
    default:
      return [];
  }
}
