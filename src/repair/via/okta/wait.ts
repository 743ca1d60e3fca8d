/** Waits until Okta says that it is done: bounded, shown, and ended by Ctrl-C. */

import { AppError } from "../../../ground/errors.ts";
import { plural } from "../../../ground/text/plural.ts";
import type { CarryOut, ProviderAnswer } from "../provider-ways.ts";
import { longestWaitMs, type OktaEnd } from "./okta.ts";

/** One look: the answer, or what Okta is doing now, as a clause. */
export type Looked = ProviderAnswer | { readonly kind: "waiting"; readonly text: string };

const firstPauseMs = 100;
const longestPauseMs = 5000;

/** Looks again and again. That the wait ran out, or a look failed, leaves the operation unfinished: it can be resumed. */
export async function waitUntil(
  { now, wait }: OktaEnd,
  { signal, onProgress }: Pick<CarryOut, "signal" | "onProgress">,
  look: () => Promise<Looked>,
): Promise<ProviderAnswer> {
  const startMs = now().getTime();
  let pauseMs = firstPauseMs;
  let text = "";
  try {
    while (now().getTime() - startMs < longestWaitMs) {
      const looked = await look();
      if (looked.kind !== "waiting") return looked;
      ({ text } = looked);
      if (signal.aborted) return { kind: "unfinished", message: `interrupted: ${text}` };
      const seconds = Math.round((now().getTime() - startMs) / 1000);
      onProgress(`waiting for Okta, ${plural(seconds, "second")}: ${text}`);
      await wait(pauseMs, signal);
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: "unfinished", message: error.message };
  }
  const minutes = plural(Math.round(longestWaitMs / 60_000), "minute");
  return { kind: "unfinished", message: `Okta was not done after ${minutes}: ${text}` };
}
