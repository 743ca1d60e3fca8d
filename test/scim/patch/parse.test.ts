/** What the body of a PATCH is read as: the edits it asks for, or why it is refused. */

import { describe, expect, test } from "vitest";
import { bodyLimits } from "../../../src/scim/body-limits.ts";
import type { Edit } from "../../../src/scim/patch/edit.ts";
import { parsePatch } from "../../../src/scim/patch/parse.ts";
import { groupResourceType } from "../../../src/scim/schema/group.ts";
import { userResourceType } from "../../../src/scim/schema/user.ts";
import { enterpriseUserSchemaUrn as enterprise, patchOpUrn, userSchemaUrn } from "../../../src/scim/urn.ts";

describe("operations become edits", () => {
  test.each([
    { rule: "by path", op: { op: "add", path: "title", value: "Dr." }, edits: ["add title: Dr."] },
    { rule: "op in any case", op: { op: "ADD", path: "title", value: "Dr." }, edits: ["add title: Dr."] },
    { rule: "names in any case", op: { Op: "add", PATH: "title", Value: "Dr." }, edits: ["add title: Dr."] },
    {
      rule: "path in any case, canonical in the edit",
      op: { op: "replace", path: "NAME.GivenName", value: "Ada" },
      edits: ["replace name.givenName: Ada"],
    },
    {
      rule: "path with the URN of the core schema (RFC 7644 §3.10)",
      op: { op: "replace", path: `${userSchemaUrn}:name.givenName`, value: "Ada" },
      edits: ["replace name.givenName: Ada"],
    },
    {
      rule: "path with the URN of an extension",
      op: { op: "replace", path: `${enterprise.toUpperCase()}:DEPARTMENT`, value: "Maths" },
      edits: [`replace ${enterprise}:department: Maths`],
    },
    {
      rule: "a chosen value",
      op: { op: "replace", path: 'emails[type eq "work"]', value: { VALUE: "a@x.io" } },
      edits: ['replace emails[…]: {"value":"a@x.io"}'],
    },
    {
      rule: "a chosen value as a list of one",
      op: { op: "replace", path: 'emails[type eq "work"]', value: [{ value: "a@x.io" }] },
      edits: ['replace emails[…]: {"value":"a@x.io"}'],
    },
    {
      rule: "a part of a chosen value",
      op: { op: "replace", path: 'emails[type eq "work"].primary', value: "True" },
      edits: ["replace emails[…].primary: true"],
    },
    {
      rule: "a list from a single value",
      op: { op: "add", path: "emails", value: { value: "a@x.io" } },
      edits: ['add emails: [{"value":"a@x.io"}]'],
    },
    {
      rule: "no path: one edit for each attribute, nested objects whole",
      op: { op: "replace", value: { name: { givenName: "Ada" }, displayName: "Ada" } },
      edits: ['replace name: {"givenName":"Ada"}', "replace displayName: Ada"],
    },
    {
      rule: "an empty path is no path",
      op: { op: "add", path: "", value: { title: "Dr." } },
      edits: ["add title: Dr."],
    },
    {
      rule: "a null path is no path",
      op: { op: "add", path: null, value: { title: "Dr." } },
      edits: ["add title: Dr."],
    },
    {
      rule: "no path: names may be dotted, URNs and whole paths",
      op: {
        op: "replace",
        value: {
          "name.givenName": "Ada",
          [`${enterprise}:department`]: "Maths",
          'emails[type eq "work"].value': "a@x.io",
        },
      },
      edits: [
        "replace name.givenName: Ada",
        `replace ${enterprise}:department: Maths`,
        "replace emails[…].value: a@x.io",
      ],
    },
    {
      rule: "no path: an extension as an object",
      op: {
        op: "add",
        value: { [enterprise]: { department: "Maths", "manager.value": "u1", shoeSize: 38 } },
      },
      edits: [`add ${enterprise}:department: Maths`, `add ${enterprise}:manager.value: u1`],
    },
    {
      rule: "no path: read-only attributes are ignored (Okta: update a group)",
      op: {
        op: "replace",
        value: { id: "u1", meta: {}, groups: [], "manager.displayName": "C.", title: "Dr." },
      },
      edits: ["replace title: Dr."],
    },
    {
      rule: "no path: unknown names are ignored, schemas too",
      op: {
        op: "replace",
        value: {
          shoeSize: 38,
          "a.b.c": 1,
          "urn:x:2.0:Shoe": {},
          "not a name": 1,
          "": 1,
          schemas: [userSchemaUrn],
        },
      },
      edits: [],
    },
    {
      rule: "no path: an unknown attribute with brackets is ignored, too",
      op: { op: "replace", value: { 'shoes[type eq "left"].size': 38 } },
      edits: [],
    },
    {
      rule: "a whole extension by path",
      op: { op: "add", path: enterprise, value: { department: "Maths" } },
      edits: [`add ${enterprise}:department: Maths`],
    },
    {
      rule: "a whole extension removed",
      op: { op: "remove", path: enterprise },
      edits: [`remove ${enterprise}`],
    },
    {
      rule: "a whole extension replaced by null is removed",
      op: { op: "replace", value: { [enterprise]: null } },
      edits: [`remove ${enterprise}`],
    },
    {
      rule: "null added to an extension adds nothing",
      op: { op: "add", path: enterprise, value: null },
      edits: [],
    },
    {
      rule: "an unknown schema is ignored, as in a POST",
      op: { op: "add", path: "urn:ietf:params:scim:schemas:extension:Custom:2.0:User:tag", value: "x" },
      edits: [],
    },
    {
      rule: "replace by null removes",
      op: { op: "replace", path: "title", value: null },
      edits: ["remove title"],
    },
    {
      rule: "replace by [] removes",
      op: { op: "replace", path: "emails", value: [] },
      edits: ["remove emails"],
    },
    {
      rule: "replace by no known part removes",
      op: { op: "replace", path: "name", value: { shoeSize: 38 } },
      edits: ["remove name"],
    },
    {
      rule: "replace of a part by null removes that part alone",
      op: { op: "replace", value: { name: { GIVENNAME: null } } },
      edits: ["remove name.givenName"],
    },
    {
      rule: "replace of parts, some by null",
      op: { op: "replace", path: "name", value: { givenName: null, familyName: "Hopper" } },
      edits: ["remove name.givenName", 'replace name: {"familyName":"Hopper"}'],
    },
    {
      rule: "replace of the manager's id by null removes the manager",
      op: { op: "replace", path: "manager", value: { value: null, displayName: "x" } },
      edits: [`remove ${enterprise}:manager`],
    },
    {
      rule: "replace of a chosen value by null removes it",
      op: { op: "replace", path: 'emails[type eq "work"]', value: null },
      edits: ["remove emails[…]"],
    },
    {
      rule: "replace of the manager by nobody removes",
      op: { op: "replace", path: "manager", value: "" },
      edits: [`remove ${enterprise}:manager`],
    },
    {
      rule: "replace of the manager's id by nobody's removes it",
      op: { op: "replace", path: "manager.value", value: "" },
      edits: [`remove ${enterprise}:manager.value`],
    },
    {
      rule: "add of nobody's id adds nothing",
      op: { op: "add", path: "manager.value", value: "" },
      edits: [],
    },
    { rule: "add of null adds nothing", op: { op: "add", path: "title", value: null }, edits: [] },
    { rule: "add of [] adds nothing", op: { op: "add", path: "emails", value: [] }, edits: [] },
    { rule: "a password is dropped", op: { op: "replace", path: "password", value: "pw" }, edits: [] },
    { rule: "a password is dropped when removed, too", op: { op: "remove", path: "password" }, edits: [] },
    {
      rule: "schemas follows from what a resource holds",
      op: { op: "add", path: "schemas", value: [enterprise] },
      edits: [],
    },
    { rule: "remove", op: { op: "remove", path: "emails" }, edits: ["remove emails"] },
    {
      rule: "remove with null is remove",
      op: { op: "remove", path: "emails", value: null },
      edits: ["remove emails"],
    },
    {
      rule: "remove with values",
      op: { op: "remove", path: "emails", value: [{ value: "a@x.io" }] },
      edits: ['remove-values emails: [{"value":"a@x.io"}]'],
    },
    { rule: "remove of no values removes none", op: { op: "remove", path: "emails", value: [] }, edits: [] },
    {
      rule: "of a single-valued attribute a value beside remove says nothing",
      op: { op: "remove", path: "title", value: "Dr." },
      edits: ["remove title"],
    },
    {
      rule: "of a chosen value a value beside remove says nothing",
      op: { op: "remove", path: 'emails[type eq "work"].value', value: "a@x.io" },
      edits: ["remove emails[…].value"],
    },
  ])("$rule", ({ op, edits }) => {
    expect(parsePatch(userResourceType, patch(op)).map(written)).toEqual(edits);
  });

  test.each([
    {
      rule: "a member as bare text",
      op: { op: "add", path: "members", value: "u1" },
      edits: ['add members: [{"value":"u1"}]'],
    },
    {
      rule: "a chosen member removed",
      op: { op: "remove", path: 'members[value eq "u1"]' },
      edits: ["remove members[…]"],
    },
    {
      rule: "listed members removed, whatever else is said of them",
      op: { op: "Remove", path: "members", value: [{ $ref: null, value: "u1", name: "Ada" }] },
      edits: ['remove-values members: [{"value":"u1"}]'],
    },
  ])("of a group: $rule", ({ op, edits }) => {
    expect(parsePatch(groupResourceType, patch(op)).map(written)).toEqual(edits);
  });
});

