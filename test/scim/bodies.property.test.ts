/** What holds for every body, whoever sent it. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../src/ground/json.ts";
import { ScimError } from "../../src/scim/error.ts";
import { applyEdits } from "../../src/scim/patch/apply.ts";
import type { Edit } from "../../src/scim/patch/edit.ts";
import { parsePatch } from "../../src/scim/patch/parse.ts";
import { replaceResource } from "../../src/scim/replace.ts";
import { sameValue } from "../../src/scim/value/same-value.ts";
import type { Attribute, ResourceType } from "../../src/scim/schema/attribute.ts";
import { groupResourceType } from "../../src/scim/schema/group.ts";
import { userResourceType } from "../../src/scim/schema/user.ts";
import { enterpriseUserSchemaUrn as enterprise } from "../../src/scim/urn.ts";
import { readResource } from "../../src/scim/value/validate.ts";
import { memberDelta, memberIds } from "../../src/server/organization/member-edits.ts";
import { deepFreeze } from "../support/exchange.ts";

const types = [userResourceType, groupResourceType];

describe("any body", () => {
  test("is read, or refused by a ScimError", () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), anyBody(), (type, body) => {
        const resource = orRefused(() => readResource(type, body), {});
        expect(oddities(type, resource)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test("of a PATCH is carried out, or refused by a ScimError; what was held is not changed", () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), resourceBody(), patchBody(), (type, body, patchOfAnyKind) => {
        const held = deepFreeze(readResource(type, { userName: "ada@x.io", displayName: "Ada", ...body }));
        const { resource, changed } = orRefused(
          () => applyEdits(type, held, deepFreeze(parsePatch(type, patchOfAnyKind))),
          { resource: held, changed: false },
        );
        expect(oddities(type, resource)).toEqual([]);
        expect(changed).toBe(!sameValue(held, resource));
      }),
      { numRuns: 1000 },
    );
  });
});

test("reading what was read changes nothing", () => {
  fc.assert(
    fc.property(resourceBody(), (body) => {
      const resource = readResource(userResourceType, { ...body, userName: "ada@x.io" });
      expect(readResource(userResourceType, resource)).toEqual(resource);
    }),
  );
});

test("a PUT of what is held changes nothing", () => {
  fc.assert(
    fc.property(resourceBody(), (body) => {
      const held = { ...readResource(userResourceType, { ...body, userName: "ada@x.io" }), id: "u1" };
      expect(
        replaceResource(userResourceType, deepFreeze(held), readResource(userResourceType, held)),
      ).toEqual(held);
    }),
  );
});

test("a PATCH of every simple attribute ends where the PUT of the same ends", () => {
  const simple = fc.dictionary(fc.constantFrom("title", "nickName", "displayName", "locale"), fc.string(), {
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(simple, simple, (before, after) => {
      const held = readResource(userResourceType, { userName: "ada@x.io", ...before });
      const Operations = Object.keys({ ...before, ...after }).map((path) =>
        Object.hasOwn(after, path) ? { op: "replace", path, value: after[path] } : { op: "remove", path },
      );
      const put = readResource(userResourceType, { userName: "ada@x.io", ...after });
      expect(patch(userResourceType, held, ...Operations)).toEqual(
        replaceResource(userResourceType, held, put),
      );
    }),
  );
});

describe("what is added and removed again is gone, and nothing else", () => {
  const email = fc.record(
    { value: fc.emailAddress(), type: fc.constantFrom("work", "home") },
    { requiredKeys: ["value"] },
  );
  const emails = fc.array(email, { maxLength: 5 });

  test("an e-mail address, by a filter and by a list", () => {
    fc.assert(
      fc.property(emails, (others) => {
        const held = readResource(userResourceType, { userName: "ada@x.io", emails: others });
        const add = { op: "add", path: "emails", value: [{ value: "new", type: "other" }] };
        for (const rest of [
          { path: 'emails[value eq "new"]' },
          { path: "emails", value: [{ value: "new" }] },
        ]) {
          expect(patch(userResourceType, held, add, { op: "remove", ...rest })).toEqual(held);
        }
      }),
    );
  });

  test("an attribute of an extension", () => {
    fc.assert(
      fc.property(emails, fc.string(), (others, value) => {
        const held = readResource(userResourceType, { userName: "ada@x.io", emails: others });
        const path = `${enterprise}:department`;
        expect(patch(userResourceType, held, { op: "add", path, value }, { op: "remove", path })).toEqual(
          held,
        );
      }),
    );
  });
});

test("members on a plain list become what they become in the store's sets", () => {
  const id = fc.constantFrom("u1", "u2", "u3", "u4", "u5");
  const ids = fc.array(id, { maxLength: 4 });
  const filter = fc
    .tuple(id, id, fc.constantFrom("eq", "ne", "ge"))
    .map(([a, b, operator]) =>
      fc.constantFrom(`value eq "${a}"`, `value ${operator} "${a}" and not (value eq "${b}")`),
    );
  const operation = fc.oneof(
    fc.record({ op: fc.constantFrom("add", "replace", "remove"), path: fc.constant("members"), value: ids }),
    filter.chain((one) => one.map((text) => ({ op: "remove", path: `members[${text}]` }))),
    fc.constant({ op: "remove", path: "members" }),
  );
  fc.assert(
    fc.property(ids, fc.array(operation, { maxLength: 6 }), (before, Operations) => {
      const edits = parsePatch(groupResourceType, { Operations });
      const held = readResource(groupResourceType, { displayName: "Data", members: before });
      const onList = applyEdits(groupResourceType, held, edits).resource["members"];
      expect(new Set(memberIds(onList))).toEqual(membersInStore(new Set(before), edits));
    }),
  );
});

function membersInStore(ids: ReadonlySet<string>, edits: readonly Edit[]): ReadonlySet<string> {
  const { cleared, removed, added } = memberDelta(
    { ids, describe: (id) => ({ value: id, display: id }) },
    edits,
  );
  return new Set([...(cleared ? [] : ids)].filter((id) => !removed.has(id)).concat([...added]));
}

function patch(type: ResourceType, held: JsonObject, ...operations: readonly unknown[]): JsonObject {
  return applyEdits(type, deepFreeze(held), parsePatch(type, { Operations: operations })).resource;
}

function orRefused<T>(run: () => T, refused: T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ScimError) return refused;
    throw error;
  }
}

/** Names of attributes and of parts of them, right and wrong, and those of JavaScript's own objects. */
function anyName(): fc.Arbitrary<string> {
  const known = [
    "userName",
    "USERNAME",
    "name",
    "emails",
    "members",
    "active",
    "password",
    "id",
    "meta",
    "schemas",
  ];
  const parts = ["value", "type", "primary", "$ref", "givenName", "display"];
  const odd = ["__proto__", "constructor", "prototype", "toString", "", "a.b.c", "[", "]", "urn:", "emails["];
  return fc.oneof(fc.constantFrom(...known, ...parts, ...odd, enterprise), fc.string({ maxLength: 8 }));
}

