/** Carries a request out under the faults that strike it: waits, answers something else, spoils the answer. */

import { HttpError } from "../../ground/http-error.ts";
import type { FaultEffects, FaultedStatus } from "./faults.ts";
import type { ServerResponse } from "../api/message.ts";
import type { FaultWait } from "../api/server-world.ts";

/** A request that a fault strikes. */
export interface FaultedRequest {
  /** Called once, or not at all where the fault comes first. */
  readonly carryOut: () => Promise<ServerResponse>;
  readonly errorAnswer: (error: HttpError) => ServerResponse;
  readonly patience: FaultWait;
}

export async function answerUnderFault(
  strike: FaultEffects,
  { carryOut, errorAnswer, patience: { wait, signal } }: FaultedRequest,
): Promise<ServerResponse> {
  if (strike.latencyMs > 0) await wait(strike.latencyMs, signal);
  if (strike.cut === "before-write") return noAnswer;
  const { status } = strike;
  if (status?.when === "before-write") return withFaultEffects(statusAnswer(status, errorAnswer), strike);
  const answer = await answered(carryOut, errorAnswer);
  if (strike.cut === "after-write") return noAnswer;
  return withFaultEffects(status === undefined ? answer : statusAnswer(status, errorAnswer), strike);
}

/** The status is never seen. */
const noAnswer: ServerResponse = {
  status: 500,
  delivery: { cut: "before-answer", bytesPerSecond: undefined },
};

/** What is refused is an answer, too, and can be spoilt. */
async function answered(
  carryOut: FaultedRequest["carryOut"],
  errorAnswer: FaultedRequest["errorAnswer"],
): Promise<ServerResponse> {
  try {
    return await inOnePiece(await carryOut());
  } catch (error) {
    if (error instanceof HttpError) return errorAnswer(error);
    throw error;
  }
}

/** What comes in pieces is put together: it can then be cut in half. */
async function inOnePiece({ pieces, ...answer }: ServerResponse): Promise<ServerResponse> {
  if (pieces === undefined) return answer;
  const parts: string[] = [];
  for await (const piece of pieces) parts.push(piece);
  return { ...answer, text: parts.join("") };
}

function statusAnswer(
  { status, retryAfterSeconds }: FaultedStatus,
  errorAnswer: FaultedRequest["errorAnswer"],
): ServerResponse {
  const answer = errorAnswer(new HttpError(status, "a fault that is set on this server"));
  if (retryAfterSeconds === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, "retry-after": String(retryAfterSeconds) } };
}

function withFaultEffects(answer: ServerResponse, strike: FaultEffects): ServerResponse {
  const { contentType, bytesPerSecond, cut, body } = strike;
  const isSpoilt = bytesPerSecond !== undefined || cut !== undefined || body !== undefined;
  const changed = withBody(isSpoilt ? decoded(answer) : answer, strike);
  const headers =
    contentType === undefined ? changed.headers : { ...changed.headers, "content-type": contentType };
  const isDeliveredPlainly = bytesPerSecond === undefined && cut === undefined;
  return {
    ...changed,
    ...(headers === undefined ? {} : { headers }),
    ...(isDeliveredPlainly ? {} : { delivery: { cut: cut && "mid-answer", bytesPerSecond } }),
  };
}

/** What is spoilt or cut is the text: an encoded body becomes a plain one. */
function decoded({ bytes, headers = {}, ...answer }: ServerResponse): ServerResponse {
  if (bytes === undefined) return { ...answer, headers };
  const { "content-encoding": _encoding, ...plain } = headers;
  return { ...answer, headers: plain };
}

/** An answer without a body stays one: there is nothing to spoil. */
function withBody(answer: ServerResponse, { body }: FaultEffects): ServerResponse {
  const { body: json, ...rest } = answer;
  const text = answer.text ?? (json && JSON.stringify(json));
  if (text === undefined || body === undefined) return answer;
  switch (body) {
    case "truncated":
      return { ...rest, text: text.slice(0, Math.ceil(text.length / 2)) };
    case "html":
      return replaced(rest, "text/html; charset=utf-8", htmlPage(answer.status));
    case "text":
      return replaced(
        rest,
        "text/plain; charset=utf-8",
        "upstream connect error or disconnect/reset before headers",
      );
    case "empty":
      return { ...rest, text: "" };
  }
}

function replaced(answer: ServerResponse, contentType: string, text: string): ServerResponse {
  return { ...answer, headers: { ...answer.headers, "content-type": contentType }, text };
}

/** As a proxy makes one. */
function htmlPage(status: number): string {
  const title = status < 400 ? "Sign in" : `${status} Error`;
  return `<!doctype html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
}
