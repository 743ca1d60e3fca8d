/** A live directory against a real Astro: its findings, its links, and mappings that cannot be evaluated. */

import { describe, expect, test } from "vitest";
import type { FindingKind } from "../../../src/directory/provider-finding.ts";
import type { AccountLink, ProvidedDirectory } from "../../../src/directory/source.ts";
import type { Drift } from "../../../src/drift/compare/diff.ts";
import { findingKindNames, findingRule } from "../../../src/drift/provider/finding-kinds.ts";
import { liveDirectory, type LiveDirectory } from "../../support/live-directory.ts";
import { findingOfEachKind } from "../../support/provider-findings.ts";

const company = {
  okta: `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace }
  - { email: bob@example.com, firstName: Bob, lastName: Kahn }
groups:
  - { name: data, push: true, members: [ada@example.com, bob@example.com] }
`,
  entra: `idp: entra
users:
  - { mail: ada@example.com, displayName: Ada Lovelace }
  - { mail: bob@example.com, displayName: Bob Kahn }
groups:
  - { name: data, assign: true, members: [ada@example.com, bob@example.com] }
`,
} as const;

test("a token that a log repeats is in no report", async () => {
  const { provided, objectIds, compare } = await liveDirectory(company.okta);
  const user = { objectId: objectIds.get("ada@example.com") ?? "", name: "ada@example.com" };
  const error = "401 for Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhc3RybyJ9.c2lnbmF0dXJlLXNpZ25hdHVyZQ";
  const { provider } = await compare({
    ...provided,
    findings: [{ kind: "user-not-in-sync", user, status: "ERROR", error }],
  });
  expect(provider?.findings.map(({ finding }) => finding)).toMatchObject([
    { kind: "user-not-in-sync", user, error: "401 for Bearer [redacted]" },
  ]);
});

/** Everything that a comparison found, in a few words. */
function inWords({ changes, provider, selfMendingLinks, unexplainedTeams }: Drift): readonly string[] {
  return [
    ...changes.map((change) => {
      const problem = "problem" in change ? ` ${change.problem.kind}` : "";
      const link = "link" in change ? ` ${change.link}` : "";
      return `${change.kind}${problem}${link}`;
    }),
    ...(provider?.findings ?? []).map(({ finding }) => finding.kind),
    ...selfMendingLinks.map(({ problem }) => `repaired by itself: ${problem.kind}`),
    ...unexplainedTeams.map(({ displayName }) => `Team ${displayName}`),
  ];
}

function found(live: LiveDirectory, name: string): { readonly objectId: string; readonly name: string } {
  return { objectId: live.objectIds.get(name) ?? "", name };
}

function planted(live: LiveDirectory, kind: FindingKind) {
  return findingOfEachKind({ user: found(live, "ada@example.com"), group: found(live, "data") })[kind];
}

/** The same directory, with other links to accounts. */
function withLinks(
  { provided }: LiveDirectory,
  change: (accounts: readonly AccountLink[]) => readonly AccountLink[],
): ProvidedDirectory {
  const { remembered } = provided;
  if (remembered === undefined) return provided;
  return { ...provided, remembered: { ...remembered, accounts: change(remembered.accounts) } };
}

const isAda = ({ userName }: AccountLink): boolean => userName === "ada@example.com";

