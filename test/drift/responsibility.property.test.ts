/** Whatever a directory and an Astro hold: no plan of any repair reaches outside what the directory is responsible for. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allTeams, allUsers, type HeldState } from "../../src/astro/held.ts";
import type { StatedResponsibility } from "../../src/astro/responsibility.ts";
import type { ExpectedState } from "../../src/astro/state.ts";
import { diff, type Drift } from "../../src/drift/compare/diff.ts";
import { nameGiven, type Operation } from "../../src/drift/plan/operations/operation.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planPushGroups } from "../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { foldCase } from "../../src/ground/text/fold-case.ts";
import { planSchema } from "../../src/plan-file/plan-schema.ts";
import { expectedState, heldState } from "../support/states.ts";

const email = "emails[primary eq true].value";
/** Some are addresses, in three domains and in capitals; of the others the e-mail address decides, if there is one. */
const addresses = ["ada@a.io", "bob@A.io", "eve@b.io", "gus@b.io", "zoe@x.a.io"];
const names = [...addresses, "=svc", "=Ops"];
const emails = ["svc@a.io", "svc@b.io"];
const teamNames = ["a-data", "A-ops", "b-data", "misc"];
/** Few enough to collide, as those of two tenants may. */
const externalIds = ["1", "2", "3"];
const optional = <Value>(values: readonly Value[]) => fc.constantFrom(undefined, ...values);

const teamsOf = (members: readonly string[]) =>
  fc
    .subarray(teamNames)
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map((name) => fc.record({ name: fc.constant(name), members: fc.subarray([...members]) })),
      ),
    );

const arbitraryExpected = (pool: readonly string[]): fc.Arbitrary<ExpectedState> =>
  fc.subarray([...pool]).chain((chosen) =>
    fc
      .record({
        users: fc.tuple(
          ...chosen.map((name) =>
            fc.record({
              name: fc.constant(name),
              presence: fc.constantFrom("active", "active", "not-active", "either"),
              externalId: optional(externalIds),
              attributes: fc
                .option(fc.constantFrom(...emails), { nil: undefined })
                .map((address): Record<string, string> =>
                  address === undefined ? {} : { [email]: address },
                ),
            }),
          ),
        ),
        teams: teamsOf(chosen),
      })
      .map(expectedState),
  );

const arbitraryHeld = (pool: readonly string[]): fc.Arbitrary<HeldState> =>
  fc.subarray([...pool]).chain((chosen) =>
    fc
      .record({
        users: fc.tuple(
          ...chosen.map((name) =>
            fc.record({
              name: fc.constant(name),
              active: fc.boolean(),
              externalId: optional(externalIds),
              emails: fc.subarray(emails),
            }),
          ),
        ),
        namesakeUsers: fc
          .subarray(chosen)
          .map((twice) => twice.map((name) => ({ name, id: `second-${name}`, emails: [emails[0]!] }))),
        teams: teamsOf([...chosen, ...chosen.map((name) => `second-${name}`)]),
      })
      .map(heldState),
  );

const statement: fc.Arbitrary<StatedResponsibility> = fc
  .record(
    {
      domains: fc.subarray(["a.io", "B.io", "*.a.io"], { minLength: 1 }),
      teams: fc.subarray(["a-*", "B-????", "?isc"], { minLength: 1 }),
    },
    { requiredKeys: [], noNullPrototype: true },
  )
  .map((stated) => ({ ...stated, statedBy: "a test" }));

const links = fc.uniqueArray(fc.tuple(fc.constantFrom(...teamNames, "LINK"), fc.constantFrom(...teamNames)), {
  selector: ([key]) => key,
});

/** Written without the code under test: what the documentation says. */
function isInside(
  stated: readonly StatedResponsibility[],
  item: { readonly userName: string; readonly address?: string | undefined } | { readonly team: string },
): boolean {
  return stated.every(({ domains, teams }) => {
    if ("team" in item) {
      const patterns = (teams ?? ["*"]).map((one) =>
        one.toLowerCase().replaceAll("*", ".*").replaceAll("?", "."),
      );
      return patterns.some((one) => new RegExp(`^${one}$`).test(item.team.toLowerCase()));
    }
    if (domains === undefined) return true;
    const decides = item.userName.includes("@") ? item.userName : (item.address ?? "");
    const domain = decides.toLowerCase().split("@")[1];
    return domains.some((one) => {
      const pattern = one.toLowerCase();
      return pattern.startsWith("*.") ? domain?.endsWith(pattern.slice(1)) : domain === pattern;
    });
  });
}

function plansOf(drift: Drift, held: HeldState): readonly Plan[] {
  const everything = { users: "all", teams: "all" } as const;
  const userNames = [...addresses, "svc", "ops", ...allUsers(held).map(({ scimId }) => scimId)];
  const teams = [...teamNames, ...allTeams(held).map(({ scimId }) => scimId)];
  return [
    planResync(drift, everything),
    planResync(drift, { users: userNames, teams }),
    planPushGroups(drift, "all"),
    planPushGroups(drift, teams),
    planDelete(drift, everything),
    planDelete(drift, { users: "all", teams }),
    planDelete(drift, { users: userNames, teams }),
  ];
}

