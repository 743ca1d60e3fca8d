import { describe, expect, test } from "vitest";

import { parseExpression } from "../../../../src/idp/okta/expression/parse.ts";
import type { ExpressionValue } from "../../../../src/idp/okta/expression/value.ts";
import { evaluate } from "../../../support/okta-expression.ts";

describe("Okta Expression Language overview: Group functions, for Everyone, West Coast Users and Admins, admin", () => {
  test.each<[source: string, expected: ExpressionValue]>([
    ['isMemberOfGroupName("West Coast Users")', true],
    ['isMemberOfGroupName("group1")', false],
    ['isMemberOfGroupName("west coast users")', false],
    ['isMemberOfGroupName("Everyone")', true],
    ['isMemberOfGroup("00g2")', true],
    ['isMemberOfGroup("groupId")', false],
    ['isMemberOfGroup("")', false],
    ['isMemberOfAnyGroup("groupId1", "groupId2", "00g3")', true],
    ['isMemberOfAnyGroup("groupId1", "groupId2", "groupId3")', false],
    ['isMemberOfGroupNameStartsWith("West")', true],
    ['isMemberOfGroupNameStartsWith("San Fr")', false],
    ['isMemberOfGroupNameContains("admin")', true],
    ['isMemberOfGroupNameContains("Coast")', true],
    ['isMemberOfGroupNameContains("East")', false],
    ['isMemberOfGroupNameRegex(".*Coast.*")', true],
    ['isMemberOfGroupNameRegex("Coast")', false],
    // As it stands in the documentation, slash included: no group's name begins with one.
    ['isMemberOfGroupNameRegex("/.*admin.*")', false],
    ['isMemberOfGroupName("West Coast Admins") ? "lead" : "member"', "lead"],
    ['!isMemberOfGroupName("West Coast Admins") AND true', false],
  ])("%s", (source, expected) => {
    expect(evaluate(source)).toBe(expected);
  });

  test.each<[rule: string, criteria: string, names: readonly string[]]>([
    [
      "a name begins with the value",
      "{'group.profile.name': 'West Coast'}",
      ["West Coast Users", "West Coast Admins"],
    ],
    ["or is the value", "{'group.profile.name': 'West Coast', 'operator': 'EXACT'}", []],
    ["or is the value", "{'group.profile.name': 'admin', 'operator': 'EXACT'}", ["admin"]],
    ["any value of a key will do", "{'group.id': {'00g1', '00g3', '00g9'}}", ["West Coast Users", "admin"]],
    [
      "every criterion must hold",
      "{'group.type': {'OKTA_GROUP'}}, {'group.profile.name': {'West Coast A', 'Everyone'}}",
      ["West Coast Admins"],
    ],
    ["two keys of a map must hold", "{'group.type': 'APP_GROUP', 'group.id': '00g1'}", []],
    ["no group here has a source", "{'group.source.id': '0oa1'}", []],
    ["without criteria all groups", "", ["Everyone", "West Coast Users", "West Coast Admins", "admin"]],
  ])("user.getGroups: %s: %s", (_rule, criteria, names) => {
    expect(evaluate(`user.getGroups(${criteria}).![name]`)).toEqual(names);
    expect(evaluate(`user.getGroups(${criteria}).![profile.name]`)).toEqual(names);
    expect(evaluate(`Arrays.toCsvString(user.getGroups(${criteria}).![name])`)).toBe(names.join(","));
  });

  test.each<[source: string, message: string]>([
    [
      "user.getGroups('00g1')",
      "user.getGroups takes maps, such as {'group.profile.name': 'West Coast'}; calculated at position 1.",
    ],
    [
      "user.getGroups({'group.name': 'a'})",
      "user.getGroups has no key 'group.name', only group.id, group.source.id, group.type, group.profile.name and operator; calculated at position 1.",
    ],
    [
      "user.getGroups({'group.id': 'a', 'operator': 'LIKE'})",
      "The operator of user.getGroups is STARTS_WITH or EXACT, not 'LIKE'; calculated at position 1.",
    ],
    ["user.getGroups()[0].label", "a group has no attribute 'label'; calculated at position 20."],
    ["'' + user.getGroups()", "a group is not a string; read an attribute of it; calculated at position 4."],
  ])("%s", (source, message) => {
    expect(() => evaluate(source)).toThrow(message);
  });

  test("a regular expression that is wrong is refused when it is read", () => {
    expect(() => parseExpression("true AND isMemberOfGroupNameRegex('(')")).toThrow(
      "'(' is not a regular expression, or uses Java syntax that is not supported; calculated at position 10.",
    );
  });
});

describe("Okta Expression Language overview: Directory, Workday, Manager and Linked Object functions", () => {
  test.each<[source: string, expected: ExpressionValue]>([
    ["hasDirectoryUser()", false],
    ["hasWorkdayUser()", false],
    ["findDirectoryUser()", null],
    ["findWorkdayUser()", null],
    ["hasDirectoryUser() ? findDirectoryUser().managerUpn : null", null],
    ["hasWorkdayUser() ? findWorkdayUser().employeeID : null", null],
    ['getManagerUser("active_directory").firstName', null],
    ['getManagerAppUser("active_directory", "google").firstName', null],
    ['getAssistantUser("active_directory").firstName', null],
    ['getAssistantAppUser("active_directory", "google").firstName', null],
    ['user.getLinkedObject("manager").lastName', null],
    ['user.getLinkedObject("manager").lastName ?: "nobody"', "nobody"],
    ['user.getInternalProperty("id")', "00u1"],
    ['user.getInternalProperty("status") == "ACTIVE"', true],
  ])("%s", (source, expected) => {
    expect(evaluate(source)).toBe(expected);
  });

  test("Inferred: an attribute of null is an error, as in Spring (EL1007E)", () => {
    expect(() => evaluate("findDirectoryUser().managerUpn")).toThrow(
      "null has no attribute 'managerUpn'; check for null first; calculated at position 20.",
    );
  });

  test.each<[source: string, message: string]>([
    [
      'getManagerUser("workday").firstName',
      `'workday' is not a source: Okta supports only "active_directory"; calculated at position 1.`,
    ],
    [
      '1 + getAssistantAppUser("ad", "x").y',
      `'ad' is not a source: Okta supports only "active_directory"; calculated at position 5.`,
    ],
    [
      'user.getInternalProperty("stauts")',
      "A user has no internal property 'stauts' (did you mean 'status'?); calculated at position 1.",
    ],
    [
      'user.getInternalProperty("created")',
      "A user has no internal property 'created' (only id and status); calculated at position 1.",
    ],
  ])("is refused when it is read: %s", (source, message) => {
    expect(() => parseExpression(source)).toThrow(message);
  });

  test("is refused for a user where the name is calculated", () => {
    expect(() => evaluate('user.getInternalProperty("i" + "D")')).toThrow(
      "A user has no internal property 'iD'",
    );
  });
});
