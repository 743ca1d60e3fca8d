/** The names that a saved plan would give, as a directory has them: they are judged like names that Astro holds. */

import type { AstroTeam, ExpectedState, ExpectedUser } from "../../astro/state.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import type { Operation } from "../plan/operations/operation.ts";
import type { Plan } from "../plan/plan.ts";

/** The accounts and Teams that the plan creates or renames, so that what is protected or outside is found among them, too. */
export function namesGiven({ operations }: Pick<Plan, "operations">): ExpectedState {
  const users = operations.flatMap(userGiven);
  const teams = operations.flatMap(teamGiven);
  return {
    users: new Map(users.map((user) => [user.key, user])),
    teams: new Map(teams.map((team) => [team.key, team])),
    unmappable: [],
  };
}

function userGiven(operation: Operation): readonly ExpectedUser[] {
  if (!("userName" in operation)) return [];
  const { userName } = operation;
  return [
    {
      key: foldCase(userName),
      userName,
      scimId: undefined,
      externalId: undefined,
      active: true,
      attributes: operation.kind === "create-user" ? operation.attributes : {},
      presence: "active",
      reason: "",
    },
  ];
}

function teamGiven(operation: Operation): readonly AstroTeam[] {
  if (!("displayName" in operation)) return [];
  const { displayName } = operation;
  return [
    {
      key: foldCase(displayName),
      displayName,
      scimId: undefined,
      members: new Set(),
      unknownMembers: [],
    },
  ];
}