describe.each(["okta", "entra"] as const)("a live %s", (idp) => {
  test("that has provisioned everybody: nothing is found; each kind planted is found, and nothing else", async () => {
    const live = await liveDirectory(company[idp]);
    const clean = await live.compare(live.provided);
    expect(inWords(clean)).toEqual([]);
    expect(clean.status).toBe("same");
    for (const kind of findingKindNames) {
      // oxlint-disable-next-line no-await-in-loop -- each kind alone, at the same Astro
      const drift = await live.compare({ ...live.provided, findings: [planted(live, kind)] });
      expect(inWords(drift)).toEqual([kind]);
      expect(drift.status).toBe(findingRule(kind).weight === "problem" ? "different" : "same");
    }
  });

  test("tells the leaver whom it will still deactivate from the one whom it knows nothing of", async () => {
    const live = await liveDirectory(company[idp]);
    const scimId = await live.astro.user("leaver@example.com");
    expect(inWords(await live.compare(live.provided))).toEqual(["user-left-over not-linked"]);
    const link = { objectId: "left-the-directory", userName: "leaver@example.com", scimId };
    const linked = withLinks(live, (accounts) => [...accounts, link]);
    expect(inWords(await live.compare(linked))).toEqual(["user-left-over linked"]);
    const protectedDrift = await live.compare(live.provided, ["leaver@example.com"]);
    expect(protectedDrift).toMatchObject({ status: "same", protectedSkipped: [{ link: "not-linked" }] });
  });

  test("whose links are not known says nothing of them", async () => {
    const live = await liveDirectory(company[idp]);
    await live.astro.user("leaver@example.com");
    const drift = await live.compare({ ...live.provided, remembered: undefined });
    expect(drift.changes[0]).not.toHaveProperty("link");
  });

  test("finds a link to the account of somebody else", async () => {
    const live = await liveDirectory(company[idp]);
    const scimId = live.ids.get("bob@example.com") ?? "";
    const crossed = withLinks(live, (accounts) =>
      accounts.map((link) => (isAda(link) ? { ...link, scimId } : link)),
    );
    expect(inWords(await live.compare(crossed))).toEqual(["user-link-broken other-user"]);
  });

  test("an account that exists though its user was never provisioned has no link", async () => {
    const live = await liveDirectory(company[idp]);
    const unlinked = withLinks(live, (accounts) => accounts.filter((link) => !isAda(link)));
    const drift = await live.compare({ ...unlinked, findings: [planted(live, "user-not-provisioned")] });
    expect(inWords(drift)).toEqual(["user-not-provisioned"]);
    expect(drift.provider?.problems).toMatchObject([
      { link: "not-linked", held: { userName: "ada@example.com", active: true } },
    ]);
  });

  test("a mapping that cannot be evaluated is named, and its attribute is neither equal nor different", async () => {
    const live = await liveDirectory(company[idp]);
    const id = live.ids.get("ada@example.com") ?? "";
    await live.astro.patch(`/Users/${id}`, { op: "replace", path: "displayName", value: "Somebody Else" });
    const differs = await live.compare(live.provided);
    expect(differs.changes).toMatchObject([{ attribute: "displayName" }]);
    const mapping = {
      attribute: "displayName",
      expression: "Magic(user)",
      why: "there is no function Magic",
    };
    const drift = await live.compare({ ...live.provided, notEvaluated: [mapping] });
    expect(inWords(drift)).toEqual([]);
    expect(drift.notCompared).toContainEqual({ attribute: "displayName", why: "not-evaluated", users: 2 });
    expect(drift.provider?.notEvaluated).toEqual([mapping]);
  });

  test.each(["active", "userName"])("without the mapping of %s the result is unknown", async (attribute) => {
    const live = await liveDirectory(company[idp]);
    const mapping = { attribute, expression: "Magic(user)", why: "there is no function Magic" };
    const drift = await live.compare({ ...live.provided, notEvaluated: [mapping] });
    expect(drift.status).toBe("unknown");
  });
});

test("Okta: a link to an account that is gone stands in one row with the missing account and the error", async () => {
  const live = await liveDirectory(company.okta);
  await live.astro.delete(`/Users/${live.ids.get("ada@example.com") ?? ""}`);
  const drift = await live.compare({ ...live.provided, findings: [planted(live, "user-not-in-sync")] });
  expect(inWords(drift)).toEqual([
    "user-missing",
    "user-link-broken gone",
    "team-members-differ",
    "user-not-in-sync",
  ]);
  expect(drift.provider?.findings[0]?.shownWith?.kind).toBe("user-missing");
  expect(drift.provider?.problems).toEqual([]);
});
