/** Ends a replay early if the first answers show that the target is not a usable SCIM server. */

import { judge } from "../astro/api/judge.ts";
import { isKnownProblem } from "../astro/api/problem.ts";
import type { AppError } from "../ground/errors.ts";
import { isSuccess, type WireAnswer, type WireResponse } from "../wire/exchange.ts";
import type { RecordedExchange } from "./recording/recording.ts";

export interface StopRule {
  /** @throws AppError unauthorized, not-scim, unreachable */
  judge(exchange: RecordedExchange, answer: WireAnswer): void;
  /** For a recording with fewer requests than are needed to decide. @throws AppError as `judge` */
  end(): void;
}

/** How many bad answers at the start end the replay. */
const maxBadAnswers = 3;

/** `target` is the SCIM base URL. */
export function stopRule(target: string): StopRule {
  const bad: AppError[] = [];
  let hasGoodAnswer = false;
  const throwFirstBad = (): void => {
    const [first] = bad;
    if (!hasGoodAnswer && first !== undefined) throw first;
  };
  return {
    judge: (exchange, answer) => {
      if (hasGoodAnswer) return;
      const verdict = verdictOn(exchange, answer, target);
      if (verdict === undefined) hasGoodAnswer = true;
      else bad.push(verdict);
      if (bad.length >= maxBadAnswers || isGone(answer)) throwFirstBad();
    },
    end: throwFirstBad,
  };
}

/** The server cannot be reached: the next request would fail the same way. */
export function isGone(answer: WireAnswer): boolean {
  return answer.kind === "no-response" && ["refused", "unresolved", "tls"].includes(answer.reason);
}

/** Undefined where the answer is one of a SCIM server that lets the token in, be it another than was recorded. */
function verdictOn(
  { request, answer: recorded }: RecordedExchange,
  answer: WireAnswer,
  target: string,
): AppError | undefined {
  if (answer.kind === "response" && (answer.status === recorded.status || isScims(answer))) return undefined;
  const verdict = judge(answer, { target, request: `${request.method} ${request.path.split("?")[0] ?? ""}` });
  return verdict?.code === "source-incomplete" ? undefined : verdict;
}

/** What a SCIM server may say to a request that it has understood. */
function isScims(answer: WireResponse): boolean {
  if (answer.status === 401 || answer.status === 403) return false;
  return isKnownProblem(answer) || (isSuccess(answer) && answer.text === "");
}
