/** Which tenant of Entra ID is meant, which app, and with which credentials it is read. */

import { dirname } from "node:path";
import { AppError } from "../../ground/errors.ts";
import type { CloudHosts } from "../../management/graph/clouds.ts";
import { entraCloud, requireKnownCloud } from "./entra-cloud.ts";
import type { ProfileEntra } from "./profile-directory.ts";
import { trustProfile, type ProviderSearch } from "./provider-search.ts";
import { firstGiven, variableText, type Given } from "./given.ts";
import { keyFromFile } from "./private-key.ts";

export interface EntraTarget {
  readonly cloud: CloudHosts;
  /** Id or domain. */
  readonly tenant: string;
  /** Name or object id of the enterprise application. */
  readonly app: string;
  /** Id of the synchronization job, where it is chosen. */
  readonly job: string | undefined;
  readonly credentials: EntraCredentials;
  /** What the profile says of the app, where Microsoft Graph does not show it. */
  readonly stated: StatedEntra;
  /** Sentences for the user about how they were found. */
  readonly notes: readonly string[];
}

export interface StatedEntra {
  readonly scope: "assigned" | "all" | undefined;
  readonly skipOutOfScopeDeletions: boolean | undefined;
  /** Whether the Tenant URL ends with `?aadOptscim062020`. */
  readonly flag: boolean | undefined;
  readonly ssoAttribute: string | undefined;
}

/** Of the app registration that reads. Never printed, logged, recorded or stored. */
export type EntraCredentials =
  | {
      readonly kind: "client-secret";
      readonly clientId: string;
      readonly secret: string;
      readonly source: string;
    }
  | {
      readonly kind: "certificate";
      readonly clientId: string;
      /** Certificate and private key, both in PEM. */
      readonly pem: string;
      readonly source: string;
    }
  /** The token of the user who is signed in to the Azure CLI, where no app registration is named. */
  | { readonly kind: "azure-cli"; readonly source: string };

const [tenantVariable, clientVariable] = ["AZURE_TENANT_ID", "AZURE_CLIENT_ID"] as const;
const [secretVariable, certificateVariable] = [
  "AZURE_CLIENT_SECRET",
  "AZURE_CLIENT_CERTIFICATE_PATH",
] as const;

/**
 * Finds all of it, and contacts nothing.
 * @throws AppError usage, for what is missing or cannot be used; refused, for plain HTTP to another machine; invalid-file, for
 * a certificate; refused or declined, for a profile's file that nobody agreed to
 */
export async function findEntra(search: ProviderSearch): Promise<EntraTarget> {
  const { io, flags, profile } = search;
  const entra = profile?.directory?.entra ?? {};
  const tenant = firstGiven(io, profile, {
    flag: ["--entra-tenant", flags.entraTenant],
    ofProfile: entra.tenant,
    variable: tenantVariable,
  });
  if (tenant === undefined) throw noTenant();
  requireTenant(tenant.value, tenant.from);
  const app = firstGiven(io, profile, { flag: ["--entra-app", flags.entraApp], ofProfile: entra.app });
  if (app === undefined) throw noApp();
  const job = firstGiven(io, profile, { flag: ["--entra-job", flags.entraJob], ofProfile: entra.job });
  const { cloud, by } = cloudOf(search, entra);
  const credentials = await findCredentials(search);
  if (by === "flag") await requireKnownCloud(search, { cloud, source: credentials.source });
  const trusted = await trustProfile(search, {
    isUsed: profile?.directory?.entra !== undefined,
    source: credentials.source,
    url: cloud.login,
  });
  const notes = credentials.kind === "azure-cli" ? [...trusted, azureCliNote] : trusted;
  const { scope, skipOutOfScopeDeletions, flag, ssoAttribute } = entra;
  const stated = { scope, skipOutOfScopeDeletions, flag, ssoAttribute };
  return { cloud, tenant: tenant.value, app: app.value, job: job?.value, credentials, stated, notes };
}

const azureCliNote =
  "No app registration is named, so the token of the Azure CLI's user is used. The user needs a directory role that may read all of it, such as Global Reader.";

function cloudOf(
  { io, flags, profile }: ProviderSearch,
  entra: ProfileEntra,
): { readonly cloud: CloudHosts; readonly by: Given["by"] | undefined } {
  const flag = ["--entra-cloud", flags.entraCloud] as const;
  const named = firstGiven(io, profile, { flag, ofProfile: entra.cloud });
  const cloud = entraCloud(named?.value ?? "global", named?.from ?? "--entra-cloud");
  return { cloud, by: named?.by };
}

