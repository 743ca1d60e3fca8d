/** What an answer of the IAM API means: its JSON, or the AppError that says what is wrong and what to do about it. */

import { AppError } from "../../ground/errors.ts";
import type { JsonObject } from "../../ground/json.ts";
import { isJsonObject } from "../../ground/json.ts";
import { bodyInWords } from "../../wire/body-in-words.ts";
import { isSuccess, type NoResponseReason, type WireAnswer, type WireResponse } from "../../wire/exchange.ts";
import { noAnswer } from "../api/judge.ts";
import { describeIamProblem, isIamProblem } from "./problem.ts";

/** What was asked of whom, for the messages. */
export interface IamAsked {
  /** The root of Astro's APIs: `https://api.astronomer.io`. */
  readonly root: string;
  readonly organizationId: string;
  /** The request in words, below the organization: `GET /users`. */
  readonly request: string;
  /** The same can be read over SCIM with `--api scim`; true unless said. */
  readonly hasScimOption?: boolean;
}

/** There is no IAM API at this address: SCIM may be there all the same. */
export class NoIamApi extends AppError {
  /** What was answered instead, as the end of a sentence. */
  readonly what: string;

  constructor(asked: IamAsked, what: string) {
    const { root, request } = asked;
    super("not-astro", `There is no IAM API of Astro at ${root}: ${request} was answered ${what}.`, {
      hint: orOverScim("Check the address", asked),
    });
    this.what = what;
  }
}

/** 404 in Astro's own words: the organization is not there, for this token at least, or something within it. */
export class NotThere extends AppError {
  constructor({ root, organizationId }: IamAsked, said: string) {
    super("not-astro", `${root} has no organization ${organizationId} for this token: ${said}.`, {
      hint: organizationHint,
    });
  }
}

/**
 * The body of a successful answer.
 * @throws AppError unreachable, interrupted; NoIamApi; unauthorized (401, 403); not-astro (an unknown organization); failed
 * (a request that is refused); source-incomplete (a server that fails)
 */
export function expectIamJson(answer: WireAnswer, asked: IamAsked): JsonObject {
  if (answer.kind === "no-response") {
    const error = noAnswer(answer, { ...asked, target: asked.root });
    throw isReachable.has(answer.reason) ? unanswered(error, asked) : error;
  }
  if (!isSuccess(answer)) throw iamRefusal(answer, asked);
  if (isJsonObject(answer.json)) return answer.json;
  if (isBrokenJson(answer)) throw unreadable(asked, `${asked.request} was answered ${bodyInWords(answer)}`);
  throw new NoIamApi(asked, bodyInWords(answer));
}

/** For an answer with status 2xx that does not have the published form. */
export function unexpectedForm(asked: IamAsked, what: string): AppError {
  return new AppError("not-astro", `${asked.root} answered ${asked.request} with ${what}.`, {
    hint: orOverScim("That is not the form of Astro's API, version 1. Check the address", asked),
  });
}

/** Failures that may be those of the IAM API alone: SCIM is on the same host. */
const isReachable: ReadonlySet<NoResponseReason> = new Set(["timeout", "reset"]);

/** The read cannot be finished, and what was read so far must not pass for everything. */
export function incompleteList(asked: IamAsked, what: string): AppError {
  const { root, request } = asked;
  return new AppError("source-incomplete", `${root} could not be read in full: ${request}: ${what}.`, {
    hint: orOverScim("Nothing is listed, for a part of the list would pass for all of it. Try again", asked),
  });
}

/** Why an answer that is no success is none. */
export function iamRefusal(answer: WireResponse, asked: IamAsked): AppError {
  const { status } = answer;
  const { root, request } = asked;
  const said = `${request} was answered ${describeIamProblem(answer)}`;
  if (status === 401) {
    return new AppError("unauthorized", `${root} refused the token: ${said}.`, { hint: tokenHint });
  }
  if (status === 403) {
    return new AppError("unauthorized", `${root} does not allow this token to do that: ${said}.`, {
      hint: roleHint,
    });
  }
  if (!isIamProblem(answer) && !isOutage(status)) {
    throw new NoIamApi(asked, `${status} with ${bodyInWords(answer)}`);
  }
  if (status === 404) return new NotThere(asked, said);
  if (status === 400) return new AppError("failed", `${root} refused the request: ${said}.`);
  return unreadable(asked, said);
}

/** The API is there, and fails. */
function unreadable(asked: IamAsked, said: string): AppError {
  const error = new AppError("source-incomplete", `${asked.root} could not be read: ${said}.`, {
    hint: "Try again later.",
  });
  return unanswered(error, asked);
}

/** JSON by its Content-Type that ends too early, or is damaged: a failure of the API, and no other server's answer. */
function isBrokenJson({ headers, json }: WireResponse): boolean {
  return json === undefined && /^application\/json\b/i.test(headers["content-type"] ?? "");
}

/** Answers that a gateway gives, too, while the API behind it is down. */
function isOutage(status: number): boolean {
  return status >= 500 && status !== 501 && status !== 505;
}

/** SCIM may work while IAM does not; it is not taken instead without a word, for it knows neither roles nor invites. */
function unanswered(error: AppError, { hasScimOption = true }: IamAsked): AppError {
  if (error.code === "interrupted" || !hasScimOption) return error;
  const hint =
    `${error.hint ?? ""} With --api scim users and Teams are read over SCIM, without roles.`.trim();
  return new AppError(error.code, error.message, { hint });
}

/** The advice as a sentence, with `--api scim` where the command has it. */
function orOverScim(advice: string, { hasScimOption = true }: IamAsked): string {
  return hasScimOption ? `${advice}, or add --api scim to read over SCIM.` : `${advice}.`;
}

const tokenHint = "Check the token: it must be complete, not expired, and belong to this organization.";
const roleHint =
  "Check the organization ID, and the token's role in it: Organization Member to read, Organization Owner to write. If the organization has an IP access list, this machine must be on it.";
const organizationHint =
  "Check the organization ID (Astro: Organization Settings > General). A token of another organization, or of a Workspace, gets the same answer: use an Organization API token.";
