/** Groups from which less becomes of Teams and memberships than their author may think. */

import type { DirectoryGroup } from "../directory/directory.ts";
import { providerOf, providers } from "../idp/providers.ts";
import { plural } from "../ground/plural.ts";
import { foldCase } from "../ground/fold-case.ts";
import type { Moment } from "./contradictions.ts";
import { nestedGroupWarnings } from "./nested-groups.ts";
import type { ReviewWarning } from "./warning.ts";

type TeamWarning = Pick<ReviewWarning, "code" | "sentence">;

/** @throws AppError invalid-file for a mapping that is wrong */
export function teamWarnings({ directory, settings, state: { teams } }: Moment): readonly TeamWarning[] {
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
    ...nestedGroupWarnings(directory, rules).map(
      (sentence) => ({ code: "nested-groups", sentence }) as const,
    ),
  ];
}

function notMade(
  group: DirectoryGroup | undefined,
  madeOf: ReadonlySet<string>,
  verb: string,
): readonly TeamWarning[] {
  if (group === undefined || madeOf.has(group.key)) return [];
  const why = group.securityEnabled === false ? "it is no security group" : "the app's settings leave it out";
  return [{ code: "no-team", sentence: `the group ${group.name} is ${verb}, but becomes no Team: ${why}.` }];
}

/** A Team without members is no surprise where the group has none; of who is left as found nobody knows. */
function isEmptied(
  { members }: DirectoryGroup,
  inTeam: ReadonlySet<string> | undefined,
  isLeftAlone: (user: string) => boolean,
): boolean {
  return members.size > 0 && (inTeam?.size ?? 0) === 0 && ![...members].some(isLeftAlone);
}

function emptied({ name, members }: DirectoryGroup): TeamWarning {
  const why =
    members.size === 1
      ? "its one member has no active account"
      : `none of its ${plural(members.size, "member")} has an active account`;
  return { code: "no-members", sentence: `the Team ${name} is empty: ${why}.` };
}
