/** Which way each operation on an account goes, and what Okta can mend that no write to Astro does. */

import { allUsers, type HeldUser } from "../../../astro/held.ts";
import type { Drift } from "../../../drift/compare/diff.ts";
import type { LeftOut } from "../../../drift/plan/left-out/left-out.ts";
import {
  isUserOperation,
  type Operation,
  type OperationSubject,
  type UserOperation,
} from "../../../drift/plan/operations/operation.ts";
import type { Plan } from "../../../drift/plan/plan.ts";
import type { AssignUser, ReassignUser } from "../../../drift/plan/operations/provider-operation.ts";
import { userSummary } from "../../../drift/plan/operations/provider-summaries.ts";
import { shellWord } from "../../../ground/text/shell-word.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import type { AppUser } from "../../../management/okta/app-users.ts";
import { isAssignment } from "../../../sources/okta/directory/build-directory.ts";
import { linkOf, nameOf, type AppUsers } from "./facts.ts";
import { assigningGroup } from "./assigning-group.ts";
import { brokenLink, type Wanted } from "./broken-link.ts";
import type { OpenGroups } from "./open-groups.ts";

export interface UserFacts {
  readonly appUsers: AppUsers;
  readonly groups: OpenGroups;
  /** Keys of users about whom everything is said elsewhere. */
  readonly settled: ReadonlySet<string>;
  /** Those who are to be assigned again by name, and whom no account is linked to. */
  readonly asked: readonly (Wanted & { readonly appUser: AppUser })[];
}

export interface RoutedUsers {
  readonly operations: readonly Operation[];
  readonly leftOut: readonly LeftOut[];
  /** By the id of an operation over SCIM that gave an account: the one through Okta; null where it is left out. */
  readonly replaced: ReadonlyMap<string, string | null>;
}

/** Operations on Teams stay as they are. */
export function routeUsers(plan: Plan, drift: Drift, facts: UserFacts): RoutedUsers {
  const accounts = new Map(allUsers(drift.held).map((user) => [user.scimId, user]));
  const router = new Router(facts, accounts);
  for (const operation of plan.operations) {
    if (isUserOperation(operation)) router.route(operation);
    else router.keep(operation);
  }
  for (const wanted of facts.asked) router.assignAgain(wanted);
  for (const leftOut of plan.leftOut) router.mend(leftOut, drift);
  return router;
}

type Chosen = { readonly operation: Operation } | { readonly leftOut: LeftOut };

class Router implements RoutedUsers {
  readonly operations: Operation[] = [];
  readonly leftOut: LeftOut[] = [];
  readonly replaced = new Map<string, string | null>();
  readonly #facts: UserFacts;
  readonly #accounts: ReadonlyMap<string, HeldUser>;
  /** Keys of users who are assigned, or left out with a better reason. */
  readonly #settled: Set<string>;

  constructor(facts: UserFacts, accounts: ReadonlyMap<string, HeldUser>) {
    this.#facts = facts;
    this.#settled = new Set(facts.settled);
    this.#accounts = accounts;
  }

  keep(operation: Operation): void {
    this.operations.push(operation);
  }

  route(operation: UserOperation): void {
    const chosen = this.#choose(operation);
    if ("leftOut" in chosen) this.leftOut.push(chosen.leftOut);
    else this.operations.push(chosen.operation);
    const gives = operation.kind === "create-user" || operation.kind === "activate-user";
    const id = "leftOut" in chosen ? null : chosen.operation.id;
    if (!gives || id === operation.id) return;
    this.replaced.set(operation.id, id);
    this.#settled.add(operation.subject.key);
  }