describe("refused, with the operation named", () => {
  test.each([
    { rule: "remove without path (RFC 7644 §3.5.2.2)", op: { op: "remove" }, scimType: "noTarget" },
    {
      rule: "remove of a value without path",
      op: { op: "remove", value: { title: "x" } },
      scimType: "noTarget",
    },
    {
      rule: "remove of a required attribute (§3.5.2.2)",
      op: { op: "remove", path: "userName" },
      scimType: "mutability",
    },
    {
      rule: "replace of a required attribute by null",
      op: { op: "replace", value: { userName: null } },
      scimType: "mutability",
    },
    {
      rule: "replace of a required attribute by empty text",
      op: { op: "replace", path: "userName", value: "" },
      scimType: "invalidValue",
    },
    { rule: "remove of schemas", op: { op: "remove", path: "schemas" }, scimType: "mutability" },
    {
      rule: "a read-only path (§3.5.2)",
      op: { op: "replace", path: "id", value: "u2" },
      scimType: "mutability",
    },
    { rule: "a read-only path removed", op: { op: "remove", path: "groups" }, scimType: "mutability" },
    {
      rule: "a read-only sub-attribute",
      op: { op: "add", path: `${enterprise}:manager.displayName`, value: "Charles" },
      scimType: "mutability",
    },
    { rule: "an unknown attribute", op: { op: "add", path: "shoeSize", value: 38 }, scimType: "invalidPath" },
    {
      rule: "an unknown attribute of a known schema",
      op: { op: "add", path: `${enterprise}:shoeSize`, value: 38 },
      scimType: "invalidPath",
    },
    {
      rule: "an unknown attribute of a known schema, with a dot",
      op: { op: "add", path: `${enterprise}.shoeSize`, value: 38 },
      scimType: "invalidPath",
    },
    {
      rule: "an unknown sub-attribute",
      op: { op: "add", path: "name.shoe", value: 38 },
      scimType: "invalidPath",
    },
    {
      rule: "JavaScript's own names",
      op: { op: "add", path: "__proto__.x", value: 1 },
      scimType: "invalidPath",
    },
    {
      rule: "JavaScript's own names",
      op: { op: "add", path: "constructor", value: 1 },
      scimType: "invalidPath",
    },
    { rule: "a malformed path", op: { op: "add", path: "emails[", value: "x" }, scimType: "invalidFilter" },
    { rule: "a path that is no text", op: { op: "add", path: 7, value: "x" }, scimType: "invalidPath" },
    {
      rule: "a path that is too long",
      op: { op: "add", path: "x".repeat(bodyLimits.maxPathLength + 1), value: "x" },
      scimType: "invalidPath",
    },
    {
      rule: "brackets behind a single value",
      op: { op: "add", path: 'name[givenName eq "Ada"]', value: {} },
      scimType: "invalidPath",
    },
    {
      rule: "a filter over an unknown sub-attribute, even without values",
      op: { op: "remove", path: 'emails[shoe eq "x"]' },
      scimType: "invalidFilter",
    },
    { rule: "add without value", op: { op: "add", path: "title" }, scimType: "invalidValue" },
    { rule: "replace without path or value", op: { op: "replace" }, scimType: "invalidValue" },
    { rule: "no path and no object", op: { op: "replace", value: "x" }, scimType: "invalidValue" },
    {
      rule: "a value of the wrong type",
      op: { op: "add", path: "active", value: 1 },
      scimType: "invalidValue",
    },
    {
      rule: "an extension that is no object",
      op: { op: "add", path: enterprise, value: 1 },
      scimType: "invalidValue",
    },
    { rule: "an unknown op", op: { op: "move", path: "title" }, scimType: "invalidSyntax" },
    { rule: "no op", op: { path: "title", value: "x" }, scimType: "invalidSyntax" },
    { rule: "an op that is no text", op: { op: 1, path: "title", value: "x" }, scimType: "invalidSyntax" },
    { rule: "an operation that is no object", op: "add", scimType: "invalidSyntax" },
    {
      rule: "op in two spellings",
      op: { op: "add", OP: "remove", path: "title" },
      scimType: "invalidSyntax",
    },
    {
      rule: "an attribute in two spellings",
      op: { op: "add", value: { title: "a", Title: "b" } },
      scimType: "invalidSyntax",
    },
    {
      rule: "a name that is a malformed path",
      op: { op: "add", value: { "[type eq 1]": "x" } },
      scimType: "invalidPath",
    },
    {
      rule: "too many attributes",
      op: { op: "add", value: Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`a${i}`, i])) },
      scimType: "invalidValue",
    },
  ])("$rule: $scimType", ({ op, scimType }) => {
    expect(() => parsePatch(userResourceType, patch({ op: "add", value: {} }, op))).toThrow(
      expect.objectContaining({
        status: 400,
        scimType,
        message: expect.stringMatching(/^Operations\[1\]: /),
      }),
    );
  });

  test.each([
    { op: { op: "replace", path: 'members[value eq "u1"]', value: { value: "u2" } } },
    { op: { op: "replace", path: 'members[value eq "u1"].value', value: "u2" } },
    { op: { op: "add", path: 'members[value eq "u1"].type', value: "User" } },
    { op: { op: "add", path: "members.type", value: "User" } },
    { op: { op: "remove", path: 'members[value eq "u1"].display' } },
  ])("a member is added or removed, never changed (RFC 7643 §4.2): $op.op $op.path", ({ op }) => {
    expect(() => parsePatch(groupResourceType, patch(op))).toThrow(
      expect.objectContaining({ scimType: "mutability" }),
    );
  });
});