function anyBody(): fc.Arbitrary<unknown> {
  const scalar = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(null, "True", "", Number.POSITIVE_INFINITY),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      scalar,
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(anyName(), tie("value"), { maxKeys: 6 }),
    ),
  }));
  return fc.oneof(fc.dictionary(anyName(), value, { maxKeys: 8 }), value, fc.jsonValue());
}

/** A body that is accepted of a User and of a Group, with values of every kind. */
function resourceBody(): fc.Arbitrary<JsonObject> {
  const text = fc.constantFrom("a", "B", "b", "", "é");
  const plural = fc.array(
    fc.record({ value: text, type: text, primary: fc.boolean() }, { requiredKeys: [] }),
    {
      maxLength: 4,
    },
  );
  return fc.record(
    {
      title: text,
      active: fc.constantFrom(true, false, "True", null),
      name: fc.record({ givenName: text, familyName: text }, { requiredKeys: [] }),
      emails: plural,
      roles: plural,
      members: fc.array(fc.constantFrom("u1", "u2", "u3"), { maxLength: 3 }),
      [enterprise]: fc.record({ department: text, manager: text }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  );
}

function patchBody(): fc.Arbitrary<unknown> {
  const filter = fc.constantFrom(
    "",
    '[type eq "a"]',
    "[primary eq True]",
    '[value eq "b"]',
    "[value pr]",
    '[x eq "',
  );
  const attribute = fc.constantFrom(
    "emails",
    "roles",
    "members",
    "name",
    "title",
    "userName",
    "active",
    "manager",
    "id",
  );
  const sub = fc.constantFrom("", ".value", ".type", ".primary", ".givenName", ".x");
  const path = fc.oneof(
    fc.tuple(attribute, filter, sub).map((parts) => parts.join("")),
    fc.constantFrom(enterprise, `${enterprise}:department`),
    anyName(),
  );
  const value = fc.oneof(
    anyBody(),
    resourceBody(),
    fc.constantFrom("a", true, "False", null, [], [{ value: "a" }]),
  );
  const operation = fc.record(
    { op: fc.constantFrom("add", "Replace", "REMOVE", "remove", "move"), path, value },
    { requiredKeys: ["op"] },
  );
  return fc.oneof(
    { weight: 9, arbitrary: fc.record({ Operations: fc.array(operation, { maxLength: 4 }) }) },
    { weight: 1, arbitrary: anyBody() },
  );
}

/** What a canonical resource must not have: unknown names, nulls, empty lists and objects, two primaries. */
function oddities(type: ResourceType, resource: JsonObject): readonly string[] {
  const core = type.commonAttributes.concat(type.schema.attributes);
  const known = new Set([...core.map(({ name }) => name), ...type.extensions.map(({ id }) => id)]);
  return [
    ...Object.keys(resource).filter((name) => !known.has(name)),
    ...core.flatMap((attribute) => odditiesOf(attribute, resource[attribute.name])),
    ...type.extensions.flatMap(({ attributes, id }) => {
      const values = resource[id];
      return isJsonObject(values) ? attributes.flatMap((one) => odditiesOf(one, values[one.name])) : [];
    }),
  ];
}

function odditiesOf(attribute: Attribute, value: JsonValue | undefined): readonly string[] {
  if (value === undefined) return [];
  if (attribute.multiValued !== isJsonArray(value)) return [`${attribute.name}: list or no list`];
  const values = isJsonArray(value) ? value : [value];
  const primaries = values.filter((one) => isJsonObject(one) && one["primary"] === true).length;
  return [
    ...(values.length === 0 || primaries > 1
      ? [`${attribute.name}: ${values.length} values, ${primaries} primary`]
      : []),
    ...values.flatMap((one) => odditiesOfValue(attribute, one)),
  ];
}

function odditiesOfValue(attribute: Attribute, value: JsonValue): readonly string[] {
  if (value === null) return [`${attribute.name}: null`];
  if (!isJsonObject(value)) return attribute.type === "complex" ? [`${attribute.name}: not complex`] : [];
  const unknown = Object.keys(value).filter(
    (name) => !attribute.subAttributes.some((sub) => sub.name === name),
  );
  const parts = attribute.subAttributes.flatMap((sub) => odditiesOf(sub, value[sub.name]));
  return [...(Object.keys(value).length === 0 ? [`${attribute.name}: empty`] : []), ...unknown, ...parts];
}
