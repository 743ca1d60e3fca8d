/** What an answer of a management API means: its JSON, or the AppError that says what is wrong and what to do about it. */

import { AppError } from "../ground/errors.ts";
import type { JsonValue } from "../ground/json.ts";
import { bodyInWords } from "../wire/body-in-words.ts";
import { isSuccess, type NoResponse, type WireAnswer, type WireResponse } from "../wire/exchange.ts";
import type { ManagementDialect } from "./dialect.ts";
import type { CallPurpose } from "./management-api.ts";

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
  const { reads, needs } = purpose;
  const call = callInWords(asked);
  const notAllowed = notAllowedTo(`read ${reads}`, answer, { dialect, host, call, needs });
  if (notAllowed !== undefined) return notAllowed;
  const place = redirectionOf(answer);
  if (place !== undefined) {
    return incomplete(asked, `it was redirected to ${place}`, `Check the URL of ${dialect.name}.`);
  }
  const remark = answer.remark === undefined ? "" : ` (${withoutFullStop(answer.remark)})`;
  return incomplete(asked, `it was answered ${answerInWords(answer, dialect)}${remark}`);
}

/** The error where the answer says that these credentials may not do it; undefined where it says nothing of them. */
export function notAllowedTo(
  what: string,
  answer: WireResponse,
  {
    dialect,
    host,
    call,
    needs,
  }: Pick<ManagementAsked, "dialect" | "host"> & { readonly call: string; readonly needs: string },
): AppError | undefined {
  const said = `${call} was answered ${answerInWords(answer, dialect)}`;
  const refusal = dialect.refusalOf(answer);
  if (refusal === "credentials") {
    return new AppError("unauthorized", `${dialect.name} (${host}) refused the credentials: ${said}.`, {
      hint: dialect.hints.credentials,
    });
  }
  if (refusal !== "permission") return undefined;
  return new AppError(
    "permission-missing",
    `${dialect.name} (${host}) does not allow these credentials to ${what}; ${needs} is needed: ${said}.`,
    { hint: dialect.hints.permission(needs) },
  );
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

export function withoutFullStop(text: string): string {
  return text.trim().replace(/\.$/, "");
}
