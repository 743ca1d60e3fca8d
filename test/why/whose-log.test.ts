/** Whose entries a story is made of: not those of another account, of an earlier Team, or of a log that was not read. */

import { describe, expect, test } from "vitest";
import { documentedOktaSettings } from "../../src/directory/app-settings.ts";
import { readProviderLog, type ProviderLogReading } from "../../src/cli/why/provider-log.ts";
import type { ProviderHistory, ProviderLogEntry } from "../../src/directory/provider-history.ts";
import type { ProvidedDirectory } from "../../src/directory/source.ts";
import { diff, type Drift } from "../../src/drift/compare/diff.ts";
import { expectedState } from "../../src/idp/expected/expected-state.ts";
import { okta } from "../../src/idp/okta/provider.ts";
import { memberCauses } from "../../src/why/causes/member-causes.ts";
import { userCauses } from "../../src/why/causes/user-causes.ts";
import { findSubject } from "../../src/why/facts/find-subject.ts";
import { sidesOf, type Sides } from "../../src/why/facts/sides.ts";
import { memberFacts, teamFacts } from "../../src/why/facts/team-facts.ts";
import { userFacts } from "../../src/why/facts/user-facts.ts";
import { fromProvider, type LogEntry } from "../../src/why/logs/log-entry.ts";
import type { Logs } from "../../src/why/logs/logs.ts";
import { tellUser } from "../../src/why/tell/tell-user.ts";
import { aDirectory, aGroup, aUser } from "../support/builders.ts";
import { heldState } from "../support/states.ts";

const ada = "ada@example.com";
const bob = "bob@example.com";

function sides(held: Parameters<typeof heldState>[0], more: Partial<ProvidedDirectory> = {}): Sides {
  const directory = aDirectory({
    users: [aUser(ada), aUser(bob)],
    groups: [aGroup("data", [ada, bob])],
  });
  const app = documentedOktaSettings;
  const provided = { directory, app, protect: [], remembered: undefined, findings: [], ...more };
  return sidesOf(provided, diff(expectedState(directory, app), heldState(held)), okta.words);
}

function logs(more: Partial<Logs> = {}): Logs {
  return {
    provider: new Map(),
    providerSince: new Map(),
    astro: [],
    journal: [],
    read: new Set(["provider", "astro", "journal"]),
    ...more,
  };
}

function written(action: LogEntry["action"], more: Partial<LogEntry>): LogEntry {
  return {
    log: "astro",
    at: "2026-01-10T09:00:00.000Z",
    action,
    outcome: "success",
    writer: "other",
    text: action,
    by: "curl",
    reason: undefined,
    code: undefined,
    objects: [],
    ...more,
  };
}

function user(of: Sides, of_: Logs, name = ada): ReturnType<typeof userFacts> {
  const found = findSubject(of, name, "user");
  if (found.kind !== "one" || found.subject.kind !== "user") throw new Error(found.kind);
  return userFacts(of, found.subject, of_);
}

describe("an earlier account that had the userName", () => {
  const astro = [
    written("account-changed", { objects: [{ id: "old", name: ada }], userName: ada, writer: "provider" }),
    written("account-renamed", {
      at: "2026-01-11T09:00:00.000Z",
      objects: [{ id: "old", name: undefined }],
      userName: "ada.old@example.com",
    }),
    written("account-deleted", { at: "2026-01-12T09:00:00.000Z", objects: [{ id: "old", name: undefined }] }),
  ];

  test("has no part in the story of the account that has it now", () => {
    const facts = user(sides({ users: [{ name: bob }] }), logs({ astro }));
    expect([facts.log, userCauses(facts)]).toEqual([[], []]);
  });

  test("has one where it kept the name", () => {
    const kept = astro.filter(({ action }) => action !== "account-renamed");
    const facts = user(sides({ users: [{ name: bob }] }), logs({ astro: kept }));
    expect(userCauses(facts).map(({ id }) => id)).toEqual(["removed-in-astro"]);
  });
});

describe("a Team of another name that had this one", () => {
  const held = {
    users: [{ name: ada }, { name: bob }],
    teams: [
      { name: "data", members: [ada], id: "t2" },
      { name: "analytics", members: [ada], id: "t1" },
    ],
  };
  const removed = written("member-removed", {
    at: "2026-01-11T09:00:00.000Z",
    objects: [
      { id: "t1", name: "analytics" },
      { id: `id-${bob}`, name: bob },
    ],
  });
  const named = written("team-changed", { objects: [{ id: "t1", name: "data" }], writer: "provider" });

  test("has lost the member, and not this Team", () => {
    const both = sides(held);
    const found = findSubject(both, "data", "team");
    if (found.kind !== "one" || found.subject.kind !== "team") throw new Error(found.kind);
    const read = logs({ astro: [named, removed] });
    const members = memberFacts(both, teamFacts(both, found.subject, read), read);
    expect(members.map((one) => [one.member.userName, memberCauses(one)])).toEqual([[bob, []]]);
  });

  test("that is gone has lost the member, and not the Team that was pushed after it", () => {
    const both = sides({ ...held, teams: held.teams.slice(0, 1) });
    const found = findSubject(both, "data", "team");
    if (found.kind !== "one" || found.subject.kind !== "team") throw new Error(found.kind);
    const read = logs({ astro: [named, removed] });
    const members = memberFacts(both, teamFacts(both, found.subject, read), read);
    expect(members.map((one) => memberCauses(one))).toEqual([[]]);
  });
});

