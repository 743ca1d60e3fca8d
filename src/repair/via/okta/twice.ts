/** The second half of what was begun: tried again where it failed, because nobody must be left between the halves. */

import type { WriteAnswer } from "../../../management/management-api.ts";
import { AppError } from "../../../ground/errors.ts";
import type { OktaEnd } from "./okta.ts";

const waitsMs: readonly number[] = [0, 1000, 4000];

export interface SecondHalfFailed {
  readonly message: string;
  /** Okta said no, so that another try would not help. */
  readonly isRefused: boolean;
}

/**
 * Sends until it is accepted or refused; of what may have been carried out, it looks first. Undefined where it is done.
 */
export async function twice(
  send: () => Promise<WriteAnswer>,
  isDone: () => Promise<boolean>,
  wait: OktaEnd["wait"],
): Promise<SecondHalfFailed | undefined> {
  let message = "";
  for (const waitMs of waitsMs) {
    if (waitMs > 0) await wait(waitMs, new AbortController().signal);
    try {
      const answer = await send();
      if (answer.kind === "accepted") return undefined;
      ({ message } = answer);
      if (answer.kind === "refused" && answer.status !== 429) return { message, isRefused: true };
      if (answer.kind === "unknown" && (await isDone())) return undefined;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      ({ message } = error);
      if (error.code !== "unreachable" && error.code !== "source-incomplete")
        return { message, isRefused: true };
    }
  }
  return { message, isRefused: false };
}