  /** A link that is missing or broken is made again by Okta; whatever else is left out stays so. */
  mend(leftOut: LeftOut, drift: Drift): void {
    const key = foldCase(leftOut.name);
    const isAbout = leftOut.kind === "user" && this.#settled.has(key);
    if (isAbout && leftOut.code === "nothing-to-do") return;
    if (leftOut.kind !== "user" || !mendable.has(leftOut.code)) this.leftOut.push(leftOut);
    else if (isAbout) return;
    else {
      const found = brokenLink(leftOut, drift, this.#facts.appUsers);
      const chosen =
        found === undefined
          ? { leftOut: withReassign(leftOut, drift) }
          : this.#throughOkta(found.appUser, found.wanted);
      if ("leftOut" in chosen) this.leftOut.push(chosen.leftOut);
      else this.operations.push(chosen.operation);
      if (found !== undefined) this.#settled.add(key);
    }
  }

  /** By name, where the plan does not do it anyhow. */
  assignAgain({ appUser, ...wanted }: Wanted & { readonly appUser: AppUser }): void {
    const { key } = wanted.subject;
    if (this.#settled.has(key)) return;
    const chosen = this.#throughOkta(appUser, wanted);
    if ("leftOut" in chosen) this.leftOut.push(chosen.leftOut);
    else this.operations.push(chosen.operation);
    this.#settled.add(key);
  }

  #choose(operation: UserOperation): Chosen {
    const { subject, kind } = operation;
    const { byName, byLink } = this.#facts.appUsers;
    // Roles are in IAM alone.
    if (kind === "restore-user-roles") return { operation };
    const linked = byLink.get(subject.scimId ?? "");
    if (kind === "delete-user")
      return linked === undefined ? overScim(operation, noLink) : stillLinked(subject, linked);
    if (linked !== undefined) return overScim(operation, whyLinked(linked));
    if (kind === "update-user" || kind === "rename-user") {
      return overScim(operation, "Okta sends nothing to this account, because it is not linked to it");
    }
    const appUser = byName.get(subject.key);
    if (appUser === undefined)
      return overScim(operation, "Okta does not show one user with this name among those of the app");
    const why =
      kind === "create-user"
        ? "the account is missing"
        : "the account is inactive, and Okta is not linked to it";
    const { named } = operation;
    return this.#throughOkta(appUser, {
      subject,
      why,
      userName: nameOf(appUser),
      ...(named === true ? { named } : {}),
    });
  }

  #throughOkta(appUser: AppUser, wanted: Wanted): Chosen {
    const { subject, userName } = wanted;
    const base = { ...wanted, through: "okta", dependsOn: [], userName, objectId: appUser.id } as const;
    if (!isAssignment(appUser)) {
      const operation: AssignUser = {
        ...base,
        kind: "assign-user",
        id: `assign-user ${subject.key}`,
        summary: "",
      };
      return { operation: { ...operation, summary: userSummary(operation) } };
    }
    const linkedId = linkOf(appUser) ?? null;
    const other = linkedId === null ? undefined : this.#accounts.get(linkedId);
    if (other !== undefined) {
      return left(
        subject,
        `Okta is linked to another account, ${other.userName}, which it would deactivate: use resync --reassign ${shellWord(userName)}`,
      );
    }
    if (appUser.syncState === "SYNCING")
      return left(subject, "Okta is provisioning the user right now: compare again later");
    const group = assigningGroup(appUser, this.#facts.groups);
    if (typeof group === "string") return left(subject, group);
    const operation: ReassignUser = {
      ...base,
      ...(group === undefined ? {} : { group }),
      kind: "reassign-user",
      id: `reassign-user ${subject.key}`,
      linkedId,
      summary: "",
    };
    return { operation: { ...operation, summary: userSummary(operation) } };
  }
}

const mendable: ReadonlySet<LeftOut["code"]> = new Set(["provider-link", "never-linked", "sso-only"]);

function whyLinked(appUser: AppUser): string {
  const isLinked = "Okta is linked to the account";
  return appUser.syncState === "ERROR"
    ? `${isLinked}; its provisioning has failed there: retry its task in Okta, or use resync --reassign ${shellWord(nameOf(appUser))}`
    : isLinked;
}

const noLink = "no assignment in Okta is linked to the account";

/** A link to an account of nobody: only a new assignment leads to the user's own. */
function withReassign(leftOut: LeftOut, { changes }: Drift): LeftOut {
  const isOther = changes.some(
    (change) =>
      change.kind === "user-link-broken" &&
      change.problem.kind === "other-account" &&
      change.user.key === foldCase(leftOut.name),
  );
  if (!isOther || leftOut.code !== "provider-link") return leftOut;
  return { ...leftOut, reason: `${leftOut.reason}, or use resync --reassign ${shellWord(leftOut.name)}` };
}

function overScim(operation: UserOperation, why: string): Chosen {
  return { operation: { ...operation, overScim: why } };
}

function left({ name }: Pick<OperationSubject, "name">, reason: string): Chosen {
  return { leftOut: { code: "provider-link", kind: "user", name, reason } };
}

function stillLinked({ name }: OperationSubject, appUser: AppUser): Chosen {
  const reason = `is still linked to the assignment of ${nameOf(appUser)} in Okta: remove it there first`;
  return { leftOut: { code: "provider-link", kind: "user", name, reason } };
}
