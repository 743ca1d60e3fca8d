/** Drives one conversation: sends, repeats as the provider repeats, stops between two requests when asked to. */

import { formatDuration } from "../../ground/text/quantities.ts";
import type { Conversation } from "../../wire/conversation.ts";
import { isSuccess, type Send, type WireAnswer, type WireRequest } from "../../wire/exchange.ts";
import type { Clock } from "./clock.ts";
import type { Interrupted, Report } from "./events.ts";

/** A provider waits, and asks again. */
export interface Wait {
  readonly seconds: number;
  readonly reason: string;
  /** The server asked for it (Retry-After), so that it is waited for in real time, too. */
  readonly askedFor: boolean;
}

/** Whether an answer is asked for again, and how. `attempt` counts from 1; a 429 and other failures each for themselves. */
export type RetryRule = (answer: WireAnswer, attempt: number, request: WireRequest) => Wait | undefined;

/** How a provider's requests are sent, waited for, repeated and reported. */
export interface ProviderTransport {
  readonly send: Send;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly report: Report;
  readonly retry: RetryRule;
  /** The longest wait in seconds that a server may ask for; a longer one is a failure. Without it any is waited for. */
  readonly maxWaitSeconds?: number;
}

export type Conversed<Result> =
  | { readonly kind: "ended"; readonly result: Result; readonly requests: number }
  | (Interrupted & { readonly requests: number });

/** Runs a conversation to its end, or until the signal; what is in flight is always waited for. */
export async function converse<Result>(
  conversation: Conversation<Result>,
  transport: ProviderTransport,
): Promise<Conversed<Result>> {
  let requests = 0;
  let last: WireRequest | undefined;
  let wrote = false;
  let step = conversation.next();
  while (!step.done) {
    const asked = await ask(step.value, transport);
    requests += asked.requests;
    if (asked.requests > 0) last = step.value;
    if (asked.answer === undefined) {
      return {
        kind: "interrupted",
        after: requestLine(last),
        wrote: written(wrote, asked, step.value),
        requests,
      };
    }
    wrote ||= step.value.method !== "GET" && isSuccess(asked.answer);
    step = conversation.next(asked.answer);
  }
  return { kind: "ended", result: step.value, requests };
}

function requestLine(request: WireRequest | undefined): string | undefined {
  return request === undefined ? undefined : `${request.method} ${request.path}`;
}

function written(wrote: boolean, { lost }: Asked, { method }: WireRequest): Interrupted["wrote"] {
  if (wrote) return "something";
  return lost && method !== "GET" ? "unknown" : "nothing";
}

interface Asked {
  /** Undefined where the run was stopped. */
  readonly answer: WireAnswer | undefined;
  readonly requests: number;
  /** The run was stopped with the request on its way. */
  readonly lost: boolean;
}

async function ask(request: WireRequest, transport: ProviderTransport): Promise<Asked> {
  const alike = { limited: 0, other: 0 };
  for (let attempt = 1; ; attempt += 1) {
    if (transport.signal.aborted) return { answer: undefined, requests: attempt - 1, lost: false };
    const answer = await transport.send(request);
    if (answer.kind === "no-response" && answer.reason === "aborted") {
      return { answer: undefined, requests: attempt, lost: true };
    }
    const kind = answer.kind === "response" && answer.status === 429 ? "limited" : "other";
    alike[kind] += 1;
    const again = transport.retry(answer, alike[kind], request);
    if (again === undefined) return { answer, requests: attempt, lost: false };
    if (isTooLong(again, transport)) {
      return { answer: withRemark(answer, tooLong(again, transport)), requests: attempt, lost: false };
    }
    const until = new Date(transport.clock.now().getTime() + again.seconds * 1000);
    transport.report({ kind: "waiting", seconds: again.seconds, reason: again.reason, until });
    await transport.clock.wait(again.seconds, again.askedFor);
  }
}

function isTooLong({ seconds, askedFor }: Wait, { maxWaitSeconds = Infinity }: ProviderTransport): boolean {
  return askedFor && seconds > maxWaitSeconds;
}

function tooLong({ seconds }: Wait, { maxWaitSeconds = 0 }: ProviderTransport): string {
  return (
    `The server asked to wait ${formatDuration(seconds * 1000)}, but this run waits at most ${formatDuration(maxWaitSeconds * 1000)}, so it stopped; ` +
    "the provider would wait."
  );
}

function withRemark(answer: WireAnswer, remark: string): WireAnswer {
  return answer.kind === "response" ? { ...answer, remark } : answer;
}
