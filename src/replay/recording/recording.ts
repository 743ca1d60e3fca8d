/** What of a recording is sent again, and what is not and why. */

import type { JsonObject } from "../../ground/json.ts";
import type { WireMethod, WireRequest } from "../../wire/exchange.ts";
import { redacted } from "../../wire/redact-json.ts";
import { isShownHeader } from "../../wire/shown-headers.ts";
import { objectIn, type RecordedBody, type RecordedEntry, type RecordedFile } from "./recorded-entry.ts";
import { requestHeaders } from "./request-headers.ts";
import { baseInAnswers, findScimBase, leadsToScim, pathBelow, pathInTrace } from "./scim-base.ts";

export interface RecordedExchange {
  /** The line or entry of the file, from 1. */
  readonly number: number;
  /** As it was sent, the path below the SCIM base; neither credentials nor headers of the connection. */
  readonly request: WireRequest;
  readonly answer: RecordedAnswer;
}

export interface RecordedAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: RecordedBody;
}

/** Why an entry is not sent again. */
export type NotSentReason =
  /** Another site's, an API beside SCIM's, a page. */
  | "not-scim"
  /** SCIM's, below another base than the chosen one. */
  | "other-base"
  /** What astro-scim itself looked up between the provider's requests. */
  | "own-read"
  /** HEAD, OPTIONS: nothing of provisioning. */
  | "other-method"
  /** Nothing came back, so there is nothing to compare with. */
  | "not-answered"
  /** 429: nothing was done, and the sender tried again later. */
  | "rate-limited"
  /** 5xx, and later in the recording the same request was answered. */
  | "repeated-later"
  /** The body was not kept, or is no JSON object; or a secret was taken out of the filter. */
  | "incomplete"
  /** It names an id that did not come from the target, short enough to belong to another resource there. */
  | "unknown-id";

export interface NotSent {
  readonly number: number;
  readonly method: string;
  /** Below the base; the whole URL where it is not below it. */
  readonly path: string;
  readonly reason: NotSentReason;
}

export interface Recording {
  readonly format: RecordedFile["format"];
  /** The SCIM base URL, or its path; undefined where a trace does not tell it. */
  readonly base: string | undefined;
  readonly entries: number;
  /** Whether it ends within an entry that was not read. */
  readonly isCutOff: boolean;
  readonly exchanges: readonly RecordedExchange[];
  readonly notSent: readonly NotSent[];
  /** Credentials that stood in it: a server may have repeated them in an answer. */
  readonly secrets: readonly string[];
}

/**
 * Chooses by the SCIM base, which is found where it is not given.
 * @throws AppError as `findScimBase`
 */
export function chooseExchanges(file: string, recorded: RecordedFile, asked: string | undefined): Recording {
  const { format, entries, isCutOff } = recorded;
  const base = format === "har" ? findScimBase(file, entries, asked) : baseInAnswers(entries);
  const below = ({ url }: RecordedEntry): string | undefined =>
    format === "ndjson" ? pathInTrace(url) : pathBelow(base ?? "", url);
  const answeredLater = laterAnswers(entries);
  const exchanges: RecordedExchange[] = [];
  const notSent: NotSent[] = [];
  for (const entry of entries) {
    const path = below(entry);
    const { number, method } = entry;
    const chosen = path === undefined ? foreign(entry) : exchangeIn(entry, path, answeredLater);
    if (typeof chosen === "string")
      notSent.push({ number, method, path: path ?? withoutQuery(entry.url), reason: chosen });
    else exchanges.push(chosen);
  }
  const secrets = secretsIn(entries);
  return { format, base, entries: entries.length, isCutOff, exchanges, notSent, secrets };
}

/** The queries of other URLs are not kept. */
function withoutQuery(url: string): string {
  if (!URL.canParse(url)) return url.split("?")[0] ?? "";
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/**
 * The token of `Bearer TOKEN`, the value of a cookie. What a header is called is a hint here, and more than enough: whatever is
 * taken for a secret is only not printed. Headers that may be seen hold none.
 */
function secretsIn(entries: readonly RecordedEntry[]): readonly string[] {
  const values = entries.flatMap(({ requestHeaders: headers }) =>
    headers
      .filter(([name]) => !isShownHeader(name) && mayHoldSecret.test(name))
      .flatMap(([, value]) => [value, ...value.split(/[\s;,]+|^[\w-]+=/)]),
  );
  return [...new Set(values)].filter((value) => value.length >= 8 && !value.includes(redacted));
}

/** Words of some letters in common with a harmless one are looked for as whole words: `:authority` is a host. */
const mayHoldSecret =
  /token|key|secret|passw|credential|jwt|cookie|(?:^|[-_.])(?:auth|authorization|session|sid|signature|assertion)(?:$|[-_.])/i;

function foreign({ url }: RecordedEntry): NotSentReason {
  return leadsToScim(url) ? "other-base" : "not-scim";
}

const methods: readonly WireMethod[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

function exchangeIn(
  entry: RecordedEntry,
  path: string,
  answeredLater: (entry: RecordedEntry) => boolean,
): RecordedExchange | NotSentReason {
  const { number, status, answerHeaders, answerBody } = entry;
  const method = methods.find((one) => one === entry.method.toUpperCase());
  if (method === undefined) return "other-method";
  if (isOwnRead(entry)) return "own-read";
  if (status === undefined) return "not-answered";
  if (status === 429) return "rate-limited";
  if (status >= 500 && answeredLater(entry)) return "repeated-later";
  const body = holdsRedacted(path) ? "incomplete" : sentBody(entry.requestBody);
  if (body === "incomplete") return body;
  const headers = requestHeaders(entry.requestHeaders);
  return {
    number,
    request: { method, path, headers, ...(body === undefined ? {} : { body }) },
    answer: { status, location: answerHeaders.get("location"), body: answerBody },
  };
}

/**
 * By the mark of a trace, or by the User-Agent, as a server records it. Our writes are sent again: repairs, and the
 * deletions of a clean-up.
 */
function isOwnRead({ source, method, requestHeaders: headers }: RecordedEntry): boolean {
  if (method.toUpperCase() !== "GET") return false;
  if (source !== undefined) return source === "astro-scim";
  return headers.some(
    ([name, value]) => name.toLowerCase() === "user-agent" && value.startsWith("astro-scim/"),
  );
}

function holdsRedacted(path: string): boolean {
  return path.includes(redacted) || path.includes(encodeURIComponent(redacted));
}

function sentBody(body: RecordedBody): JsonObject | undefined | "incomplete" {
  return body.kind === "none" ? undefined : (objectIn(body) ?? "incomplete");
}

/** Tells of each entry whether the same request stands later in the recording, answered by something else than 5xx. */
function laterAnswers(entries: readonly RecordedEntry[]): (entry: RecordedEntry) => boolean {
  const lastAnswer = new Map<string, number>();
  for (const [index, entry] of entries.entries()) {
    if (entry.status !== undefined && entry.status < 500 && entry.status !== 429) {
      lastAnswer.set(sameRequest(entry), index);
    }
  }
  const indexOf = new Map(entries.map((entry, index) => [entry, index]));
  return (entry) => (lastAnswer.get(sameRequest(entry)) ?? -1) > (indexOf.get(entry) ?? 0);
}

function sameRequest({ method, url, requestBody }: RecordedEntry): string {
  return JSON.stringify([method, url, requestBody]);
}
