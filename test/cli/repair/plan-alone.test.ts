/** A plan is carried out from itself alone, whether it was made in this process or read from a file. */

import { describe, expect, test } from "vitest";
import { measureDrift } from "../../../src/cli/measure-drift.ts";
import { carryOutOn } from "../../../src/cli/repair/carry-out.ts";
import { withSession, type Session } from "../../../src/cli/session.ts";
import type { Drift } from "../../../src/drift/compare/diff.ts";
import { planDelete } from "../../../src/drift/plan/plan-delete.ts";
import { planPushGroups } from "../../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../../src/drift/plan/plan.ts";
import { readFixture } from "../../../src/fixture/read.ts";
import { readPlan, writePlan } from "../../../src/plan-file/plan-json.ts";
import type { Outcome } from "../../../src/repair/outcome.ts";
import { startServer } from "../../../src/server/start.ts";
import type { Send } from "../../../src/wire/exchange.ts";
import { fakeIo } from "../../support/fake-io.ts";
import { everything } from "../../support/repairing.ts";
import { scimClient } from "../../support/scim-client.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const now = () => new Date("2026-01-15T09:00:00Z");
const token = "token-of-plan-alone";

const fixture = `idp: okta
organization: cknaqyipv05731evsry6cj4n0
protect: [kim@example.com]
users:
  - { email: ada@example.com, firstName: Ada, lastName: King, id: 00u1 }
  - { email: bob@example.com, firstName: Bob, lastName: Ray, id: 00u2 }
  - { email: eve@example.com, firstName: Eve, lastName: Lin, id: 00u3 }
groups:
  - { name: data, push: true, members: [ada@example.com, bob@example.com] }
  - { name: ops, push: true, members: [eve@example.com] }
astro:
  users:
    - { email: bob@example.com, externalId: 00u2, displayName: Robert }
    - { email: eve.old@example.com, externalId: 00u3, active: false }
    - { email: kim@example.com }
    - { email: left@example.com }
  teams:
    - { name: ops, isIdpManaged: true, members: [left@example.com, kim@example.com] }
`;

/** With an attribute beside those that Astro documents, which fingerprints are made of as well. */
const mapped = `idp: entra
organization: cknaqyipv05731evsry6cj4n0
app: { users: { mappings: { title: jobTitle } } }
users:
  - { mail: bob@example.com, displayName: Bob, jobTitle: Dr }
astro:
  users:
    - { email: bob@example.com }
`;

interface Carried {
  /** `PATCH /Users/c…` with its body, in the order in which they were sent. */
  readonly requests: readonly string[];
  readonly outcomes: readonly Outcome[];
  /** The file of the plan. */
  readonly written: string;
}

/** Starts an Astro whose ids are the same each time, and does something in a session with it that notes what it sends. */
async function onSameAstro<Result>(
  text: string,
  run: (session: Session, requests: string[]) => Promise<Result>,
): Promise<Result> {
  const { astro: seed, organization } = readFixture("own.yaml", text, { shipped: false });
  const requests: string[] = [];
  const noting = (send: Send): Send => {
    return async (request) => {
      requests.push(`${request.method} ${request.path} ${JSON.stringify(request.body ?? null)}`);
      return await send(request);
    };
  };
  const server = await startServer({
    seed,
    organizationId: organization,
    token,
    now,
    randomBytes: (count) => new Uint8Array(count).fill(7),
  });
  for (const { id } of (await scimClient(server).get("/Users")).body.Resources)
    await scimClient(server).patch(`/Users/${id}`, { op: "replace", path: "title", value: "Mr" });
  const io = fakeIo({ cwd: await tempFolder({ "own.yaml": text }) });
  const flags = { url: server.url, token, output: "json", quiet: true, concurrency: 1 } as const;
  const options = {
    flags,
    directory: "own.yaml",
    directoryBy: "from",
    defaultFixture: "own.yaml",
    intent: "write",
  } as const;
  const results: Result[] = [];
  try {
    await withSession(io, options, async (session) => {
      const { connection } = session;
      const { send, sendToTheEnd } = connection;
      const watched = { ...connection, send: noting(send), sendToTheEnd: noting(sendToTheEnd) };
      results.push(await run({ ...session, connection: watched }, requests));
      return 0;
    });
  } finally {
    await server.close();
  }
  return results[0]!;
}

async function carriedOut(
  text: string,
  planOf: (drift: Drift) => Plan,
  how: "in memory" | "from its file",
): Promise<Carried> {
  return onSameAstro(text, async (session, requests) => {
    const made = planOf((await measureDrift(session, { textIdsOnly: true, flags: {} })).drift);
    const written = writePlan(made);
    requests.length = 0;
    const plan = how === "in memory" ? made : readPlan("plan.json", written);
    return { outcomes: await carryOutOn(session, plan), requests: [...requests], written };
  });
}

describe("a plan that was read from a file is carried out by the same requests as in memory", () => {
  test.each<{ command: string; text?: string; planOf: (drift: Drift) => Plan; writes: number }>([
    { command: "resync", planOf: (drift) => planResync(drift, everything), writes: 9 },
    {
      command: "resync of a mapped attribute",
      text: mapped,
      planOf: (drift) => planResync(drift, everything),
      writes: 1,
    },
    { command: "push-group", planOf: (drift) => planPushGroups(drift, "all"), writes: 3 },
    { command: "delete", planOf: (drift) => planDelete(drift, everything), writes: 1 },
  ])("$command", async ({ text = fixture, planOf, writes }) => {
    const memory = await carriedOut(text, planOf, "in memory");
    const file = await carriedOut(text, planOf, "from its file");
    expect(file.requests).toEqual(memory.requests);
    expect(file.requests.filter((line) => !line.startsWith("GET "))).toHaveLength(writes);
    expect(file.outcomes).toEqual(memory.outcomes);
    expect(new Set(file.outcomes.map(({ status }) => status))).toEqual(new Set(["done"]));
  });
});

test("nothing of a token is in the file of a plan, and its target is", async () => {
  const { written } = await carriedOut(fixture, (drift) => planResync(drift, everything), "in memory");
  expect(written).not.toContain(token);
  expect(JSON.parse(written)).toMatchObject({
    target: {
      kind: "scim",
      baseUrl: expect.stringMatching(/\/scim\/v2\/cknaqyipv05731evsry6cj4n0$/) as string,
    },
    protectedKeys: ["kim@example.com"],
  });
});

test("a plan of another target is not carried out, and nothing is asked", async () => {
  await onSameAstro(fixture, async (session, requests) => {
    const plan = planResync(
      (await measureDrift(session, { textIdsOnly: true, flags: {} })).drift,
      everything,
    );
    requests.length = 0;
    const target = { kind: "scim", baseUrl: "https://api.astronomer.io/scim/v2/org" } as const;
    await expect(carryOutOn(session, { ...plan, target })).rejects.toThrow(
      expect.objectContaining({ code: "refused" }) as Error,
    );
    expect(requests).toEqual([]);
  });
});
