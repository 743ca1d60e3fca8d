/** What a rehearsal expects to differ at its end. */

import type { ExpectedDifference } from "../directory/difference.ts";
import type { Scenario } from "../directory/timeline.ts";

/** What the file expects to differ, or its last step: that is the end. Undefined where neither says anything: then nothing may. */
export function driftExpectedAtEnd({
  expect,
  timeline,
}: Pick<Scenario, "expect" | "timeline">): readonly ExpectedDifference[] | undefined {
  return expect?.drift ?? timeline.at(-1)?.expect?.drift;
}
