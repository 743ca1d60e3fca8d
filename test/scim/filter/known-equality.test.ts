/** An equality that is known by what stands before its value is the one that reading it in full finds. */

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indexableEquality } from "../../../src/scim/filter/index-key.ts";
import { KnownEqualities } from "../../../src/scim/filter/known-equality.ts";
import { parseFilter } from "../../../src/scim/filter/parse.ts";
import { lenient } from "../../../src/scim/leniency.ts";
import { groupResourceType } from "../../../src/scim/schema/group.ts";
import { userResourceType } from "../../../src/scim/schema/user.ts";

const known = new KnownEqualities(userResourceType);

describe("an equality is known", () => {
  test.each([
    [
      "as providers write it",
      'userName eq "Ada@Example.com"',
      { attribute: "userName", key: "ada@example.com" },
    ],
    ["in another spelling", 'USERNAME  EQ"ADA"', { attribute: "userName", key: "ada" }],
    ["where its attribute minds case", 'externalId eq "00uA"', { attribute: "externalId", key: "00uA" }],
    ["of a sub-attribute", 'emails.value eq "A@b.c"', { attribute: "emails.value", key: "a@b.c" }],
    ["of nothing", 'id eq ""', { attribute: "id", key: "" }],
    ["of what looks like a filter", 'id eq "a or b pr"', { attribute: "id", key: "a or b pr" }],
  ])("%s: %s", (_rule, text, expected) => {
    expect(known.read(text)).toEqual(expected);
    expect(known.read(text)).toEqual(expected);
  });
});

describe("everything else is left to whoever reads it in full", () => {
  test.each([
    ["another operator", 'userName co "ada"'],
    ["more than one comparison", 'active eq true and userName eq "ada"'],
    ["a negation", 'not (userName eq "ada")'],
    ["an attribute without an index", 'title eq "ada"'],
    ["an attribute nobody has", 'nickname.x eq "ada"'],
    ["a string before the string", 'title eq "a" and userName eq "ada"'],
    ["an escape", String.raw`userName eq "a\u0064a"`],
    ["a quote that is not closed", 'userName eq "ada'],
    ["something behind the value", 'userName eq "ada" and active pr'],
    ["a control character", 'userName eq "a\u0001"'],
    ["a value without quotes", "userName eq ada"],
    ["nothing before the value", '"ada"'],
    ["nothing", ""],
  ])("%s: %s", (_rule, text) => {
    expect(known.read(text)).toBeUndefined();
  });
});

test("what is known agrees with reading in full, whatever the value, the type and the rules", () => {
  const names = [
    "userName",
    "USERNAME",
    "id",
    "externalId",
    "emails.value",
    "emails",
    "email",
    "displayName",
  ];
  const before = fc.constantFrom(...names, "members.value", "title", "active", "x y", "(id", "urn:a:b");
  const operator = fc.constantFrom(" eq ", " EQ", "\teq  ", " ne ", " pr ", "");
  const value = fc.string({
    unit: fc.oneof(fc.constantFrom('"', "\\", "é", "E\u0301", "A"), fc.string({ unit: "binary" })),
  });
  const rules = fc.constantFrom(lenient, { ...lenient, unquotedValues: "refuse" as const });
  const types = fc.constantFrom(userResourceType, groupResourceType);
  fc.assert(
    fc.property(before, operator, value, types, rules, (name, op, text, type, leniency) => {
      const equalities = new KnownEqualities(type, leniency);
      equalities.read(`${name}${op}"first"`);
      const filter = `${name}${op}"${text}"`;
      const found = equalities.read(filter);
      if (found === undefined) return;
      const parsed = parseFilter(filter, leniency);
      expect(parsed.kind).toBe("compare");
      expect(indexableEquality(parsed, type, leniency)).toEqual(found);
    }),
    { numRuns: 150 },
  );
});

test("a client that never writes the same twice is answered all the same", () => {
  const equalities = new KnownEqualities(userResourceType);
  for (let spaces = 1; spaces < 500; spaces += 1) {
    const text = `userName eq${" ".repeat(spaces)}"Ada"`;
    expect(equalities.read(text)).toEqual({ attribute: "userName", key: "ada" });
  }
});
