/** What `users` and `teams` begin with: a connection, and the API over which the organization is read. */

import { createScimReader } from "../../astro/api/reading/organization-reader.ts";
import { ScimRefusal } from "../../astro/api/judge.ts";
import { NoIamApi } from "../../astro/iam/judge.ts";
import { createIamReader } from "../../astro/iam/reader.ts";
import type { AstroApiName, OrganizationReader } from "../../astro/records/record.ts";
import { findIam, iamBeside } from "../../assembly/read-iam.ts";
import { AppError } from "../../ground/errors.ts";
import { printable } from "../../ground/text/printable.ts";
import type { ReadFrom } from "../../report/organization/report.ts";
import { targetUrl } from "../../target/resolve-target.ts";
import type { Io } from "../../world/io.ts";
import { targetOf, withConnection, type Connected } from "../connected.ts";
import { refuseClashes } from "../../files/distinct-files.ts";
import { filesOfTarget } from "../files/files-in-use.ts";
import type { ReadingFlags } from "../flags/reading-options.ts";
import { explainRefusal } from "./token-remark.ts";

export interface OrganizationSession extends Connected {
  /** Reads what a command asks for, over the first API that is there; says afterwards which one it was. */
  readonly read: <Result>(use: (reader: OrganizationReader) => Promise<Result>) => Promise<Read<Result>>;
}

export interface Read<Result> {
  readonly from: ReadFrom;
  readonly result: Result;
}

/**
 * Connects to the target, or to the organization that the token names; resolves to the exit status.
 * @throws AppError as `withConnection`
 */
export async function withOrganization(
  io: Io,
  flags: ReadingFlags,
  run: (session: OrganizationSession) => Promise<number>,
): Promise<number> {
  const target = await targetOf(io, flags, "read", "organization of the token");
  await refuseClashes(io, {
    reads: await filesOfTarget(io, flags, target),
    writes: flags.trace === undefined ? [] : [{ use: "--trace", file: flags.trace }],
  });
  return withConnection(io, { flags, target, local: {} }, (connected) =>
    run({ ...connected, read: async (use) => readOver(connected, flags.api, use) }),
  );
}

async function readOver<Result>(
  connected: Connected,
  api: AstroApiName | undefined,
  use: (reader: OrganizationReader) => Promise<Result>,
): Promise<Read<Result>> {
  const { output, target } = connected;
  try {
    const iam = await iamReader(connected, api);
    if (iam !== undefined) {
      const result = await use(iam);
      output.say(printable(`Read over the IAM API from ${connected.connection.label}.`));
      return { from: readFrom(connected, "iam"), result };
    }
  } catch (error) {
    const mayFallBack = api === undefined && !(target.kind === "remote" && target.isPublicAstro);
    if (!mayFallBack || !(error instanceof NoIamApi)) throw explainRefusal(error, connected);
  }
  try {
    const result = await use(scimReader(connected));
    const why = api === "scim" ? "" : "; this server does not say that it has an IAM API";
    output.say(printable(`Read over SCIM from ${connected.connection.label}${why}. SCIM shows no roles.`));
    return { from: readFrom(connected, "scim"), result };
  } catch (error) {
    throw explainRefusal(api === "scim" ? orOverIam(error, connected) : error, connected);
  } finally {
    output.progress.stop();
  }
}

/** A token that SCIM refuses may read over IAM. */
function orOverIam(error: unknown, { connection }: Connected): unknown {
  if (!(error instanceof ScimRefusal) || error.status === 401) return error;
  if (iamBeside(connection, error.saidIam) === undefined) return error;
  const hint = `${error.hint ?? ""} Or leave out --api scim to read over the IAM API.`;
  return new AppError(error.code, error.message, { hint, cause: error });
}

/**
 * Undefined where SCIM is to be read.
 * @throws AppError usage, where IAM was asked for and the address names none
 */
async function iamReader(
  { connection, output, signal }: Connected,
  api: AstroApiName | undefined,
): Promise<OrganizationReader | undefined> {
  if (api === "scim") return undefined;
  const { baseUrl } = connection;
  const apis = api === "iam" ? connection.apis : await findIam(connection);
  if (apis === undefined) {
    if (api === undefined) return undefined;
    throw new AppError(
      "usage",
      `${baseUrl} is not the SCIM URL of an Astro organization, so it has no IAM API.`,
      {
        hint: "Its SCIM URL looks like https://api.astronomer.io/scim/v2/ORGANIZATION_ID. Leave --api out to read any other SCIM server.",
      },
    );
  }
  const { root, organizationId } = apis;
  return createIamReader(apis.send, {
    root,
    organizationId,
    signal,
    onPage: ({ path }, read, total) => output.progress.update(`reading ${path}: ${read} of ${total}`),
  });
}

function scimReader({ connection, output, settings, signal }: Connected): OrganizationReader {
  return createScimReader(connection.send, {
    target: connection.baseUrl,
    concurrency: settings.concurrency,
    signal,
    onPage: (endpoint, read, total) =>
      output.progress.update(`reading ${endpoint}: ${read}${total === undefined ? "" : ` of ${total}`}`),
  });
}

function readFrom({ connection, target }: Connected, api: AstroApiName): ReadFrom {
  return {
    api,
    target: targetUrl(target) ?? connection.baseUrl,
    organizationId: connection.apis?.organizationId,
  };
}

/** @throws AppError source-incomplete, where an option asks for what SCIM does not show */
export function requireIam({ api }: OrganizationReader, what: string): void {
  if (api === "iam") return;
  throw new AppError("source-incomplete", `SCIM does not show ${what}.`, {
    hint: "Use a server with Astro's IAM API and leave out --api scim, or leave out the option.",
  });
}