/** Everything that an operation writes to, and that is outside. */
function outsideOf(
  operation: Operation,
  stated: readonly StatedResponsibility[],
  { expected, held }: { readonly expected: ExpectedState; readonly held: HeldState },
): readonly string[] {
  const account = (scimId: string | null, key: string): readonly string[] => {
    const found = allUsers(held).find((one) => one.scimId === scimId);
    const [address, ...others] = found?.emails ?? [];
    const user = expected.users.get(key);
    const sides = [
      ...(found === undefined
        ? []
        : [{ userName: found.userName, address: others.length === 0 ? address : undefined }]),
      ...(user === undefined || found !== undefined
        ? []
        : [{ userName: user.userName, address: user.attributes[email] }]),
    ];
    return sides.some((side) => !isInside(stated, side)) ? [key] : [];
  };
  const team = (name: string): readonly string[] => (isInside(stated, { team: name }) ? [] : [name]);
  const { subject } = operation;
  const given = nameGiven(operation);
  if (subject.kind === "user") {
    const renamed = given === undefined ? [] : account(null, foldCase(given));
    return [...account(subject.scimId, subject.key), ...renamed];
  }
  const members =
    "members" in operation ? operation.members.flatMap(({ scimId, key }) => account(scimId, key)) : [];
  const unknown = "members" in operation ? operation.unknownMembers.flatMap((id) => account(id, "")) : [];
  const lost = operation.kind === "delete-team" ? operation.memberIds.flatMap((id) => account(id, "")) : [];
  const found = allTeams(held).find((one) => one.scimId === subject.scimId);
  return [
    ...team(found?.displayName ?? subject.name),
    ...(given === undefined ? [] : team(given)),
    ...members,
    ...unknown,
    ...lost,
  ];
}

const runs = { numRuns: 400 };

describe("for any directory, Astro and responsibility", () => {
  const given = fc.record({
    expected: arbitraryExpected(names),
    held: arbitraryHeld(names),
    stated: fc.array(statement, { maxLength: 3 }),
    linked: links.map((pairs) => new Map(pairs.map(([key, name]) => [key, `team-${name}`]))),
  });

  test("no plan of any repair has an operation on an account or a Team outside, or adds or removes a member from outside", () => {
    fc.assert(
      fc.property(given, ({ expected, held, stated, linked }) => {
        const drift = diff(expected, held, { responsibleFor: stated, linkedTeams: linked });
        for (const plan of plansOf(drift, held)) {
          const outside = plan.operations.flatMap((one) => outsideOf(one, stated, drift));
          expect(outside).toEqual([]);
        }
      }),
      runs,
    );
  });

  test("a plan is whole: what it leaves out is not needed by what it holds, and it is read again from a file", () => {
    fc.assert(
      fc.property(given, ({ expected, held, stated, linked }) => {
        const drift = diff(expected, held, { responsibleFor: stated, linkedTeams: linked });
        for (const plan of plansOf(drift, held)) {
          expect(planSchema.parse(JSON.parse(JSON.stringify(plan)))).toStrictEqual(plan);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("what is outside and not provisioned is no drift: it is listed separately, and counted nowhere", () => {
    fc.assert(
      fc.property(given, ({ expected, held, stated, linked }) => {
        const drift = diff(expected, held, { responsibleFor: stated, linkedTeams: linked });
        const listed = new Set([...drift.outside.users, ...drift.outside.teams].map(({ scimId }) => scimId));
        const inChanges = drift.changes.flatMap((change) => [
          ...("held" in change ? [change.held.scimId] : []),
          ...(change.kind === "team-members-differ" ? change.leftOver.map(({ scimId }) => scimId ?? "") : []),
        ]);
        const unexplained = drift.unexplainedTeams.map(({ scimId }) => scimId);
        expect([...inChanges, ...unexplained].filter((id) => listed.has(id))).toEqual([]);
        const outsideTeams = allTeams(held).filter(
          ({ displayName }) => !isInside(stated, { team: displayName }),
        );
        const paired = drift.outside.provisioned.filter(
          ({ kind, scimId }) => kind === "team" && scimId !== undefined,
        );
        expect(drift.compared.heldTeams).toBe(allTeams(held).length - outsideTeams.length);
        expect(drift.outside.teams.length).toBeGreaterThanOrEqual(outsideTeams.length - paired.length);
        for (const { userName } of drift.outside.users) {
          const user = expected.users.get(foldCase(userName));
          const isNamesake = allUsers(held).filter(({ key }) => key === foldCase(userName)).length > 1;
          expect(user?.presence !== "active" || isNamesake).toBe(true);
        }
      }),
      runs,
    );
  });
});

describe("nothing changes", () => {
  const given = fc.record({ expected: arbitraryExpected(addresses), held: arbitraryHeld(addresses) });

  test.each<readonly [string, readonly StatedResponsibility[]]>([
    ["without a statement", []],
    [
      "where all statements include everything",
      [
        { domains: ["a.io", "b.io", "*.a.io"], statedBy: "one" },
        { teams: ["*"], statedBy: "another" },
      ],
    ],
  ])("%s", (_, responsibleFor) => {
    fc.assert(
      fc.property(given, ({ expected, held }) => {
        const plain = diff(expected, held);
        const drift = diff(expected, held, { responsibleFor });
        expect(drift.changes).toEqual(plain.changes);
        expect(drift.unexplainedTeams).toEqual(plain.unexplainedTeams);
        expect(drift.compared).toEqual(plain.compared);
        expect(drift.outside).toEqual({ users: [], teams: [], provisioned: [] });
        const parts = (one: Drift) =>
          plansOf(one, held).map(({ operations, leftOut, emptied, basis }) => ({
            operations,
            leftOut,
            emptied,
            basis,
          }));
        expect(parts(drift)).toEqual(parts(plain));
      }),
      { numRuns: 200 },
    );
  });
});
