/** What an answer to a read means: its JSON, or the AppError that says what is wrong and what to do about it. */

import { astroApisOf, hostIsAstros, iamHeader, iamVersion } from "../address.ts";
import { AppError } from "../../ground/errors.ts";
import type { JsonValue } from "../../ground/json.ts";
import { bodyInWords } from "../../wire/body-in-words.ts";
import { isSuccess, type NoResponse, type WireAnswer, type WireResponse } from "../../wire/exchange.ts";
import { describeProblem, isKnownProblem, reasonOf } from "./problem.ts";

/** What was asked of whom, for the messages, and how strictly the answer is read. */
export interface Asked {
  /** SCIM base URL. */
  readonly target: string;
  /** For a repair: ids that are numbers are refused. */
  readonly textIdsOnly?: boolean;
  /** The request in words: `GET /Users`. */
  readonly request: string;
}

/**
 * The body of a successful answer.
 * @throws AppError unreachable (no answer), unauthorized (401, 403), not-scim (404, a redirection, HTML),
 * source-incomplete (a server that fails), interrupted.
 */
export function expectJson(answer: WireAnswer, asked: Asked): JsonValue {
  if (answer.kind === "no-response") throw noAnswer(answer, asked);
  if (!isSuccess(answer)) throw refused(answer, asked);
  if (answer.json === undefined) throw notScim(asked, bodyInWords(answer));
  return answer.json;
}

/** The error that `expectJson` would throw; undefined for a success with JSON. */
export function judge(answer: WireAnswer, asked: Asked): AppError | undefined {
  try {
    expectJson(answer, asked);
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** For an answer with status 2xx that is not SCIM. */
export function notScim(asked: Asked, what: string): AppError {
  return new AppError(
    "not-scim",
    `${asked.target} is not a SCIM server: ${asked.request} answered ${what}.`,
    {
      hint: hostIsAstros(asked.target)
        ? "Check the URL: it is the SCIM base URL, as in https://api.astronomer.io/scim/v2/<organization ID>."
        : "Check the URL: it is the SCIM base URL, the part before /Users.",
    },
  );
}

/** A number is not an id (RFC 7643 §3.1), and a large one is read as another (RFC 8259 §6): nothing is written by it. */
export function numericIds({ target, request }: Asked): AppError {
  return new AppError(
    "not-scim",
    `${target} answered ${request} with an id that is a number instead of a string; nothing is repaired on such a server.`,
    { hint: "Ids must be strings (RFC 7643 §3.1): tell the operator of that server." },
  );
}

/** The read cannot be finished, and what was read so far must not pass for everything. */
export function incomplete(asked: Asked, what: string): AppError {
  return new AppError("source-incomplete", `${asked.target} could not be read in full: ${what}.`, {
    hint: "Nothing was compared and nothing was written. Try again; if the problem persists, tell the operator of that server.",
  });
}

/** Nothing came back. */
export function noAnswer(answer: NoResponse, asked: Pick<Asked, "target" | "request">): AppError {
  if (answer.reason === "aborted") {
    return new AppError("interrupted", `Interrupted while reading ${asked.target}.`);
  }
  return new AppError("unreachable", `${asked.request}: ${answer.message}`, {
    hint: answer.advice ?? hintOfNoAnswer[answer.reason],
  });
}

const hintOfNoAnswer = {
  timeout: "The server took too long: try again, or set a longer --timeout.",
  refused: "Check the host and port, and that the server is running.",
  reset: "The connection was closed: try again; if the problem persists, check the proxies on the way.",
  unresolved: "Check the host name in the URL.",
  tls: "Check the certificate of the server.",
  other: "Check the URL and the network.",
} as const;

/** The server answered 401 or 403, or 404 in the form of SCIM or Astro: over IAM there may be more to learn. */
export class ScimRefusal extends AppError {
  readonly status: number;
  /** Whether the server says that it has an IAM API. */
  readonly saidIam: boolean;

  constructor(code: "unauthorized" | "not-scim", message: string, details: RefusalDetails) {
    const { answer, hint } = details;
    super(code, message, { hint });
    this.status = answer.status;
    this.saidIam = answer.headers[iamHeader] === iamVersion;
  }
}

interface RefusalDetails {
  readonly answer: WireResponse;
  readonly hint: string;
}

/** Of a 403 the server's reason comes first: the token itself is valid. */
function credentialsHint({ target }: Asked, answer: WireResponse): string {
  const isAstros = hostIsAstros(target);
  if (answer.status === 401) {
    return isAstros
      ? "Check the token: it must be complete, not expired, and belong to this organization."
      : "Check the token: it must be complete, and the one that this server expects.";
  }
  const reason = reasonOf(answer);
  const said = reason === undefined ? "" : `The server's reason: ${reason}. `;
  if (isAstros) return `${said}${needsOfAstro}`;
  const mayRead = `${said}The token must be allowed to read users and groups.`;
  return astroApisOf(target) === undefined
    ? mayRead
    : `${mayRead} If this is an Astro, SCIM may be disabled there.`;
}

const needsOfAstro =
  "SCIM must be enabled in the organization's settings, and the token needs the Organization Owner role.";

function refused(answer: WireResponse, asked: Asked): AppError {
  const { status } = answer;
  const said = `${asked.request} was answered ${describeProblem(answer)}`;
  if (status === 401 || status === 403) {
    return new ScimRefusal("unauthorized", `${asked.target} refused the credentials: ${said}.`, {
      answer,
      hint: credentialsHint(asked, answer),
    });
  }
  if (status === 404) return notFound(answer, asked);
  if (status >= 300 && status < 400) return redirected(answer, asked);
  return incomplete(asked, said);
}

function notFound(answer: WireResponse, asked: Asked): AppError {
  if (!isKnownProblem(answer)) return notScim(asked, `404 with ${bodyInWords(answer)}`);
  const said = `${asked.request} was answered ${describeProblem(answer)}`;
  if (hostIsAstros(asked.target)) {
    const message = `${asked.target} is not the SCIM endpoint of an organization: ${said}.`;
    return new ScimRefusal("not-scim", message, {
      answer,
      hint: "Check the organization ID at the end of the URL (Astro: Organization Settings > General).",
    });
  }
  return new ScimRefusal("not-scim", `${asked.target} is not a SCIM base URL: ${said}.`, {
    answer,
    hint: "Check the URL: it is the part before /Users; that of astro-scim serve ends with an organization ID.",
  });
}

function redirected(answer: WireResponse, asked: Asked): AppError {
  const place = placeOf(answer.headers["location"] ?? "");
  return notScim(asked, `${answer.status}, a redirect${place === "" ? "" : ` to ${place}`}`);
}

/** Host, or path on the same host: what follows may hold what should not be printed. */
function placeOf(location: string): string {
  if (URL.canParse(location)) return new URL(location).origin;
  return location.split(/[?#]/, 1)[0] ?? "";
}
