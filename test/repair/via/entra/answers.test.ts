/** What is said where Entra ID does not provision, and what is done where its answer is lost. */

import { describe, expect, test } from "vitest";
import { planPushGroups } from "../../../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../../../src/drift/plan/plan.ts";
import type { TokenClaims } from "../../../../src/management/graph/token-claims.ts";
import { claimsIn } from "../../../../src/management/graph/token-claims.ts";
import { rightsOf } from "../../../../src/repair/via/entra/rights.ts";
import { aDirectory, aGroup, anEntraUser } from "../../../support/builders.ts";
import { inWords } from "../../../support/repairing.ts";
import { throughEntra, type ThroughEntra, type ThroughEntraOptions } from "../../../support/through-entra.ts";

const [ada, bob] = ["ada@example.com", "bob@example.com"];
const directory = aDirectory({
  users: [anEntraUser(ada), anEntraUser(bob)],
  groups: [aGroup("data", [ada, bob])],
  assignedGroups: ["data"],
  pushedGroups: [],
});

async function paused(options: Partial<ThroughEntraOptions> = {}): Promise<ThroughEntra> {
  return throughEntra({ directory, startsPaused: true, ...options });
}

async function planFor(entra: ThroughEntra, ...users: readonly string[]): Promise<Plan> {
  return entra.plan((drift) => planResync(drift, { users, teams: [] }));
}

