import { describe, expect, test } from "vitest";

import type { EntraAppSettings } from "../../../src/directory/entra-app-settings.ts";
import { resolveEntraFidelity, type GivenFidelity } from "../../../src/fidelity/resolve.ts";
import type { RunSummary } from "../../../src/idp/run/events.ts";
import type { EntraWorld } from "../../../src/idp/entra/world.ts";
import type { WireAnswer, WireRequest } from "../../../src/wire/exchange.ts";
import { aDirectory, aGroup, anEntraUser } from "../../support/builders.ts";
import { json, list, noResponse, scimError, text } from "../../support/conversation.ts";
import { guid, probes, rehearseEntra, type EntraRehearsal } from "../../support/entra-rehearsal.ts";
import { tinyScim, type TinyScim } from "../../support/tiny-scim.ts";

const mails = ["ada@example.com", "grace@example.com"];
const start = aDirectory({
  users: mails.map((mail) => anEntraUser(mail)),
  groups: [aGroup("Data", mails)],
  assignedUsers: [],
  assignedGroups: ["Data"],
});

const minute = 60_000;
const day = 24 * 60 * minute;

interface Failing {
  readonly entra: EntraRehearsal;
  readonly server: TinyScim;
  /** Answers the requests that match in the place of the server, until it is called again. */
  readonly fail: (wanted?: RegExp, answer?: WireAnswer) => void;
}

function failing(
  given: GivenFidelity = {},
  settings: Partial<EntraAppSettings> = {},
  world: Partial<EntraWorld> = {},
): Failing {
  let fault: { readonly wanted: RegExp; readonly answer: WireAnswer } | undefined;
  const intercept = (request: WireRequest): WireAnswer | undefined => {
    const line = `${request.method} ${request.path} ${JSON.stringify(request.body ?? null)}`;
    const isProbe = request.path.includes(guid);
    return fault?.wanted.test(line) === true && (!isProbe || fault.wanted.source.includes("probe|"))
      ? fault.answer
      : undefined;
  };
  const server = tinyScim({ intercept });
  const entra = rehearseEntra(
    start,
    server.send,
    { fidelity: resolveEntraFidelity(given), ...settings },
    world,
  );
  return {
    entra,
    server,
    fail: (wanted, answer = scimError(500, "oops")) => {
      fault = wanted === undefined ? undefined : { wanted, answer };
    },
  };
}

function outcomes({ reports }: RunSummary): readonly string[] {
  return reports.map(({ subject, outcome }) => {
    switch (outcome.kind) {
      case "done":
        return `${subject.name} ${outcome.did}`;
      case "failed":
        return `${subject.name} ${outcome.failure.code}`;
      case "nothing-sent":
        return `${subject.name}: ${outcome.why}`;
      case "interrupted":
        return `${subject.name} interrupted`;
    }
  });
}

