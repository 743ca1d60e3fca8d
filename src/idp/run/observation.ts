/** What a server answered that the provider does not notice, and that will hurt: told, and never acted upon. */

import type { Line } from "./converse.ts";
import type { Observation, Subject } from "./events.ts";
import { observe } from "../observe/observe.ts";

export interface ObservedLine {
  readonly line: Line;
  /** Grows with each exchange. */
  readonly observations: readonly Observation[];
}

/** The line, with what is odd about each answer reported as it comes, and kept. */
export function observed(line: Line, subject: Subject | undefined): ObservedLine {
  const observations: Observation[] = [];
  const send: Line["send"] = async (request) => {
    const answer = await line.send(request);
    for (const deviation of observe(request, answer)) {
      const observation = { subject, request: `${request.method} ${request.path}`, deviation };
      observations.push(observation);
      line.report({ kind: "observed", observation });
    }
    return answer;
  };
  return { line: { ...line, send }, observations };
}
