/** Filters and orders of lists, whatever is listed. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { UserRecord } from "../../../src/astro/records/record.ts";
import { selectTeams, selectUsers, userSortKeys } from "../../../src/astro/records/select.ts";

const text = fc.constantFrom("", "a", "B", "b", "ä", "2025-01-01T00:00:00Z", "2024-01-01T00:00:00Z");
const role = fc.constantFrom("ORGANIZATION_OWNER", "ORGANIZATION_MEMBER", "WORKSPACE_OWNER");

const users: fc.Arbitrary<readonly UserRecord[]> = fc
  .array(
    fc.record({
      email: text,
      fullName: text,
      status: fc.constantFrom("ACTIVE", "PENDING"),
      createdAt: fc.option(text, { nil: undefined }),
      updatedAt: fc.option(text, { nil: undefined }),
      roles: fc.option(
        fc.record({
          organizationRole: fc.option(role, { nil: undefined }),
          workspaceRoles: fc.array(fc.record({ workspaceId: text, role }), { maxLength: 2 }),
          deploymentRoles: fc.constant([]),
          dagRoles: fc.constant([]),
        }),
        { nil: undefined },
      ),
    }),
    { maxLength: 8 },
  )
  .map((all) => all.map((user, index) => ({ ...user, id: `u${index}` })));

const sort = fc.record({ key: fc.constantFrom(...userSortKeys), isDescending: fc.boolean() });

describe("selectUsers", () => {
  test("without a filter every user is there, once, in any order", () => {
    fc.assert(
      fc.property(users, sort, (all, order) => {
        const ids = selectUsers(all, {}, order).map(({ id }) => id);
        expect(ids.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
      }),
    );
  });

  test("the order depends on nothing but the users", () => {
    fc.assert(
      fc.property(users, sort, (all, order) => {
        expect(selectUsers(all.toReversed(), {}, order)).toEqual(selectUsers(all, {}, order));
      }),
    );
  });

  test("what has no value comes last, in both directions", () => {
    fc.assert(
      fc.property(users, fc.boolean(), (all, isDescending) => {
        const values = selectUsers(all, {}, { key: "createdAt", isDescending }).map(
          ({ createdAt }) => createdAt ?? "",
        );
        const first = values.indexOf("");
        expect(first === -1 ? [] : values.slice(first).filter((value) => value !== "")).toEqual([]);
      }),
    );
  });

  test("each filter leaves exactly those that it describes", () => {
    fc.assert(
      fc.property(users, role, (all, wanted) => {
        const chosen = new Set(selectUsers(all, { role: wanted.toLowerCase(), status: "active" }));
        for (const user of all) {
          const has =
            user.roles?.organizationRole === wanted ||
            user.roles?.workspaceRoles.some((one) => one.role === wanted) === true;
          expect(chosen.has(user)).toBe(has && user.status === "ACTIVE");
        }
      }),
    );
  });
});

test("selectTeams: by who manages them, unknown being neither", () => {
  const team = (name: string, isIdpManaged: boolean | undefined) => ({
    id: name,
    name,
    description: undefined,
    isIdpManaged,
    createdAt: undefined,
    updatedAt: undefined,
    roles: undefined,
    rolesCount: undefined,
  });
  const teams = [team("b", true), team("a", true), team("local", false), team("unknown", undefined)];
  const names = (isIdpManaged: boolean | undefined) =>
    selectTeams(teams, { isIdpManaged }).map(({ name }) => name);
  expect([names(true), names(false), names(undefined)]).toEqual([
    ["a", "b"],
    ["local"],
    ["a", "b", "local", "unknown"],
  ]);
});
