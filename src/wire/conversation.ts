/**
 * A conversation yields requests and receives answers, so that what an identity provider does next can
 * be written top to bottom, typed, and tested without a network.
 */

import type { WireAnswer, WireRequest } from "./exchange.ts";

/** Yields requests, is answered one by one, and ends with its result. */
export type Conversation<Result> = Generator<WireRequest, Result, WireAnswer>;
