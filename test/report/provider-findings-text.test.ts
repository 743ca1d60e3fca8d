/** How findings of a live provider read: on 80 columns, each said once, in the words of its console. */

import { Chalk } from "chalk";
import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import type { FindingKind, ProviderFinding } from "../../src/directory/provider-finding.ts";
import { diff, type DiffOptions } from "../../src/drift/compare/diff.ts";
import { findingKindNames } from "../../src/drift/provider/finding-kinds.ts";
import { foundIn } from "../../src/drift/provider/judge-findings.ts";
import { withoutNotEvaluated } from "../../src/drift/provider/not-evaluated.ts";
import { oktaLinkRules } from "../../src/idp/okta/link-rules.ts";
import { providers } from "../../src/idp/providers.ts";
import { driftText } from "../../src/report/drift/text.ts";
import { arbitraryExpected, arbitraryHeld } from "../support/arbitrary-states.ts";
import { expectGolden } from "../support/golden.ts";
import { findingOfEachKind, foundGroup, foundUser, providerSide } from "../support/provider-findings.ts";
import { expectedState, heldState } from "../support/states.ts";

/** What each provider can give. */
const kindsOf = {
  okta: [
    "toggle-off",
    "user-not-provisioned",
    "user-not-in-sync",
    "user-without-mail",
    "push-mapping-failed",
    "push-mapping-inactive",
    "group-assigned-not-pushed",
    "group-pushed-not-assigned",
  ],
  entra: [
    "job-in-quarantine",
    "job-not-running",
    "toggle-off",
    "user-not-provisioned",
    "user-in-escrow",
    "user-skipped",
    "user-without-mail",
    "group-in-escrow",
    "user-only-nested",
    "user-is-guest",
  ],
} as const satisfies Readonly<Record<keyof typeof providers, readonly FindingKind[]>>;

type Sides = readonly [Parameters<typeof expectedState>[0], Parameters<typeof heldState>[0]];

interface TextOptions extends Omit<DiffOptions, "provider"> {
  readonly idp?: keyof typeof providers;
  readonly columns?: number;
  readonly all?: true;
}

function textOf(
  findings: readonly ProviderFinding[],
  [expected, held]: Sides,
  { idp = "okta", columns = 80, all, ...options }: TextOptions = {},
): string {
  const { words } = providers[idp];
  const users = (expected.users ?? []).map((one) => (typeof one === "string" ? one : one.name));
  const side = providerSide(findings, { users, teams: (expected.teams ?? []).map(({ name }) => name) });
  const drift = diff(expectedState(expected), heldState(held), {
    groupTerms: words.groups,
    ...options,
    provider: { ...side, provider: words.name },
  });
  const style = { paint: new Chalk({ level: 0 }), columns, ...(all === true ? { all } : {}) };
  const commandFor = (text: string): string => `astro-scim ${text}`;
  return driftText({ drift, words, target: null, commandFor, next: undefined }, style);
}

const matching: Sides = [
  { users: ["ada"], teams: [{ name: "Data", members: ["ada"] }] },
  { users: ["ada"], teams: [{ name: "Data", members: ["ada"] }] },
];

describe.each(["okta", "entra"] as const)("%s", (idp) => {
  const findings = (kinds: readonly FindingKind[]) => {
    const each = findingOfEachKind({ user: foundUser("ada"), group: foundGroup("Data") });
    return kinds.map((kind) => each[kind]);
  };

  test("everything that it can say, where Astro matches the directory", async () => {
    const text = textOf(findings(kindsOf[idp]), matching, { idp });
    await expectGolden(text, `findings/${idp}.txt`);
  });

  test("the same where Astro lacks the account and the Team: once, in their rows", async () => {
    const text = textOf(findings(kindsOf[idp]), [matching[0], {}], { idp });
    await expectGolden(text, `findings/${idp}-missing.txt`);
  });

  test.each(kindsOf[idp])("%s has the words of its console", (kind) => {
    const text = textOf(findings([kind]), matching, { idp }).replaceAll(/\s+/g, " ");
    const { title, how = "" } = providers[idp].words.findings[kind];
    // A setting stands under its own label.
    expect(text).toContain(kind === "toggle-off" ? "Deactivate Users off since" : title);
    expect(text).toContain(how);
  });
});

