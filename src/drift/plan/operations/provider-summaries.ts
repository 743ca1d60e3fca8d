/** Operations through a provider, in words: what is done there, what comes of it in Astro, and why. */

import { nameList } from "../../../ground/text/name-list.ts";
import { plural } from "../../../ground/text/plural.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import {
  type ProviderName,
  type ProviderTeamOperation,
  type ProviderUserOperation,
  type RenewAssignment,
} from "./provider-operation.ts";

export const providerWords: Readonly<Record<ProviderName, string>> = { okta: "Okta", entra: "Entra ID" };

type OmitEach<Item, Key extends PropertyKey> = Item extends unknown ? Omit<Item, Key> : never;

/** `remove ada@example.com from the app in Okta and assign again: Okta is not linked to the account`. */
export function userSummary(operation: OmitEach<ProviderUserOperation, "id" | "summary">): string {
  const { userName, through, why, group } = operation;
  const provider = providerWords[through];
  switch (operation.kind) {
    case "assign-user":
      return group === undefined
        ? `assign ${userName} to the app in ${provider}: ${why}`
        : `add ${userName} to the group ${group.name} in ${provider}: ${why}`;
    case "reassign-user":
      return `${twoHalves(operation)}: ${why}`;
    case "renew-assignment":
      return `${twoHalves(operation)}: ${why}; ${nameList(lossesInWords(operation))}`;
    case "provision-user":
      return `provision ${userName} on demand in ${provider}: ${why}`;
  }
}

function twoHalves({
  userName,
  group,
  through,
}: Pick<RenewAssignment, "userName" | "group" | "through">): string {
  const provider = providerWords[through];
  return group === undefined
    ? `remove ${userName} from the app in ${provider} and assign again`
    : `take ${userName} out of the group ${group.name} in ${provider} and add again`;
}

/** What goes while the assignment is missing, as clauses; roles and Teams come back by other operations of the plan. */
function lossesInWords({
  userName,
  linkedName,
  teamIds,
  roles,
  rolesKnown,
  profileLost,
}: Omit<RenewAssignment, "id" | "summary">): readonly string[] {
  const isOwn = foldCase(linkedName) === foldCase(userName);
  const all = roles?.roles ?? [];
  const gone = [
    ...(rolesKnown ? all : ["roles that are not known"]),
    ...(teamIds.length === 0 ? [] : [plural(teamIds.length, "Team")]),
  ];
  const loses = gone.length === 0 ? "" : `, and it loses ${nameList(gone)}`;
  return [
    isOwn
      ? `its membership of the organization ends in between${loses}${loses === "" || !rolesKnown ? "" : ", which are given back"}`
      : `the account ${linkedName} is deactivated${loses}`,
    ...(profileLost.length === 0 ? [] : [`its app profile loses ${nameList(profileLost)}`]),
  ];
}

/** `push the group Data from Okta now: adds 2 members (…), removes 1 member (…)`. */
export function pushSummary(operation: OmitEach<ProviderTeamOperation, "id" | "summary">): string {
  const { displayName, through, added, removed, subject, why } = operation;
  const provider = providerWords[through];
  const verbs = {
    "push-group": `push the group ${displayName} from ${provider} now`,
    "renew-push-mapping": `make the push mapping of the group ${displayName} in ${provider} again`,
    "provision-group": `provision the group ${displayName} on demand in ${provider}`,
  };
  const effects = [
    ...(subject.scimId === null ? ["creates the Team"] : []),
    ...members("adds", added),
    ...members("removes", removed),
  ];
  return `${verbs[operation.kind]} (${effects.length === 0 ? "no member changes" : effects.join("; ")}): ${why}`;
}

function members(verb: string, list: ProviderTeamOperation["added"]): readonly string[] {
  if (list.length === 0) return [];
  return [`${verb} ${plural(list.length, "member")}: ${nameList(list.map(({ userName }) => userName))}`];
}
