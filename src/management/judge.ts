/** What an answer of a management API means: its JSON, or the AppError that says what is wrong and what to do about it. */

import { AppError } from "../ground/errors.ts";
import type { JsonValue } from "../ground/json.ts";
import { bodyInWords } from "../wire/body-in-words.ts";
import { isSuccess, type NoResponse, type WireAnswer, type WireResponse } from "../wire/exchange.ts";
import type { ManagementDialect } from "./dialect.ts";
import type { CallPurpose, ManagementWrite, WriteAnswer, WritePurpose } from "./management-api.ts";

/** What was asked of whom, for the messages. */
export interface ManagementAsked {
  readonly dialect: ManagementDialect;
  /** Host and port of the API. */
  readonly host: string;
  /** Path and query. */
  readonly path: string;
  readonly purpose: CallPurpose;
  /** Of a list: the number of the page, from 1. */
  readonly page?: number;
}

/**
 * The body of a successful answer.
 * @throws AppError unauthorized, where the credentials are refused; permission-missing, where they may not read this;
 * source-incomplete; unreachable; interrupted
 */
export function expectJson(answer: WireAnswer, asked: ManagementAsked): JsonValue {
  if (answer.kind === "no-response") throw unanswered(answer, asked);
  if (!isSuccess(answer)) throw refused(answer, asked);
  if (answer.json === undefined) throw incomplete(asked, `it was answered ${bodyInWords(answer)}`);
  return answer.json;
}

/** What was asked for cannot be read completely; `why` is a clause. */
export function incomplete(asked: ManagementAsked, why: string, hint?: string): AppError {
  const { dialect, host, purpose } = asked;
  return new AppError(
    "source-incomplete",
    `Could not read ${purpose.reads} from ${dialect.name} (${host}): ${callInWords(asked)}: ${why}.`,
    { hint: hint ?? "Nothing was compared and nothing was written. Try again." },
  );
}

/** The tenant has no licence for what was asked for: no credentials can read it. */
export class NoLicence extends Error {
  override readonly name = "NoLicence";
}

function withoutLicence({ code, message, hint }: AppError): AppError {
  return new AppError(code, message, { ...(hint === undefined ? {} : { hint }), cause: new NoLicence() });
}

/** `GET /api/v1/apps/0oa1/users, page 3`; without the query, which may be long. */
function callInWords({ path, page }: ManagementAsked): string {
  const call = `GET ${path.split("?")[0] ?? path}`;
  return page === undefined ? call : `${call}, page ${page}`;
}

function unanswered(answer: NoResponse, asked: ManagementAsked): AppError {
  const { dialect, host, page = 1 } = asked;
  if (answer.reason === "aborted") {
    return new AppError("interrupted", `Interrupted while reading ${dialect.name} (${host}).`);
  }
  if (page > 1) return incomplete(asked, withoutFullStop(answer.message), answer.advice);
  return new AppError("unreachable", `${dialect.name}: ${callInWords(asked)}: ${answer.message}`, {
    hint: answer.advice ?? `Check the URL of ${dialect.name} and the network.`,
  });
}

function refused(answer: WireResponse, asked: ManagementAsked): AppError {
  const { dialect, host, purpose } = asked;
  const said = `${callInWords(asked)} was answered ${answerInWords(answer, dialect)}`;
  const refusal = dialect.refusalOf(answer);
  if (refusal === "credentials") {
    return new AppError("unauthorized", `${dialect.name} (${host}) refused the credentials: ${said}.`, {
      hint: dialect.hints.credentials,
    });
  }
  if (refusal === "permission") {
    return new AppError(
      "permission-missing",
      `${dialect.name} (${host}) does not allow these credentials to read ${purpose.reads}; ${purpose.needs} is needed: ${said}.`,
      { hint: dialect.hints.permission(purpose.needs) },
    );
  }
  if (refusal === "licence")
    return withoutLicence(incomplete(asked, `it was answered ${answerInWords(answer, dialect)}`));
  const place = redirectionOf(answer);
  if (place !== undefined) {
    return incomplete(asked, `it was redirected to ${place}`, `Check the URL of ${dialect.name}.`);
  }
  const remark = answer.remark === undefined ? "" : ` (${withoutFullStop(answer.remark)})`;
  return incomplete(asked, `it was answered ${answerInWords(answer, dialect)}${remark}`);
}

/**
 * What an answer to a write means.
 * @throws AppError unauthorized, permission-missing
 */
export function judgeWrite(
  answer: WireAnswer,
  { dialect, host, write, purpose }: ManagementWritten,
): WriteAnswer {
  if (answer.kind === "no-response") {
    const message = withoutFullStop(answer.message);
    const isUnsent = ["refused", "unresolved", "tls"].includes(answer.reason);
    return { kind: isUnsent ? "not-sent" : "unknown", message };
  }
  const { status } = answer;
  if (isSuccess(answer)) return { kind: "accepted", status, json: answer.json };
  const call = `${write.method} ${write.path.split("?")[0] ?? write.path}`;
  const said = `${call} was answered ${answerInWords(answer, dialect)}`;
  const refusal = dialect.refusalOf(answer);
  if (refusal === "credentials") {
    throw new AppError("unauthorized", `${dialect.name} (${host}) refused the credentials: ${said}.`, {
      hint: dialect.hints.credentials,
    });
  }
  if (refusal === "permission") {
    throw new AppError(
      "permission-missing",
      `${dialect.name} (${host}) does not allow these credentials to ${purpose.does}; ${purpose.needs} is needed: ${said}.`,
      { hint: dialect.hints.permission(purpose.needs) },
    );
  }
  const message = `${dialect.name} answered ${answerInWords(answer, dialect)}`;
  // An answer that is not in the API's own words may come from something on the way, after the API has received the request.
  const isOwn = dialect.errorOf(answer) !== undefined && status < 500;
  return isOwn || status === 429 ? { kind: "refused", status, message } : { kind: "unknown", message };
}

/** A write, for the messages about its answer. */
export interface ManagementWritten extends Pick<ManagementAsked, "dialect" | "host"> {
  readonly write: ManagementWrite;
  readonly purpose: WritePurpose;
}

/** `403, E0000006: You do not have permission to perform the requested action`. */
export function answerInWords(answer: WireResponse, dialect: ManagementDialect): string {
  const error = dialect.errorOf(answer);
  return error === undefined
    ? `${answer.status} with ${bodyInWords(answer)}`
    : `${answer.status}, ${withoutFullStop(error)}`;
}

/** The host where it leads, or the path on the same host: what follows may hold what should not be printed. */
function redirectionOf({ status, headers }: WireResponse): string | undefined {
  const location = headers["location"];
  if (status < 300 || status > 399 || location === undefined) return undefined;
  if (URL.canParse(location)) return new URL(location).origin;
  return location.split(/[?#]/, 1)[0] ?? "";
}

function withoutFullStop(text: string): string {
  return text.trim().replace(/\.$/, "");
}