test("every kind is one that a provider can give", () => {
  // The comparison itself finds what is cut off.
  expect(new Set([...Object.values(kindsOf).flat(), "members-cut-off"])).toEqual(new Set(findingKindNames));
});

const people = Array.from({ length: 30 }, (_, at) => `user${at + 100}`);
const each = (name: string) => findingOfEachKind({ user: foundUser(name), group: foundGroup("Data") });
const lines = (text: string): readonly string[] => text.split("\n");

describe("many", () => {
  test("of a kind are counted by what they have in common, and -v lists them", () => {
    const findings = people.map((name) => each(name)["user-in-escrow"]);
    const sides: Sides = [{ users: people }, { users: people }];
    expect(lines(textOf(findings, sides)).slice(1, 3)).toEqual([
      "  ! 30 users  EntryConflict",
      "      user100@example.com, user101@example.com, user102@example.com and 27 more",
    ]);
    const all = textOf(findings, sides, { all: true });
    expect(all.match(/^ {2}! user\d+@example.com {2}EntryConflict since/gm)).toHaveLength(30);
  });

  test("in the row of a difference: how many of each kind", () => {
    const findings = people.slice(3).map((name) => each(name)["user-not-provisioned"]);
    const text = textOf(findings, [{ users: people }, {}], { columns: 120 });
    expect(lines(text).slice(1, 4)).toEqual([
      "  + 30 users  missing: assigned in the directory, no account in Astro",
      "      user100@example.com, user101@example.com, user102@example.com and 27 more (-v shows all)",
      "      Okta  not provisioned (27)",
    ]);
  });

  test("accounts without a link are counted among those that are orphaned", () => {
    const text = textOf([], [{}, { users: people }], { columns: 160, links: linksTo(["id-user100"]) });
    expect(lines(text)[1]).toBe(
      "  - 30 users  orphaned: active in Astro, not in the directory; 29 without a link: the provider will never deactivate them",
    );
  });
});

describe("an account of nobody", () => {
  test("without a link is one that the provider will never deactivate", () => {
    const text = textOf([], [{}, { users: ["ada", "bob"] }], { columns: 120, links: linksTo(["id-bob"]) });
    expect(lines(text).slice(0, 3)).toEqual([
      "Users",
      "  - ada@example.com  orphaned: active in Astro, not in the directory; no link: the provider will never deactivate it",
      "  - bob@example.com  orphaned: active in Astro, not in the directory",
    ]);
    expect(text).toContain(
      "orphaned, no link           no deactivation will ever be sent: Access Management",
    );
    expect(text).toContain("orphaned                    Access Management > Users > Remove member in Astro");
  });
});

function linksTo(ids: readonly string[]): NonNullable<DiffOptions["links"]> {
  const users = ids.map((scimId) => ({ key: undefined, name: scimId, scimId, stopped: undefined }));
  return { rules: oktaLinkRules, users, teams: [], unlisted: { users: new Map(), teams: new Map() } };
}

test("an error that the broken link says already is not said again", () => {
  const scimId = "team-Data";
  const stopped = "the last push failed: Not found";
  const links = { ...linksTo([]), teams: [{ key: "data", name: "Data", scimId, stopped }] };
  const text = textOf([each("ada")["push-mapping-failed"]], matching, { links, columns: 120 });
  expect(lines(text).slice(1, 3)).toEqual([
    "  ~ Data  link broken: Okta pushes nothing to the Team: the last push failed: Not found",
    "      Okta  push failed: last push 2026-11-28 10:12 UTC",
  ]);
});

