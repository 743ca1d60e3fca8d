/** What a PUT makes of a resource (RFC 7644 §3.5.1). */

import { expect, test } from "vitest";
import type { JsonObject } from "../../src/ground/json.ts";
import { replaceResource } from "../../src/scim/replace.ts";
import { attribute, type ResourceType } from "../../src/scim/schema/attribute.ts";
import { groupResourceType } from "../../src/scim/schema/group.ts";
import { userResourceType } from "../../src/scim/schema/user.ts";
import { enterpriseUserSchemaUrn as enterprise, groupSchemaUrn, userSchemaUrn } from "../../src/scim/urn.ts";
import { deepFreeze } from "../support/exchange.ts";

const held = deepFreeze({
  schemas: [userSchemaUrn, enterprise],
  id: "u1",
  meta: { resourceType: "User", version: 'W/"3"' },
  externalId: "00u1",
  userName: "ada@x.io",
  title: "Dr.",
  groups: [{ value: "g1" }],
  [enterprise]: { department: "Maths", manager: { value: "u2", displayName: "Charles" } },
});
const kept = { id: "u1", meta: held.meta, groups: held.groups };

test.each([
  {
    rule: "read-only attributes stay, what is not submitted goes",
    submitted: { schemas: [userSchemaUrn], userName: "ada@x.io" },
    is: { schemas: [userSchemaUrn], ...kept, userName: "ada@x.io" },
  },
  {
    rule: "read-only attributes stay whatever is submitted",
    submitted: { schemas: [], userName: "ada@x.io", id: "u9", meta: {}, groups: [] },
    is: { schemas: [userSchemaUrn], ...kept, userName: "ada@x.io" },
  },
  {
    rule: "write-only attributes are not kept",
    submitted: { schemas: [], userName: "ada@x.io", password: "pw" },
    is: { schemas: [userSchemaUrn], ...kept, userName: "ada@x.io" },
  },
  {
    rule: "a read-only part stays with the value that it is a part of",
    submitted: { schemas: [], userName: "ada@x.io", [enterprise]: { manager: { value: "u2" } } },
    is: {
      schemas: [userSchemaUrn, enterprise],
      ...kept,
      userName: "ada@x.io",
      [enterprise]: { manager: { value: "u2", displayName: "Charles" } },
    },
  },
  {
    rule: "a read-only part goes with the value that it was a part of",
    submitted: { schemas: [], userName: "ada@x.io", [enterprise]: { manager: { value: "u3" } } },
    is: {
      schemas: [userSchemaUrn, enterprise],
      ...kept,
      userName: "ada@x.io",
      [enterprise]: { manager: { value: "u3" } },
    },
  },
])("$rule", ({ submitted, is }) => {
  expect(replaceResource(userResourceType, held, submitted)).toEqual(is);
});

test("members keep the display that the service provider gave them", () => {
  const group: JsonObject = deepFreeze({
    schemas: [groupSchemaUrn],
    displayName: "Data",
    members: [{ value: "u1", display: "Ada", type: "User" }, { value: "u2" }],
  });
  const submitted = {
    schemas: [],
    displayName: "Data",
    members: [{ value: "u3" }, { value: "u1" }, { value: "u2" }],
  };
  expect(replaceResource(groupResourceType, group, submitted)).toEqual({
    ...group,
    members: [{ value: "u3" }, { value: "u1", display: "Ada" }, { value: "u2" }],
  });
});

const typed: ResourceType = {
  ...userResourceType,
  schema: {
    ...userResourceType.schema,
    attributes: [
      attribute("badge", "Given once.", { mutability: "immutable" }),
      attribute("desk", "Where.", {
        type: "complex",
        subAttributes: [
          attribute("floor", "Given once.", { mutability: "immutable" }),
          attribute("room", "Which."),
        ],
      }),
    ],
  },
};

test.each([
  { rule: "may be set where there is none", from: {}, put: { badge: "17" }, is: { badge: "17" } },
  { rule: "may be repeated", from: { badge: "17" }, put: { badge: "17" }, is: { badge: "17" } },
  { rule: "stays where it is left out", from: { badge: "17" }, put: {}, is: { badge: "17" } },
  {
    rule: "stays inside of a complex value",
    from: { desk: { floor: "2", room: "1" } },
    put: { desk: { room: "9" } },
    is: { desk: { floor: "2", room: "9" } },
  },
])("an immutable attribute $rule (RFC 7644 §3.5.1)", ({ from, put, is }) => {
  expect(replaceResource(typed, deepFreeze(from), put)).toEqual({ schemas: [userSchemaUrn], ...is });
});

test.each([
  { rule: "may not change", from: { badge: "17" }, put: { badge: "18" } },
  {
    rule: "may not change inside of a complex value",
    from: { desk: { floor: "2" } },
    put: { desk: { floor: "3" } },
  },
])("an immutable attribute $rule: mutability (RFC 7644 §3.5.1)", ({ from, put }) => {
  expect(() => replaceResource(typed, deepFreeze(from), put)).toThrow(
    expect.objectContaining({ status: 400, scimType: "mutability" }),
  );
});
