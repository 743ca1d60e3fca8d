/** Changes of accounts turned into operations. */

import { attributeLabel } from "../../../astro/attributes.ts";
import { externalIdPath } from "../../../astro/compared-value.ts";
import type { HeldTeam, HeldUser } from "../../../astro/held.ts";
import { rolesLostByUserInWords, rolesLostWithUser } from "./roles-lost.ts";
import type { UserAttributeDiffers, UserChange, UserMissing, UserToRemove } from "../../compare/change.ts";
import type { LeftOut } from "../left-out/left-out.ts";
import type { DeactivateUser, DeleteUser, Operation, OperationSubject } from "./operation.ts";
import { nameList } from "../../../ground/text/name-list.ts";

export interface UserRepair {
  readonly operations: readonly Operation[];
  /** What cannot be written: a reference to an account that does not exist yet, an id that nobody gives. */
  readonly leftOut: readonly LeftOut[];
}

/** The operations that repair accounts; left-over accounts are those of plan-leavers.ts. */
export function repairUsers(all: readonly UserChange[]): UserRepair {
  const changes = all.filter(
    (change) =>
      change.kind !== "user-attribute-differs" || (change.isAwaited !== true && change.isMadeUp !== true),
  );
  const differing = new Map<string, UserAttributeDiffers[]>();
  const operations: Operation[] = [];
  for (const change of changes) {
    if (change.kind === "user-attribute-differs") {
      const others = differing.get(change.held.scimId);
      if (others === undefined) differing.set(change.held.scimId, [change]);
      else others.push(change);
    } else if (isRepairable(change)) {
      operations.push(repairUser(change));
    }
  }
  return {
    operations: [...operations, ...[...differing.values()].flatMap(updateUser)],
    leftOut: [
      ...all.flatMap(awaitedReferences),
      ...all.flatMap(madeUpIds),
      ...all.flatMap(pendingInvites),
      ...all.flatMap(banned),
      ...all.flatMap(neverLinked),
    ],
  };
}

type Repairable = Extract<UserChange, { readonly kind: "user-missing" | "user-inactive" | "user-renamed" }>;

function isRepairable(change: UserChange): change is Repairable {
  return change.kind === "user-missing" || change.kind === "user-inactive" || change.kind === "user-renamed";
}

/** An account that was created beside the invitation, or from it, would be another than the one that was invited. */
function pendingInvites(change: UserChange): readonly LeftOut[] {
  if (change.kind !== "user-invite-pending") return [];
  const reason =
    "has an invitation that was not accepted yet: have it accepted or delete it in Astro, then assign the user again in the provider";
  return [{ code: "invite-pending", kind: "user", name: change.user.userName, reason }];
}

function banned(change: UserChange): readonly LeftOut[] {
  if (change.kind !== "user-banned") return [];
  const reason = "is banned in Astro, and only Astronomer can end that: ask its support";
  return [{ code: "banned", kind: "user", name: change.user.userName, reason }];
}

function neverLinked(change: UserChange): readonly LeftOut[] {
  if (change.kind !== "user-never-linked" || change.user === undefined) return [];
  const reason =
    "has an account that the provider never linked, which no write to Astro changes: remove and assign the user again in the provider";
  return [{ code: "never-linked", kind: "user", name: change.held.userName, reason }];
}

function madeUpIds(change: UserChange): readonly LeftOut[] {
  if (change.kind !== "user-attribute-differs" || change.isMadeUp !== true) return [];
  const reason = `keeps its ${attributeLabel(change.attribute)}: the directory does not give the provider's id of the user (id: in a fixture), so it is unknown what it should be`;
  return [{ code: "unknown-id", kind: "user", name: change.held.userName, reason }];
}

function awaitedReferences(change: UserChange): readonly LeftOut[] {
  const leftOut = (name: string, attribute: string, account: string): LeftOut => ({
    code: "reference-without-account",
    kind: "user",
    name,
    reason: `does not get ${attributeLabel(attribute)} yet: ${account} has no account; run resync again once it has one`,
  });
  if (change.kind === "user-missing") {
    return change.awaited.map(({ attribute, userName }) =>
      leftOut(change.user.userName, attribute, userName),
    );
  }
  if (change.kind !== "user-attribute-differs" || change.isAwaited !== true) return [];
  return [leftOut(change.held.userName, change.attribute, change.accounts?.expected ?? "the other user")];
}

/** Id of the operation that gives a user an active account. */
export function accountOperationId(user: {
  readonly key: string;
  readonly scimId: string | undefined;
}): string {
  return user.scimId === undefined ? `create-user ${user.key}` : `activate-user ${user.scimId}`;
}