test("what is protected, and what is outside responsibleFor, is listed apart and names its kind", () => {
  const guest = { objectId: "guest", name: "guest@partner.example" };
  const text = textOf(
    [each("ada")["user-in-escrow"], { kind: "user-is-guest", user: guest }],
    [{ users: ["ada", "bob"] }, { users: ["ada", "bob"] }],
    {
      protect: ["ada@example.com"],
      responsibleFor: [{ statedBy: "a test", domains: ["example.com"] }],
      columns: 120,
    },
  );
  expect(text).toContain(
    "(not counted)\n  = ada@example.com  user's export failed: EntryConflict since 2026-11-28 10:12 UTC: Conflict\n",
  );
  expect(text).toContain(
    "What Okta says of users and groups outside responsibleFor (not counted)\n  · guest@partner.example  guest: no account in Astro\n",
  );
  expect(text).not.toContain("What to do");
  expect(text.replaceAll("\n", " ")).toContain(
    "Astro matches the directory: 2 active users and 0 Teams; listed separately: 1 finding about what is protected and 1 finding about what is outside responsibleFor.",
  );
});

test("a mapping that cannot be evaluated is named with its expression and why", () => {
  const expected = expectedState({ users: ["ada"] });
  const mapping = { attribute: "displayName", expression: "Magic(user)", why: "there is no function Magic" };
  const drift = diff(withoutNotEvaluated(expected, [mapping]), heldState({ users: ["ada"] }), {
    provider: { ...providerSide([]), notEvaluated: [mapping] },
  });
  const text = driftText(
    { drift, words: providers.okta.words, target: null, commandFor: String, next: undefined },
    { paint: new Chalk({ level: 0 }), columns: undefined },
  );
  expect(text).toContain(
    "Not compared\n  · displayName  1 user: astro-scim cannot evaluate its mapping: Magic(user) (there is no function Magic)\n",
  );
  expect(text).toContain("; not compared: displayName.");
});

test("a setting that the provider does not show is listed with what is assumed, and in the summary", () => {
  const assumed = [
    { setting: "Settings > Scope", value: "assigned users", why: "Graph does not show SyncAll" },
  ];
  const drift = diff(expectedState({}), heldState({}), { provider: { ...providerSide([]), assumed } });
  const text = driftText(
    { drift, words: providers.okta.words, target: null, commandFor: String, next: undefined },
    { paint: new Chalk({ level: 0 }), columns: undefined },
  );
  expect(text).toBe(
    [
      "Assumed: Okta does not show these settings",
      "  ? Settings > Scope  assigned users: Graph does not show SyncAll",
      "",
      "Astro matches the directory: 0 active users and 0 Teams; 1 setting is assumed, because Okta does not show it.",
      "",
    ].join("\n"),
  );
});

test("where the provider says why an account is missing, its console comes before our repair", () => {
  const text = textOf([each("ada")["user-not-provisioned"]], [{ users: ["ada"] }, {}], { columns: 160 });
  expect(text).toContain("Dashboard > Tasks > Retry Selected in Okta");
  expect(text).not.toContain("resync USER");
});

test("for any findings, sides and width: every line fits, and every user and group is named", () => {
  const findings = ["ada", "bob", "kim"].flatMap((name) => Object.values(each(name)));
  fc.assert(
    fc.property(
      arbitraryExpected,
      arbitraryHeld,
      fc.subarray(findings),
      fc.integer({ min: 60, max: 160 }),
      (expected, held, some, columns) => {
        const drift = diff(expected, held, { provider: providerSide(some) });
        const text = driftText(
          { drift, words: providers.okta.words, target: null, commandFor: String, next: undefined },
          { paint: new Chalk({ level: 0 }), columns, all: true },
        );
        for (const line of text.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
        for (const { finding } of drift.provider?.findings ?? []) {
          expect(text).toContain(foundIn(finding)?.name ?? "");
        }
      },
    ),
  );
});
