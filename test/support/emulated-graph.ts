/** A company whose provider is Entra ID, behind an emulated Microsoft Graph, provisioning a local Astro over real HTTP. */

import { onTestFinished } from "vitest";
import { documentedEntraSettings } from "../../src/directory/entra-app-settings.ts";
import { graphApi, tenantIdOf } from "../../src/emulators/graph/graph-api.ts";
import type { GraphOptions } from "../../src/emulators/graph/options.ts";
import { startEmulator, type Emulator, type StartEmulatorOptions } from "../../src/emulators/http/start.ts";
import type { JsonObject } from "../../src/ground/json.ts";
import {
  startEmulatedCompany,
  type EmulatedCompany,
  type EmulatedCompanyOptions,
} from "./emulated-company.ts";

export interface EmulatedGraphOptions extends EmulatedCompanyOptions {
  readonly graph?: GraphOptions;
  readonly http?: Omit<StartEmulatorOptions, "api">;
}

/** As much of an answer of Graph as tests look at. */
export interface GraphAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: GraphBody;
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests reach into answers of many shapes
export type GraphBody = any;

export interface GraphSending {
  readonly body?: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
}

export interface EmulatedGraph extends EmulatedCompany {
  readonly emulator: Emulator;
  readonly tenantId: string;
  /** `/v1.0/users`, or a whole URL. */
  readonly get: (path: string, sending?: GraphSending) => Promise<GraphAnswer>;
  readonly send: (method: string, path: string, sending?: GraphSending) => Promise<GraphAnswer>;
  /** The values of every page. */
  readonly all: (path: string, sending?: GraphSending) => Promise<readonly GraphBody[]>;
}

/** A token that may do everything. */
export const adminToken = "admin-token";

const everything = [
  "Directory.ReadWrite.All",
  "AppRoleAssignment.ReadWrite.All",
  "Synchronization.ReadWrite.All",
  "ProvisioningLog.Read.All",
];

/** Starts all three, and waits for the first cycle; they end with the test. */
export async function startEmulatedGraph(options: EmulatedGraphOptions): Promise<EmulatedGraph> {
  const { graph = {}, http = {}, ...companyOptions } = options;
  const company = await startEmulatedCompany({ app: documentedEntraSettings, ...companyOptions });
  const api = graphApi(company.company, {
    ...graph,
    givenTokens: [{ token: adminToken, permissions: everything }, ...(graph.givenTokens ?? [])],
  });
  const emulator = await startEmulator({ api, ...http });
  if (options.keep !== true) onTestFinished(() => emulator.close());
  const stop = async (): Promise<void> => {
    await emulator.close();
    await company.stop();
  };
  await company.company.settled();
  const send: EmulatedGraph["send"] = async (
    method,
    path,
    { body, headers = {}, token = adminToken } = {},
  ) => {
    const response = await fetch(path.startsWith("http") ? path : emulator.url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? undefined : JSON.parse(text),
    };
  };
  return {
    ...company,
    stop,
    emulator,
    tenantId: tenantIdOf(company.company),
    send,
    get: (path, sending) => send("GET", path, sending),
    all: async (path, sending) => {
      const values: GraphBody[] = [];
      for (let next: string | undefined = path; next !== undefined;) {
        const answer: GraphAnswer = await send("GET", next, sending);
        if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
        values.push(...answer.body.value);
        next = answer.body["@odata.nextLink"];
      }
      return values;
    },
  };
}

/** For values of any answer, whose order is not what a test is about. */
export function sorted(values: readonly (string | null)[]): readonly (string | null)[] {
  return values.toSorted((one, other) => String(one).localeCompare(String(other)));
}
