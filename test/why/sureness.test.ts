/** What keeps a cause from being named, or from being certain: a log that does not reach far enough, or that says otherwise. */

import { describe, expect, test } from "vitest";
import type { LoggedAction } from "../../src/directory/provider-history.ts";
import { okta } from "../../src/idp/okta/provider.ts";
import { entra } from "../../src/idp/entra/provider.ts";
import { userCauses } from "../../src/why/causes/user-causes.ts";
import type { UserFacts } from "../../src/why/facts/facts.ts";
import type { LogEntry } from "../../src/why/logs/log-entry.ts";
import { aUser } from "../support/builders.ts";
import { heldState } from "../support/states.ts";

const name = "ada@example.com";
const held = [...heldState({ users: [{ name, externalId: "00u-ada" }], teams: [] }).users.values()];

function facts(more: Partial<UserFacts>): UserFacts {
  return {
    kind: "user",
    words: okta.words,
    isLive: true,
    flag: undefined,
    appFindings: [],
    logsRead: new Set(["provider", "astro", "journal"]),
    providerLogSince: "2026-01-01T00:00:00.000Z",
    lastAccepted: undefined,
    isAlwaysLegacy: false,
    name,
    user: aUser(name),
    outside: undefined,
    expected: undefined,
    unmappableReason: undefined,
    notProvisioned: undefined,
    isAssigned: { directly: false, through: [] },
    findings: [],
    link: { kind: "not-linked" },
    accounts: held,
    changes: [],
    log: [],
    scimIds: new Set(),
    teams: { expected: [], held: [] },
    ...more,
  };
}

function entry(action: LoggedAction, more: Partial<LogEntry> = {}): LogEntry {
  return {
    log: "provider",
    at: "2026-01-10T09:00:00.000Z",
    action,
    outcome: "success",
    writer: "provider",
    text: action,
    by: undefined,
    reason: undefined,
    code: undefined,
    objects: [],
    ...more,
  };
}

const [account] = held;
if (account === undefined) throw new Error("no account");
const leftOver: UserFacts["changes"] = [
  { kind: "user-left-over", held: account, reason: "not assigned to the app", link: "not-linked" },
];
const madeAt = (createdAt: string): UserFacts["accounts"] => [
  {
    ...account,
    iam: {
      id: account.scimId,
      email: name,
      fullName: "",
      status: "ACTIVE",
      createdAt,
      updatedAt: createdAt,
      roles: undefined,
    },
  },
];
const missing: Pick<UserFacts, "changes" | "accounts" | "findings"> = {
  changes: [
    { kind: "user-missing", user: expectedUser(), externalId: undefined, attributes: {}, awaited: [] },
  ],
  accounts: [],
  findings: [
    {
      kind: "user-not-provisioned",
      user: { objectId: "00u-ada", name },
      status: "ERROR",
      error: "Unauthorized",
    },
  ],
};

function expectedUser(): NonNullable<UserFacts["expected"]> {
  return {
    key: name,
    userName: name,
    scimId: undefined,
    externalId: undefined,
    active: true,
    attributes: {},
    presence: "active",
    reason: "assigned to the app",
  };
}

const causes = (more: Partial<UserFacts>): readonly string[] =>
  userCauses(facts(more)).map(({ id, sure }) => `${id} ${sure}`);

describe("a leaver without a link", () => {
  test("is certain where the log is older than the account", () => {
    const accounts = madeAt("2026-01-05T00:00:00Z");
    expect(causes({ changes: leftOver, accounts })).toEqual(["leaver-without-link certain"]);
  });

  test("is likely where the account is older than the log", () => {
    const accounts = madeAt("2025-01-05T00:00:00Z");
    expect(causes({ changes: leftOver, accounts })).toEqual(["leaver-without-link likely"]);
  });

  test("is likely where the log was not read", () => {
    const unread = { providerLogSince: undefined, logsRead: new Set(["astro"] as const) };
    expect(causes({ changes: leftOver, accounts: madeAt("2026-01-05T00:00:00Z"), ...unread })).toEqual([
      "leaver-without-link likely",
    ]);
  });

  test("is not named where the log shows that there was a link", () => {
    expect(causes({ changes: leftOver, log: [entry("account-created")] })).toEqual([]);
  });
});

describe("a token that Astro refused", () => {
  const refused = entry("account-created", { outcome: "failure", reason: "Unauthorized" });

  test("is the likely cause while nothing was accepted since: the token may have been replaced", () => {
    expect(causes({ ...missing, log: [refused] })).toEqual(["token-expired likely"]);
  });

  test("is certain while the provider says that it is stopped by that", () => {
    const appFindings = [
      { kind: "job-in-quarantine", reason: "Unknown", error: "401 Unauthorized" } as const,
    ];
    expect(causes({ ...missing, log: [refused], appFindings, words: entra.words })).toEqual([
      "token-expired certain",
    ]);
  });

  test("is not the cause any more once Astro has taken a later write", () => {
    const lastAccepted = "2026-01-11T00:00:00.000Z";
    expect(causes({ ...missing, log: [refused], lastAccepted })).toEqual(["not-provisioned certain"]);
  });

  test("is likely where the audit log was not read", () => {
    const logsRead = new Set(["provider"] as const);
    expect(causes({ ...missing, log: [refused], logsRead })).toEqual(["token-expired likely"]);
  });

  test("is not read into a name that has the number", () => {
    const log = [entry("account-created", { outcome: "failure", reason: "User room-401 is not unique" })];
    expect(causes({ ...missing, log })).toEqual(["not-provisioned certain"]);
  });
});