describe("the body", () => {
  test.each([
    { rule: "no object", body: [] },
    { rule: "no Operations", body: { schemas: [patchOpUrn] } },
    { rule: "Operations that are no list", body: { Operations: { op: "add" } } },
    { rule: "Operations in two spellings", body: { Operations: [], operations: [] } },
    { rule: "schemas of another message", body: { schemas: [userSchemaUrn], Operations: [] } },
  ])("$rule: invalidSyntax", ({ body }) => {
    expect(() => parsePatch(userResourceType, body)).toThrow(
      expect.objectContaining({ scimType: "invalidSyntax" }),
    );
  });

  test("too many operations: 413, as for a bulk request (RFC 7644 §3.7.4)", () => {
    const Operations = Array.from({ length: bodyLimits.maxOperations + 1 }, () => ({
      op: "remove",
      path: "title",
    }));
    expect(() => parsePatch(userResourceType, { Operations })).toThrow(
      expect.objectContaining({ status: 413, scimType: undefined }),
    );
  });

  test.each([
    { rule: "operations in lower case", body: { operations: [] } },
    { rule: "no schemas", body: { Operations: [] } },
    { rule: "the URN in another case", body: { schemas: [patchOpUrn.toLowerCase()], Operations: [] } },
  ])("$rule: accepted", ({ body }) => {
    expect(parsePatch(userResourceType, body)).toEqual([]);
  });
});

function patch(...operations: readonly unknown[]): unknown {
  return { schemas: [patchOpUrn], Operations: operations };
}

/** An edit in one line: `replace emails[…].value: a@x.io`. */
function written(edit: Edit): string {
  const { extension, attribute, valueFilter, subAttribute } = edit.target;
  const holder = [extension?.id, attribute?.name].filter((part) => part !== undefined).join(":");
  const target = `${holder}${valueFilter === undefined ? "" : "[…]"}${subAttribute === undefined ? "" : `.${subAttribute.name}`}`;
  if (edit.op === "remove") return `remove ${target}`;
  const value = edit.op === "remove-values" ? edit.values : edit.value;
  return `${edit.op} ${target}: ${typeof value === "string" ? value : JSON.stringify(value)}`;
}
