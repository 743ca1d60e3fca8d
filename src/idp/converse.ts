/** Drives one conversation: sends, repeats as the provider repeats, stops between two requests when asked to. */

import type { Conversation } from "../wire/conversation.ts";
import { isSuccess, type Send, type WireAnswer, type WireRequest } from "../wire/exchange.ts";
import type { Clock } from "./clock.ts";
import type { Interrupted, Report } from "./events.ts";

/** Whether an answer is asked for again: after how many seconds, and why. `attempt` counts from 1. */
export type RetryRule = (
  answer: WireAnswer,
  attempt: number,
) => { readonly seconds: number; readonly reason: string } | undefined;

export interface Line {
  readonly send: Send;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly report: Report;
  readonly retry: RetryRule;
}

export type Conversed<Result> =
  | { readonly kind: "ended"; readonly result: Result; readonly requests: number }
  | (Interrupted & { readonly requests: number });

/** Runs a conversation to its end, or until the signal; what is in flight is always waited for. */
export async function converse<Result>(
  conversation: Conversation<Result>,
  line: Line,
): Promise<Conversed<Result>> {
  let requests = 0;
  let last: WireRequest | undefined;
  let wrote = false;
  let step = conversation.next();
  while (!step.done) {
    const asked = await ask(step.value, line);
    requests += asked.requests;
    if (asked.requests > 0) last = step.value;
    if (asked.answer === undefined) {
      return { kind: "interrupted", after: lineOf(last), wrote: written(wrote, asked, step.value), requests };
    }
    wrote ||= step.value.method !== "GET" && isSuccess(asked.answer);
    step = conversation.next(asked.answer);
  }
  return { kind: "ended", result: step.value, requests };
}

function lineOf(request: WireRequest | undefined): string | undefined {
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

async function ask(request: WireRequest, line: Line): Promise<Asked> {
  for (let attempt = 1; ; attempt += 1) {
    if (line.signal.aborted) return { answer: undefined, requests: attempt - 1, lost: false };
    const answer = await line.send(request);
    if (answer.kind === "no-response" && answer.reason === "aborted") {
      return { answer: undefined, requests: attempt, lost: true };
    }
    const again = line.retry(answer, attempt);
    if (again === undefined) return { answer, requests: attempt, lost: false };
    const until = new Date(line.clock.now().getTime() + again.seconds * 1000);
    line.report({ kind: "waiting", ...again, until });
    await line.clock.wait(again.seconds, again.reason);
  }
}
