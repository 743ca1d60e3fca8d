/** What was observed of the server's answers: what does harm unexpectedly, and what was expected and did not come. */

import type { ObservationCode } from "../../directory/expectation.ts";
import { codeOf, doesHarm } from "../observe/harm.ts";
import type { Observation } from "../run/events.ts";
import type { UnmetObservation } from "../run/unmet-expectation.ts";

/** Each that does harm and is expected neither by the step nor by the file. */
export function unexpectedHarm(
  observations: readonly Observation[],
  ...expected: readonly (readonly ObservationCode[] | undefined)[]
): readonly Observation[] {
  const codes = new Set(expected.flatMap((list) => list ?? []));
  return observations.filter(({ deviation }) => doesHarm(deviation) && !codes.has(codeOf(deviation)));
}

/** Each code that is expected and was not observed. */
export function checkObservations(
  expected: readonly ObservationCode[],
  observed: Iterable<ObservationCode>,
): readonly UnmetObservation[] {
  const seen = new Set(observed);
  return [...new Set(expected)]
    .filter((code) => !seen.has(code))
    .map((name) => ({
      kind: "observation",
      name,
      what: "observed",
      expected: true,
      got: { codes: [...seen].toSorted() },
    }));
}
