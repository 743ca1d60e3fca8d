/** Every safety rule holds for a plan from a file, whatever somebody has written into it: exit status 5, and nothing wrong is written. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { savedPlan, type Edited, type SavingOptions } from "../../support/saved-plans.ts";
import { driftedCompany } from "../../support/drifted-company.ts";

interface Company {
  /** Short names: `ada` is ada@example.com. */
  readonly assigned: readonly string[];
  readonly held: readonly string[];
  readonly groups?: readonly (readonly [name: string, members: readonly string[]])[];
  /** Team members, and what else the fixture says of the Team. */
  readonly teams?: readonly (readonly [name: string, members: readonly string[], more?: string])[];
  readonly role?: string;
}

const mail = (name: string): string => (name.includes("@") ? name : `${name}@example.com`);

function company({ assigned, held, groups = [], teams = [], role = "" }: Company): string {
  const lines = (items: readonly string[], empty: string): string =>
    items.length === 0 ? ` ${empty}\n` : `\n${items.join("\n")}\n`;
  const users = assigned.map((one) => `  - { email: ${mail(one)}, firstName: ${one}, lastName: X }`);
  const accounts = held.map((one) => {
    const roleOf = one === "boss" ? role : "";
    return `    - { email: ${mail(one)}, givenName: ${one.split("@")[0]!}, familyName: X${roleOf} }`;
  });
  const pushed = groups.map(
    ([name, members]) => `  - { name: ${name}, push: true, members: [${members.map(mail).join(", ")}] }`,
  );
  const held2 = teams.map(
    ([name, members, more = ""]) =>
      `    - { name: ${name}, members: [${members.map(mail).join(", ")}]${more} }`,
  );
  return `idp: okta
organization: cknaqyipv05731evsry6cj4n0
users:${lines(users, "[]")}groups:${lines(pushed, "[]")}astro:
  users:${lines(accounts, "[]")}  teams:${lines(held2, "[]")}`;
}

const crowd = ["ada", "bob", "eve", "gus", "kim", "liv", "max", "ned", "oli", "pia", "quin", "ria"];
const removesAll = ["push-group", "--all"];
const deletesAll = ["delete", "--all"];

const leavers = company({ assigned: ["ada"], held: crowd.slice(0, 6), groups: [["data", ["ada"]]] });
const outOfTeam = company({
  assigned: crowd,
  held: crowd,
  groups: [["data", ["ada"]]],
  teams: [["data", crowd]],
});
const emptied = company({
  assigned: ["ada", "bob"],
  held: ["ada", "bob"],
  groups: [
    ["data", []],
    ["ops", ["bob"]],
  ],
  teams: [
    ["data", ["ada"]],
    ["ops", ["bob"]],
  ],
});
const nobodyAssigned = company({ assigned: [], held: ["ada", "bob"], groups: [] });
const withLocal = company({
  assigned: ["ada"],
  held: ["ada", "bob"],
  groups: [["data", ["ada"]]],
  teams: [
    ["data", ["ada"], ", isIdpManaged: true"],
    ["local", ["ada"]],
  ],
});
const withOwner = company({
  assigned: ["ada"],
  held: ["ada", "boss"],
  groups: [["data", ["ada"]]],
  role: ", role: ORGANIZATION_OWNER",
});

/** Four accounts that have kept the name from before. */
const renamed = `idp: okta
organization: cknaqyipv05731evsry6cj4n0
users:
${[1, 2, 3, 4].map((at) => `  - { email: new${at}@example.com, firstName: N, lastName: X, id: 00u-${at} }`).join("\n")}
groups: []
astro:
  users:
${[1, 2, 3, 4].map((at) => `    - { email: new${at}@example.com, userName: old${at}@example.com, givenName: N, familyName: X, displayName: N X, externalId: 00u-${at} }`).join("\n")}
`;

function operation(saved: Edited, kind: string): Edited {
  return saved.plan.operations.find((one: Edited) => one.kind === kind);
}

function onEach(change: (operation: Edited) => void): (saved: Edited) => void {
  return (saved) => saved.plan.operations.forEach(change);
}

const claims = (saved: Edited): void => {
  const many = 1_000_000;
  for (const key of Object.keys(saved.plan.basis)) saved.plan.basis[key] = many;
  for (const limit of ["deletions", "removals", "renames"]) saved.limits[limit].limit = many;
};

interface Case {
  readonly rule: string;
  readonly fixture: string;
  readonly save: readonly string[];
  readonly edits: Readonly<Record<string, (saved: Edited) => void>>;
  readonly says: RegExp;
  /** Of the profile by which the plan is applied. */
  readonly profile?: string;
  readonly options?: Omit<SavingOptions, "fixture" | "command">;
  /** What allows it. */
  readonly allowedBy?: readonly string[];
}

