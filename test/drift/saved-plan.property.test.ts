/** A saved plan is input: whatever is written into one, applying it stays within the rules, judged here by themselves. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { allTeams, allUsers, type HeldState } from "../../src/astro/held.ts";
import { joinIam } from "../../src/astro/records/join-iam.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import { planEverything } from "../../src/drift/plan/plan-everything.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { namesGiven } from "../../src/drift/saved/names-given.ts";
import { planAgain } from "../../src/drift/saved/plan-again.ts";
import { guardPlan } from "../../src/drift/safety/guard.ts";
import { AppError } from "../../src/ground/errors.ts";
import { readSavedPlan, writeSavedPlan } from "../../src/plan-file/saved-plan.ts";
import { iamSide } from "../support/iam-states.ts";
import { expectedState, heldState } from "../support/states.ts";

const people = Array.from({ length: 16 }, (_, at) => (at === 2 ? "u2@other.example" : `u${at}`));
const teamNames = ["T0", "T1", "T2", "Local", "Outside"];
const owner = "id-u0";
const guarded = "id-u1";
const stranger = "id-u2@other.example";
const hidden = "id-hidden";
const target = { kind: "scim", baseUrl: "https://api.astronomer.io/scim/v2/org" } as const;
/** Of the profile: no file can make less of it. */
const protect = ["u1@example.com"];
const responsibleFor = [
  { domains: ["example.com"], teams: ["T*", "Local", "New*"], statedBy: "profile prod" },
];

const organization = fc
  .tuple(...teamNames.map(() => fc.subarray(people, { minLength: 1 })))
  .map((members): { readonly held: HeldState; readonly side: ReturnType<typeof iamSide> } => {
    const shown = heldState({
      users: people.map((name, at) => ({ name, active: at !== 15 })),
      teams: teamNames.map((name, at) => ({
        name,
        members: members[at]!,
        unknownMembers: at === 0 ? ["ghost"] : [],
        unseenMembers: at === 0 ? [{ scimId: hidden, is: "hidden" as const }] : [],
      })),
    });
    const side = iamSide({
      users: people.map((name, at) => ({
        name,
        ...(at === 0 ? { organizationRole: "ORGANIZATION_OWNER" } : {}),
      })),
      teams: teamNames.map((name) => ({ name, isIdpManaged: name !== "Local", workspaceRoles: {} })),
    });
    const joined = joinIam(shown, side);
    if (joined.kind !== "joined") throw new Error(joined.kind);
    return { held: joined.held, side };
  });

const flags = fc.record({ named: fc.constant(true), createdByRun: fc.constant(true) }, { requiredKeys: [] });
const name = fc.constantFrom(
  "u1@example.com",
  "new@example.com",
  "new@other.example",
  "T1",
  "New",
  "Elsewhere",
);

