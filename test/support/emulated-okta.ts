/** An emulated Okta beside a local Astro: a company, its provisioning, and the management API over HTTP. */

import { onTestFinished } from "vitest";
import { request } from "undici";
import { startEmulator, type Emulator, type StartEmulatorOptions } from "../../src/emulators/http/start.ts";
import type { ApiToken, ServiceApp } from "../../src/emulators/okta/auth/credentials.ts";
import { oktaApi } from "../../src/emulators/okta/okta-api.ts";
import { oktaSwitches, type OktaSwitches } from "../../src/emulators/okta/switches.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import type { World } from "../../src/world/world.ts";
import {
  startEmulatedCompany,
  type EmulatedCompany,
  type EmulatedCompanyOptions,
} from "./emulated-company.ts";

export interface EmulatedOktaOptions extends EmulatedCompanyOptions {
  readonly switches?: Partial<OktaSwitches>;
  readonly apiTokens?: readonly ApiToken[];
  readonly serviceApps?: readonly ServiceApp[];
  readonly http?: Omit<StartEmulatorOptions, "api">;
  /** The clock of the API alone. */
  readonly apiWorld?: Partial<Pick<World, "clock" | "timers" | "random">>;
}

export interface EmulatedOkta extends EmulatedCompany {
  readonly okta: Emulator;
  readonly switches: OktaSwitches;
  /** `/api/v1/apps/0oa…`. */
  readonly app: string;
  readonly send: (method: string, path: string, options?: CallOptions) => Promise<OktaAnswer>;
  readonly get: (path: string) => Promise<OktaAnswer>;
  /** Follows `rel="next"` to the end: every page. */
  readonly pages: (path: string) => Promise<readonly OktaAnswer[]>;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly authorization?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OktaAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The address behind `rel="next"`. */
  readonly next: string | undefined;
  // Tests read what they expect to be there; what is not there fails the test.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

export const oktaToken = "00emulatedOktaToken";

/** Everything ends with the test. */
export async function startEmulatedOkta(options: EmulatedOktaOptions): Promise<EmulatedOkta> {
  const emulated = await startEmulatedCompany(options);
  const { company, astro } = emulated;
  const switches = { ...oktaSwitches(), ...options.switches };
  const api = oktaApi(company, {
    world: { ...systemWorld(), ...options.apiWorld },
    switches,
    apiTokens: options.apiTokens ?? [{ token: oktaToken }],
    serviceApps: options.serviceApps ?? [],
    scimBaseUrl: astro.url,
  });
  const okta = await startEmulator({
    api,
    // A fault of the emulator itself fails the test that finds it.
    onFault: (error) => {
      throw error;
    },
    ...options.http,
  });
  const stop = async (): Promise<void> => {
    await okta.close();
    await emulated.stop();
  };
  if (options.keep !== true) onTestFinished(() => okta.close());
  const send: EmulatedOkta["send"] = (method, path, call = {}) =>
    sendTo(path.startsWith("http") ? path : okta.url + path, method, call);
  return {
    ...emulated,
    stop,
    okta,
    switches,
    app: `/api/v1/apps/${company.appId}`,
    send,
    get: (path) => send("GET", path),
    pages: async (path) => {
      const answers: OktaAnswer[] = [];
      for (let next: string | undefined = path; next !== undefined; next = answers.at(-1)?.next) {
        answers.push(await send("GET", next));
      }
      return answers;
    },
  };
}

async function sendTo(
  url: string,
  method: string,
  { body, authorization = `SSWS ${oktaToken}`, headers = {} }: CallOptions,
): Promise<OktaAnswer> {
  const isForm = typeof body === "string";
  const contentType = isForm ? "application/x-www-form-urlencoded" : "application/json";
  const answer = await request(url, {
    method: method as "GET",
    headers: {
      accept: "application/json",
      ...(authorization === "" ? {} : { authorization }),
      ...(body === undefined ? {} : { "content-type": contentType }),
      ...headers,
    },
    body: body === undefined ? null : isForm ? body : JSON.stringify(body),
  });
  const text = await answer.body.text();
  return {
    status: answer.statusCode,
    headers: answer.headers,
    next: nextIn(answer.headers["link"]),
    body: text === "" ? undefined : JSON.parse(text),
  };
}

function nextIn(link: string | readonly string[] | undefined): string | undefined {
  const fields = typeof link === "string" ? [link] : (link ?? []);
  return fields.map((field) => /<([^>]+)>; rel="next"/.exec(field)?.[1]).find((url) => url !== undefined);
}
