/** What the answer to a write means: accepted, refused, or unknown; and the AppErrors of what was certainly not carried out. */

import { AppError } from "../ground/errors.ts";
import type { JsonValue } from "../ground/json.ts";
import type { NoResponse, WireAnswer } from "../wire/exchange.ts";
import type { ManagementDialect } from "./dialect.ts";
import { answerInWords, notAllowedTo, withoutFullStop } from "./judge.ts";
import type { ManagementWriteRequest, WritePurpose } from "./management-api.ts";

/** What came of one write. */
export type ManagementWriteResult =
  /** `json` is the body; undefined where there is none. */
  | { readonly kind: "accepted"; readonly status: number; readonly json: JsonValue | undefined }
  /** Certainly not carried out; `message` is a clause with the API's own words and its error code. */
  | { readonly kind: "refused"; readonly status: number; readonly message: string }
  /** Nothing came back, or the API failed over it: it may or may not have been carried out. `message` is a clause. */
  | { readonly kind: "no-answer"; readonly message: string };

/** What was to be written where, for the messages. */
export interface WriteAsked extends Pick<ManagementWriteRequest, "method" | "path"> {
  readonly dialect: ManagementDialect;
  /** Host and port of the API. */
  readonly host: string;
  readonly purpose: WritePurpose;
}

/** @throws AppError unauthorized, permission-missing, unreachable, interrupted: nothing was carried out */
export function judgeWrite(answer: WireAnswer, asked: WriteAsked): ManagementWriteResult {
  const { dialect, host, method, path, purpose } = asked;
  if (answer.kind === "no-response") return unanswered(answer, asked);
  const { status, json } = answer;
  if (status >= 200 && status < 300) return { kind: "accepted", status, json };
  const call = `${method} ${path.split("?")[0] ?? path}`;
  const notAllowed = notAllowedTo(purpose.does, answer, { dialect, host, call, needs: purpose.needs });
  if (notAllowed !== undefined) throw notAllowed;
  const message = `${dialect.name} answered ${answerInWords(answer, dialect)}`;
  // A failure of the API, or of something in front of it, does not say how far it came.
  return status >= 500 || status === 408
    ? { kind: "no-answer", message }
    : { kind: "refused", status, message };
}

/** A write that is under way is never given up at an interrupt: one that was given up has not begun. */
function unanswered(
  { reason, message, advice }: NoResponse,
  { dialect, host }: WriteAsked,
): ManagementWriteResult {
  if (reason === "aborted") {
    throw new AppError("interrupted", `Interrupted before ${dialect.name} (${host}) was written to.`);
  }
  if (reason === "refused" || reason === "unresolved") {
    throw new AppError("unreachable", `${dialect.name}: ${message}`, {
      hint: advice ?? `Check the URL of ${dialect.name} and the network.`,
    });
  }
  return { kind: "no-answer", message: `${dialect.name}: ${withoutFullStop(message)}` };
}
