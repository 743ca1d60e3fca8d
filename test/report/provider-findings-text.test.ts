/** How findings of a live provider read: on 80 columns, each said once, in the words of its console. */

import { Chalk } from "chalk";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import type { FindingKind, ProviderFinding } from "../../src/directory/provider-finding.ts";
import { diff, type DiffOptions } from "../../src/drift/compare/diff.ts";
import { findingKindNames, findingRule } from "../../src/drift/provider/finding-kinds.ts";
import { providers } from "../../src/idp/providers.ts";
import { driftText } from "../../src/report/drift/text.ts";
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

  test("each kind that it can give is named in its console's words", () => {
    for (const kind of kindsOf[idp]) {
      const { words } = providers[idp];
      const text = textOf(findings([kind]), matching, { idp }).replaceAll(/\s+/g, " ");
      if (kind !== "toggle-off") expect(text, kind).toContain(words.findings[kind].title);
      const { how } = words.findings[kind];
      if (how !== undefined) expect(text, kind).toContain(how);
    }
  });
});

test("every kind is one that a provider can give", () => {
  expect(new Set(Object.values(kindsOf).flat())).toEqual(new Set(findingKindNames));
});
