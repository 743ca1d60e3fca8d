/** The client of a management API: reads objects and whole lists, within the API's limits, and repeats what failed for the moment. */

import { withRetry, type RetryWait } from "../http/retry.ts";
import { AppError, oneLine } from "../ground/errors.ts";
import { isJsonObject, type JsonValue } from "../ground/json.ts";
import type { Send, WireAnswer } from "../wire/exchange.ts";
import type { ManagementDialect } from "./dialect.ts";
import { expectJson, incomplete, judgeWrite, type ManagementAsked } from "./judge.ts";
import { withinLimits } from "./limits.ts";
import type { CallPurpose, ManagementApi } from "./management-api.ts";
import { readList } from "./pages.ts";
import { parsed } from "./parsed.ts";

/** A wait that is about to begin: a request failed for the moment, or the API's rate limit is respected. */
export interface ManagementWait {
  /** `GET /api/v1/apps/0oa1/users`, without its query. */
  readonly request: string;
  /** Why, as a clause: `Okta answered 429`. */
  readonly why: string;
  readonly waitMs: number;
}

export interface ManagementApiOptions {
  readonly dialect: ManagementDialect;
  /** Where the API is; paths stand below it. */
  readonly baseUrl: string;
  /** Requests under way at once at most; fewer where the API says that these are too many. */
  readonly concurrency?: number;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 to 1; spreads the waits of clients that failed together. */
  readonly random: () => number;
  readonly onWait: (wait: ManagementWait) => void;
}

/** Okta allows 75 requests at once in an organization, 35 in a free one (Okta: Concurrency limits). */
const usualConcurrency = 10;

/**
 * `send` sends to `baseUrl`, and authorizes: it repeats nothing, and has a time limit for each request (`http/send.ts`).
 */
export function createManagementApi(send: Send, options: ManagementApiOptions): ManagementApi {
  const { dialect } = options;
  const baseUrl = new URL(options.baseUrl);
  const patient = patiently(send, options);
  const askedFor = (path: string, purpose: CallPurpose): ManagementAsked => ({
    dialect,
    host: baseUrl.host,
    path,
    purpose,
  });
  const ask = async (path: string): Promise<WireAnswer> =>
    patient({ method: "GET", path, headers: dialect.headers });
  return {
    get: async (path, schema, purpose, { id } = {}) => {
      const asked = askedFor(path, purpose);
      return parsed(schema, sameObject(expectJson(await ask(path), asked), id, asked), asked);
    },
    find: async (path, schema, purpose, { absentStatuses = [], id } = {}) => {
      const asked = askedFor(path, purpose);
      const answer = await ask(path);
      if (saysAbsent(answer, [404, ...absentStatuses], dialect)) return undefined;
      return parsed(schema, sameObject(expectJson(answer, asked), id, asked), asked);
    },
    list: async (path, entry, purpose, listOptions = {}) =>
      readList(patient, { asked: askedFor(path, purpose), entry, baseUrl, options: listOptions }),
    write: async (write, purpose) => {
      const { method, path, body } = write;
      if (options.signal.aborted) throw new AppError("interrupted", `Interrupted: ${method} was not sent.`);
      const headers = body === undefined ? dialect.headers : { ...dialect.headers, ...jsonBody };
      const request = { method, path, headers, ...(body === undefined ? {} : { body }) };
      return judgeWrite(await patient(request), { dialect, host: baseUrl.host, write, purpose });
    },
  };
}

const jsonBody = { "Content-Type": "application/json" };

/** In the API's own words: the 404 of a proxy says nothing of the object. */
function saysAbsent(answer: WireAnswer, statuses: readonly number[], dialect: ManagementDialect): boolean {
  return (
    answer.kind === "response" && statuses.includes(answer.status) && dialect.errorOf(answer) !== undefined
  );
}

/**
 * The body, which must be of the object that was asked for: one with another id would be left out by everything that looks it up.
 * @throws AppError source-incomplete
 */
function sameObject(body: JsonValue, id: string | undefined, asked: ManagementAsked): JsonValue {
  const answered = isJsonObject(body) ? body["id"] : undefined;
  if (id === undefined || typeof answered !== "string" || answered === id) return body;
  throw incomplete(asked, `it was answered another object: ${oneLine(answered)} instead of ${oneLine(id)}`);
}

function patiently(send: Send, options: ManagementApiOptions): Send {
  const { dialect, concurrency = usualConcurrency, signal, now, sleep, random, onWait } = options;
  const { limits: rules } = dialect;
  const within = withinLimits(send, {
    rules,
    concurrency,
    now,
    sleep,
    signal,
    onPause: ({ method, path }, waitMs) =>
      onWait({ request: inWords(method, path), why: `half of ${dialect.name}'s rate limit is used`, waitMs }),
  });
  return withRetry(within, {
    now,
    sleep,
    random,
    signal,
    repeats: ({ method }) => method === "GET",
    askedToWaitMs: (answer, at) => {
      if (answer.status !== 429) return undefined;
      const tooMany = rules.tooMany(answer, at);
      return tooMany.kind === "rate" ? tooMany.waitMs : undefined;
    },
    onWait: ({ request, answer, waitMs }) =>
      onWait({ request: inWords(request.method, request.path), why: whyOf(answer, dialect), waitMs }),
  });
}

function whyOf(answer: RetryWait["answer"], { name }: ManagementDialect): string {
  return answer.kind === "response" ? `${name} answered ${answer.status}` : answer.message.replace(/\.$/, "");
}

function inWords(method: string, path: string): string {
  return `${method} ${path.split("?")[0] ?? path}`;
}
