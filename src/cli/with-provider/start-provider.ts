/** `serve --with okta|entra`: an emulated provider beside the local Astro, with a company whose provisioning fills it. */

import { entraTenantUrl, withoutEntraFlag } from "../../astro/address.ts";
import type { AppSettings } from "../../directory/app-settings.ts";
import type { Company } from "../../emulators/company/company.ts";
import { createCompany } from "../../emulators/company/create-company.ts";
import { readPermissions } from "../../emulators/graph/access/permissions.ts";
import type { TargetCredentials } from "../../emulators/graph/options.ts";
import { graphApi, tenantIdOf } from "../../emulators/graph/graph-api.ts";
import type { EmulatedApi } from "../../emulators/http/emulated-api.ts";
import { startEmulator } from "../../emulators/http/start.ts";
import { oktaApi } from "../../emulators/okta/okta-api.ts";
import type { Fixture } from "../../fixture/fixture.ts";
import { stackText } from "../../ground/text/stack-text.ts";
import { createSender } from "../../http/send.ts";
import type { AstroServer } from "../../server/start.ts";
import type { Send } from "../../wire/exchange.ts";
import type { Io } from "../../world/io.ts";
import { randomText } from "../../world/random-text.ts";

export interface ProviderOptions {
  /** The directory at the start, and how the app is set up. */
  readonly fixture: Pick<Fixture, "app" | "start">;
  readonly astro: Pick<AstroServer, "url" | "token">;
  /** Address to listen on. */
  readonly host: string;
  /** Of Entra ID, which works in cycles: how long one takes here. */
  readonly cycleMs: number;
  /** What the credentials may not read; they may then change nothing either. */
  readonly without: readonly string[];
}

/** What a client of the provider needs to know. */
export interface StartedProvider {
  readonly idp: AppSettings["idp"];
  readonly url: string;
  readonly appId: string;
  readonly appName: string;
  readonly credentials: ProviderCredentials;
  /** Whether only this machine can reach it. */
  readonly isLocal: boolean;
  readonly company: Company;
  close(): Promise<void>;
}

export type ProviderCredentials =
  | { readonly kind: "api-token"; readonly token: string }
  | {
      readonly kind: "client-secret";
      readonly tenantId: string;
      readonly clientId: string;
      readonly secret: string;
    };

const timeoutMs = 60_000;
const connections = 10;

export async function startProvider(io: Io, options: ProviderOptions): Promise<StartedProvider> {
  const { fixture, astro, host, cycleMs, without } = options;
  const { app, start } = fixture;
  const end = new AbortController();
  const sender = createSender({
    baseUrl: astro.url,
    token: astro.token,
    timeoutMs,
    timers: io.timers,
    connections,
    signal: end.signal,
  });
  const company = createCompany({
    directory: start,
    app,
    send: sender.send,
    world: io,
    ...(app.idp === "entra" ? { cycleMs } : {}),
  });
  const made = { io, company, astro, without, signal: end.signal };
  const { api, credentials } = app.idp === "okta" ? emulatedOkta(made) : emulatedEntra(made);
  const onFault = (error: unknown): void => {
    io.stderr.write(`The emulated provider failed to handle a request: ${stackText(error)}\n`);
  };
  const emulator = await startEmulator({ api, host, port: 0, world: io, onFault });
  return {
    idp: app.idp,
    url: emulator.url,
    appId: company.appId,
    appName: company.appName,
    isLocal: emulator.isLocal,
    credentials,
    company,
    close: async () => {
      await emulator.close();
      await company.close();
      end.abort();
      await sender.close();
    },
  };
}

interface Emulated {
  readonly api: EmulatedApi;
  readonly credentials: ProviderCredentials;
}

interface Made {
  readonly io: Io;
  readonly company: Company;
  readonly astro: ProviderOptions["astro"];
  readonly without: readonly string[];
  readonly signal: AbortSignal;
}

function emulatedOkta({ io, company, astro, without }: Made): Emulated {
  const token = `00${randomText(io.random, 40)}`;
  const api = oktaApi(company, {
    world: io,
    apiTokens: [without.length === 0 ? { token } : { token, role: "read-only", without }],
    scimBaseUrl: astro.url,
  });
  return { api, credentials: { kind: "api-token", token } };
}

function emulatedEntra({ io, company, astro, without, signal }: Made): Emulated {
  const [clientId, secret] = [io.random.uuid(), randomText(io.random, 40)];
  const app = company.app();
  const baseAddress = app.idp === "entra" && app.flag ? entraTenantUrl(astro.url) : astro.url;
  const permissions =
    without.length === 0
      ? [...readPermissions, ...writePermissions]
      : readPermissions.filter((one) => !without.includes(one));
  const api = graphApi(company, {
    clients: [{ clientId, secret, permissions }],
    world: io,
    target: {
      saved: { baseAddress, secretToken: astro.token },
      connect: (credentials) => sendOnce(credentials, { io, astro, signal }),
    },
  });
  return { api, credentials: { kind: "client-secret", tenantId: tenantIdOf(company), clientId, secret } };
}

/** For a test of credentials: it reaches the local Astro and nothing else. */
function sendOnce(
  { baseAddress, secretToken }: TargetCredentials,
  { io, astro, signal }: Pick<Made, "io" | "astro" | "signal">,
): Send {
  return async (request) => {
    if (!URL.canParse(baseAddress) || new URL(baseAddress).origin !== new URL(astro.url).origin) {
      return { kind: "no-response", reason: "other", message: "Only the local Astro can be reached." };
    }
    const own = { timeoutMs, timers: io.timers, connections: 1, signal };
    const sender = createSender({ baseUrl: withoutEntraFlag(baseAddress), token: secretToken, ...own });
    try {
      return await sender.send(request);
    } finally {
      await sender.close();
    }
  };
}

const writePermissions = [
  "AppRoleAssignment.ReadWrite.All",
  "Application.ReadWrite.All",
  "User.ReadWrite.All",
  "Group.ReadWrite.All",
  "Synchronization.ReadWrite.All",
];
