/** Each leniency by its name, with the provider that needs it. */

import { describe, expect, test } from "vitest";
import {
  booleanFromText,
  complexFromList,
  complexFromText,
  isEmptyReference,
  lenient,
  listFromSingleValue,
} from "../../src/scim/leniency.ts";
import { findByName } from "../../src/scim/schema/attribute.ts";
import { enterpriseUserSchema } from "../../src/scim/schema/enterprise-user.ts";
import { membersAttribute } from "../../src/scim/schema/group.ts";
import { userSchema } from "../../src/scim/schema/user.ts";

const manager = findByName(enterpriseUserSchema.attributes, "manager")!;
const name = findByName(userSchema.attributes, "name")!;
const title = findByName(userSchema.attributes, "title")!;
const emails = findByName(userSchema.attributes, "emails")!;

describe("booleanFromText: Entra without aadOptscim062020 sends booleans as text", () => {
  test.each([
    { value: "True", is: true },
    { value: "False", is: false },
    { value: "true", is: true },
    { value: "FALSE", is: false },
    { value: true, is: true },
    { value: " true", is: " true" },
    { value: "1", is: "1" },
    { value: 1, is: 1 },
    { value: null, is: null },
  ])("$value", ({ value, is }) => {
    expect(booleanFromText(value, lenient)).toBe(is);
  });
});

describe("listFromSingleValue: SCIMReferenceCode's collection adds one member without a list", () => {
  test("a single value becomes a list", () => {
    expect(listFromSingleValue({ value: "u1" }, lenient)).toEqual([{ value: "u1" }]);
  });
  test("a list stays", () => {
    expect(listFromSingleValue(["u1", "u2"], lenient)).toEqual(["u1", "u2"]);
  });
});

describe("complexFromText: the SCIM Validator sends a manager, SCIMReferenceCode's collection a member, as bare id", () => {
  test.each([
    { of: manager, value: "u1", is: { value: "u1" } },
    { of: membersAttribute, value: "u1", is: { value: "u1" } },
    { of: emails, value: "a@x.io", is: { value: "a@x.io" } },
    { of: name, value: "Ada", is: "Ada" },
    { of: manager, value: 7, is: 7 },
  ])("$of.name from $value", ({ of, value, is }) => {
    expect(complexFromText(of, value, lenient)).toEqual(is);
  });
});

describe("complexFromList: Entra's documents send a manager as a list of one", () => {
  test.each([
    { of: manager, value: [{ value: "u1" }], is: { value: "u1" } },
    { of: manager, value: [], is: [] },
    { of: manager, value: [1, 2], is: [1, 2] },
    { of: manager, value: { value: "u1" }, is: { value: "u1" } },
    { of: title, value: ["Dr."], is: ["Dr."] },
  ])("$of.name from $value", ({ of, value, is }) => {
    expect(complexFromList(of, value, lenient)).toEqual(is);
  });
});

describe("isEmptyReference: the SCIM Validator removes a manager by the empty id", () => {
  test.each([
    { of: manager, value: { value: "" }, is: true },
    { of: manager, value: { value: "", $ref: "https://example.com/Users/" }, is: true },
    { of: manager, value: { value: "u1" }, is: false },
    { of: manager, value: {}, is: false },
    { of: membersAttribute, value: { value: "" }, is: false },
    { of: emails, value: { value: "" }, is: false },
  ])("$of.name $value: $is", ({ of, value, is }) => {
    expect(isEmptyReference(of, value, lenient)).toBe(is);
  });
});
