import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileFilter } from "../../../src/scim/filter/evaluate.ts";
import { filterForType } from "../../../src/scim/filter/for-type.ts";
import { parseFilter } from "../../../src/scim/filter/parse.ts";
import { lenient } from "../../../src/scim/leniency.ts";
import { groupResourceType } from "../../../src/scim/schema/group.ts";
import { userResourceType } from "../../../src/scim/schema/user.ts";

const both = [userResourceType, groupResourceType];
const team = { id: "c1", displayName: "core", members: [{ value: "c2", display: "ada" }] };

const keepsTeam = (text: string): boolean => {
  const filter = filterForType(parseFilter(text, lenient), groupResourceType, both, lenient);
  return compileFilter(filter, groupResourceType, lenient)(team);
};

describe("an attribute that only other types have counts as one without a value (RFC 7644 §3.4.2.1)", () => {
  test.each([
    ["userName pr", false],
    ["not (userName pr)", true],
    ['userName eq "x"', false],
    ['userName ne "x"', true],
    ["userName eq null", true],
    ["userName ne null", false],
    ['userName sw "x"', false],
    ['meta.created gt "2000-01-01T00:00:00Z" or displayName eq "core"', true],
    ['emails[type eq "work"]', false],
    ['urn:ietf:params:scim:schemas:core:2.0:User:displayName eq "core"', false],
    ['userName eq "x" or displayName eq "core"', true],
    ['userName eq "x" and displayName eq "core"', false],
    ['members[display eq "ada"]', true],
  ])("%s: %s", (text, expected) => {
    expect(keepsTeam(text)).toBe(expected);
  });
});

test("it compares as an attribute of one's own that is unassigned", () => {
  const operator = fc.constantFrom("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le");
  fc.assert(
    fc.property(operator, fc.string(), (op, value) => {
      const condition = `${op} ${JSON.stringify(value)}`;
      const unassigned = parseFilter(`externalId ${condition}`, lenient);
      expect(keepsTeam(`nickName ${condition}`)).toBe(
        compileFilter(unassigned, groupResourceType, lenient)(team),
      );
    }),
  );
});

test.each(['nosuch eq "x"', "name.nosuch pr"])("what no type has stays, to be refused: %s", (text) => {
  expect(() => keepsTeam(text)).toThrow(/Unknown attribute/);
});

test("of one type alone the filter is left as it is", () => {
  const filter = parseFilter("userName pr", lenient);
  expect(filterForType(filter, groupResourceType, [groupResourceType], lenient)).toBe(filter);
});
