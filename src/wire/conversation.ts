/**
 * A conversation yields requests and receives answers, so that what an identity provider does next can
 * be written top to bottom, typed, and tested without a network.
 */

import type { Send, WireAnswer, WireRequest } from "./exchange.ts";

/** Yields requests, is answered one by one, and ends with its result. */
export type Conversation<Result> = Generator<WireRequest, Result, WireAnswer>;

/** Runs a conversation to its end, sending each request as it is yielded. */
export async function drive<Result>(conversation: Conversation<Result>, send: Send): Promise<Result> {
  let step = conversation.next();
  while (!step.done) {
    const answer = await send(step.value);
    step = conversation.next(answer);
  }
  return step.value;
}