const cases: readonly Case[] = [
  {
    rule: "the deletion limit",
    fixture: leavers,
    save: deletesAll,
    edits: {
      "an unedited plan": () => {},
      "named: true": onEach((one) => (one.named = true)),
      "createdByRun: true": onEach((one) => (one.createdByRun = true)),
      "a larger Astro, other limits": claims,
    },
    says: /Refused: 5 of 6 accounts and Teams would be deleted/,
    allowedBy: ["--max-deletions", "5"],
  },
  {
    rule: "the limit of removals",
    fixture: outOfTeam,
    save: removesAll,
    edits: {
      "an unedited plan": () => {},
      "named: true": onEach((one) => {
        one.named = true;
        for (const member of one.members) member.named = true;
      }),
      "a larger Astro, other limits": claims,
    },
    says: /Refused: 11 of 12 memberships would be removed/,
    allowedBy: ["--max-removals", "11"],
  },
  {
    rule: "the limit of renames",
    fixture: renamed,
    save: ["resync", "--all"],
    edits: {
      "an unedited plan": () => {},
      "named: true": onEach((one) => (one.named = true)),
      "a larger Astro, other limits": claims,
    },
    says: /Refused: 4 of 4 accounts and Teams would be renamed/,
    allowedBy: ["--max-renames", "4"],
  },
  {
    rule: "a Team that would lose its last member",
    fixture: emptied,
    save: removesAll,
    edits: {
      "an unedited plan": () => {},
      "emptied: []": (saved) => (saved.plan.emptied = []),
      "--allow-empty in the file": (saved) => (saved.limits.allowEmpty = ["data"]),
      "a member who is added and does not exist": (saved) => {
        const removal = operation(saved, "remove-members");
        const nobody = { key: "no", userName: "no@example.com", scimId: null, after: null };
        saved.plan.operations.unshift({ ...removal, kind: "add-members", id: "fill", members: [nobody] });
      },
      "the member who is removed is also added": (saved) => {
        const removal = operation(saved, "remove-members");
        saved.plan.operations.unshift({ ...removal, kind: "add-members", id: "fill" });
      },
    },
    says: /Refused: the Team data would have no member left/,
    allowedBy: ["--allow-empty", "data"],
  },
  {
    rule: "an empty directory",
    fixture: nobodyAssigned,
    save: deletesAll,
    edits: { "an unedited plan": () => {}, "a directory with users": claims },
    says: /Refused: no user in the directory is assigned to the app/,
  },
  {
    rule: "protected accounts of the profile",
    fixture: leavers,
    save: ["delete", "bob@example.com"],
    profile: "protect: [bob@example.com]",
    edits: {
      "an unedited plan": () => {},
      "another name on the same account": onEach((one) => {
        one.subject.name = "nobody@example.com";
        one.subject.key = "nobody@example.com";
      }),
      "protectedKeys: []": (saved) => (saved.plan.protectedKeys = []),
    },
    says: /user bob@example\.com {2,}is protected/,
  },
  {
    rule: "protected members of a Team",
    fixture: outOfTeam,
    save: removesAll,
    profile: `protect: [${crowd.map(mail).join(", ")}]`,
    edits: {
      "an unedited plan": () => {},
      "as ids that are no user's": onEach((one) => {
        one.unknownMembers = one.members.map((member: Edited) => member.scimId);
        one.members = [];
      }),
    },
    says: /user bob@example\.com {2,}is protected, so is not removed|user c\w{24} {2,}stays in the Team data: it may belong/,
  },
  {
    rule: "what is outside responsibleFor of the profile",
    fixture: leavers.replaceAll("bob@example.com", "bob@other.example"),
    save: ["delete", "bob@other.example"],
    profile: "responsibleFor: { domains: [example.com] }",
    edits: {
      "an unedited plan": () => {},
      "responsibleFor: everything": (saved) =>
        (saved.plan.responsibleFor = [{ domains: ["example.com", "other.example"], statedBy: "me" }]),
    },
    says: /is outside responsibleFor/,
  },
  {
    rule: "a read-only profile",
    fixture: leavers,
    save: ["delete", "bob@example.com"],
    profile: "readOnly: true",
    edits: { "an unedited plan": () => {} },
    says: /Refused: the profile of this target is read-only/,
  },
  {
    rule: "organization owners",
    fixture: withOwner,
    save: [...deletesAll, "--api", "scim"],
    options: { hasIam: true },
    edits: {
      "an unedited plan": () => {},
      "rolesKnown: true, and IAM was read": (saved) => {
        operation(saved, "delete-user").rolesKnown = true;
        operation(saved, "delete-user").named = true;
        saved.plan.isIamRead = true;
      },
    },
    says: /user boss@example\.com {2,}is an Organization Owner/,
  },
  {
    rule: "a Team that Astro manages is never deleted",
    fixture: withLocal,
    save: ["delete", "--team", "local", "--api", "scim"],
    options: { hasIam: true },
    edits: {
      "an unedited plan": () => {},
      "management: managed": onEach((one) => (one.management = "managed")),
      "createdByRun: true": onEach((one) => (one.createdByRun = true)),
    },
    says: /Team local {2,}was created in Astro, and the identity provider does not manage it/,
  },
  {
    rule: "a Team that Astro manages is changed only by its name",
    fixture: withLocal
      .replace(
        "groups:\n",
        "groups:\n  - { name: local, push: true, members: [bob@example.com, ada@example.com] }\n",
      )
      .replace("users:\n", "users:\n  - { email: bob@example.com, firstName: bob, lastName: X }\n"),
    save: ["push-group", "local", "--api", "scim"],
    options: { hasIam: true },
    edits: {
      "an unedited plan, in which it is named": () => {},
      "linked to the provider": (saved) => (saved.plan.command = "resync"),
    },
    says: /Team local {2,}was created in Astro, and the identity provider does not manage it, so it is changed only if you name it/,
    allowedBy: ["--team", "local"],
  },
  {
    rule: "a Team of which nothing tells who manages it goes only by its name",
    fixture: withLocal,
    save: ["delete", "--team", "local"],
    edits: {
      "an unedited plan": () => {},
      "management: managed": onEach((one) => (one.management = "managed")),
      "named: true": onEach((one) => (one.named = true)),
    },
    says: /Refused: it is unknown whether the identity provider manages the Team local/,
    allowedBy: ["--team", "local"],
  },
  {
    rule: "roles that cannot be read",
    fixture: leavers,
    save: ["delete", "bob@example.com", "--api", "scim"],
    options: {
      hasIam: true,
      before: ({ path }) => (path.includes("/v1/organizations/") ? 500 : undefined),
    },
    edits: {
      "an unedited plan": () => {},
      "rolesKnown: true": onEach((one) => (one.rolesKnown = true)),
    },
    says: /Refused: it is unknown who is an Organization Owner/,
    allowedBy: ["--roles-unknown"],
  },
];

