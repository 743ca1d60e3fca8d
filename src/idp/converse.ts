/** Drives one conversation: sends, repeats as the provider repeats, stops between two requests when asked to. */

import type { Conversation } from "../wire/conversation.ts";
import type { Send, WireAnswer, WireRequest } from "../wire/exchange.ts";
import type { Clock } from "./clock.ts";
import type { Report } from "./events.ts";

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
  | { readonly kind: "interrupted"; readonly requests: number };

/** Runs a conversation to its end, or until the signal; what is in flight is always waited for. */
export async function converse<Result>(
  conversation: Conversation<Result>,
  line: Line,
): Promise<Conversed<Result>> {
  let requests = 0;
  let step = conversation.next();
  while (!step.done) {
    const asked = await ask(step.value, line);
    requests += asked.requests;
    if (asked.answer === undefined) return { kind: "interrupted", requests };
    step = conversation.next(asked.answer);
  }
  return { kind: "ended", result: step.value, requests };
}

interface Asked {
  /** Undefined where the run was stopped. */
  readonly answer: WireAnswer | undefined;
  readonly requests: number;
}

async function ask(request: WireRequest, line: Line): Promise<Asked> {
  for (let attempt = 1; ; attempt += 1) {
    if (line.signal.aborted) return { answer: undefined, requests: attempt - 1 };
    const answer = await line.send(request);
    if (answer.kind === "no-response" && answer.reason === "aborted") {
      return { answer: undefined, requests: attempt };
    }
    const again = line.retry(answer, attempt);
    if (again === undefined) return { answer, requests: attempt };
    const until = new Date(line.clock.now().getTime() + again.seconds * 1000);
    line.report({ kind: "waiting", ...again, until });
    await line.clock.wait(again.seconds, again.reason);
  }
}
