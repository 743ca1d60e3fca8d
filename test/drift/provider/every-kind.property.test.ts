/** Every kind of finding, planted at each place where it can occur: found under its own name, and nothing else is. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/drift/compare/change.ts";
import { findingKindNames, findingRule } from "../../../src/drift/provider/finding-kinds.ts";
import {
  driftOf,
  everythingIn,
  plantedCompany,
  plantedFinding,
  type PlantedCompany,
} from "../../support/planted-company.ts";
import { userName } from "../../support/states.ts";

const seed = fc.record({
  members: fc.tuple(...[0, 1, 2].map(() => fc.uniqueArray(fc.nat(4)))),
  user: fc.nat(2),
  team: fc.nat(2),
});

interface Row {
  readonly kind: Change["kind"];
  readonly place: "Astro" | "link";
  readonly what: string;
  readonly plant: (company: PlantedCompany) => void;
  /** Without the kind and the subject: what is said between them. */
  readonly problem?: string;
  /** The subject of the company by default. */
  readonly subject?: (company: PlantedCompany) => string;
}

function change<Item>(map: Map<string, Item>, name: string, values: Partial<Item>): void {
  const item = map.get(name);
  if (item === undefined) throw new Error(`no ${name}`);
  map.set(name, { ...item, ...values });
}

function removeAccount({ held, iam, userLinks }: PlantedCompany, name: string): void {
  held.delete(name);
  iam.delete(name);
  userLinks.delete(name);
}

/** Somebody whom the directory does not have. */
function addAccount({ held, iam }: PlantedCompany, name: string, externalId: string | undefined): void {
  held.set(name, { name, externalId });
  iam.set(name, { name });
}

const stranger = (): string => "stranger@example.com";

const ofUsers: readonly Row[] = [
  { kind: "user-missing", place: "Astro", what: "no account", plant: (of) => removeAccount(of, of.user) },
  {
    kind: "user-inactive",
    place: "Astro",
    what: "deactivated by hand",
    plant: ({ held, user }) => change(held, user, { active: false }),
  },
  {
    kind: "user-banned",
    place: "Astro",
    what: "banned in IAM",
    plant: ({ iam, user }) => change(iam, user, { status: "BANNED" }),
  },
  {
    kind: "user-invite-pending",
    place: "Astro",
    what: "invited by hand",
    plant: ({ held, iam, userLinks, user }) => {
      change(held, user, { externalId: undefined });
      change(iam, user, { status: "PENDING" });
      userLinks.delete(user);
    },
  },
  {
    kind: "user-renamed",
    place: "Astro",
    what: "another userName, the same externalId",
    plant: ({ held, iam, user }) => {
      change(held, user, { name: "old-name", id: `id-${user}` });
      change(iam, user, { name: "old-name", id: `id-${user}` });
    },
  },
  {
    kind: "user-attribute-differs",
    place: "Astro",
    what: "another value",
    plant: ({ expected, held, user }) => {
      change(expected, user, { attributes: { displayName: "One" } });
      change(held, user, { attributes: { displayName: "Other" } });
    },
  },
  {
    kind: "user-never-linked",
    place: "Astro",
    what: "an account that nobody linked",
    plant: ({ held, userLinks, user }) => {
      change(held, user, { externalId: undefined });
      userLinks.delete(user);
    },
  },
  {
    kind: "user-never-linked",
    place: "Astro",
    what: "a stranger without an externalId",
    plant: (of) => addAccount(of, "stranger", undefined),
    subject: stranger,
  },
  {
    kind: "user-duplicate",
    place: "Astro",
    what: "a second account under a plus address",
    plant: (of) => addAccount(of, `${of.user}+astro@example.com`, undefined),
    subject: ({ user }) => `${user}+astro@example.com`,
  },
  {
    kind: "user-left-over",
    place: "link",
    what: "a leaver without a link",
    problem: "not-linked",
    plant: (of) => addAccount(of, "stranger", "00gone"),
    subject: stranger,
  },
  {
    kind: "user-left-over",
    place: "link",
    what: "a leaver with a link",
    problem: "linked",
    plant: (of) => {
      addAccount(of, "stranger", "00gone");
      of.userLinks.set("gone", { key: undefined, name: stranger(), scimId: "id-stranger" });
    },
    subject: stranger,
  },
  {
    kind: "user-link-broken",
    place: "link",
    what: "to an account that is gone",
    problem: "gone",
    plant: ({ userLinks, user }) => userLinks.set(user, { scimId: "nothing" }),
  },
  {
    kind: "user-link-broken",
    place: "link",
    what: "to the account of another user",
    problem: "other-user",
    plant: ({ userLinks, user, otherUser }) => userLinks.set(user, { scimId: `id-${otherUser}` }),
  },
  {
    kind: "user-link-broken",
    place: "link",
    what: "to an account that belongs to nobody",
    problem: "other-account",
    plant: (of) => {
      addAccount(of, "stranger", "00gone");
      change(of.held, "stranger", { active: false });
      of.userLinks.set(of.user, { scimId: "id-stranger" });
    },
  },
  {
    kind: "user-link-broken",
    place: "link",
    what: "that could not be made",
    problem: "not-linked",
    plant: ({ userLinks, user }) => userLinks.set(user, { stopped: "the assignment failed" }),
  },
];

