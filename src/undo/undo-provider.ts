/** What a provider did is not undone: it is listed, with what can be done at the provider. */

import { nameList } from "../ground/name-list.ts";
import { plural } from "../ground/plural.ts";
import {
  isProviderTeamOperation,
  type ProviderOperation,
  type ProviderTeamOperation,
  type ProviderUserOperation,
} from "../drift/plan/provider-operation.ts";
import { providerWords as names } from "../drift/plan/provider-summaries.ts";
import type { Putting } from "./putting.ts";

/** Lists what an operation through the provider leaves: what Astro was given there, the provider would send again. */
export function undoThroughProvider(operation: ProviderOperation, put: Putting): void {
  const reasons = isProviderTeamOperation(operation) ? ofTeam(operation) : ofUser(operation);
  for (const reason of reasons) put.leave("undo-lost", operation.subject, reason);
}

function ofUser(operation: ProviderUserOperation): readonly string[] {
  const provider = names[operation.through];
  const made = operation.subject.scimId === null ? ", and keeps the account that this created" : "";
  switch (operation.kind) {
    case "assign-user":
      return [`stays assigned in ${provider}${made}: to take it back, remove the assignment there`];
    case "reassign-user":
      return [
        `stays assigned in ${provider}${made}: to take it back, remove the assignment there`,
        `does not get back what ${provider} had in the app profile of the old assignment`,
      ];
    case "provision-user":
      return [`stays provisioned by ${provider}${made}: to take it back, remove the assignment there`];
  }
}

function ofTeam({ through, added, removed, subject }: ProviderTeamOperation): readonly string[] {
  const provider = names[through];
  const what = [
    ...(subject.scimId === null ? ["was created"] : []),
    ...(added.length === 0 ? [] : [`got ${plural(added.length, "member")}`]),
    ...(removed.length === 0 ? [] : [`lost ${plural(removed.length, "member")}`]),
  ];
  const change = what.length === 0 ? "was pushed" : nameList(what);
  return [`${change} through ${provider}, which would send the same again: change the group there`];
}
