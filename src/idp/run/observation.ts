/** What a server answered that the provider does not notice and that does harm: reported, never acted on. */

import { decodedPath } from "../../ground/text/decoded-path.ts";
import { isJsonObject } from "../../ground/json.ts";
import { isSuccess, type WireAnswer, type WireRequest } from "../../wire/exchange.ts";
import type { ProviderTransport } from "./converse.ts";
import type { JobReport, Observation, Subject } from "./events.ts";
import type { Deviation } from "../observe/deviation.ts";
import { strangerOf } from "../observe/list.ts";
import { observe } from "../observe/observe.ts";

export interface ObservedTransport {
  readonly transport: ProviderTransport;
  /** Grows with each exchange. */
  readonly observations: readonly Observation[];
  /** The conversation is over, with this outcome: reports what could not be determined before. */
  readonly end: (outcome?: JobReport["outcome"]) => void;
}

/** What is odd about a look-up: only the rest of the conversation shows what becomes of it. */
interface OddLookup {
  readonly observation: Observation;
  /** `/Users/u7` of another resource that came first. */
  readonly stranger: string | undefined;
  use: "none" | "taken" | "overwritten";
}

/**
 * The transport, with what is odd about each answer kept, and reported as it comes; of a look-up, once it is known whether
 * the provider used another resource, or refused the answer itself.
 */
export function observed(transport: ProviderTransport, subject: Subject | undefined): ObservedTransport {
  const observations: Observation[] = [];
  const lookups: OddLookup[] = [];
  let last: string | undefined;
  const send: ProviderTransport["send"] = async (request) => {
    const answer = await transport.send(request);
    last = `${request.method} ${request.path}`;
    for (const lookup of lookups) lookup.use = useAfter(lookup, request, answer);
    for (const deviation of observe(request, answer)) {
      const observation = { subject, request: last, deviation };
      observations.push(observation);
      if (isOfLookup(deviation))
        lookups.push({ observation, stranger: strangerIn(request, answer), use: "none" });
      else transport.report({ kind: "observed", observation });
    }
    return answer;
  };
  const end: ObservedTransport["end"] = (outcome) => {
    for (const lookup of lookups.splice(0)) {
      const at = observations.indexOf(lookup.observation);
      const isNoticed = lookup.observation.request === last && isRefused(outcome);
      const told = isNoticed ? [] : [settled(lookup, outcome)];
      observations.splice(at, 1, ...told);
      for (const observation of told) transport.report({ kind: "observed", observation });
    }
  };
  return { transport: { ...transport, send }, observations, end };
}

function isOfLookup({ code }: Deviation): boolean {
  return code === "filter-ignored" || code === "several-hits";
}

/** Where another resource comes first. */
function strangerIn({ path }: WireRequest, answer: WireAnswer): string | undefined {
  if (!isSuccess(answer) || !isJsonObject(answer.json)) return undefined;
  const id = strangerOf({ path }, answer.json);
  return id === undefined ? undefined : `${path.slice(0, path.indexOf("?"))}/${id}`;
}

function useAfter({ stranger, use }: OddLookup, request: WireRequest, answer: WireAnswer): OddLookup["use"] {
  const [sent = ""] = request.path.split("?");
  if (stranger === undefined || decodedPath(sent) !== stranger) return use;
  return use === "overwritten" || (request.method !== "GET" && isSuccess(answer)) ? "overwritten" : "taken";
}

/** A resource may be linked without another request. */
function settled(
  { observation, stranger, use }: OddLookup,
  outcome: JobReport["outcome"] | undefined,
): Observation {
  const { deviation } = observation;
  if (deviation.code !== "filter-ignored") return observation;
  const isLinked = stranger !== undefined && outcome?.kind === "done" && outcome.did !== "created";
  return { ...observation, deviation: { ...deviation, use: use === "none" && isLinked ? "taken" : use } };
}

/** Whether the provider itself found the last answer wrong: what it says of it need not be said again. */
function isRefused(outcome: JobReport["outcome"] | undefined): boolean {
  return outcome?.kind === "failed" && outcome.failure.cause.kind === "malformed-answer";
}