const ofTeams: readonly Row[] = [
  {
    kind: "team-missing",
    place: "Astro",
    what: "no Team",
    plant: ({ teams, iamTeams, teamLinks, team }) => {
      teams.delete(team);
      iamTeams.delete(team);
      teamLinks.delete(team);
    },
  },
  {
    kind: "team-renamed",
    place: "Astro",
    what: "another name, the same members",
    plant: ({ teams, iamTeams, teamLinks, team }) => {
      change(teams, team, { name: "Old", id: `team-${team}` });
      change(iamTeams, team, { name: "Old", id: `team-${team}` });
      teamLinks.delete(team);
    },
  },
  {
    kind: "team-renamed",
    place: "link",
    what: "another name, linked",
    plant: ({ teams, iamTeams, team }) => {
      change(teams, team, { name: "Old", id: `team-${team}` });
      change(iamTeams, team, { name: "Old", id: `team-${team}` });
    },
  },
  {
    kind: "team-members-differ",
    place: "Astro",
    what: "a member too many",
    plant: ({ teams, team, user }) =>
      change(teams, team, { members: [...(teams.get(team)?.members ?? []), user] }),
  },
  {
    kind: "team-members-differ",
    place: "Astro",
    what: "a member too few",
    plant: ({ groups, team, user }) =>
      change(groups, team, { members: [...(groups.get(team)?.members ?? []), user] }),
  },
  {
    kind: "team-left-over",
    place: "Astro",
    what: "managed by the provider, of no group",
    plant: ({ teams, iamTeams }) => {
      teams.set("Old", { name: "Old", members: ["u7"] });
      iamTeams.set("Old", { name: "Old", isIdpManaged: true });
    },
    subject: () => "Old",
  },
  {
    kind: "team-left-over",
    place: "link",
    what: "linked to no group",
    plant: ({ teams, iamTeams, teamLinks }) => {
      teams.set("Old", { name: "Old", members: ["u7"] });
      iamTeams.set("Old", { name: "Old", isIdpManaged: false });
      teamLinks.set("Gone", { key: "gone", scimId: "team-Old" });
    },
    subject: () => "Old",
  },
  {
    kind: "team-link-broken",
    place: "link",
    what: "to a Team that is gone",
    problem: "gone",
    plant: ({ teamLinks, team }) => teamLinks.set(team, { scimId: "nothing" }),
  },
  {
    kind: "team-link-broken",
    place: "link",
    what: "to the Team of another group",
    problem: "other-group",
    plant: ({ teamLinks, team, otherTeam }) => teamLinks.set(team, { scimId: `team-${otherTeam}` }),
  },
  {
    kind: "team-link-broken",
    place: "link",
    what: "to which nothing is pushed",
    problem: "push-failed",
    plant: ({ teamLinks, team }) => change(teamLinks, team, { stopped: "the last push failed" }),
  },
];

test("the company itself has nothing to find", () => {
  fc.assert(
    fc.property(seed, (given) => {
      expect(everythingIn(driftOf(plantedCompany(given)))).toEqual([]);
    }),
  );
});

describe("differences", () => {
  const named = [...ofUsers, ...ofTeams].map((row) => [row.kind, row.place, row.what, row] as const);
  test.each(named)("%s at the place %s: %s", (kind, _place, _what, { plant, problem, subject }) => {
    const own = ({ user, team }: PlantedCompany): string => (kind.startsWith("user") ? userName(user) : team);
    fc.assert(
      fc.property(seed, (given) => {
        const company = plantedCompany(given);
        plant(company);
        const parts = [kind, ...(problem === undefined ? [] : [problem]), (subject ?? own)(company)];
        expect(everythingIn(driftOf(company))).toEqual([parts.join(" ")]);
      }),
      { numRuns: 20 },
    );
  });

  test("no kind is left out", () => {
    const kinds = new Set([...ofUsers, ...ofTeams].map(({ kind }) => kind));
    const all: Readonly<Record<Change["kind"], true>> = {
      "user-missing": true,
      "user-invite-pending": true,
      "user-inactive": true,
      "user-banned": true,
      "user-renamed": true,
      "user-attribute-differs": true,
      "user-link-broken": true,
      "user-never-linked": true,
      "user-duplicate": true,
      "user-left-over": true,
      "team-missing": true,
      "team-renamed": true,
      "team-members-differ": true,
      "team-link-broken": true,
      "team-left-over": true,
    };
    expect([...kinds].toSorted()).toEqual(Object.keys(all).toSorted());
  });
});

describe("findings of the provider", () => {
  test.each(findingKindNames)("%s at the provider", (kind) => {
    fc.assert(
      fc.property(seed, (given) => {
        const company = plantedCompany(given);
        company.findings.push(plantedFinding(company, kind));
        const { about } = findingRule(kind);
        const subject = { user: userName(company.user), group: company.team, app: "the app" }[about];
        const drift = driftOf(company);
        expect(everythingIn(drift)).toEqual([`finding ${kind} ${subject}`]);
        expect(drift.status).toBe(findingRule(kind).weight === "problem" ? "different" : "same");
      }),
      { numRuns: 20 },
    );
  });

  const beside = [...ofUsers, ...ofTeams].flatMap((row) =>
    row.subject === undefined
      ? findingKindNames
          .filter((kind) => findingRule(kind).shownWith.includes(row.kind))
          .map((kind) => [kind, row.kind, row.what, row] as const)
      : [],
  );
  test.each(beside)(
    "%s with %s (%s) stands in its row, and is counted once",
    (kind, difference, _what, row) => {
      fc.assert(
        fc.property(seed, (given) => {
          const company = plantedCompany(given);
          row.plant(company);
          company.findings.push(plantedFinding(company, kind));
          const { changes, provider } = driftOf(company);
          expect(changes.map((one) => one.kind)).toEqual([difference]);
          expect(provider?.findings.map(({ shownWith }) => shownWith?.kind)).toEqual([difference]);
          expect(provider?.problems).toEqual([]);
        }),
        { numRuns: 5 },
      );
    },
  );
});
