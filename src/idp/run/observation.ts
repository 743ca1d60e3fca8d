/** What a server answered that the provider does not notice, and that will hurt: told, and never acted upon. */

import { isJsonObject } from "../../ground/json.ts";
import { isSuccess, type WireAnswer, type WireRequest } from "../../wire/exchange.ts";
import type { ProviderTransport } from "./converse.ts";
import type { JobReport, Observation, Subject } from "./events.ts";
import { strangerOf } from "../observe/list.ts";
import { observe } from "../observe/observe.ts";

export interface ObservedTransport {
  readonly transport: ProviderTransport;
  /** Grows with each exchange. */
  readonly observations: readonly Observation[];
  /** The conversation is over, with this outcome: reports what could not be told before. */
  readonly end: (outcome?: JobReport["outcome"]) => void;
}

/** A look-up that was answered with another resource: only the rest of the conversation shows what becomes of it. */
interface Stranger {
  /** Its place among the observations. */
  readonly at: number;
  /** `/Users/u7`, as the provider would write it. */
  readonly path: string;
  use: "none" | "taken" | "overwritten";
}

/**
 * The transport, with what is odd about each answer kept, and reported as it comes; where another resource was found, once
 * it is known whether the provider used it.
 */
export function observed(transport: ProviderTransport, subject: Subject | undefined): ObservedTransport {
  const observations: Observation[] = [];
  const strangers: Stranger[] = [];
  const send: ProviderTransport["send"] = async (request) => {
    const answer = await transport.send(request);
    for (const stranger of strangers) stranger.use = useAfter(stranger, request, answer);
    for (const deviation of observe(request, answer)) {
      const observation = { subject, request: `${request.method} ${request.path}`, deviation };
      observations.push(observation);
      if (deviation.code !== "filter-ignored") transport.report({ kind: "observed", observation });
      else
        strangers.push({ at: observations.length - 1, path: pathOfStranger(request, answer), use: "none" });
    }
    return answer;
  };
  const end: ObservedTransport["end"] = (outcome) => {
    for (const { at, path, use } of strangers.splice(0)) {
      const observation = observations[at];
      if (observation?.deviation.code !== "filter-ignored") continue;
      const settled = use === "none" && path !== "" && isLinked(outcome) ? "taken" : use;
      const told = { ...observation, deviation: { ...observation.deviation, use: settled } };
      observations[at] = told;
      transport.report({ kind: "observed", observation: told });
    }
  };
  return { transport: { ...transport, send }, observations, end };
}

/** Empty where the resource that was asked for comes first. */
function pathOfStranger({ path }: WireRequest, answer: WireAnswer): string {
  if (!isSuccess(answer) || !isJsonObject(answer.json)) return "";
  const id = strangerOf({ path }, answer.json);
  return id === undefined ? "" : `${path.slice(0, path.indexOf("?"))}/${encodeURIComponent(id)}`;
}

function useAfter({ path, use }: Stranger, request: WireRequest, answer: WireAnswer): Stranger["use"] {
  const [sent] = request.path.split("?");
  if (path === "" || sent !== path) return use;
  return use === "overwritten" || (request.method !== "GET" && isSuccess(answer)) ? "overwritten" : "taken";
}

/** A resource may be linked without another request. */
function isLinked(outcome: JobReport["outcome"] | undefined): boolean {
  return outcome?.kind === "done" && outcome.did !== "created";
}
