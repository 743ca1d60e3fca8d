/** Whether Astro's own side is read beside SCIM, and what came of it. */

import { hostIsAstros, iamHeader, iamVersion } from "../astro/address.ts";
import { noAnswer } from "../astro/api/judge.ts";
import { listRequest } from "../astro/api/request.ts";
import { allTeams, type HeldState } from "../astro/held.ts";
import { readIamSide } from "../astro/iam/read-side.ts";
import type { IamReading, IamSide } from "../astro/records/iam-side.ts";
import { joinIam } from "../astro/records/join-iam.ts";
import type { TeamRecord } from "../astro/records/record.ts";
import { readTokenClaims } from "../astro/token-claims.ts";
import { AppError } from "../ground/errors.ts";
import { isJsonObject } from "../ground/json.ts";
import { isSuccess, type Send } from "../wire/exchange.ts";
import type { ApisConnection, Connection } from "./connect.ts";

export interface ReadIamOptions {
  readonly concurrency?: number | undefined;
  readonly signal: AbortSignal;
  /** Told after each page how many were read, and of how many. */
  readonly onIamPage?: ((path: string, read: number, total: number) => void) | undefined;
}

/** Sends as `send` does, and notes whether an answer says that the server has an IAM API. */
export interface WatchedSend {
  readonly send: Send;
  saidIam(): boolean;
}

export function watchForIam(send: Send): WatchedSend {
  let said = false;
  return {
    saidIam: () => said,
    send: async (request) => {
      const answer = await send(request);
      if (answer.kind === "response" && answer.headers[iamHeader] === iamVersion) said = true;
      return answer;
    },
  };
}

/**
 * The connection to the IAM API of the server that SCIM is read from: Astro's own host, the Astro inside the process, a server
 * whose token Astro issued for this very organization, or one that says so itself. It is at the same origin, so the token goes
 * nowhere new. The one rule for every command that reads IAM without being told to.
 */
export function iamBeside(
  { apis, target, baseUrl }: Pick<Connection, "apis" | "target" | "baseUrl">,
  saidIam: boolean,
): ApisConnection | undefined {
  if (apis === undefined) return undefined;
  const isAstro =
    target.kind === "in-process" || hostIsAstros(baseUrl) || isTokenFor(apis.organizationId, target.token);
  return isAstro || saidIam ? apis : undefined;
}

/**
 * As `iamBeside`, for who has read nothing over SCIM yet: where nothing else tells, the server is asked. One that answers SCIM and
 * does not say that it has an IAM API is any SCIM server; one that does not answer SCIM can only have the other.
 * @throws AppError unreachable, interrupted
 */
export async function findIam(connection: Connection): Promise<ApisConnection | undefined> {
  const known = iamBeside(connection, false);
  if (known !== undefined || connection.apis === undefined) return known;
  const watched = watchForIam(connection.send);
  const answer = await watched.send(listRequest("/Users", { startIndex: 1, count: 1 }));
  if (answer.kind === "no-response") {
    throw noAnswer(answer, { target: connection.baseUrl, request: "GET /Users" });
  }
  const isScim = isSuccess(answer) && isJsonObject(answer.json) && "totalResults" in answer.json;
  return isScim ? iamBeside(connection, watched.saidIam()) : connection.apis;
}

function isTokenFor(organizationId: string, token: string): boolean {
  return readTokenClaims(token)?.organizationIds.includes(organizationId) === true;
}

export interface BesideScim {
  readonly iam: IamReading;
  readonly held: HeldState;
}

/**
 * What SCIM shows, joined with all that IAM shows; where IAM cannot be read completely, why.
 * @throws AppError interrupted
 */
export async function readIamBeside(
  apis: ApisConnection,
  held: HeldState,
  options: ReadIamOptions,
): Promise<BesideScim> {
  const inScim = new Set(allTeams(held).map(({ scimId }) => scimId));
  try {
    const side = await readSide(apis, options, ({ id }) => !inScim.has(id));
    const joined = joinIam(held, side);
    if (joined.kind === "joined") {
      return { held: joined.held, iam: { kind: "read", side, isOnlySource: false } };
    }
    const reason =
      joined.kind === "other-ids"
        ? `${apis.root} has other ids for the same users over IAM than over SCIM, so nothing tells what belongs together`
        : `${apis.root} shows the Team ${joined.team} over SCIM, and not over IAM, so its list of Teams is not complete`;
    return { held, iam: { kind: "unreadable", reason } };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "interrupted") throw error;
    return { held, iam: { kind: "unreadable", reason: error.message.replace(/\.$/, "") } };
  }
}

/**
 * Everything that IAM shows of the organization, the members of all Teams included.
 * @throws AppError usage, where the address names no organization of Astro; as `readIamSide`
 */
export async function readIamAlone(
  { apis, baseUrl }: Pick<Connection, "apis" | "baseUrl">,
  options: ReadIamOptions,
): Promise<IamSide> {
  if (apis === undefined) {
    throw new AppError(
      "usage",
      `${baseUrl} is not the SCIM URL of an Astro organization, so it has no IAM API.`,
      {
        hint: "Its SCIM URL looks like https://api.astronomer.io/scim/v2/ORGANIZATION_ID. Leave --api out to compare with any other SCIM server.",
      },
    );
  }
  return readSide(apis, options, () => true);
}

async function readSide(
  { send, root, organizationId }: ApisConnection,
  { concurrency = 4, signal, onIamPage }: ReadIamOptions,
  needsMembers: (team: TeamRecord) => boolean,
): Promise<IamSide> {
  return readIamSide(send, {
    root,
    organizationId,
    concurrency,
    signal,
    needsMembers,
    onPage: onIamPage && (({ path }, read, total) => onIamPage(path, read, total)),
  });
}
