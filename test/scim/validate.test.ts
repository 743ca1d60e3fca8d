/** What a POST or a PUT body is read as. */

import { expect, test } from "vitest";
import { bodyLimits } from "../../src/scim/body-limits.ts";
import { groupResourceType } from "../../src/scim/schema/group.ts";
import { userResourceType } from "../../src/scim/schema/user.ts";
import { enterpriseUserSchemaUrn, groupSchemaUrn, userSchemaUrn } from "../../src/scim/urn.ts";
import { readResource } from "../../src/scim/value/validate.ts";

const core = { schemas: [userSchemaUrn], userName: "ada@x.io" };

test.each([
  {
    rule: "names and URNs in any case (RFC 7643 §2.1)",
    body: {
      SCHEMAS: [userSchemaUrn.toUpperCase()],
      USERNAME: "ada@x.io",
      Name: { FamilyName: "Byron" },
      [enterpriseUserSchemaUrn.toLowerCase()]: { DEPARTMENT: "Maths" },
    },
    is: {
      ...core,
      schemas: [userSchemaUrn, enterpriseUserSchemaUrn],
      name: { familyName: "Byron" },
      [enterpriseUserSchemaUrn]: { department: "Maths" },
    },
  },
  {
    rule: "read-only attributes are dropped (RFC 7644 §3.3)",
    body: { ...core, id: "u1", meta: { resourceType: "User" }, groups: [{ value: "g1" }] },
    is: core,
  },
  {
    rule: "a password is checked and dropped (RFC 7643 §4.1.1)",
    body: { ...core, password: "pw" },
    is: core,
  },
  {
    rule: "unknown attributes and schemas are dropped",
    body: { ...core, shoeSize: 38, "urn:example:2.0:Shoe": { size: 38 }, schemas: [userSchemaUrn, "urn:x"] },
    is: core,
  },
  { rule: "schemas may be absent", body: { userName: "ada@x.io" }, is: core },
  { rule: "schemas may be empty", body: { ...core, schemas: [] }, is: core },
  {
    rule: "schemas names extensions that have values, and no others (RFC 7643 §3)",
    body: {
      ...core,
      schemas: [userSchemaUrn, enterpriseUserSchemaUrn],
      [enterpriseUserSchemaUrn]: { manager: "" },
    },
    is: core,
  },
  {
    rule: "an extension counts without its URN in schemas (Microsoft Learn: attribute mappings)",
    body: { ...core, [enterpriseUserSchemaUrn]: { department: "Maths" } },
    is: {
      ...core,
      schemas: [userSchemaUrn, enterpriseUserSchemaUrn],
      [enterpriseUserSchemaUrn]: { department: "Maths" },
    },
  },
  {
    rule: "names of JavaScript's own objects are unknown attributes",
    body: JSON.parse(
      '{"userName":"ada@x.io","__proto__":{"active":true},"constructor":1,"prototype":{},"name":{"__proto__":{"givenName":"Eve"}}}',
    ),
    is: core,
  },
])("$rule", ({ body, is }) => {
  expect(readResource(userResourceType, body)).toEqual(is);
});

test.each([
  { rule: "no object", body: [core], scimType: "invalidSyntax", detail: "The body must be a JSON object." },
  { rule: "null", body: null, scimType: "invalidSyntax", detail: "The body must be a JSON object." },
  { rule: "nothing", body: undefined, scimType: "invalidSyntax", detail: "The body must be a JSON object." },
  {
    rule: "another resource type",
    body: { ...core, schemas: [groupSchemaUrn] },
    scimType: "invalidSyntax",
    detail: userSchemaUrn,
  },
  {
    rule: "a name in two spellings",
    body: { ...core, username: "eve@x.io" },
    scimType: "invalidSyntax",
    detail: "userName is given twice",
  },
  {
    rule: "an extension in two spellings",
    body: { ...core, [enterpriseUserSchemaUrn]: {}, [enterpriseUserSchemaUrn.toLowerCase()]: {} },
    scimType: "invalidSyntax",
    detail: "is given twice",
  },
  {
    rule: "a required attribute missing",
    body: {},
    scimType: "invalidValue",
    detail: "userName is required.",
  },
  {
    rule: "a required null",
    body: { userName: null },
    scimType: "invalidValue",
    detail: "userName is required.",
  },
  {
    rule: "a required empty text",
    body: { userName: "" },
    scimType: "invalidValue",
    detail: "must not be empty",
  },
  {
    rule: "an extension that is no object",
    body: { ...core, [enterpriseUserSchemaUrn]: "Maths" },
    scimType: "invalidValue",
    detail: "must be an object",
  },
  {
    rule: "a value inside of an extension",
    body: { ...core, [enterpriseUserSchemaUrn]: { manager: { value: 7 } } },
    scimType: "invalidValue",
    detail: `${enterpriseUserSchemaUrn}:manager.value must be a string, got 7.`,
  },
  {
    rule: "nesting",
    body: { ...core, x: JSON.parse("[".repeat(bodyLimits.maxDepth) + "]".repeat(bodyLimits.maxDepth)) },
    scimType: "invalidSyntax",
    detail: "nested more than 20 levels",
  },
])("refused: $rule", ({ body, scimType, detail }) => {
  expect(() => readResource(userResourceType, body)).toThrow(
    expect.objectContaining({ status: 400, scimType, message: expect.stringContaining(detail) }),
  );
});

test("a Group needs a displayName (RFC 7643 §4.2)", () => {
  expect(() => readResource(groupResourceType, { schemas: [groupSchemaUrn] })).toThrow(
    "displayName is required.",
  );
});

test("schemas leads the representation", () => {
  expect(Object.keys(readResource(userResourceType, { userName: "a", schemas: [userSchemaUrn] }))).toEqual([
    "schemas",
    "userName",
  ]);
});
