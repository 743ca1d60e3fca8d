/** Drift as the documented JSON shape (docs/json.md). */

import type { BrokenLink } from "../../drift/compare/broken-links.ts";
import {
  isTeamChange,
  resourceOf,
  subjectOf,
  type Change,
  type Member,
  type TeamChange,
  type UserAttributeDiffers,
  type UserChange,
  type UserLeftOver,
  type UserNeverLinked,
} from "../../drift/compare/change.ts";
import { isBrokenLink } from "../../drift/plan/left-out/links-left.ts";
import type { JsonObject, JsonValue } from "../../ground/json.ts";
import { reasonNotCompared, whyMembersNotShown } from "./not-compared.ts";
import { providerJson } from "./provider/provider-json.ts";
import { rolesAtStake, type RolesAtStake } from "./roles-at-stake.ts";
import { iamJson, rolesOfTeamJson, rolesOfUserJson, teamJson } from "./iam/iam-json.ts";
import { outsideJson } from "./outside-json.ts";
import type { DriftReport } from "./report.ts";

/** The version of this shape; it changes when a field changes its meaning or goes. */
export const driftSchemaVersion = 2;

export function driftJson({ drift }: Pick<DriftReport, "drift">): JsonObject {
  const atStake = rolesAtStake(drift.held);
  const listed = (changes: readonly Change[]) => changes.map((change) => changeJson(change, atStake));
  return {
    schemaVersion: driftSchemaVersion,
    status: drift.status,
    compared: { ...drift.compared },
    changes: listed(drift.changes),
    cannotTell: drift.cannotTell.map(({ team, held, members }) => ({
      what: "members",
      team: { name: team.displayName, scimId: held.scimId },
      reason: whyMembersNotShown,
      expected: members.map(memberJson),
    })),
    notCompared: drift.notCompared.map(({ attribute, why, users }) => ({
      attribute,
      why,
      reason: reasonNotCompared({ attribute, why, users }, drift.provider?.notEvaluated),
      users,
    })),
    ...providerJson(drift),
    ...iamJson(drift),
    teamsNotCompared: drift.noTeams ?? null,
    unexplainedTeams: drift.unexplainedTeams.map(teamJson),
    localTeams: drift.localTeams.map(teamJson),
    ssoOnly: drift.ssoOnly.map(({ user, userName, account, scimId }) => ({
      user,
      userName: userName ?? null,
      account,
      scimId: scimId ?? null,
    })),
    leftAsFound: drift.leftAsFound.map((account) => ({ ...account })),
    selfMendingLinks: listed(drift.selfMendingLinks),
    protected: listed(drift.protectedSkipped),
    ...outsideJson(drift),
    warnings: drift.protection.warnings.map((warning) => ({ ...warning })),
    unmappable: drift.expected.unmappable.map(({ user, reason }) => ({ user, reason })),
  };
}

/** `kind`, `subject`, and what belongs to the kind. */
export function changeJson(change: Change, atStake: RolesAtStake): JsonObject {
  const { kind, name } = subjectOf(change);
  const scimId = resourceOf(change)?.scimId ?? null;
  return { kind: change.kind, subject: { kind, name, scimId }, ...detail(change, atStake) };
}

function detail(change: Change, atStake: RolesAtStake): JsonObject {
  return isBrokenLink(change)
    ? { problem: { ...change.problem }, mend: change.mend }
    : differenceIn(change, atStake);
}

function differenceIn(change: Exclude<Change, BrokenLink>, atStake: RolesAtStake): JsonObject {
  return isTeamChange(change) ? teamDifference(change, atStake) : userDifference(change, atStake);
}

function userDifference(change: Exclude<UserChange, BrokenLink>, atStake: RolesAtStake): JsonObject {
  switch (change.kind) {
    case "user-missing":
    case "user-invite-pending":
    case "user-inactive":
    case "user-banned":
      return {};
    case "user-renamed":
      return { expected: change.user.userName, held: change.held.userName, evidence: change.evidence };
    case "user-attribute-differs":
      return attributeDetail(change);
    case "user-never-linked":
      return neverLinkedDifference(change, atStake);
    case "user-duplicate": {
      const { user, evidence, reason, held } = change;
      return { user: user.userName, evidence, reason, ...rolesOfUserJson(held, atStake) };
    }
    case "user-left-over":
      return leftOverDifference(change, atStake);
  }
}

function leftOverDifference({ reason, link, held }: UserLeftOver, atStake: RolesAtStake): JsonObject {
  return { reason, link: link ?? null, ...rolesOfUserJson(held, atStake) };
}

function neverLinkedDifference(
  { user, evidence, reason, held }: UserNeverLinked,
  atStake: RolesAtStake,
): JsonObject {
  const why = reason === "" ? null : reason;
  return { user: user?.userName ?? null, evidence, reason: why, ...rolesOfUserJson(held, atStake) };
}

function teamDifference(change: Exclude<TeamChange, BrokenLink>, atStake: RolesAtStake): JsonObject {
  switch (change.kind) {
    case "team-missing":
      return { members: change.members.map(memberJson) };
    case "team-renamed":
      return { expected: change.team.displayName, held: change.held.displayName, evidence: change.evidence };
    case "team-members-differ":
      return {
        missing: change.missing.map(memberJson),
        leftOver: change.leftOver.map(memberJson),
        unknownMembers: change.unknownMembers,
        unseenMembers: change.unseenMembers.map(({ scimId, is }) => ({ scimId, is })),
      };
    case "team-left-over":
      return { evidence: change.evidence, ...rolesOfTeamJson(change.held, atStake) };
  }
}

function attributeDetail({
  attribute,
  expectedValue,
  heldValue,
  accounts,
}: UserAttributeDiffers): JsonObject {
  const values = { attribute, expected: expectedValue ?? null, held: heldValue ?? null };
  if (accounts === undefined) return values;
  return { ...values, expectedAccount: accounts.expected ?? null, heldAccount: accounts.held ?? null };
}

function memberJson({ userName, scimId, account }: Member): JsonValue {
  return { userName, scimId: scimId ?? null, account };
}
