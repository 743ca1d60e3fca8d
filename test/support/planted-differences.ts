/** Differences to plant in a company: each kind, at each place where it can occur. */

import type { Change } from "../../src/drift/compare/change.ts";
import type { PlantedCompany } from "./planted-company.ts";

export interface PlantedDifference {
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

const ofUsers: readonly PlantedDifference[] = [
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

const ofTeams: readonly PlantedDifference[] = [
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

/** Of users, then of Teams. */
export const plantedDifferences: readonly PlantedDifference[] = [...ofUsers, ...ofTeams];
