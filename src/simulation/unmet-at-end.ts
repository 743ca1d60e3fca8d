/** Whether the whole rehearsal led to what its fixture expects of it. */

import type { ExpectedDifference } from "../directory/difference.ts";
import type { ObservationCode } from "../directory/expectation.ts";
import type { Scenario } from "../directory/timeline.ts";
import type { Change } from "../drift/compare/change.ts";
import type { UnmetExpectation } from "../idp/run/unmet-expectation.ts";
import { checkDrift } from "../idp/timeline/check-drift.ts";
import { checkObservations } from "../idp/timeline/check-observations.ts";
import type { TimelineResult } from "../idp/timeline/timeline.ts";
import { differenceOf } from "./difference.ts";
import { driftExpectedAtEnd } from "./expected-drift.ts";

/** How a rehearsal ended whose timeline was played to its end. */
export interface End extends Pick<TimelineResult, "steps" | "directory"> {
  /** What differs; undefined where Astro could not be read. */
  readonly changes: readonly Change[] | undefined;
  /** In this session and in earlier ones. */
  readonly observed: ReadonlySet<ObservationCode>;
}

/** What is not as expected; undefined where nothing is expected of the whole. */
export function unmetAtEnd(fixture: Scenario, end: End): readonly UnmetExpectation[] | undefined {
  const { observations } = fixture.expect ?? {};
  const drift = driftExpectedAtEnd(fixture);
  if (drift === undefined && observations === undefined) return undefined;
  return [
    ...(observations === undefined ? [] : checkObservations(observations, end.observed)),
    ...(drift === undefined ? [] : unmetDrift(drift, fixture, end)),
  ];
}

function unmetDrift(
  drift: readonly ExpectedDifference[],
  { app, expect }: Scenario,
  { steps, directory, changes }: End,
): readonly UnmetExpectation[] {
  if (changes === undefined) return [];
  const unmet = checkDrift(drift, changes.map(differenceOf), { directory, settings: app });
  // What the last step expects is reported with that step.
  const isTold = expect?.drift === undefined && steps.at(-1)?.unmet?.some(({ kind }) => kind === "drift");
  return unmet === undefined || isTold === true ? [] : [unmet];
}
