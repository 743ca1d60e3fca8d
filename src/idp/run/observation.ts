/** What a server answered that the provider does not notice, and that will hurt: told, and never acted upon. */

import type { ProviderTransport } from "./converse.ts";
import type { Observation, Subject } from "./events.ts";
import { observe } from "../observe/observe.ts";

export interface ObservedTransport {
  readonly transport: ProviderTransport;
  /** Grows with each exchange. */
  readonly observations: readonly Observation[];
}

/** The transport, with what is odd about each answer reported as it comes, and kept. */
export function observed(transport: ProviderTransport, subject: Subject | undefined): ObservedTransport {
  const observations: Observation[] = [];
  const send: ProviderTransport["send"] = async (request) => {
    const answer = await transport.send(request);
    for (const deviation of observe(request, answer)) {
      const observation = { subject, request: `${request.method} ${request.path}`, deviation };
      observations.push(observation);
      transport.report({ kind: "observed", observation });
    }
    return answer;
  };
  return { transport: { ...transport, send }, observations };
}
