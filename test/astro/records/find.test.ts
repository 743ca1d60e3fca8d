/** Whom a word on the command line means. */

import { describe, expect, test } from "vitest";
import { findTeam, findUser } from "../../../src/astro/records/find.ts";
import type { TeamRecord, UserRecord } from "../../../src/astro/records/record.ts";

const user = (id: string, email: string, fullName: string): UserRecord => ({
  id,
  email,
  fullName,
  status: "ACTIVE",
  createdAt: undefined,
  updatedAt: undefined,
  roles: undefined,
});

const team = (id: string, name: string): TeamRecord => ({
  id,
  name,
  description: undefined,
  isIdpManaged: undefined,
  createdAt: undefined,
  updatedAt: undefined,
  roles: undefined,
  rolesCount: undefined,
});

const users = [
  user("u1", "Ada.Lovelace@Example.com", "Ada Lovelace"),
  user("u2", "grace@example.com", "Grace Hopper"),
  user("u3", "grace.2@example.com", "Grace Hopper"),
  user("u4", "lower@example.com", "anna"),
  user("u5", "upper@example.com", "Anna"),
  user("u6", "invited@example.com", ""),
];

describe("a user", () => {
  test.each([
    ["by id", "u2", "u2"],
    ["by e-mail address", "grace@example.com", "u2"],
    ["by e-mail address, whatever its case", "ADA.lovelace@example.COM", "u1"],
    ["by full name", "Ada Lovelace", "u1"],
    ["by full name, whatever its case", "ada lovelace", "u1"],
    ["where only case tells two apart", "Anna", "u5"],
  ])("%s", (_how, word, id) => {
    expect(findUser(users, word)).toMatchObject({ kind: "one", item: { id } });
  });

  test.each([
    ["a full name that two have", "Grace Hopper", ["u2", "u3"]],
    ["in a case that neither has", "ANNA", ["u4", "u5"]],
  ])("is ambiguous: %s", (_how, word, ids) => {
    const found = findUser(users, word);
    expect(found.kind === "several" ? found.items.map(({ id }) => id) : found).toEqual(ids);
  });

  test.each([
    ["a part of it", "lovelace", ["Ada.Lovelace@Example.com", "Ada Lovelace"]],
    ["a slip", "garce@example.com", ["grace@example.com"]],
    ["another domain", "grace@example.org", ["grace@example.com"]],
    ["nothing like it", "zzzzzzzz", []],
    ["nothing", "", []],
  ])("is nobody, with the nearest names: %s", (_how, word, nearest) => {
    const found = findUser(users, word);
    expect(found).toMatchObject({ kind: "none" });
    expect(found.kind === "none" ? found.nearest.slice(0, nearest.length || 1) : []).toEqual(nearest);
  });
});

describe("a Team", () => {
  const teams = [team("t1", "Data Platform"), team("t2", "data-science"), team("t3", "Data-Science")];

  test("by id, and by name whatever its case", () => {
    expect(findTeam(teams, "t2")).toMatchObject({ item: { id: "t2" } });
    expect(findTeam(teams, "DATA PLATFORM")).toMatchObject({ item: { id: "t1" } });
    expect(findTeam(teams, "Data-Science")).toMatchObject({ item: { id: "t3" } });
  });

  test("two names that differ in case alone are both named", () => {
    expect(findTeam(teams, "DATA-SCIENCE")).toMatchObject({
      kind: "several",
      items: [{ id: "t2" }, { id: "t3" }],
    });
  });

  test("the nearest names", () => {
    expect(findTeam(teams, "data")).toEqual({
      kind: "none",
      nearest: ["Data Platform", "data-science", "Data-Science"],
    });
    expect(findTeam(teams, "dta platform")).toEqual({ kind: "none", nearest: ["Data Platform"] });
  });
});