describe("a removal in Astro", () => {
  const removed = entry("account-deleted", { log: "astro", writer: "other", at: "2026-01-10T10:00:00.000Z" });

  test("is not named where the account was created again since", () => {
    const again = entry("account-created", { at: "2026-01-10T11:00:00.000Z" });
    expect(causes({ ...missing, findings: [], log: [removed, again] })).toEqual(["account-gone likely"]);
  });

  test("that Astro refused is not named", () => {
    const log = [{ ...removed, outcome: "failure" as const }];
    expect(causes({ ...missing, findings: [], log })).toEqual([]);
  });

  test("that the provider overtook is not named: its own deactivation is the newer one", () => {
    const own = entry("account-deactivated", { log: "astro", at: "2026-01-12T10:00:00.000Z" });
    expect(causes({ ...missing, findings: [], log: [removed, own] })).toEqual([]);
  });

  test("by astro-scim, where somebody else removed the account later, is not named", () => {
    const ours = entry("account-deactivated", { log: "journal", writer: "astro-scim", at: removed.at });
    const theirs = { ...removed, at: "2026-01-11T10:00:00.000Z" };
    expect(causes({ ...missing, findings: [], log: [ours, theirs] })).toEqual(["removed-in-astro certain"]);
  });

  test("of another account is not named", () => {
    const inactive = { ...account, active: false };
    const changes = [{ kind: "user-inactive", user: expectedUser(), held: inactive, reason: "" } as const];
    const log = [{ ...removed, objects: [{ id: "another", name }] }];
    expect(causes({ changes: changes as never, accounts: [inactive], log })).toEqual([]);
    const own = [{ ...removed, objects: [{ id: account.scimId, name }] }];
    expect(causes({ changes: changes as never, accounts: [inactive], log: own })).toEqual([
      "removed-in-astro certain",
    ]);
  });

  test("by our own repair is told as that", () => {
    const log = [{ ...removed, writer: "astro-scim" as const, log: "journal" as const }];
    expect(causes({ ...missing, findings: [], log })).toEqual(["removed-by-astro-scim certain"]);
  });
});

describe("a deactivation that failed", () => {
  const failed = entry("account-deactivated", { outcome: "failure", reason: "Bad Gateway" });
  const linked = { changes: leftOver, link: { kind: "linked", scimId: "1" } as const };

  test("is the cause", () => {
    expect(causes({ ...linked, log: [failed] })).toEqual(["deactivation-failed certain"]);
  });

  test("is not the cause where the user was provisioned again since", () => {
    const again = entry("account-activated", { at: "2026-01-20T00:00:00.000Z" });
    expect(causes({ ...linked, log: [failed, again] })).toEqual([]);
  });
});

describe("a change of the userName in Astro", () => {
  const change = {
    kind: "user-renamed",
    user: expectedUser(),
    held: { ...account, userName: "ada.old@example.com" },
    evidence: "linked",
  } as const;
  const written = (userName: string): LogEntry =>
    entry("account-renamed", { log: "astro", writer: "other", userName, by: "curl" });

  test.each([
    [
      "that gave the account the name that it has",
      "ada.old@example.com",
      /renamed to ada\.old@example\.com in Astro/,
    ],
    ["that gave it another one is history", "ada.older@example.com", /^one side was renamed/],
  ])("%s", (_what, userName, says) => {
    const [cause] = userCauses(facts({ changes: [change] as never, log: [written(userName)] }));
    expect(cause?.sentence).toMatch(says);
  });
});

describe("the missing flag", () => {
  const legacy = entry("account-deactivated", {
    log: "astro",
    outcome: "failure",
    code: "400",
    isLegacyForm: true,
  });
  const leaver = { words: entra.words, flag: true, changes: leftOver, link: { kind: "unknown" } as const };

  test("is likely where nothing says why Astro refused the request", () => {
    expect(causes({ ...leaver, log: [legacy], isAlwaysLegacy: true })).toEqual(["wrong-flag likely"]);
  });

  test("is not named where other requests have the newer form: that was on demand", () => {
    expect(causes({ ...leaver, log: [legacy], isAlwaysLegacy: false })).toEqual([]);
  });

  test("is not named for a conflict", () => {
    expect(causes({ ...leaver, log: [{ ...legacy, code: "409" }], isAlwaysLegacy: true })).toEqual([]);
  });
});

describe("a switch that is off", () => {
  const off = {
    kind: "toggle-off",
    toggle: "Deactivate Users",
    effect: "Nobody is deactivated.",
    since: "2026-01-09T00:00:00.000Z",
  } as const;
  const linked = { changes: leftOver, appFindings: [off], link: { kind: "linked", scimId: "1" } as const };

  test("is certain where the user left after it", () => {
    expect(causes({ ...linked, log: [entry("unassigned")] })).toEqual(["toggle-off certain"]);
  });

  test("is likely where the user left before it", () => {
    const log = [entry("unassigned", { at: "2026-01-08T00:00:00.000Z" })];
    expect(causes({ ...linked, log })).toEqual(["toggle-off likely"]);
  });

  test("is not the cause where the deactivation was tried", () => {
    const log = [entry("account-deactivated", { outcome: "failure", reason: "Bad Gateway" })];
    expect(causes({ ...linked, log })).toEqual(["deactivation-failed certain"]);
  });
});

test("two causes that both fit are both named", () => {
  const quarantine = { kind: "job-in-quarantine", reason: "TooManyDeletes" } as const;
  const escrow = { kind: "user-in-escrow", user: { objectId: "1", name }, error: "Bad Gateway" } as const;
  expect(
    causes({ ...missing, findings: [escrow], appFindings: [quarantine], words: entra.words, flag: true }),
  ).toEqual(["quarantine certain", "escrow certain"]);
});