/** Any operation on anything that Astro holds, with whatever fields let it pass. */
function forgedOperation(held: HeldState) {
  const users = allUsers(held).map(({ scimId, key, userName, fingerprint }) => {
    return { kind: "user", scimId, key, name: userName, fingerprint };
  });
  const teams = allTeams(held).map(({ scimId, key, displayName, fingerprint }) => {
    return { kind: "team", scimId, key, name: displayName, fingerprint };
  });
  const member = fc.constantFrom(...users).map(({ scimId, key, name: userName }) => {
    return { key, userName, scimId, after: null, named: true };
  });
  const anybody = fc.oneof(
    member,
    fc.constant({ key: "nobody", userName: "nobody@example.com", scimId: null, after: null }),
    fc.constant({ key: "u1@example.com", userName: "u1@example.com", scimId: null, after: null }),
    fc.constant({ key: "u5@example.com", userName: "u5@example.com", scimId: guarded, after: null }),
  );
  const members = fc.record({
    members: fc.array(anybody, { maxLength: 18 }),
    unknownMembers: fc.subarray(["ghost", hidden, guarded, stranger, "id-u7"]),
  });
  const newSubject = (kind: string, called: string) => ({
    kind,
    key: "x",
    name: called,
    scimId: null,
    fingerprint: null,
  });
  return fc
    .oneof(
      fc.record({
        kind: fc.constant("delete-user"),
        subject: fc.constantFrom(...users),
        reason: name,
        rolesKnown: fc.boolean(),
      }),
      fc.record({ kind: fc.constant("activate-user"), subject: fc.constantFrom(...users) }),
      fc.record({ kind: fc.constant("rename-user"), subject: fc.constantFrom(...users), userName: name }),
      fc.record({
        kind: fc.constant("update-user"),
        subject: fc.constantFrom(...users),
        attributes: fc.constantFrom({ displayName: "x" }, { active: "false" }, { userName: "x" }),
      }),
      name.map((called) => ({
        kind: "create-user",
        subject: newSubject("user", called),
        userName: called,
        externalId: null,
        attributes: {},
      })),
      name.map((called) => ({
        kind: "create-team",
        subject: newSubject("team", called),
        displayName: called,
      })),
      fc.record({ kind: fc.constant("rename-team"), subject: fc.constantFrom(...teams), displayName: name }),
      fc.record({
        kind: fc.constant("delete-team"),
        subject: fc.constantFrom(...teams),
        management: fc.constantFrom("managed", "unknown"),
        memberIds: fc.constant([]),
      }),
      fc
        .tuple(
          fc.constantFrom("add-members", "remove-members", "remove-members"),
          fc.constantFrom(...teams),
          members,
        )
        .map(([kind, subject, changed]) => ({ kind, subject, ...changed })),
    )
    .chain((operation) =>
      flags.map(({ named, createdByRun }) => ({
        dependsOn: [],
        summary: "harmless",
        ...operation,
        ...(named === undefined ? {} : { named }),
        ...(createdByRun === undefined || !operation.kind.startsWith("delete") ? {} : { createdByRun }),
      })),
    );
}

const numbers = fc.constantFrom(0, 1, 1_000_000);

function forgedPlan(held: HeldState) {
  return fc.record({
    schemaVersion: fc.constant(1),
    target: fc.constant(target),
    command: fc.constantFrom("diff", "resync", "delete", "push-group"),
    operations: fc
      .uniqueArray(forgedOperation(held), {
        minLength: 1,
        maxLength: 14,
        selector: ({ kind, subject }) => `${kind} ${subject.scimId ?? subject.name}`,
      })
      .map((all) => all.map((one, at) => ({ id: `o${at}`, ...one }))),
    leftOut: fc.constant([]),
    basis: fc.record({
      expectedUsers: numbers,
      tolerated: numbers,
      expectedTeams: numbers,
      heldUsers: numbers,
      heldTeams: numbers,
      expectedMemberships: numbers,
      heldMemberships: numbers,
    }),
    emptied: fc.constant([]),
    warnings: fc.constant([]),
    attributePaths: fc.constant([]),
    heldIds: fc.constantFrom({ users: [], teams: [] }),
    isIamRead: fc.constant(true),
    protectedKeys: fc.constantFrom([], ["nobody"]),
    responsibleFor: fc.constantFrom([], [{ domains: ["*.example", "example.com"], statedBy: "me" }]),
    outside: fc.constant({ users: 0, teams: 0 }),
  });
}

function asFile(plan: unknown): string {
  const limit = { planned: 0, total: 0, limit: 1_000_000 };
  return JSON.stringify({
    schemaVersion: 1,
    kind: "plan",
    savedAt: "2026-01-15T09:00:00.000Z",
    organization: "org",
    source: { name: "own.yaml", fingerprint: "" },
    limits: { deletions: limit, removals: limit, renames: limit, allowEmpty: ["T0", "T1", "T2", "Local"] },
    plan,
  });
}

