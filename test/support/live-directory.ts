/** A directory as a live provider gives it, against a local Astro that it has provisioned, compared over HTTP. */

import { onTestFinished } from "vitest";
import { connect } from "../../src/assembly/connect.ts";
import { compareWithAstro } from "../../src/assembly/compare.ts";
import type { ProvidedDirectory } from "../../src/directory/source.ts";
import { directoryAt } from "../../src/directory/timeline.ts";
import type { Drift } from "../../src/drift/compare/diff.ts";
import { readFixture } from "../../src/fixture/read.ts";
import { expectedWithKeys } from "../../src/idp/expected/expected-state.ts";
import { startServer } from "../../src/programs/start-server.ts";
import { fakeIo } from "./fake-io.ts";
import { scimClient, type ScimClient } from "./scim-client.ts";
import { tempFolder } from "./temp-folder.ts";

export interface LiveDirectory {
  /** As the provider has it: everybody linked, and nothing to say. */
  readonly provided: ProvidedDirectory;
  /** Speaks with Astro, as anybody. */
  readonly astro: ScimClient;
  /** SCIM id by userName. */
  readonly ids: ReadonlyMap<string, string>;
  /** The provider's ids, by the name of the user or group. */
  readonly objectIds: ReadonlyMap<string, string>;
  compare(provided: ProvidedDirectory, protect?: readonly string[]): Promise<Drift>;
}

/** @param text a fixture, whose directory is provisioned at the start */
export async function liveDirectory(text: string): Promise<LiveDirectory> {
  const cwd = await tempFolder({ "company.yaml": text });
  const fixture = readFixture("company.yaml", text);
  const server = await startServer({ fixture: `${cwd}/company.yaml`, provisioned: true });
  onTestFinished(() => server.close());
  const connection = await connect(fakeIo(), {
    target: {
      kind: "remote",
      baseUrl: server.url,
      organizationId: undefined,
      token: server.token,
      tokenSource: "a test",
      isLoopback: true,
      isPublicAstro: false,
      profile: undefined,
      notes: [],
    },
    local: {},
    caFile: undefined,
    timeoutMs: 30_000,
    connections: 4,
    limits: [],
    signal: new AbortController().signal,
    onExchange: undefined,
    onWait: () => {},
  });
  onTestFinished(() => connection.close());
  const astro = scimClient(server);
  const users: { readonly id: string; readonly userName: string }[] = (await astro.get("/Users?count=100"))
    .body.Resources;
  const teams: { readonly id: string; readonly displayName: string }[] = (
    await astro.get("/Groups?count=100")
  ).body.Resources;
  const ids = new Map(users.map(({ id, userName }) => [userName, id]));
  const directory = directoryAt(fixture, "start");
  const { userKeys } = expectedWithKeys(directory, fixture.app);
  const accounts = [...userKeys].flatMap(([objectId, userName]) => {
    const scimId = ids.get(userName);
    return scimId === undefined ? [] : [{ objectId, userName, scimId }];
  });
  const teamIds = new Map(teams.map(({ id, displayName }) => [displayName, id]));
  const links = [...directory.groups.values()].flatMap(({ objectId, name }) => {
    const scimId = teamIds.get(name);
    return scimId === undefined ? [] : [[objectId, scimId] as const];
  });
  const provided: ProvidedDirectory = {
    directory,
    app: fixture.app,
    protect: [],
    remembered: { accounts, teams: new Map(links), stopped: { users: new Map(), groups: new Map() } },
    findings: [],
    notEvaluated: [],
  };
  const named = [...directory.users.values(), ...directory.groups.values()];
  return {
    provided,
    astro,
    ids,
    objectIds: new Map(named.map(({ key, objectId }) => [key, objectId])),
    compare: (given, protect = []) =>
      compareWithAstro(given, connection, {
        protect,
        responsibleFor: [],
        signal: new AbortController().signal,
        api: "scim",
      }),
  };
}
