import { expect, test } from "vitest";
import { mentions } from "../../../src/scim/filter/mentions.ts";
import { groupSchemaUrn as core } from "../../../src/scim/urn.ts";
import { parseQuoted } from "../../support/parse-quoted.ts";

test.each([
  ["comparison", 'members eq "x"'],
  ["another case", "MEMBERS pr"],
  ["sub-attribute", 'members.value eq "x"'],
  ["brackets", 'members[value eq "x"]'],
  ["within and, or, not", 'id eq "1" and (displayName pr or not (members pr))'],
  ["URN", `${core}:members.value pr`],
  ["URN and a dot", `${core}.members pr`],
  ["URN and dots", `${core}.members.value pr`],
])("a filter speaks of members: %s: %s", (_rule, text) => {
  expect(mentions(parseQuoted(text), "Members")).toBe(true);
});

test.each([
  ["another attribute", 'displayName eq "members"'],
  ["sub-attribute of another", "name.members pr"],
  ["in another's brackets", "emails[members pr]"],
])("a filter does not: %s: %s", (_rule, text) => {
  expect(mentions(parseQuoted(text), "members")).toBe(false);
});