/** The deletion of an account that should not be there, with the roles that its user loses. */
export function deleteUser(
  { held, reason }: Pick<UserToRemove, "held" | "reason">,
  teams?: readonly HeldTeam[],
): DeleteUser {
  const roles = held.iam && rolesLostWithUser(held.iam, teams ?? []);
  return {
    id: `delete-user ${held.scimId}`,
    kind: "delete-user",
    subject: subjectOfUser(held),
    dependsOn: [],
    summary: `delete the account ${held.userName} (${reason})${roles === undefined ? "" : `; ${rolesLostByUserInWords(roles)}`}`,
    reason,
    ...(teams === undefined ? {} : { teamIds: teams.map(({ scimId }) => scimId) }),
    rolesKnown: held.roles !== undefined,
    ...(roles === undefined ? {} : { roles }),
  };
}

/** The deactivation of an account that should not be active, with what its user loses. */
export function deactivateUser(
  { held, reason }: Pick<UserToRemove, "held" | "reason">,
  teams: readonly HeldTeam[],
): DeactivateUser {
  const roles = held.iam && rolesLostWithUser(held.iam, teams);
  return {
    id: `deactivate-user ${held.scimId}`,
    kind: "deactivate-user",
    subject: subjectOfUser(held),
    dependsOn: [],
    summary: `deactivate the account ${held.userName} (${reason})${roles === undefined ? "" : `; ${rolesLostByUserInWords(roles)}`}`,
    reason,
    teamIds: teams.map(({ scimId }) => scimId),
    rolesKnown: held.roles !== undefined,
    ...(roles === undefined ? {} : { roles }),
  };
}

function repairUser(change: Repairable): Operation {
  switch (change.kind) {
    case "user-missing":
      return createUser(change);
    case "user-inactive":
      return {
        id: accountOperationId(change.held),
        kind: "activate-user",
        subject: subjectOfUser(change.held),
        dependsOn: [],
        summary: `activate the account ${change.held.userName}`,
      };
    case "user-renamed":
      return {
        id: `rename-user ${change.held.scimId}`,
        kind: "rename-user",
        subject: subjectOfUser(change.held),
        dependsOn: [],
        summary: `rename the account ${change.held.userName} to ${change.user.userName}`,
        userName: change.user.userName,
      };
  }
}

function createUser({ user, externalId, attributes, attributesNotKept }: UserMissing): Operation {
  return {
    id: accountOperationId({ key: user.key, scimId: undefined }),
    kind: "create-user",
    subject: { kind: "user", key: user.key, name: user.userName, scimId: null, fingerprint: null },
    dependsOn: [],
    summary: `create the account ${user.userName}`,
    userName: user.userName,
    externalId: externalId ?? null,
    attributes,
    ...(attributesNotKept === undefined ? {} : { attributesNotKept }),
  };
}

function updateUser(changes: readonly UserAttributeDiffers[]): readonly Operation[] {
  const [first, ...others] = changes;
  if (first === undefined) return [];
  const { held } = first;
  return [
    {
      id: `update-user ${held.scimId}`,
      kind: "update-user",
      subject: subjectOfUser(held),
      dependsOn: [],
      summary: `set ${changesInWords(first, others)}`,
      attributes: Object.fromEntries(
        changes.map((change) => [change.attribute, change.expectedValue ?? null]),
      ),
    },
  ];
}

/** What an update sets, in words; from the account as it is now. */
export function updateSummary(held: HeldUser, attributes: Readonly<Record<string, string | null>>): string {
  const [first, ...others] = Object.entries(attributes).map(([attribute, value]) => ({
    held,
    attribute,
    heldValue: attribute === externalIdPath ? held.externalId : held.attributes[attribute],
    expectedValue: value ?? undefined,
  }));
  return first === undefined ? `change nothing of ${held.userName}` : `set ${changesInWords(first, others)}`;
}

type ChangeInWords = Pick<
  UserAttributeDiffers,
  "held" | "attribute" | "accounts" | "heldValue" | "expectedValue"
>;

/** `displayName of ada@example.com from "Ada" to "Ada King" and name.familyName to "King"`. */
function changesInWords(first: ChangeInWords, others: readonly ChangeInWords[]): string {
  const of = ` of ${first.held.userName}`;
  return nameList([changeInWords(first, of), ...others.map((change) => changeInWords(change, ""))]);
}

function changeInWords(change: ChangeInWords, of: string): string {
  const { attribute, accounts } = change;
  const heldValue = accounts?.held ?? change.heldValue;
  const expectedValue = accounts?.expected ?? change.expectedValue;
  const from = heldValue === undefined ? "" : ` from ${quotedValue(heldValue)}`;
  const to = expectedValue === undefined ? "nothing" : quotedValue(expectedValue);
  return `${attributeLabel(attribute)}${of}${from} to ${to}`;
}

const longestValue = 60;

function quotedValue(value: string): string {
  // By code points, so that no character is cut in half.
  const shown = Array.from(value.slice(0, 2 * longestValue))
    .slice(0, longestValue)
    .join("");
  return JSON.stringify(shown.length < value.length ? `${shown}…` : shown);
}

/** The account as it is seen now. */
export function subjectOfUser(held: HeldUser): OperationSubject {
  const { key, userName, scimId, fingerprint } = held;
  return { kind: "user", key, name: userName, scimId, fingerprint };
}