/** It becomes a part of a path. */
function requireTenant(tenant: string, source: string): void {
  if (/^[\w-]+(?:\.[\w-]+)*$/.test(tenant) && !/^(?:common|organizations|consumers)$/i.test(tenant)) return;
  throw new AppError("usage", `The tenant in ${source} is neither a tenant ID nor a domain.`, {
    hint: "Entra admin center > Overview shows the Tenant ID, such as 72f988bf-86f1-41af-91ab-2d7cd011db47.",
  });
}

async function findCredentials({ io, profile }: ProviderSearch): Promise<EntraCredentials> {
  const { clientId: own, secretEnv, certificateFile } = profile?.directory?.entra ?? {};
  const clientId = own ?? variableText(io.env, clientVariable);
  if (clientId !== undefined) return credentialsOf(clientId, { io, profile });
  const namesNothing = secretEnv === undefined && certificateFile === undefined && !isSet(io.env);
  if (namesNothing) return { kind: "azure-cli", source: "the Azure CLI" };
  throw noCredentials(secretEnv ?? secretVariable, clientVariable);
}

async function credentialsOf(
  clientId: string,
  { io, profile }: Pick<ProviderSearch, "io" | "profile">,
): Promise<EntraCredentials> {
  const { secretEnv, certificateFile } = profile?.directory?.entra ?? {};
  const secretName = secretEnv ?? secretVariable;
  const usesCertificate = certificateFile !== undefined && secretEnv === undefined;
  const secret = usesCertificate ? undefined : variableText(io.env, secretName);
  if (secret !== undefined) {
    io.secrets.hide([secret]);
    return { kind: "client-secret", clientId, secret, source: secretName };
  }
  const certificate = await certificateOf({ io, profile });
  if (certificate === undefined) throw noCredentials(secretName, secretName);
  return { kind: "certificate", clientId, ...certificate };
}

/** Whether the variables name an app registration, if only half of it. */
function isSet(env: ProviderSearch["io"]["env"]): boolean {
  return [secretVariable, certificateVariable].some((name) => variableText(env, name) !== undefined);
}

interface Certificate {
  readonly pem: string;
  readonly source: string;
}

async function certificateOf({
  io,
  profile,
}: Pick<ProviderSearch, "io" | "profile">): Promise<Certificate | undefined> {
  const file = profile?.directory?.entra?.certificateFile;
  if (profile !== undefined && file !== undefined) {
    const pem = await keyFromFile(io, {
      file,
      folder: dirname(profile.file),
      what: profile.label,
      isCertificate: true,
    });
    return { pem: requireBoth(pem, file), source: file };
  }
  const named = variableText(io.env, certificateVariable);
  if (named === undefined) return undefined;
  const pem = await keyFromFile(io, {
    file: named,
    folder: io.cwd,
    what: certificateVariable,
    isCertificate: true,
  });
  return { pem: requireBoth(pem, named), source: certificateVariable };
}

/** @throws AppError invalid-file */
function requireBoth(pem: string, file: string): string {
  const hasCertificate = pem.includes("-----BEGIN CERTIFICATE-----");
  if (hasCertificate && /-----BEGIN (?:RSA )?PRIVATE KEY-----/.test(pem)) return pem;
  const missing = hasCertificate ? "private key" : "certificate";
  throw new AppError("invalid-file", `${file} has no ${missing} in PEM format.`, {
    hint: "It needs both, the key without a password: openssl pkcs12 -in app.pfx -out app.pem -nodes",
  });
}

function noTenant(): AppError {
  return new AppError("usage", "The tenant of Entra ID is missing.", {
    hint: `Add --entra-tenant, or set ${tenantVariable}. For a file named entra, write ./entra.`,
  });
}

function noApp(): AppError {
  return new AppError("usage", "The name of the Astro app in Entra ID is missing.", {
    hint: "Add --entra-app with the name of the enterprise application, as Enterprise applications lists it, or with its object ID.",
  });
}

function noCredentials(secretName: string, missing: string): AppError {
  return new AppError("usage", `There are no credentials for Microsoft Graph: ${missing} is not set.`, {
    hint: `Set ${clientVariable} and ${secretName} (or ${certificateVariable}) for an app registration that may only read (docs/directories.md).`,
  });
}
