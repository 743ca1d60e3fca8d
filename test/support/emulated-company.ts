/** A company that lives in memory, whose provider provisions a local Astro over real HTTP. */

import { onTestFinished } from "vitest";
import type { AppSettings } from "../../src/directory/app-settings.ts";
import { documentedOktaSettings } from "../../src/directory/app-settings.ts";
import { createCompany, type CompanyOptions } from "../../src/emulators/company/create-company.ts";
import type { Company } from "../../src/emulators/company/company.ts";
import { createSender } from "../../src/http/send.ts";
import { startServer, type AstroServer, type StartServerOptions } from "../../src/server/start.ts";
import type { Directory } from "../../src/directory/directory.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import { scimClient } from "./scim-client.ts";
import { seededWorld } from "./seeded-world.ts";

export interface EmulatedCompanyOptions extends Partial<Omit<CompanyOptions, "directory" | "app">> {
  readonly directory: Directory;
  readonly app?: AppSettings;
  readonly astro?: StartServerOptions;
  /** It outlives the test that starts it, and ends with `stop`. */
  readonly keep?: boolean;
}

export interface EmulatedCompany {
  readonly company: Company;
  readonly astro: AstroServer;
  /** Requests as Astro has received them: `PATCH /Users/…`; the first word of each path alone. */
  readonly requests: readonly string[];
  /** Ends both, before the test does. */
  readonly stop: () => Promise<void>;
  /** userNames of the active accounts, and Teams with the userNames of their members; all sorted. */
  readonly held: () => Promise<{
    readonly users: readonly string[];
    readonly teams: Readonly<Record<string, readonly string[]>>;
  }>;
}

/** Starts both; they end with the test. Chance comes from a seed, time does not. */
export async function startEmulatedCompany(options: EmulatedCompanyOptions): Promise<EmulatedCompany> {
  const requests: string[] = [];
  const astro = await startServer({
    ...options.astro,
    onServed: ({ method, url }) => requests.push(`${method} ${resourceOf(url)}`),
  });
  const end = new AbortController();
  const system = systemWorld();
  const sender = createSender({
    baseUrl: astro.url,
    token: astro.token,
    timeoutMs: 30_000,
    connections: 10,
    timers: system.timers,
    signal: end.signal,
  });
  const company = createCompany({
    app: documentedOktaSettings,
    send: sender.send,
    world: { ...system, random: seededWorld({ seed: 7 }).random },
    ...options,
  });
  const stop = async (): Promise<void> => {
    await company.close();
    end.abort();
    await sender.close();
    await astro.close();
  };
  if (options.keep !== true) onTestFinished(stop);
  return { company, astro, requests, stop, held: () => heldBy(astro) };
}

function resourceOf(url: string): string {
  return /\/(?:Users|Groups)/.exec(url)?.[0] ?? url;
}

interface Listed {
  readonly id: string;
  readonly userName: string;
  readonly active: boolean;
  readonly displayName: string;
  readonly members?: readonly { readonly value: string }[];
}

/** What an Astro holds, as `held` of an emulated company says it. */
export async function heldBy(astro: AstroServer): Promise<Awaited<ReturnType<EmulatedCompany["held"]>>> {
  const client = scimClient(astro);
  const users: readonly Listed[] = (await client.get("/Users?count=1000")).body.Resources;
  const teams: readonly Listed[] = (await client.get("/Groups?count=1000")).body.Resources;
  const names = new Map(users.map(({ id, userName }) => [id, userName]));
  const membersOf = ({ members = [] }: Listed): readonly string[] =>
    members.map(({ value }) => names.get(value) ?? value).toSorted();
  return {
    users: users
      .filter(({ active }) => active)
      .map(({ userName }) => userName)
      .toSorted(),
    teams: Object.fromEntries(teams.map((team) => [team.displayName, membersOf(team)])),
  };
}
