/** Groups from which less becomes of Teams and memberships than their author may think. */

import type { AstroTeam } from "../astro/state.ts";
import type { DirectoryGroup } from "../directory/directory.ts";
import { providerOf, providers } from "../idp/providers.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import type { Moment } from "./contradictions.ts";
import { nestedGroupFindings } from "./nested-groups.ts";
import type { ReviewFinding } from "./warning.ts";

/** @throws AppError invalid-file for a mapping that is wrong */
export function teamWarnings({ directory, settings, state: { teams } }: Moment): readonly ReviewFinding[] {
  const provider = providerOf(settings);
  const rules = provider.accountRules(directory);
  const made = rules.teams;
  const isLeftAlone = (key: string): boolean => {
    const user = directory.users.get(key);
    return user !== undefined && rules.standing(user).presence === "either";
  };
  const madeOf = new Set(made.map(({ group }) => group.key));
  const { groups } = providers[settings.idp].words;
  return [
    ...[...provider.markedGroups(directory)].flatMap((key) =>
      notMade(directory.groups.get(key), madeOf, groups.provided),
    ),
    ...made.flatMap(({ group, name }) =>
      isEmptied(group, teams.get(foldCase(name))?.members, isLeftAlone) ? [emptied(group)] : [],
    ),
    ...made.flatMap(({ group, name }) => ssoOnlyTeam(directory, group, teams.get(foldCase(name)))),
    ...nestedGroupFindings(directory, rules),
  ];
}

function notMade(
  group: DirectoryGroup | undefined,
  madeOf: ReadonlySet<string>,
  verb: string,
): readonly ReviewFinding[] {
  if (group === undefined || madeOf.has(group.key)) return [];
  const why = group.securityEnabled === false ? "no-security-group" : "left-out-by-settings";
  return [{ code: "no-team", group: { name: group.name, provided: verb, why } }];
}

/** A Team without members is not a surprise where the group has none; of who is left as found nobody knows. */
function isEmptied(
  { members }: DirectoryGroup,
  inTeam: ReadonlySet<string> | undefined,
  isLeftAlone: (user: string) => boolean,
): boolean {
  return members.size > 0 && (inTeam?.size ?? 0) === 0 && ![...members].some(isLeftAlone);
}

/**
 * A Team of whose group nobody is pushed, for some of the members are assigned for single sign-on alone (Okta: Group Push
 * prerequisites: only who is provisioned is pushed).
 */
function ssoOnlyTeam(
  { users, ssoOnlyUsers }: Moment["directory"],
  { name, members }: DirectoryGroup,
  team: AstroTeam | undefined,
): readonly ReviewFinding[] {
  const waiting = [...members].filter((key) => ssoOnlyUsers.has(key));
  const isOtherLeft = [...members].some(
    (key) => users.get(key)?.status === "suspended" && !ssoOnlyUsers.has(key),
  );
  if (waiting.length === 0 || isOtherLeft || (team?.members.size ?? 0) > 0) return [];
  return [{ code: "sso-only-members", team: name, members: waiting.length }];
}

function emptied({ name, members }: DirectoryGroup): ReviewFinding {
  return { code: "no-members", team: name, members: members.size };
}
