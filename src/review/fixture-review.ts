/** What can be said about a valid fixture before a rehearsal: what is in it, and what will go wrong. */

import { namesOfExpected, responsibilityOf, type Exclusion } from "../astro/responsibility.ts";
import { changesDirectory, isInAstro, type AstroAction } from "../directory/action.ts";
import { applyAction } from "../directory/apply-action.ts";
import { assignedUserKeys } from "../directory/directory.ts";
import type { Fixture } from "../fixture/fixture.ts";
import type { TimelineStep } from "../directory/timeline.ts";
import { providerOf } from "../idp/providers.ts";
import { toTheEnd } from "../ground/to-the-end.ts";
import { expectedState } from "../idp/expected/expected-state.ts";
import { contradictions, type Moment } from "./contradictions.ts";
import { droppedAttributes } from "./dropped-attributes.ts";
import { settingsWarnings } from "./settings-warnings.ts";
import { teamWarnings } from "./team-warnings.ts";
import type { ReviewFinding, ReviewWarning } from "./warning.ts";

export interface FixtureReview {
  readonly counts: {
    /** At the start, as all but the last two. */
    readonly users: number;
    readonly groups: number;
    /** Users assigned to the app, by name or through a group. */
    readonly assigned: number;
    /** Groups that become Teams. */
    readonly teams: number;
    readonly steps: number;
    /** Steps that expect something. */
    readonly expectations: number;
  };
  readonly warnings: readonly ReviewWarning[];
}

/**
 * Looks at the directory at the start and after each step; what is so at several of them is found at each.
 * @throws AppError invalid-file for a mapping or a scoping filter that is wrong
 */
export function reviewFixture(fixture: Fixture): FixtureReview {
  return toTheEnd(reviewing(fixture));
}

/** The same in pieces: a large fixture takes seconds, and Ctrl-C is to end it. @throws AppError as `reviewFixture` */
export function* reviewing(fixture: Fixture): Generator<void, FixtureReview> {
  const warnings: ReviewWarning[] = [];
  yield;
  for (const found of warningsOf(fixture)) {
    if (found === undefined) yield;
    else warnings.push(found);
  }
  return { counts: countsOf(fixture), warnings };
}

/** Undefined where a piece of the work ends without a warning. */
function* warningsOf(fixture: Fixture): Generator<ReviewWarning | undefined, void> {
  const { app, start, timeline } = fixture;
  for (const sentence of settingsWarnings(app, start)) yield { code: "settings", step: undefined, sentence };
  if (start.groups.size > 0 && providerOf(app).accountRules(start).teams.length === 0) {
    yield { code: "no-team", step: undefined, group: undefined };
  }
  const dropped = new Set<string>();
  const atStart = momentOf(fixture, start, []);
  yield undefined;
  yield* directoryWarnings(fixture, atStart, undefined);
  yield* droppedWarnings(atStart, dropped, undefined);
  let directory = start;
  const inAstro: AstroAction[] = [];
  for (const step of timeline) {
    yield undefined;
    directory = step.actions.filter(changesDirectory).reduce(applyAction, directory);
    inAstro.push(...step.actions.filter(isInAstro));
    const moment = momentOf(fixture, directory, inAstro);
    yield undefined;
    yield* directoryWarnings(fixture, moment, step);
    yield* droppedWarnings(moment, dropped, step);
    yield* contradictions(fixture, moment, step);
  }
}

function momentOf({ app }: Fixture, directory: Moment["directory"], inAstro: Moment["inAstro"]): Moment {
  return { directory, settings: app, state: expectedState(directory, app), inAstro };
}

/** What the directory provisions outside its own responsibility. */
function outsideWarnings(
  { responsibleFor = [] }: Fixture,
  { state: { users, teams } }: Moment,
): readonly ReviewFinding[] {
  const { excludesAccount, excludesTeam } = responsibilityOf(responsibleFor);
  const provisioned = [...users.values()].filter(({ presence }) => presence === "active");
  return [
    ...provisioned.flatMap((user) => outside("user", user.userName, excludesAccount(namesOfExpected(user)))),
    ...[...teams.values()].flatMap(({ displayName }) =>
      outside("team", displayName, excludesTeam(displayName)),
    ),
  ];
}

function outside(
  kind: "user" | "team",
  name: string,
  exclusion: Exclusion | undefined,
): readonly ReviewFinding[] {
  return exclusion === undefined ? [] : [{ code: "outside-responsibility", kind, name, exclusion }];
}

function directoryWarnings(
  fixture: Fixture,
  moment: Moment,
  step: TimelineStep | undefined,
): readonly ReviewWarning[] {
  const about = moment.state.unmappable.map(
    ({ user, reason }) => ({ code: "no-account", user, reason }) as const,
  );
  return [...about, ...teamWarnings(moment), ...outsideWarnings(fixture, moment)].map((warning) => ({
    ...warning,
    step: step?.name,
  }));
}

/** Each attribute once, at the first moment when somebody has a value for it. */
function* droppedWarnings(
  { state }: Moment,
  known: Set<string>,
  step: TimelineStep | undefined,
): Generator<ReviewWarning, void> {
  for (const finding of droppedAttributes(state)) {
    if (known.has(finding.attribute)) continue;
    known.add(finding.attribute);
    yield { ...finding, step: step?.name };
  }
}

function countsOf({ app, start, timeline }: Fixture): FixtureReview["counts"] {
  const provider = providerOf(app);
  return {
    users: start.users.size,
    groups: start.groups.size,
    assigned: provider.provisionsEverybody ? start.users.size : assignedUserKeys(start).size,
    teams: provider.accountRules(start).teams.length,
    steps: timeline.length,
    expectations: timeline.filter(({ expect }) => expect !== undefined).length,
  };
}
