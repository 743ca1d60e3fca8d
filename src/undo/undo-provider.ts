/** What a provider did is not undone: it is listed, with what can be done at the provider. */

import { nameList } from "../ground/text/name-list.ts";
import { plural } from "../ground/text/plural.ts";
import {
  isProviderTeamOperation,
  type ProviderOperation,
  type ProviderTeamOperation,
  type ProviderUserOperation,
  type RenewAssignment,
} from "../drift/plan/operations/provider-operation.ts";
import { providerWords as names } from "../drift/plan/operations/provider-summaries.ts";
import { subjectOfUser, type Putting } from "./putting.ts";
import { giveRolesBack } from "./undo-roles.ts";

/** Lists what an operation through the provider leaves: what Astro was given there, the provider would send again. */
export function undoThroughProvider(operation: ProviderOperation, put: Putting): void {
  const reasons = isProviderTeamOperation(operation) ? ofTeam(operation) : ofUser(operation);
  if (operation.kind === "renew-assignment") giveBackWhatIsMissing(operation, put);
  for (const reason of reasons) put.leave("undo-lost", operation.subject, reason);
}

/** Roles that the run took and could not give back. */
function giveBackWhatIsMissing({ linkedId, subject, roles }: RenewAssignment, put: Putting): void {
  const held = put.now.users.get(linkedId);
  if (linkedId !== subject.scimId || held?.active !== true) return;
  if (put.givenRoles("user", linkedId) !== undefined) return;
  giveRolesBack(roles, { subject: subjectOfUser(held), after: [] }, put);
}

function ofUser(operation: ProviderUserOperation): readonly string[] {
  const provider = names[operation.through];
  // An account that was there before would be deactivated, with its roles, if the assignment were removed.
  const isHeld = operation.subject.scimId !== null;
  const after = isHeld
    ? ", and linked to the account: removing the assignment would deactivate it"
    : ", and keeps the account that this created: to take it back, remove the assignment there";
  switch (operation.kind) {
    case "assign-user":
      return [`stays assigned in ${provider}${after}`];
    case "reassign-user":
      return [
        `stays assigned in ${provider}${after}`,
        `does not get back what ${provider} had in the app profile of the old assignment`,
      ];
    case "renew-assignment":
      return [
        `stays assigned in ${provider}${after}`,
        ...(operation.profileLost.length === 0
          ? []
          : [`does not get back in its app profile: ${nameList(operation.profileLost)}`]),
        ...(operation.linkedId === operation.subject.scimId
          ? []
          : [`is not linked to the account ${operation.linkedName} again, which stays inactive`]),
      ];
    case "provision-user":
      return [`stays provisioned by ${provider}${after}`];
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
