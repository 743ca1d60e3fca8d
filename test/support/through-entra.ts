/** Repairs through an emulated Entra ID: its own engine drives a local Astro, and Microsoft Graph is asked over real HTTP. */

import { onTestFinished } from "vitest";
import { createScimWriter } from "../../src/astro/api/write.ts";
import { entraIds } from "../../src/assembly/sources/entra-ids.ts";
import type { Directory } from "../../src/directory/directory.ts";
import type { Drift } from "../../src/drift/compare/diff.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { createSender } from "../../src/http/send.ts";
import { listJobs } from "../../src/management/graph/synchronization-jobs.ts";
import { getSchema } from "../../src/management/graph/synchronization-schema.ts";
import { claimsIn } from "../../src/management/graph/token-claims.ts";
import { applyPlan, type ApplyOptions } from "../../src/repair/apply.ts";
import type { Outcome } from "../../src/repair/outcome.ts";
import { scimExecutor } from "../../src/repair/scim-executor.ts";
import { createEntraWays } from "../../src/repair/via/entra/entra-ways.ts";
import type { ProviderWays } from "../../src/repair/via/provider-ways.ts";
import { ruleIdFor } from "../../src/sources/entra/settings/app-settings.ts";
import { startEmulatedGraph, type EmulatedGraph, type EmulatedGraphOptions } from "./emulated-graph.ts";
import { graphClient } from "./graph-client.ts";
import { driftOf, readEmulated } from "./read-emulated.ts";
import { scimClient, type ScimClient } from "./scim-client.ts";
import { seededWorld, type SeededWorld } from "./seeded-world.ts";

export interface ThroughEntra {
  readonly graph: EmulatedGraph;
  readonly scim: ScimClient;
  /** In which no wait takes time; the emulated Graph has the same clock. */
  readonly world: SeededWorld;
  readonly progress: readonly string[];
  readonly objectIdOf: (key: string) => string;
  /** SCIM id of what has that name. */
  readonly scimIdOf: (name: string) => Promise<string | undefined>;
  /** What is linked according to the engine: object id → SCIM id. */
  readonly linkOf: (key: string) => string | undefined;
  readonly ways: () => Promise<ProviderWays>;
  readonly drift: () => Promise<Drift>;
  /** Compares, plans, and chooses the ways. */
  readonly plan: (planner: (drift: Drift) => Plan) => Promise<Plan>;
  readonly apply: (plan: Plan, options?: Applying) => Promise<readonly Outcome[]>;
  /** The next cycle, to its end. */
  readonly cycle: () => Promise<void>;
  /** Somebody leaves: blocked from signing in, or out of the assigned group. */
  readonly block: (mail: string) => Promise<void>;
  readonly activeUsers: () => Promise<readonly string[]>;
}

export interface Applying extends Partial<ApplyOptions> {
  /** Entra ID as it carries operations out; the emulated one unless given. */
  readonly provider?: ProviderWays;
}

export interface ThroughEntraOptions extends Partial<EmulatedGraphOptions> {
  readonly directory: Directory;
  /** As with `--restart-job`. */
  readonly restartsJob?: boolean;
}

/** An app registration that may do all that a repair needs. */
const client = {
  id: "0d6f3c1a-0000-4000-8000-000000000001",
  secret: "secret-of-the-app-registration",
  permissions: [
    "Application.Read.All",
    "User.Read.All",
    "GroupMember.Read.All",
    "Synchronization.ReadWrite.All",
    "ProvisioningLog.Read.All",
  ],
};

export async function throughEntra({
  graph: graphOptions,
  ...options
}: ThroughEntraOptions): Promise<ThroughEntra> {
  const world = seededWorld({ seed: 3 });
  const graph = await startEmulatedGraph({
    ...options,
    graph: {
      world,
      clients: [{ clientId: client.id, secret: client.secret, permissions: client.permissions }],
      ...graphOptions,
    },
  });
  const token = await tokenOf(graph);
  const v1 = graphClient(`${graph.emulator.url}/v1.0`, token, { writes: true, world });
  const beta = graphClient(`${graph.emulator.url}/beta`, token, { world });
  const sender = createSender({
    baseUrl: graph.astro.url,
    token: graph.astro.token,
    timeoutMs: 30_000,
    timers: world.timers,
    connections: 4,
    signal: v1.signal,
  });
  for (const one of [v1, beta, sender]) onTestFinished(() => one.close());
  const progress: string[] = [];
  const objectIdOf = (key: string): string => {
    const { users, groups } = graph.company.directory();
    return (users.get(key) ?? groups.get(key))?.objectId ?? "";
  };
  const ways = async (): Promise<ProviderWays> => {
    const servicePrincipalId = graph.company.appId;
    const [job] = await listJobs(v1.api, servicePrincipalId);
    const address = { servicePrincipalId, jobId: job?.id ?? "" };
    const schema = await getSchema(v1.api, address);
    const provided = await readEmulated(graph);
    return createEntraWays({
      api: v1.api,
      beta: beta.api,
      job: {
        ...address,
        ruleIds: { users: ruleIdFor(schema, "users"), groups: ruleIdFor(schema, "groups") },
      },
      tenant: graph.tenantId,
      ids: () => entraIds(provided),
      restartsJob: options.restartsJob === true,
      claims: async () => claimsIn(`Bearer ${token}`),
      pace: {
        now: world.clock.now,
        sleep: world.timers.wait,
        signal: v1.signal,
        onWait: (ms) => progress.push(`waiting ${ms} ms`),
      },
    });
  };
  /** Those of the last plan carry it out. */
  let routing: ProviderWays | undefined;
  const drift = async (): Promise<Drift> => driftOf(await readEmulated(graph), graph.astro);
  const scim = scimClient(graph.astro);
  return {
    graph,
    scim,
    world,
    progress,
    objectIdOf,
    ways,
    drift,
    scimIdOf: async (name) => {
      const state = await graph.astro.state();
      return [...state.users, ...state.teams].find((one) =>
        "userName" in one ? one.userName === name : one.name === name,
      )?.id;
    },
    linkOf: (key) => {
      const { accounts, teams } = graph.company.links();
      const objectId = objectIdOf(key);
      return accounts.find((one) => one.objectId === objectId)?.scimId ?? teams.get(objectId);
    },
    plan: async (planner) => {
      const found = await drift();
      routing = await ways();
      return routing.route(planner(found), found);
    },
    apply: async (plan, { provider, ...applying } = {}) => {
      const { attributePaths } = plan;
      const writer = createScimWriter(sender.send, { target: graph.astro.url, attributePaths });
      return applyPlan(
        plan,
        { ...scimExecutor(writer), provider: provider ?? routing ?? (await ways()) },
        {
          signal: v1.signal,
          pause: world.timers.wait,
          onProgress: (text) => progress.push(text),
          ...applying,
        },
      );
    },
    cycle: async () => {
      graph.company.runCycle();
      await graph.company.settled();
    },
    block: async (mail) => {
      await graph.send("PATCH", `/v1.0/users/${mail}`, { body: { accountEnabled: false } });
    },
    activeUsers: async () => (await graph.held()).users,
  };
}

async function tokenOf({ emulator, tenantId }: EmulatedGraph): Promise<string> {
  const response = await fetch(`${emulator.url}/${tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: client.id,
      client_secret: client.secret,
      scope: "https://graph.microsoft.com/.default",
    }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}
