/** Sends a recording again, one request after the other, and compares each answer with the recorded one. */

import type { Send, WireAnswer } from "../wire/exchange.ts";
import { compareAnswers, type Comparing } from "./compare-answers.ts";
import type { Difference } from "./differences.ts";
import { Identities } from "./identities.ts";
import { learn } from "./learn.ts";
import { createLookUp } from "./look-up-ids.ts";
import type { NotSent, RecordedExchange, Recording } from "./recording/recording.ts";
import { translateRequest, type IdInRequest, type TranslatedRequest } from "./translate-request.ts";
import { stopRule, isGone } from "./stop-rule.ts";

export interface ReplayOptions {
  readonly recording: Recording;
  /** Sends each request as given and repeats nothing, unless the target asks to wait. */
  readonly send: Send;
  /** Our own client, for look-ups. */
  readonly ask: Send;
  /** SCIM base URL of the target. */
  readonly baseUrl: string;
  /** A new password for each of the recording. */
  readonly secret: () => string;
  readonly signal: AbortSignal;
  /** Told before each request: how many have been sent, of how many. */
  readonly onProgress: (sent: number, of: number) => void;
}

export interface DifferingExchange {
  readonly number: number;
  readonly method: string;
  /** As recorded, below the SCIM base. */
  readonly path: string;
  readonly differences: readonly Difference[];
}

export interface ReplayResult {
  readonly sent: number;
  readonly differing: readonly DifferingExchange[];
  /** In the order of the recording, with what was not sent from the beginning. */
  readonly notSent: readonly NotSent[];
  /** Answers whose body the recording does not hold: their status alone was compared. */
  readonly bodiesNotRecorded: number;
  readonly idsTranslated: number;
  /** `unreachable`: nothing came back any more. */
  readonly ending: "complete" | "interrupted" | "unreachable";
  /** Exchanges that an early ending left. */
  readonly notBegun: number;
}

/** After this many requests in a row without an answer, the replay ends. */
const maxSilentAnswers = 3;

/**
 * Replays until the end, an interruption, or a target that is gone.
 * @throws AppError unauthorized, not-scim, unreachable, if the first answers show that the target is not usable
 */
export async function replay(options: ReplayOptions): Promise<ReplayResult> {
  const { recording, signal } = options;
  const { exchanges } = recording;
  const replayer = createReplayer(options);
  const rule = stopRule(options.baseUrl);
  const outcomes: Outcome[] = [];
  let silentAnswers = 0;
  for (const exchange of exchanges) {
    if (signal.aborted) return replayer.result(outcomes, "interrupted");
    options.onProgress(outcomes.length, exchanges.length);
    const outcome = await replayer.replayOne(exchange);
    if (isAborted(outcome)) return replayer.result(outcomes, "interrupted");
    outcomes.push(outcome);
    if (outcome.answer === undefined) continue;
    rule.judge(exchange, outcome.answer);
    silentAnswers = outcome.answer.kind === "no-response" ? silentAnswers + 1 : 0;
    if (isGone(outcome.answer) || silentAnswers >= maxSilentAnswers)
      return replayer.result(outcomes, "unreachable");
  }
  rule.end();
  return replayer.result(outcomes, "complete");
}

interface Outcome {
  readonly exchange: RecordedExchange;
  /** Undefined where the request was not sent. */
  readonly answer: WireAnswer | undefined;
  readonly differences: readonly Difference[];
}

interface Replayer {
  replayOne(exchange: RecordedExchange): Promise<Outcome>;
  result(outcomes: readonly Outcome[], ending: ReplayResult["ending"]): ReplayResult;
}

function createReplayer({ recording, send, ask, baseUrl, secret }: ReplayOptions): Replayer {
  const ids = new Identities();
  const { exchanges } = recording;
  const comparing = { ids, secrets: recording.secrets };
  const lookUp = createLookUp({ exchanges, ids, send: ask, target: baseUrl });
  const [withoutQuery = ""] = baseUrl.split("?");
  const translate = ({ request }: RecordedExchange): TranslatedRequest =>
    translateRequest(request, { ids, baseUrl: withoutQuery, secret });
  return {
    replayOne: async (exchange) => {
      const first = translate(exchange);
      for (const unknown of first.unknownIds) await lookUp(unknown);
      const { request, unknownIds } = first.unknownIds.length === 0 ? first : translate(exchange);
      if (request.method !== "GET" && unknownIds.some(couldCollide)) {
        return { exchange, answer: undefined, differences: [] };
      }
      const answer = await send(request);
      if (answer.kind === "response") learn(ids, exchange, answer);
      return { exchange, answer, differences: compared(exchange, answer, comparing) };
    },
    result: (outcomes, ending) => summary(recording, outcomes, { ending, idsTranslated: ids.size }),
  };
}

/** Servers with numbered ids may use the same number for another resource; random ids do not collide. */
function couldCollide({ id }: IdInRequest): boolean {
  return id.length < 16;
}

function compared(
  exchange: RecordedExchange,
  answer: WireAnswer,
  comparing: Comparing,
): readonly Difference[] {
  if (answer.kind === "response") return compareAnswers(exchange, answer, comparing);
  return [{ at: "answer", expected: exchange.answer.status, got: null, reason: answer.message }];
}

function isAborted({ answer }: Outcome): boolean {
  return answer?.kind === "no-response" && answer.reason === "aborted";
}

function summary(
  recording: Recording,
  outcomes: readonly Outcome[],
  end: Pick<ReplayResult, "ending" | "idsTranslated">,
): ReplayResult {
  const sent = outcomes.filter(({ answer }) => answer !== undefined);
  const heldBack = outcomes
    .filter(({ answer }) => answer === undefined)
    .map(({ exchange }): NotSent => ({ ...named(exchange), reason: "unknown-id" }));
  const bodiless = sent.filter(({ exchange }) => exchange.answer.body.kind === "not-recorded");
  return {
    ...end,
    sent: sent.length,
    differing: sent
      .filter(({ differences }) => differences.length > 0)
      .map(({ exchange, differences }) => ({ ...named(exchange), differences })),
    notSent: [...recording.notSent, ...heldBack].toSorted((a, b) => a.number - b.number),
    bodiesNotRecorded: bodiless.length,
    notBegun: recording.exchanges.length - outcomes.length,
  };
}

function named({ number, request }: RecordedExchange): Omit<DifferingExchange, "differences"> {
  return { number, method: request.method, path: request.path };
}
