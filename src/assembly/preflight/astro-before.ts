/** Astro before SCIM is switched on: over its IAM API, which works then; over SCIM where that was asked for. */

import { readAstroState } from "../../astro/api/reading/read.ts";
import { comparedPaths } from "../../astro/compared-paths.ts";
import { readDomains } from "../../astro/iam/read-domains.ts";
import type { AstroApiName } from "../../astro/records/record.ts";
import type { ExpectedState } from "../../astro/state.ts";
import { overIam } from "../../drift/compare/expected-over-iam.ts";
import { AppError } from "../../ground/errors.ts";
import type { AstroNow, ManagedDomain, Reading } from "../../preflight/subject.ts";
import type { Connection } from "../connect.ts";
import { findIam, readIamAlone, type ReadIamOptions } from "../read-iam.ts";

export interface AstroBeforeOptions extends ReadIamOptions {
  readonly expected: ExpectedState;
  /** IAM where it is there, unless said. */
  readonly api: AstroApiName | undefined;
  /** Domains that somebody says are verified. */
  readonly verifiedDomains: readonly string[];
}

/** @throws AppError whatever keeps Astro from being read completely */
export async function readAstroBefore(
  connection: Connection,
  options: AstroBeforeOptions,
): Promise<AstroNow> {
  const { expected, api, signal, concurrency = 4 } = options;
  const iam = api === "scim" ? undefined : await findIam(connection);
  if (iam === undefined && api !== "iam") {
    const held = await readAstroState(connection.send, {
      target: connection.baseUrl,
      attributePaths: comparedPaths(expected),
      concurrency,
      signal,
    });
    const domains = stated(options) ?? { kind: "unknown", reason: "SCIM does not show them" };
    return { held, api: "scim", domains, isScimEnabled: isRemote(connection) ? true : undefined };
  }
  const side = await readIamAlone(connection, options);
  return {
    held: overIam(expected, side).held,
    api: "iam",
    domains: await domainsOf(connection, options),
    isScimEnabled: isRemote(connection) ? side.isScimEnabled : undefined,
  };
}

function isRemote({ target }: Connection): boolean {
  return target.kind === "remote";
}

async function domainsOf(
  { apis }: Connection,
  options: AstroBeforeOptions,
): Promise<Reading<readonly ManagedDomain[]>> {
  const more = stated(options)?.value ?? [];
  try {
    const shown = apis === undefined ? undefined : await readDomains(apis.send, apis);
    if (shown !== undefined) {
      const value = shown.map(({ name, status }) => ({ name, isVerified: status === "VERIFIED" }));
      return { kind: "read", value: [...value, ...more] };
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "interrupted") throw error;
    if (more.length === 0) return { kind: "unknown", reason: error.message.replace(/\.$/, "") };
  }
  if (more.length > 0) return { kind: "read", value: more };
  return { kind: "unknown", reason: "Astro shows no domains of the organization to this token" };
}

function stated({
  verifiedDomains,
}: AstroBeforeOptions): { kind: "read"; value: readonly ManagedDomain[] } | undefined {
  if (verifiedDomains.length === 0) return undefined;
  return { kind: "read", value: verifiedDomains.map((name) => ({ name, isVerified: true })) };
}