async function applied(
  { fixture, save, profile, options }: Case,
  edit: (saved: Edited) => void,
  words: readonly string[] = [],
) {
  const saved = await savedPlan({ ...options, fixture, command: save });
  const { astro, cwd } = saved;
  if (profile === undefined) return { ...(await saved.apply(["--yes", ...words], { edit })), astro };
  const yaml = `profiles: { prod: { url: "${astro.url}", tokenEnv: TOKEN, ${profile} } }\n`;
  await writeFile(join(cwd, "astro-scim.yaml"), yaml);
  const byProfile = { edit, env: { TOKEN: astro.token }, isByProfile: true } as const;
  return { ...(await saved.apply(["--yes", "--profile", "prod", ...words], byProfile)), astro };
}

describe.each(cases)("$rule", (one) => {
  test.each(Object.entries(one.edits))("%s", async (_what, edit) => {
    const { status, stdout, astro } = await applied(one, edit);
    expect(stdout.replaceAll(/\n {4,}/g, " ")).toMatch(one.says);
    expect(astro.writes()).toEqual([]);
    expect(status).toBe(5);
  });
});

test.each(cases.filter(({ allowedBy }) => allowedBy !== undefined))(
  "$rule: $allowedBy allows it",
  async (one) => {
    const { status, astro } = await applied(one, () => {}, one.allowedBy);
    expect(astro.writes()).not.toEqual([]);
    expect(status).toBe(0);
  },
);

test("what is shown is what Astro calls it, whatever the file says", async () => {
  const { apply } = await savedPlan({ fixture: leavers, command: ["delete", "bob@example.com"] });
  const { stdout } = await apply(["--dry-run"], {
    edit: onEach((one) => {
      one.summary = "create the account nobody@example.com";
      one.subject.name = "nobody@example.com";
    }),
  });
  expect(stdout).toContain("- delete the account bob@example.com");
  expect(stdout).not.toContain("nobody");
});

test("another account than the one of the plan is not touched, for its fingerprint is another", async () => {
  const { astro, apply } = await savedPlan({ fixture: driftedCompany });
  const { body } = await astro.behind.get("/Users?count=100");
  const ada = body.Resources.find((one: Edited) => one.userName === "ada@example.com").id;
  const { status, stdout } = await apply(["--yes"], {
    edit: (saved) => (operation(saved, "delete-user").subject.scimId = ada),
  });
  expect(stdout).toMatch(/user ada@example\.com {2,}has changed since the plan was saved/);
  expect((await astro.state()).users).toContain("ada@example.com");
  expect(status).toBe(5);
});
