import { describe, expect, test } from "vitest";
import { indexableEquality } from "../../../src/scim/filter/index-key.ts";
import type { ResourceType } from "../../../src/scim/schema/attribute.ts";
import { groupResourceType } from "../../../src/scim/schema/group.ts";
import { userResourceType } from "../../../src/scim/schema/user.ts";
import { enterpriseUserSchemaUrn as enterprise, userSchemaUrn as core } from "../../../src/scim/urn.ts";
import { parseQuoted } from "../../support/parse-quoted.ts";

const found = (text: string, type: ResourceType = userResourceType) => {
  const equality = indexableEquality(parseQuoted(text), type);
  return equality && [equality.attribute, equality.key];
};

describe("an equality that an index can answer", () => {
  test.each([
    ["userName, folded", 'userName eq "Ada@Example.com"', ["userName", "ada@example.com"]],
    ["userName, another spelling", 'USERNAME Eq "ADA"', ["userName", "ada"]],
    ["folding is NFC, too", 'userName eq "E\u0301"', ["userName", "é"]],
    ["URN before the attribute", `${core}:userName eq "a"`, ["userName", "a"]],
    ["id as it is", 'id eq "Clm9"', ["id", "Clm9"]],
    ["externalId as it is", 'externalId eq "00uA"', ["externalId", "00uA"]],
    ["displayName", 'displayName eq "Ada L"', ["displayName", "ada l"]],
    ["emails.value", 'emails.value eq "A@b.c"', ["emails.value", "a@b.c"]],
    ["emails alone", 'emails eq "a@b.c"', ["emails.value", "a@b.c"]],
    ["email, Okta's name for it", 'email eq "a@b.c"', ["emails.value", "a@b.c"]],
    ["brackets", 'emails[value eq "A@b.c"]', ["emails.value", "a@b.c"]],
    ["and in brackets", 'emails[type eq "work" and value eq "a@b.c"]', ["emails.value", "a@b.c"]],
    ["sub-attribute behind brackets", 'emails[type eq "work"].value eq "a@b.c"', ["emails.value", "a@b.c"]],
    ["one side of an and", 'active eq true and userName eq "a"', ["userName", "a"]],
    ["deep in ands", '(title pr and (active eq true and userName eq "a")) and name pr', ["userName", "a"]],
    ["the narrower of two", 'displayName eq "a" and id eq "b"', ["id", "b"]],
    ["the first of two alike", 'userName eq "a" and userName eq "b"', ["userName", "a"]],
    ["beside an or", 'userName eq "a" and (title pr or active eq true)', ["userName", "a"]],
  ])("%s: %s", (_rule, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test.each([
    ["a Team's name", 'displayName eq "Data"', ["displayName", "data"]],
    ["a Team's member", 'members.value eq "Clm9"', ["members.value", "Clm9"]],
    ["a Team's member, in brackets", 'members[value eq "Clm9"]', ["members.value", "Clm9"]],
    ["the Team before its member (Entra)", 'members eq "u" and id eq "g"', ["id", "g"]],
  ])("%s: %s", (_rule, text, expected) => {
    expect(found(text, groupResourceType)).toEqual(expected);
  });
});

describe("every resource has to be looked at", () => {
  test.each([
    ["or", 'userName eq "a" or userName eq "b"'],
    ["not", 'not (userName eq "a")'],
    ["and within not", 'not (userName eq "a" and active eq true)'],
    ["or in brackets", 'emails[value eq "a" or type eq "work"]'],
    ["not in brackets", 'emails[not (value eq "a")]'],
    ["another operator", 'userName sw "a"'],
    ["ne", 'userName ne "a"'],
    ["pr", "userName pr"],
    ["ne in brackets", 'emails[value ne "a"]'],
    ["pr in brackets", "emails[value pr]"],
    ["null", "userName eq null"],
    ["another attribute", 'title eq "a"'],
    ["another sub-attribute", 'emails.type eq "work"'],
    ["another sub-attribute in brackets", 'emails[type eq "work"]'],
    ["another attribute's value", 'phoneNumbers.value eq "1"'],
    ["an extension's displayName", `${enterprise}:manager.displayName eq "a"`],
  ])("%s: %s", (_rule, text) => {
    expect(found(text)).toBeUndefined();
  });
});

test("an unknown attribute is refused as it is by the filter itself", () => {
  expect(() => found('active eq true and usrName eq "a"')).toThrow("Did you mean userName?");
});
