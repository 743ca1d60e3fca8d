/** Where a step expects otherwise than the directory, put through the app's mappings, says. */

import type { AstroSeed } from "../astro/seed.ts";
import type { ExpectedState, ExpectedUser } from "../astro/state.ts";
import type { AstroAction } from "../directory/action.ts";
import type { Directory } from "../directory/directory.ts";
import type { Fixture } from "../fixture/fixture.ts";
import { kindForm, type ExpectedDifference } from "../directory/difference.ts";
import type { Expectation } from "../directory/expectation.ts";
import type { TimelineStep } from "../directory/timeline.ts";
import { checkExpectation } from "../idp/timeline/expectation.ts";
import { accountFinder, type FindAccount, type Scene } from "../idp/expected/find-account.ts";
import type { UnmetState } from "../idp/run/unmet-expectation.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import type { ReviewWarning } from "./warning.ts";

/** The directory at a moment, and what it says that Astro should hold. */
export interface Moment extends Scene {
  readonly state: ExpectedState;
  /** What was done in Astro directly until then. */
  readonly inAstro: readonly AstroAction[];
}

/**
 * Checked against an Astro that holds what the directory says. Nothing is said of accounts that may be there or not, nor of
 * what is in Astro only, nor of what the timeline deleted there: what holds there, the rehearsal shows. The same goes for what is
 * expected to differ, and for memberships of inactive accounts where they count. A step may mean the contradiction: an account that stays.
 */
export function contradictions(
  fixture: Fixture,
  wholeMoment: Moment,
  step: TimelineStep,
): readonly ReviewWarning[] {
  const { name, expect } = step;
  if (expect === undefined) return [];
  const { astro } = fixture;
  const moment = withoutUnmade(wholeMoment, astro);
  const drift = [
    ...(expect.drift ?? []),
    ...(step === fixture.timeline.at(-1) ? (fixture.expect?.drift ?? []) : []),
  ];
  const { state, directory } = moment;
  const find = accountFinder(moment);
  const localTeams = new Set(astro.teams.map((team) => foldCase(team.name)));
  return checkExpectation(withoutInactive(expect, moment, find), moment)
    .filter((unmet) => !isTouchedInAstro(unmet, moment))
    .filter((unmet) => !drift.some((difference) => isAbout(difference, unmet)))
    .filter((unmet) =>
      unmet.kind === "user"
        ? isKnown(unmet, { directory, account: state.users.get(find(unmet.name)?.key ?? "") })
        : isKnownTeam(unmet, moment, { find, localTeams }),
    )
    .map((unmet) => ({ code: "contradiction", step: name, unmet }));
}

/** Without the accounts of users who are assigned for single sign-on alone, where Astro does not have them beforehand. */
function withoutUnmade(moment: Moment, astro: AstroSeed): Moment {
  if (moment.state.ssoOnly === undefined) return moment;
  const seeded = new Set(astro.users.flatMap(({ userName, email }) => [userName, email].map(foldCase)));
  const users = [...moment.state.users].filter(([key, { ssoOnly }]) => ssoOnly !== true || seeded.has(key));
  return { ...moment, state: { ...moment.state, users: new Map(users) } };
}

/** Whether the timeline has deleted the account, the Team, or the account of a member in Astro so far. */
function isTouchedInAstro({ kind, name }: UnmetState, { directory, inAstro }: Moment): boolean {
  const users = new Set(inAstro.flatMap((action) => (action.kind === "delete-account" ? [action.user] : [])));
  if (kind === "user") return users.has(name);
  const group = [...directory.groups.values()].find((one) => foldCase(one.name) === foldCase(name));
  if (group === undefined) return false;
  const isDeleted = inAstro.some((action) => action.kind === "delete-team" && action.group === group.key);
  return isDeleted || [...group.members].some((member) => users.has(member));
}

/** What the directory says nothing of is left out of lists in which inactive accounts count. */
function withoutInactive(expect: Expectation, { state }: Moment, find: FindAccount): Expectation {
  if (expect.countInactive !== true) return expect;
  const counts = (member: string): boolean =>
    state.users.get(find(member)?.key ?? "")?.presence !== "not-active";
  const teams = [...expect.teams].map(([team, members]) => [team, members?.filter(counts) ?? null] as const);
  return { ...expect, teams: new Map(teams) };
}

function isAbout({ kind, name }: ExpectedDifference, unmet: UnmetState): boolean {
  const about = kindForm(kind).about === "user" ? "user" : "group";
  return about === unmet.kind && foldCase(name) === foldCase(unmet.name);
}

interface About {
  readonly directory: Directory;
  readonly account: ExpectedUser | undefined;
}

/** Of who is not to have an active account, an inactive one and none are alike. */
function isKnown({ name, what }: UnmetState, { directory, account }: About): boolean {
  if (!directory.users.has(name) || account?.presence === "either") return false;
  if (account?.presence !== "not-active") return true;
  return what === "active";
}

function isKnownTeam(
  { name }: UnmetState,
  { directory, state: { users, teams } }: Moment,
  { find, localTeams }: { readonly find: FindAccount; readonly localTeams: ReadonlySet<string> },
): boolean {
  if (localTeams.has(foldCase(name))) return false;
  const group = [...directory.groups.values()].find((one) => foldCase(one.name) === foldCase(name));
  if (group === undefined) return teams.has(foldCase(name));
  const isLeftAlone = (member: string): boolean => users.get(find(member)?.key ?? "")?.presence === "either";
  return ![...group.members].some(isLeftAlone);
}
