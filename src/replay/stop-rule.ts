/** Whether the first answers show that the target is none: there is no use in sending it the rest. */

import { judge } from "../astro/api/judge.ts";
import { isKnownProblem } from "../astro/api/problem.ts";
import type { AppError } from "../ground/errors.ts";
import { isSuccess, type WireAnswer, type WireResponse } from "../wire/exchange.ts";
import type { RecordedExchange } from "./recording.ts";

export interface StopRule {
  /** @throws AppError unauthorized, not-scim, unreachable */
  judge(exchange: RecordedExchange, answer: WireAnswer): void;
  /** For a recording that is shorter than the patience. @throws AppError as `judge` */
  end(): void;
}

/** So many answers in the beginning must say the same. */
const enough = 3;

/** `target` is the SCIM base URL. */
export function stopRule(target: string): StopRule {
  const bad: AppError[] = [];
  let isHopeful = false;
  const give = (): void => {
    const [first] = bad;
    if (!isHopeful && first !== undefined) throw first;
  };
  return {
    judge: (exchange, answer) => {
      if (isHopeful) return;
      const verdict = verdictOn(exchange, answer, target);
      if (verdict === undefined) isHopeful = true;
      else bad.push(verdict);
      if (bad.length >= enough || isGone(answer)) give();
    },
    end: give,
  };
}

/** Nobody is there: the next request would meet the same. */
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
