/** What can be said of a valid fixture before anybody rehearses it: what is in it, and what will go wrong. */

import { changesDirectory } from "../directory/action.ts";
import { applyAction } from "../directory/apply-action.ts";
import { assignedUserKeys } from "../directory/directory.ts";
import type { Fixture } from "../fixture/fixture.ts";
import type { TimelineStep } from "../directory/timeline.ts";
import { accountRules } from "../idp/accounts/accounts.ts";
import { expectedState } from "../idp/accounts/expected.ts";
import { contradictions, type Moment } from "./contradictions.ts";
import { settingsWarnings } from "./settings-warnings.ts";
import { teamWarnings } from "./team-warnings.ts";
import type { ReviewWarning } from "./warning.ts";

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
 * Looks at the directory at the start and after each step; what is so at several of them is said once.
 * @throws AppError invalid-file for a mapping or a scoping filter that is wrong
 */
export function reviewFixture(fixture: Fixture): FixtureReview {
  const warnings = new Map<string, ReviewWarning>();
  for (const warning of warningsOf(fixture)) {
    if (!warnings.has(warning.sentence)) warnings.set(warning.sentence, warning);
  }
  return { counts: countsOf(fixture), warnings: [...warnings.values()] };
}

function* warningsOf(fixture: Fixture): Generator<ReviewWarning, void> {
  const { app, start, timeline } = fixture;
  for (const sentence of settingsWarnings(app, start)) yield { code: "settings", step: undefined, sentence };
  if (start.groups.size > 0 && accountRules(start, app).teams.length === 0) {
    const sentence = "no group becomes a Team at the start.";
    yield { code: "no-team", step: undefined, sentence };
  }
  yield* directoryWarnings(momentOf(fixture, start), undefined);
  let directory = start;
  for (const step of timeline) {
    directory = step.actions.filter(changesDirectory).reduce(applyAction, directory);
    const moment = momentOf(fixture, directory);
    yield* directoryWarnings(moment, step);
    yield* contradictions(fixture, moment, step);
  }
}

function momentOf({ app }: Fixture, directory: Moment["directory"]): Moment {
  return { directory, settings: app, state: expectedState(directory, app) };
}

function directoryWarnings(moment: Moment, step: TimelineStep | undefined): readonly ReviewWarning[] {
  const about = moment.state.unmappable.map(
    ({ user, reason }) =>
      ({
        code: "no-account",
        sentence: `${user} can have no account: ${reason.replace(/\.$/, "")}.`,
      }) as const,
  );
  return [...about, ...teamWarnings(moment)].map((warning) => ({ ...warning, step: step?.name }));
}

function countsOf({ app, start, timeline }: Fixture): FixtureReview["counts"] {
  const isForAll = app.idp === "entra" && app.scope === "all";
  return {
    users: start.users.size,
    groups: start.groups.size,
    assigned: isForAll ? start.users.size : assignedUserKeys(start).size,
    teams: accountRules(start, app).teams.length,
    steps: timeline.length,
    expectations: timeline.filter(({ expect }) => expect !== undefined).length,
  };
}
