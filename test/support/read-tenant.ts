/** Reads a tenant through its Graph and the Entra source, over real HTTP. */

import type { ProvidedDirectory } from "../../src/directory/source.ts";
import type { AppError } from "../../src/ground/errors.ts";
import { entraSource, type EntraSourceOptions } from "../../src/sources/entra/entra-source.ts";
import { graphClient } from "./graph-client.ts";
import { serveTenant, type GraphRequest, type Tenant, type TenantServing } from "./graph-tenant.ts";

export interface ReadServing extends TenantServing {
  /** The number of the request during which the read is interrupted. */
  readonly interruptAt?: number;
}

export interface TenantRead {
  /** Or what was thrown. */
  readonly outcome: ProvidedDirectory | AppError;
  readonly requests: readonly GraphRequest[];
  /** How long the client waited before each request that was repeated, in milliseconds. */
  readonly waits: readonly number[];
}

export async function tryToRead(
  tenant: Tenant,
  options: Partial<EntraSourceOptions> = {},
  serving: ReadServing = {},
): Promise<TenantRead> {
  const { interruptAt, change, ...others } = serving;
  const server = await serveTenant(tenant, {
    ...others,
    change: (answer, request, index) => {
      if (index === interruptAt) client.interrupt();
      return change?.(answer, request, index) ?? answer;
    },
  });
  const client = graphClient(server.url);
  const source = entraSource(client.api, { app: "Astro", ...options });
  try {
    const outcome = await source.read(undefined, client.signal).catch((error: unknown) => error as AppError);
    return { outcome, requests: server.requests, waits: client.waits.map(({ waitMs }) => waitMs) };
  } finally {
    await client.close();
    await server.close();
  }
}

/** @throws AppError where it is refused */
export async function readTenant(
  tenant: Tenant,
  options: Partial<EntraSourceOptions> = {},
  serving: ReadServing = {},
): Promise<ProvidedDirectory> {
  const { outcome } = await tryToRead(tenant, options, serving);
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

/** The refusal; fails where the tenant is read all the same. */
export async function refusalOf(
  tenant: Tenant,
  options: Partial<EntraSourceOptions> = {},
  serving: ReadServing = {},
): Promise<AppError> {
  const { outcome } = await tryToRead(tenant, options, serving);
  if (outcome instanceof Error) return outcome;
  throw new Error(`read ${outcome.directory.users.size} users`);
}