describe("a failure is said in Entra ID's words, with its code and what helps", () => {
  test("skipped, because the user is out of scope since the plan was made", async () => {
    const entra = await paused();
    const plan = await planFor(entra, ada);
    await entra.block(ada);
    const [line] = inWords(await entra.apply(plan));
    expect(line).toMatch(
      /^provision-user ada@example\.com: failed \(Entra ID skipped it, NotEffectivelyEntitled: /,
    );
    expect(line).toContain("blocked from signing in");
    expect(line).toContain("check the assignment and the scoping filters of the app");
    expect(await entra.activeUsers()).toEqual([]);
  });

  test("failed, because Astro did", async () => {
    const entra = await paused();
    const plan = await planFor(entra, ada);
    entra.graph.astro.faults.set(["status=500,method=POST"]);
    expect(inWords(await entra.apply(plan))[0]).toMatch(
      /^provision-user ada@example\.com: failed \(Entra ID failed, InternalServerError: /,
    );
  });

  test("in the other published form of the answer", async () => {
    const entra = await paused({ graph: { onDemandAnswer: "status-info" } });
    const plan = await planFor(entra, ada, bob);
    await entra.block(bob);
    const [first, second] = inWords(await entra.apply(plan, { concurrency: 1 }));
    expect(first).toBe(`provision-user ${ada}: done`);
    expect(second).toContain("failed (Entra ID skipped it, NotEffectivelyEntitled");
  });

  test("because the permission is missing after all: nothing is sent to Astro", async () => {
    const entra = await paused({
      graph: {
        clients: [
          {
            clientId: "0d6f3c1a-0000-4000-8000-000000000001",
            secret: "secret-of-the-app-registration",
            permissions: [
              "Application.Read.All",
              "User.Read.All",
              "GroupMember.Read.All",
              "Synchronization.Read.All",
            ],
          },
        ],
      },
    });
    const plan = await planFor(entra, ada);
    expect(await (await entra.ways()).proveRights()).toMatchObject({ kind: "missing" });
    expect(inWords(await entra.apply(plan))[0]).toContain("Synchronization.ReadWrite.All is needed");
    expect(entra.graph.requests.filter((line) => !line.startsWith("GET "))).toEqual([]);
  });
});

test("a user whom Entra ID has linked to another account is not reported as repaired", async () => {
  const entra = await paused();
  const plan = await planFor(entra, ada);
  let isProvisioned = false;
  const change = <Answer extends { readonly body?: unknown }>(answer: Answer): Answer =>
    isProvisioned ? { ...answer, body: { ...Object(answer.body), targetAnchor: "another" } } : answer;
  entra.graph.emulator.faults.set([
    {
      method: "POST",
      effect: {
        kind: "change",
        change: (answer) => {
          isProvisioned = true;
          return answer;
        },
      },
    },
    { method: "GET", effect: { kind: "change", change } },
  ]);
  const [line] = inWords(await entra.apply(plan));
  expect(line).toContain("not-confirmed");
  expect(line).toContain("is linked to another account or Team (another)");
});

test("an app whose links lead to another Astro is refused before anything is sent", async () => {
  const mails = ["a", "b", "c"].map((name) => `${name}@example.com`);
  const entra = await throughEntra({
    directory: aDirectory({ users: [...mails, ada].map((mail) => anEntraUser(mail)), pushedGroups: [] }),
  });
  for (const mail of [...mails, ada]) {
    await entra.scim.delete(`/Users/${await entra.scimIdOf(mail)}`);
    if (mail !== ada) await entra.scim.user(mail);
  }
  await expect(planFor(entra, ada)).rejects.toMatchObject({
    code: "refused",
    message: expect.stringContaining("the app provisions another Astro, or its links are dead"),
  });
});

describe("members", () => {
  test("to whom Entra ID is not linked are named, and not sent", async () => {
    const entra = await paused();
    await entra.apply(await planFor(entra, ada));
    await entra.scim.user(bob, { displayName: "bob" });
    const plan = await entra.plan((drift) => planPushGroups(drift, ["data"]));
    expect(plan.operations).toMatchObject([{ kind: "provision-group", added: [{ userName: ada }] }]);
    expect(plan.leftOut).toMatchObject([
      {
        code: "provider-link",
        reason: `does not get 1 member to whom Entra ID is not linked: ${bob}. Run resync with their names, then this command again`,
      },
    ]);
    expect(inWords(await entra.apply(plan))).toEqual(["provision-group data: done"]);
    expect((await entra.graph.held()).teams).toEqual({ data: [ada] });
  });

  test("are sent five at a time, and requests wait for their turn, which is shown", async () => {
    const mails = Array.from({ length: 22 }, (_, at) => `user${String(at).padStart(2, "0")}@example.com`);
    const entra = await throughEntra({
      directory: aDirectory({
        users: mails.map((mail) => anEntraUser(mail)),
        groups: [aGroup("data", mails)],
        assignedGroups: ["data"],
        pushedGroups: [],
      }),
    });
    await entra.scim.delete(`/Groups/${await entra.scimIdOf("data")}`);
    const { company } = entra.graph;
    company.act({ kind: "delete-object-connection", objectId: entra.objectIdOf("data") });
    await company.settled();
    const plan = await entra.plan((drift) => planPushGroups(drift, ["data"]));
    expect(inWords(await entra.apply(plan))).toEqual(["provision-group data: done"]);
    expect((await entra.graph.held()).teams).toEqual({ data: mails });
    expect(entra.progress).toContain("waiting for Entra ID: data, members 6 to 10 of 22");
    expect(entra.progress.filter((line) => /^waiting \d+ ms$/.test(line))).toHaveLength(1);
  });
});

describe("a lost answer", () => {
  const onDemand = "/v1.0/servicePrincipals/*/synchronization/jobs/*/provisionOnDemand";
  const runs = (entra: ThroughEntra): number =>
    entra.graph.emulator.requests().filter(({ path }) => path.endsWith("/provisionOnDemand")).length;

  test.each(["before-answer", "in-answer"] as const)(
    "(%s) is not asked for again: the link says that the run has come to its end",
    async (when) => {
      const entra = await paused();
      const plan = await planFor(entra, ada);
      entra.graph.emulator.faults.set([{ path: onDemand, effect: { kind: "cut", when } }]);
      expect(inWords(await entra.apply(plan))).toEqual([`provision-user ${ada}: done`]);
      expect(runs(entra)).toBe(1);
    },
  );

  test("of a request that never arrived is waited for a minute, shown, and is unknown then", async () => {
    const entra = await paused();
    const plan = await planFor(entra, ada);
    entra.graph.emulator.faults.set([{ path: onDemand, effect: { kind: "cut", when: "before-request" } }]);
    const [line] = inWords(await entra.apply(plan));
    expect(line).toMatch(/^provision-user ada@example\.com: unknown \(/);
    expect(entra.progress.at(-1)).toBe(`waiting for Entra ID: ${ada}, 60 s`);
    expect(runs(entra)).toBe(1);
  });

  test("that cannot be read is looked for, too", async () => {
    const entra = await paused();
    const plan = await planFor(entra, ada);
    const change = () => ({ status: 200, body: { key: "?", value: "?" } });
    entra.graph.emulator.faults.set([{ path: onDemand, effect: { kind: "change", change } }]);
    expect(inWords(await entra.apply(plan))).toEqual([`provision-user ${ada}: done`]);
  });
});

describe("the rights to write", () => {
  const needed = "Synchronization.ReadWrite.All";
  const applicationAdministrator = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3";
  const globalReader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";

  test.each<readonly [what: string, claims: TokenClaims | undefined, kind: "proved" | "missing"]>([
    ["an app with the permission", { roles: ["User.Read.All", needed] }, "proved"],
    ["an app that may only read", { roles: ["Synchronization.Read.All"] }, "missing"],
    ["an app without any permission", {}, "missing"],
    [
      "an administrator with the Azure CLI",
      { scp: "Application.ReadWrite.All email", wids: [applicationAdministrator] },
      "proved",
    ],
    [
      "a reader with the Azure CLI",
      { scp: "Application.ReadWrite.All email", wids: [globalReader] },
      "missing",
    ],
    [
      "an administrator whose token may only read",
      { scp: "User.Read", wids: [applicationAdministrator] },
      "missing",
    ],
    ["a token that cannot be looked into", undefined, "missing"],
  ])("of %s", (_what, claims, kind) => {
    expect(rightsOf(claims).kind).toBe(kind);
  });

  test.each(["", "Bearer opaque", "Bearer a.b", "Bearer a.!.c", "Bearer a.bm90IGpzb24.c", "Basic a.e30.c"])(
    "are not read out of %o",
    (header) => {
      expect(claimsIn(header)).toBeUndefined();
    },
  );

  test("are proved by the token that the emulated Entra ID gives out", async () => {
    expect(await (await (await paused()).ways()).proveRights()).toEqual({ kind: "proved" });
  });
});