describe("a log of the provider that was not asked about somebody", () => {
  const both = sides({ users: [] });
  const id = aUser(ada).objectId;

  test("was not read for that user", () => {
    const facts = user(both, logs({ provider: new Map([["another", []]]) }));
    expect([facts.logsRead.has("provider"), facts.providerLogSince]).toEqual([false, undefined]);
  });

  test("was read for who was asked about, and goes back as far as that says", () => {
    const since = "2026-01-01T00:00:00.000Z";
    const read = logs({ provider: new Map([[id, []]]), providerSince: new Map([[id, since]]) });
    const facts = user(both, read);
    expect([facts.logsRead.has("provider"), facts.providerLogSince]).toEqual([true, since]);
  });
});

test("the journal has a user by the SCIM ID, too, where the name was redacted", () => {
  const journal = [
    written("account-deactivated", {
      log: "journal",
      writer: "astro-scim",
      objects: [{ id: `id-${ada}`, name: "redacted-1" }],
    }),
  ];
  const facts = user(sides({ users: [{ name: ada }] }), logs({ journal }));
  expect(facts.log).toEqual(journal);
});

test.each([
  ["what provisioning did is the provider's, whoever set it off", "account-created", "provider"],
  ["what an administrator did is not", "assigned", "other"],
] as const)("%s", (_rule, action, writer) => {
  const { log: _log, writer: _writer, ...rest } = written(action, { by: "admin@example.com" });
  expect(fromProvider(rest satisfies ProviderLogEntry).writer).toBe(writer);
});

describe("the log of the provider, object by object", () => {
  const now = new Date("2026-01-15T09:00:00Z");
  const { log: _log, writer: _writer, ...one } = written("other", { at: "2026-01-14T09:00:00Z" });
  const reading = (entries: ProviderHistory["entries"], count = 2): ProviderLogReading => ({
    history: {
      logName: "the log",
      baseUrl: "https://acme.okta.com",
      keptDays: 90,
      findUser: async () => undefined,
      entries,
    },
    about: Array.from({ length: count }, (_, at) => ({ kind: "user", objectId: `u${at}` })),
    now,
    attempt: async (read) => read().catch(() => undefined),
    skew: () => undefined,
  });

  test("is complete since it is kept", async () => {
    const { provider, providerSince, unread } = await readProviderLog(
      reading(async () => ({ entries: [one], isCut: false })),
    );
    expect([...provider.keys()]).toEqual(["u0", "u1"]);
    expect(providerSince.get("u1")).toBe("2025-10-17T09:00:00.000Z");
    expect(unread).toEqual([]);
  });

  test("that has more than is read is complete since its oldest entry, and that is said", async () => {
    const { providerSince, unread } = await readProviderLog(
      reading(async () => ({ entries: [one], isCut: true }), 1),
    );
    expect(providerSince.get("u0")).toBe("2026-01-14T09:00:00.000Z");
    expect(unread).toEqual([{ what: "the log", why: "only its newest 1 entries about u0 were read" }]);
  });

  test("that fails at somebody was not read of that one, nor of those after", async () => {
    const { provider } = await readProviderLog(
      reading(async ({ objectId }) => {
        if (objectId === "u1") throw new Error("failed");
        return { entries: [one], isCut: false };
      }, 3),
    );
    expect([...provider.keys()]).toEqual(["u0"]);
  });
});

describe("of a user with whom nothing seems wrong it is not said that nothing is", () => {
  test.each([
    [
      "where Astro's APIs disagree about the account",
      (drift: Drift): Drift => ({
        ...drift,
        apisDisagree: [{ user: drift.held.users.get(ada)!, inIam: "not-listed" as const }],
      }),
      /disagree about ada@example\.com: active over SCIM, and not listed at all over IAM/,
    ],
    [
      "where Astro does not show who is in a Team of the user",
      (drift: Drift): Drift => {
        const [team] = drift.expected.teams.values();
        const [held] = drift.held.teams.values();
        return { ...drift, changes: [], cannotTell: [{ team: team!, held: held!, members: [] }] };
      },
      /does not show who is in data/,
    ],
  ])("%s", (_where, change, says) => {
    const both = sides({
      users: [{ name: ada }, { name: bob }],
      teams: [{ name: "data", members: [ada, bob] }],
    });
    const found = findSubject(both, ada, "user");
    if (found.kind !== "one" || found.subject.kind !== "user") throw new Error(found.kind);
    const drift = { ...both.drift, changes: [] };
    const read = { sides: { ...both, drift: change(drift) }, logs: logs(), clocks: [], unread: [] };
    const { verdict, explanation } = tellUser(found.subject, read);
    expect([verdict, explanation]).toEqual(["cannot-tell", expect.stringMatching(says)]);
    expect(tellUser(found.subject, { ...read, sides: { ...both, drift } }).verdict).toBe("fine");
  });
});