/** What would be applied: undefined where the file or a rule is in the way. */
function applied(
  text: string,
  { held, side }: { readonly held: HeldState; readonly side: ReturnType<typeof iamSide> },
): Plan | undefined {
  try {
    const { plan: saved } = readSavedPlan("plan.json", text);
    const drift = diff(namesGiven(saved), held, {
      target,
      protect: [...protect, ...saved.protectedKeys],
      responsibleFor: [...responsibleFor, ...saved.responsibleFor],
      iam: { kind: "read", side, isOnlySource: false },
    });
    const plan = planAgain(saved, drift, { users: [], teams: [] });
    const options = {
      target: { host: "api.astronomer.io", readOnly: false },
      budget: { allowEmpty: [] },
      rolesUnknown: false,
    };
    return guardPlan(plan, options).length === 0 ? plan : undefined;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** Each rule that what is applied would break, in words; nothing of it is taken from the engine. */
function broken(plan: Plan, held: HeldState): readonly string[] {
  return [...plan.operations.flatMap(brokenByOne), ...emptiedBy(plan, held), ...beyondLimits(plan, held)];
}

const untouchable: ReadonlySet<string> = new Set([guarded, stranger, hidden, "u1@example.com"]);
type Changed = Plan["operations"][number];

function idsOf({ operations }: Plan, kind: Changed["kind"]): ReadonlySet<string> {
  return new Set(operations.filter((one) => one.kind === kind).map(({ subject }) => subject.scimId ?? ""));
}

function memberIds(operation: Changed): readonly string[] {
  if (!("members" in operation)) return [];
  return [...operation.members.map(({ scimId, key }) => scimId ?? key), ...operation.unknownMembers];
}

function brokenByOne(operation: Changed): readonly string[] {
  const { kind, subject } = operation;
  const given =
    "userName" in operation ? operation.userName : "displayName" in operation ? operation.displayName : "";
  const attributes = "attributes" in operation ? Object.keys(operation.attributes) : [];
  const rules: readonly (readonly [boolean, string])[] = [
    [
      [subject.scimId ?? "", ...memberIds(operation)].some((id) => untouchable.has(id)),
      "touches what is left alone",
    ],
    [["Local", "Outside"].includes(subject.name), `is about ${subject.name}`],
    // The address of another company is a possible name of a Team.
    [
      given === "u1@example.com" || given === (subject.kind === "user" ? "new@other.example" : "Elsewhere"),
      `gives ${given}`,
    ],
    [/^(?:delete|rename)-user$/.test(kind) && subject.scimId === owner, "is about an owner"],
    [attributes.some((path) => /^(?:active|userName)$/i.test(path)), "writes what is not an attribute"],
  ];
  return rules.filter(([isBroken]) => isBroken).map(([, what]) => `${kind} ${what}`);
}

/** Teams without a member who could use them, that had one; and deleted ones with a member who may not lose them. */
function emptiedBy(plan: Plan, held: HeldState): readonly string[] {
  const [deletedUsers, deletedTeams] = [idsOf(plan, "delete-user"), idsOf(plan, "delete-team")];
  const active = new Set(
    allUsers(held)
      .filter((one) => one.active)
      .map(({ scimId }) => scimId),
  );
  const isActive = (id: string): boolean => active.has(id);
  const changedBy = (kind: Changed["kind"], team: string): readonly string[] =>
    plan.operations.filter((one) => one.kind === kind && one.subject.scimId === team).flatMap(memberIds);
  return allTeams(held).flatMap(({ scimId, displayName, memberIds: before }) => {
    if (deletedTeams.has(scimId)) {
      return before.has(guarded) || before.has(stranger)
        ? [`${displayName} goes with a member who may not lose it`]
        : [];
    }
    const removed = new Set(changedBy("remove-members", scimId));
    const after = [...before, ...changedBy("add-members", scimId)].filter(
      (id) => !removed.has(id) && !deletedUsers.has(id),
    );
    // What the plan adds is active, or made so before.
    const isLeft = after.some((id) => id === hidden || isActive(id) || !before.has(id));
    return [...before].some(isActive) && !isLeft ? [`${displayName} is emptied`] : [];
  });
}

/** 15 accounts and 4 Teams are inside. */
function beyondLimits(plan: Plan, held: HeldState): readonly string[] {
  const deletedUsers = idsOf(plan, "delete-user");
  const removals = plan.operations
    .filter(({ kind }) => kind === "remove-members")
    .flatMap((one) => memberIds(one).filter((id) => !deletedUsers.has(id)));
  const memberships = allTeams(held).reduce((sum, team) => sum + team.memberIds.size, 0);
  const rules: readonly (readonly [number, number, string])[] = [
    [deletedUsers.size + idsOf(plan, "delete-team").size, 3, "deletions"],
    [idsOf(plan, "rename-user").size + idsOf(plan, "rename-team").size, 3, "renames"],
    [removals.length, Math.max(10, Math.floor(memberships / 10)), "removals"],
  ];
  return rules.filter(([count, limit]) => count > limit).map(([count, , what]) => `${count} ${what}`);
}

test("no forged plan is applied that breaks a rule", () => {
  fc.assert(
    fc.property(
      organization.chain((one) => fc.tuple(fc.constant(one), forgedPlan(one.held))),
      ([now, plan]) => {
        const result = applied(asFile(plan), now);
        expect(result === undefined ? [] : broken(result, now.held)).toEqual([]);
      },
    ),
    { numRuns: 400 },
  );
});

/** Everything in a JSON value that can be edited, by its place. */
function placesIn(
  value: unknown,
  path: readonly (string | number)[] = [],
): readonly (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, inner]) =>
      placesIn(inner, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

test("no edit of a field of a real plan makes it break a rule", () => {
  const edits = fc.array(
    fc.tuple(
      fc.nat(),
      fc.constantFrom<unknown>(
        undefined,
        true,
        false,
        null,
        0,
        1_000_000,
        "",
        [],
        {},
        guarded,
        owner,
        hidden,
        "team-Local",
        "managed",
      ),
    ),
    { minLength: 1, maxLength: 3 },
  );
  const expected = expectedState({
    users: people.slice(4),
    teams: [
      { name: "T0", members: ["u4", "u5"] },
      { name: "T1", members: ["u6", "New"] },
    ],
  });
  fc.assert(
    fc.property(organization, edits, (now, chosen) => {
      const drift = diff(expected, now.held, {
        target,
        protect,
        responsibleFor,
        iam: { kind: "read", side: now.side, isOnlySource: false },
      });
      const file: unknown = JSON.parse(asFile(planEverything(drift)));
      for (const [at, value] of chosen) {
        const places = placesIn(file).slice(1);
        const path = places[at % places.length]!;
        const holder = path
          .slice(0, -1)
          .reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], file);
        (holder as Record<string | number, unknown>)[path.at(-1)!] = value;
      }
      const result = applied(JSON.stringify(file), now);
      expect(result === undefined ? [] : broken(result, now.held)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("a plan that nobody edited is made again as it was", () => {
  fc.assert(
    fc.property(organization, (now) => {
      const expected = expectedState({
        users: people.slice(0, 15),
        teams: [{ name: "T0", members: ["u4", "u5"] }],
      });
      const iam = { kind: "read", side: now.side, isOnlySource: false } as const;
      const plan = planEverything(diff(expected, now.held, { target, protect, responsibleFor, iam }));
      const text = writeSavedPlan(readSavedPlan("plan.json", asFile(plan)));
      const drift = diff(namesGiven(plan), now.held, { target, protect, responsibleFor, iam });
      const again = planAgain(readSavedPlan("plan.json", text).plan, drift, { users: [], teams: [] });
      expect(again.operations).toEqual(plan.operations);
    }),
  );
});