// Microsoft: Understand how provisioning logs work, error codes; entries seen in the field.
describe("the error code of an answer to POST /Users", () => {
  test.each<[what: string, answer: WireAnswer, code: string, given?: GivenFidelity]>([
    ["400", scimError(400, "no"), "SystemForCrossDomainIdentityManagementBadRequest"],
    [
      "400 (kortix/suna #7302)",
      scimError(400, "no"),
      "SystemForCrossDomainIdentityManagementServiceIncompatible",
      { entraBadRequestCode: "service-incompatible" },
    ],
    ["401", scimError(401, "no"), "Unauthorized"],
    ["403", scimError(403, "no"), "InsufficientRights"],
    ["404", scimError(404, "no"), "SystemForCrossDomainIdentityManagementServiceIncompatible"],
    ["405", scimError(405, "no"), "MethodNotAllowed"],
    ["409", scimError(409, "no"), "Conflict"],
    ["409", scimError(409, "no"), "EntryConflict", { entraConflictCode: "EntryConflict" }],
    ["422", scimError(422, "no"), "UnprocessableEntity"],
    ["429", scimError(429, "no"), "TooManyRequests"],
    ["500", scimError(500, "no"), "InternalServerError"],
    ["501", scimError(501, "no"), "NotImplemented"],
    ["503", text(503), "InternalServerError"],
    ["no answer in 60 s (Microsoft Q&A 1151866)", noResponse("timeout"), "Timeout"],
    ["a cut connection", noResponse("reset"), "WebExceptionProtocolError"],
    ["a host that is not there", noResponse("unresolved"), "InvalidDomain"],
    ["201 without an id", json(201, {}), "SystemForCrossDomainIdentityManagementServiceIncompatible"],
    ["201 with a web page", text(201, "<html>"), "SystemForCrossDomainIdentityManagementServiceIncompatible"],
  ])("%s: %s", async (_what, answer, code, given) => {
    const { entra, fail } = failing(given);
    fail(/POST \/Users .*ada/, answer);
    const run = await entra.begin();
    expect(outcomes(run)).toEqual([
      `ada@example.com ${code}`,
      "grace@example.com created",
      "Data created",
      "Data updated",
    ]);
  });

  test("a 409 to a PATCH may be one about filtering (Microsoft Q&A 1185756)", async () => {
    const { entra, fail } = failing({ entraPatchConflictCode: "filtering" });
    await entra.begin();
    fail(/PATCH \/Users/, scimError(409, "taken"));
    const run = await entra.act({
      kind: "update-user",
      user: "ada@example.com",
      profile: { mail: "a@x.io" },
    });
    expect(outcomes(run)).toEqual([
      "a@x.io SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering",
    ]);
  });

  test("the message holds the name of the status, the body as it came, and when it is tried again", async () => {
    const { entra, fail } = failing();
    fail(/POST \/Users .*ada/, scimError(409, "The name is taken."));
    await entra.begin();
    const [escrow] = [...entra.memory.escrows.values()];
    expect(escrow?.task).toMatchObject({ code: "Conflict", reason: "409 Conflict: The name is taken" });
    expect(escrow?.task.sentence).toMatch(
      /^Conflict: StatusCode: Conflict\. .*Web Response: \{.*The name is taken\..* This operation was retried 0 times\. It will be retried again after this date: 2026-09-01T08:40:00\.000Z UTC$/,
    );
  });
});

describe("matching (Microsoft: Customize attribute mappings)", () => {
  const found = { id: "u1", userName: "ada@example.com", active: true, displayName: "ada" };

  test.each<[what: string, answer: WireAnswer, outcome: string, given?: GivenFidelity]>([
    ["two hits", list(found, { ...found, id: "u2" }), "ada@example.com DuplicateTargetEntries"],
    [
      "another one than was looked for",
      list({ ...found, userName: "root@example.com" }),
      "ada@example.com SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering",
    ],
    [
      "several hits of which one fits",
      list({ ...found, id: "u2", userName: "root@example.com" }, found),
      "ada@example.com SystemForCrossDomainIdentityManagementMultipleEntriesInResponse",
    ],
    [
      "several hits of which none fits",
      list({ ...found, userName: "root@example.com" }, { ...found, id: "u2", userName: "eve@example.com" }),
      "ada@example.com SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering",
    ],
    ["one hit in other letters", list({ ...found, userName: "Ada@Example.com" }), "ada@example.com linked"],
    ["no list", json(200, {}), "ada@example.com SystemForCrossDomainIdentityManagementServiceIncompatible"],
    [
      "two hits, by the other code that the logs have",
      list(found, { ...found, id: "u2" }),
      "ada@example.com SystemForCrossDomainIdentityManagementMultipleEntriesInResponse",
      { entraDuplicatesCode: "multiple-entries" },
    ],
  ])("%s", async (_what, answer, outcome, given) => {
    const { entra, fail } = failing(given);
    fail(/GET \/Users\?filter=.*ada/, answer);
    expect(outcomes(await entra.begin())[0]).toBe(outcome);
  });

  test("two groups of one name: the second finds the first one's Team taken", async () => {
    const server = tinyScim();
    const entra = rehearseEntra(
      aDirectory({
        groups: [aGroup("Data"), { ...aGroup("Data 2"), name: "data" }],
        assignedGroups: ["Data", "Data 2"],
      }),
      server.send,
    );
    expect(outcomes(await entra.begin())).toEqual(["Data created", "data DuplicateSourceEntries"]);
  });

  test("two users of one mail: the second finds the first one's account taken", async () => {
    const server = tinyScim();
    const twin = anEntraUser("twin@example.com", { profile: { mail: "Ada@example.com" } });
    const entra = rehearseEntra(aDirectory({ users: [anEntraUser("ada@example.com"), twin] }), server.send);
    expect(outcomes(await entra.begin())).toEqual([
      "ada@example.com created",
      "Ada@example.com DuplicateSourceEntries",
    ]);
  });

  test("an account that is there already is linked, and only what differs is sent", async () => {
    const { entra, server } = failing();
    await entra.begin();
    const again = rehearseEntra(start, server.send);
    server.forget();
    expect(outcomes(await again.begin())).toEqual([
      "ada@example.com linked",
      "grace@example.com linked",
      "Data linked",
      "Data updated",
    ]);
    expect(server.writes()).toEqual(["PATCH /Groups/Groups-3", "PATCH /Groups/Groups-3"]);
  });
});

describe("escrow (Microsoft: How provisioning works, Errors and retries)", () => {
  test("a failed object is tried again by the next cycle, then at growing intervals", async () => {
    const { entra, server, fail } = failing();
    fail(/POST \/Users .*ada/);
    await entra.begin();
    const tried: number[] = [];
    for (let cycle = 1; cycle <= 16; cycle += 1) {
      server.forget();
      await entra.act();
      if (server.lines.some((line) => line === "POST /Users")) tried.push(cycle);
    }
    expect(tried).toEqual([1, 3, 7, 15]);
  });

  // lightdash/lightdash #24458: a 500 to a PATCH of members came again about every 20 minutes.
  test("or in every cycle, with as many minutes between two cycles as it is told", async () => {
    const { entra, server, fail } = failing({ entraCycleMinutes: 20, entraEscrowRetry: "cycle" });
    fail(/PATCH \/Groups/);
    await entra.begin();
    server.forget();
    await entra.elapse(2 * 60 * minute);
    expect(server.lines.filter((line) => line.startsWith("PATCH /Groups"))).toHaveLength(6);
  });

  test("or after 6, 12 and 24 hours, then every 24 hours", async () => {
    const { entra, server, fail } = failing({ entraEscrowRetry: "ladder" });
    fail(/POST \/Users .*ada/);
    const begun = entra.now.getTime();
    await entra.begin();
    const hours: number[] = [];
    for (let hour = 1; hour <= 72; hour += 1) {
      server.forget();
      await entra.elapse(60 * minute);
      if (server.lines.includes("POST /Users"))
        hours.push(Math.round((entra.now.getTime() - begun) / (60 * minute)));
    }
    expect(hours).toEqual([6, 12, 24, 48, 72].map((hour) => hour));
  });

  test.each<[entraCreateRetry: string, lines: readonly string[]]>([
    ["post", ["POST /Users"]],
    ["match", ["GET /Users?filter=userName+eq+%22ada%40example.com%22", "POST /Users"]],
  ])("a creation that failed is repeated: %s", async (entraCreateRetry, lines) => {
    const { entra, server, fail } = failing({ entraCreateRetry });
    fail(/POST \/Users .*ada/);
    await entra.begin();
    fail();
    server.forget();
    await entra.act();
    expect(server.lines.filter((line) => !probes.includes(line)).slice(0, lines.length)).toEqual(lines);
    expect(server.members("Data")).toEqual(mails);
    expect(entra.memory.escrows.size).toBe(0);
  });

  test("on demand, a creation that failed begins with the look-up: importing, scoping and matching go first", async () => {
    const { entra, server, fail } = failing();
    fail(/POST \/Users .*grace/);
    await entra.begin();
    fail();
    server.forget();
    await entra.press({ kind: "provision-user-on-demand", user: "grace@example.com" });
    expect(server.lines.filter((line) => !probes.includes(line))).toEqual([
      "GET /Users?filter=userName+eq+%22grace%40example.com%22",
      "POST /Users",
    ]);
    expect(entra.memory.escrows.size).toBe(0);
  });

  test("a member who waits in escrow is added once there is an account", async () => {
    const { entra, server, fail } = failing();
    fail(/POST \/Users .*ada/);
    await entra.begin();
    expect(server.members("Data")).toEqual(["grace@example.com"]);
    fail();
    await entra.act();
    expect(server.members("Data")).toEqual(mails);
  });

  test("what still fails after four weeks is given up", async () => {
    const { entra, fail } = failing();
    fail(/POST \/Users .*ada/);
    await entra.begin();
    await entra.elapse(27 * day);
    expect(entra.memory.escrows.size).toBe(1);
    await entra.elapse(2 * day);
    expect(entra.memory.escrows.size).toBe(0);
  });

  test("members that the server refuses are a reference failure, and stop nothing else", async () => {
    const { entra, server, fail } = failing();
    fail(/PATCH \/Groups/, scimError(400, "unknown member"));
    await entra.begin();
    const [[key, escrow] = []] = [...entra.memory.escrows];
    expect(key).toBe("00g-Data#members");
    expect(escrow).toMatchObject({ isReference: true });
    fail();
    await entra.act();
    expect(server.members("Data")).toEqual(mails);
  });
});

describe("an account that is gone (404 to its id)", () => {
  test("is matched again, and created where nothing is found", async () => {
    const { entra, server, fail } = failing();
    await entra.begin();
    fail(/GET \/Users\/Users-1/, scimError(404, "gone"));
    server.forget();
    const run = await entra.act({
      kind: "update-user",
      user: "ada@example.com",
      profile: { mail: "a@x.io" },
    });
    expect(outcomes(run)).toEqual(["a@x.io created"]);
    expect(server.lines.filter((line) => !probes.includes(line))).toEqual([
      "GET /Users/Users-1",
      "GET /Users?filter=userName+eq+%22a%40x.io%22",
      "POST /Users",
    ]);
  });

  // Microsoft: Understand how provisioning logs work, error codes: a restart is the remedy.
  test.each(["keep", "forget"])(
    "or is InvalidAnchor, in every cycle until provisioning is restarted; links: %s",
    async (entraRestartLinks) => {
      const { entra, server, fail } = failing({ entraGoneAccount: "invalid-anchor", entraRestartLinks });
      await entra.begin();
      fail(/GET \/Users\/Users-1/, scimError(404, "gone"));
      const run = await entra.act({
        kind: "update-user",
        user: "ada@example.com",
        profile: { mail: "a@x.io" },
      });
      expect(outcomes(run)).toEqual(["a@x.io InvalidAnchor"]);
      expect(outcomes(await entra.act())).toEqual(["a@x.io InvalidAnchor"]);
      server.forget();
      await entra.act({ kind: "restart-provisioning" });
      expect(server.lines).toContain("GET /Users?filter=userName+eq+%22a%40x.io%22");
      expect(server.lines).toContain("POST /Users");
    },
  );

  test.each(["invalid-anchor", "gone"])(
    "ends even where the server finds it and never lets it be changed; entraPatchNotFound %s",
    async (entraPatchNotFound) => {
      const { entra, fail } = failing({ entraPatchNotFound });
      await entra.begin();
      fail(/PATCH \/Users/, scimError(404, "gone"));
      const run = await entra.act({
        kind: "update-user",
        user: "ada@example.com",
        profile: { displayName: "A" },
      });
      expect(outcomes(run)).toEqual(["ada@example.com InvalidAnchor"]);
    },
  );

  test("a 404 to a PATCH alone fails the object and keeps its link: nothing is looked for or created", async () => {
    const { entra, server, fail } = failing();
    await entra.begin();
    fail(/PATCH \/Users/, scimError(404, "gone"));
    server.forget();
    await entra.act({ kind: "update-user", user: "ada@example.com", profile: { displayName: "A" } });
    expect(server.lines.filter((line) => !probes.includes(line))).toEqual([
      "GET /Users/Users-1",
      "PATCH /Users/Users-1",
    ]);
    fail();
    expect(outcomes(await entra.act())).toEqual(["ada@example.com updated"]);
    expect(server.user("ada@example.com")).toMatchObject({ id: "Users-1", displayName: "A" });
  });

  test("a 404 to a PATCH of members fails them, and no second group is created", async () => {
    const { entra, server, fail } = failing();
    fail(/PATCH \/Groups/, scimError(404, "no such member"));
    await entra.begin();
    server.forget();
    expect(outcomes(await entra.act())).toEqual(["Data InvalidAnchor"]);
    expect(server.lines).not.toContain("POST /Groups");
    fail();
    await entra.elapse(day);
    expect(server.members("Data")).toEqual(mails);
  });

  test("is deleted where a deletion finds it gone", async () => {
    const { entra, fail } = failing();
    await entra.begin();
    fail(/DELETE \/Users/, scimError(404, "gone"));
    const purge = [
      { kind: "soft-delete-user", user: "ada@example.com" },
      { kind: "purge-user", user: "ada@example.com" },
    ] as const;
    expect(outcomes(await entra.act(...purge))).toEqual(["ada@example.com deleted"]);
  });
});

describe("429 (UserVoice and Microsoft Q&A contradict each other)", () => {
  const tooMany = json(429, {}, { "retry-after": "30" });

  test("the object fails, and the next cycle takes it up", async () => {
    const { entra, server, fail } = failing();
    fail(/POST \/Users .*ada/, tooMany);
    const begun = entra.now.getTime();
    await entra.begin();
    expect(server.lines.filter((line) => line === "POST /Users")).toHaveLength(2);
    expect(entra.now.getTime()).toBe(begun);
  });

  test("or Retry-After is waited for", async () => {
    const { entra, server, fail } = failing({ entraRateLimit: "retry-after" });
    fail(/POST \/Users .*ada/, tooMany);
    const begun = entra.now.getTime();
    await entra.begin();
    expect(server.lines.filter((line) => line === "POST /Users")).toHaveLength(11);
    expect(entra.now.getTime() - begun).toBe(9 * 30_000);
  });
});

describe("quarantine (Microsoft: Application provisioning in quarantine status)", () => {
  test("a probe that fails stops the cycle, and the next one comes a day later", async () => {
    const { entra, server, fail } = failing();
    await entra.begin();
    fail(/(?:probe|filter)/, text(200, "<html>"));
    const stopped = await entra.act({ kind: "block-user", user: "ada@example.com" });
    expect(stopped.cycles).toMatchObject([{ number: 2, stopped: { kind: "failure" } }]);
    expect(entra.memory.quarantine).toMatchObject({ reason: "EncounteredQuarantineException" });
    expect(server.user("ada@example.com")).toMatchObject({ active: true });
    const before = entra.now.getTime();
    fail();
    await entra.act();
    expect(entra.now.getTime() - before).toBe(day);
    expect(entra.memory.quarantine).toBeUndefined();
    expect(server.user("ada@example.com")).toMatchObject({ active: false });
    expect(entra.events.filter(({ kind }) => kind.startsWith("quarantine"))).toMatchObject([
      { kind: "quarantine-entered" },
      { kind: "quarantine-left" },
    ]);
  });

  test("after four weeks of it provisioning is disabled, until it is restarted", async () => {
    const { entra, server, fail } = failing();
    await entra.begin();
    fail(/(?:probe|filter)/, scimError(401, "expired"));
    await entra.elapse(2 * day);
    // Idle cycles are not sent, so nothing has noticed yet.
    expect(entra.memory.quarantine).toBeUndefined();
    await entra.act();
    await entra.elapse(29 * day);
    expect(entra.memory.state).toBe("disabled");
    fail();
    server.forget();
    await entra.act({ kind: "block-user", user: "ada@example.com" });
    expect(server.lines).toEqual([]);
    await entra.act({ kind: "restart-provisioning" });
    expect(server.user("ada@example.com")).toMatchObject({ active: false });
  });

  test.each<[threshold: string, given: GivenFidelity, reason: string | undefined]>([
    ["too few failures", {}, undefined],
    ["more than 40 % of the events", { entraQuarantineFrom: 2 }, "EncounteredEscrowProportionThreshold"],
    ["not more", { entraQuarantineFrom: 2, entraQuarantinePercent: 100 }, undefined],
    [
      "too many objects",
      { entraQuarantineFrom: 1, entraQuarantineFailures: 1, entraQuarantinePercent: 100 },
      "EncounteredBaseEscrowThreshold",
    ],
    [
      "too many with references",
      { entraQuarantineFrom: 1, entraQuarantineTotal: 1, entraQuarantinePercent: 100 },
      "EncounteredTotalEscrowThreshold",
    ],
  ])("%s", async (_threshold, given, reason) => {
    const { entra, fail } = failing(given);
    await entra.begin();
    fail(/PATCH \/Users/);
    await entra.act(
      { kind: "block-user", user: "ada@example.com" },
      { kind: "block-user", user: "grace@example.com" },
    );
    expect(entra.memory.quarantine?.reason).toBe(reason);
  });

  test("an initial cycle drops what failed instead, and provisioning pauses (Graph: escrowsPruned)", async () => {
    const { entra, server, fail } = failing({ entraQuarantineFrom: 1 });
    fail(/POST \/Users/);
    await entra.begin();
    expect(entra.memory).toMatchObject({ state: "paused", quarantine: undefined });
    expect(entra.memory.escrows.size).toBe(0);
    server.forget();
    await entra.act();
    expect(server.lines).toEqual([]);
  });
});

describe("an interrupted run", () => {
  test("remembers what it did, and is begun again", async () => {
    const controller = new AbortController();
    const server = tinyScim({
      intercept: ({ method, path }) => {
        if (method === "POST" && path === "/Users") controller.abort();
        return undefined;
      },
    });
    const entra = rehearseEntra(start, server.send, {}, { signal: controller.signal });
    const run = await entra.begin();
    expect(run.interrupted).toBe(true);
    expect([...entra.memory.users.values()].map(({ key }) => key)).toEqual(["ada@example.com"]);
    const again = rehearseEntra(start, server.send);
    again.remember(entra.memory);
    await again.begin();
    expect(server.members("Data")).toEqual(mails);
    expect(server.lines.filter((line) => line === "POST /Users")).toHaveLength(2);
  });
});
