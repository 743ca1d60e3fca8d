/** Astro before SCIM is switched on: over its IAM API, which works then, and over SCIM beside it where that is on already. */

import { readAstroState, type ReadOptions } from "../../astro/api/reading/read.ts";
import { comparedPaths } from "../../astro/compared-paths.ts";
import type { HeldState } from "../../astro/held.ts";
import { readDomains } from "../../astro/iam/read-domains.ts";
import type { IamSide } from "../../astro/records/iam-side.ts";
import type { AstroApiName } from "../../astro/records/record.ts";
import type { ExpectedState } from "../../astro/state.ts";
import { overIam } from "../../drift/compare/over-iam/expected-over-iam.ts";
import { AppError } from "../../ground/errors.ts";
import type { AstroNow, ManagedDomain, Reading } from "../../preflight/subject.ts";
import type { Connection } from "../connect.ts";
import { readHeld } from "../read-held.ts";
import { findIam, readIamAlone, type ReadIamOptions } from "../read-iam.ts";

export interface AstroBeforeOptions extends ReadIamOptions {
  readonly expected: ExpectedState;
  /** `iam`: IAM alone; `scim`: SCIM alone; IAM, and SCIM beside it where it is on, unless said. */
  readonly api: AstroApiName | undefined;
  /** Domains that somebody says are verified. */
  readonly verifiedDomains: readonly string[];
}

/** @throws AppError whatever keeps Astro from being read completely */
export async function readAstroBefore(
  connection: Connection,
  options: AstroBeforeOptions,
): Promise<AstroNow> {
  const { api } = options;
  const isRemote = connection.target.kind === "remote";
  const iam = api === "scim" ? undefined : await findIam(connection);
  if (iam === undefined && api !== "iam") {
    return {
      held: await readAstroState(connection.send, readingOf(connection, options)),
      showsRoles: false,
      showsAttributes: true,
      domains: stated(options) ?? { kind: "unknown", reason: "SCIM does not show them" },
      isScimEnabled: isRemote ? true : undefined,
    };
  }
  const side = await readIamAlone(connection, options);
  const both = side.isScimEnabled && api === undefined ? await overBoth(connection, options) : undefined;
  return {
    held: both ?? heldOverIam(side, options),
    showsRoles: true,
    showsAttributes: both !== undefined,
    domains: await domainsOf(connection, options),
    isScimEnabled: isRemote ? side.isScimEnabled : undefined,
  };
}

function heldOverIam(side: IamSide, { expected }: AstroBeforeOptions): HeldState {
  return overIam(expected, side).held;
}

/** Undefined where SCIM cannot be read beside IAM: IAM alone is complete, only less exact. */
async function overBoth(connection: Connection, options: AstroBeforeOptions): Promise<HeldState | undefined> {
  try {
    const { onIamPage } = options;
    const { held, iam } = await readHeld(connection, { ...readingOf(connection, options), onIamPage });
    return iam.kind === "read" ? held : undefined;
  } catch (error) {
    if (error instanceof AppError && error.code !== "interrupted") return undefined;
    throw error;
  }
}

function readingOf(
  { baseUrl }: Connection,
  { expected, signal, concurrency = 4 }: AstroBeforeOptions,
): ReadOptions & { readonly signal: AbortSignal } {
  return { target: baseUrl, attributePaths: comparedPaths(expected), concurrency, signal };
}

async function domainsOf(
  { apis, host }: Connection,
  options: AstroBeforeOptions,
): Promise<Reading<readonly ManagedDomain[]>> {
  const known = stated(options);
  const shown = await shownDomains(apis, host === undefined);
  if (shown.kind === "unknown") return known ?? shown;
  return known === undefined ? shown : { kind: "read", value: [...shown.value, ...known.value] };
}

async function shownDomains(
  apis: Connection["apis"],
  isOfFixture: boolean,
): Promise<Reading<readonly ManagedDomain[]>> {
  try {
    const shown = apis === undefined ? undefined : await readDomains(apis.send, apis);
    if (shown !== undefined) {
      const value = shown.map(({ name, status }) => ({ name, isVerified: status === "VERIFIED" }));
      return { kind: "read", value };
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "interrupted") throw error;
    return { kind: "unknown", reason: error.message.replace(/\.$/, "") };
  }
  const reason = isOfFixture
    ? "the fixture names no domains of the organization (astro.organization.managedDomains)"
    : "Astro shows no domains of the organization to this token";
  return { kind: "unknown", reason };
}

function stated({
  verifiedDomains,
}: AstroBeforeOptions): (Reading<readonly ManagedDomain[]> & { readonly kind: "read" }) | undefined {
  if (verifiedDomains.length === 0) return undefined;
  return { kind: "read", value: verifiedDomains.map((name) => ({ name, isVerified: true })) };
}
