/** What the edits of a PATCH make of a resource (RFC 7644 §3.5.2.1 to §3.5.2.3). */

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/ground/json.ts";
import { bodyLimits } from "../../../src/scim/body-limits.ts";
import { applyEdits } from "../../../src/scim/patch/apply.ts";
import { parsePatch } from "../../../src/scim/patch/parse.ts";
import { attribute, type ResourceType } from "../../../src/scim/schema/attribute.ts";
import { groupResourceType } from "../../../src/scim/schema/group.ts";
import { userResourceType } from "../../../src/scim/schema/user.ts";
import {
  enterpriseUserSchemaUrn as enterprise,
  groupSchemaUrn,
  userSchemaUrn,
} from "../../../src/scim/urn.ts";
import { deepFreeze } from "../../support/exchange.ts";

const work = { value: "w@x.io", type: "work", primary: true };
const home = { value: "h@x.io", type: "home" };

describe("add (RFC 7644 §3.5.2.1)", () => {
  test.each([
    {
      rule: "an attribute without value gets one",
      path: "title",
      value: "Dr.",
      from: {},
      to: { title: "Dr." },
    },
    {
      rule: "a single value is replaced",
      path: "title",
      value: "Dr.",
      from: { title: "Ms" },
      to: { title: "Dr." },
    },
    {
      rule: "a complex value takes what is given",
      path: "name",
      value: { givenName: "Ada" },
      from: { name: { familyName: "Byron", givenName: "A." } },
      to: { name: { familyName: "Byron", givenName: "Ada" } },
    },
    {
      rule: "a part of a complex value without value",
      path: "name.givenName",
      value: "Ada",
      from: {},
      to: { name: { givenName: "Ada" } },
    },
    {
      rule: "values are appended",
      path: "emails",
      value: [home],
      from: { emails: [work] },
      to: { emails: [work, home] },
    },
    {
      rule: "a value that is there is not added again, whatever its case",
      path: "emails",
      value: [{ value: "W@X.io", type: "work" }],
      from: { emails: [work] },
      to: { emails: [work] },
    },
    {
      rule: "a value that is there takes what else is said of it",
      path: "emails",
      value: [{ value: "W@X.io", type: "work", display: "Ada" }],
      from: { emails: [work] },
      to: { emails: [{ ...work, display: "Ada" }] },
    },
    {
      rule: "a new primary takes it from the old one (§3.5.2)",
      path: "emails",
      value: [{ ...home, primary: true }],
      from: { emails: [work] },
      to: {
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    },
    {
      rule: "a chosen value takes what is given",
      path: 'emails[type eq "work"]',
      value: { display: "Ada" },
      from: { emails: [work, home] },
      to: { emails: [{ ...work, display: "Ada" }, home] },
    },
    {
      rule: "a part of every value",
      path: "emails.display",
      value: "Ada",
      from: { emails: [work, home] },
      to: {
        emails: [
          { ...work, display: "Ada" },
          { ...home, display: "Ada" },
        ],
      },
    },
    {
      rule: "a part of every value where there is none makes one",
      path: "emails.value",
      value: "a@x.io",
      from: {},
      to: { emails: [{ value: "a@x.io" }] },
    },
  ])("$rule", ({ path, value, from, to }) => {
    expect(patched(from, { op: "add", path, value })).toEqual(user(to));
  });
});

describe("a filter that matches nothing", () => {
  test.each(
    ["add", "replace"].flatMap((op) => [
      { op, path: 'emails[type eq "work"].value', value: "a@x.io", made: { type: "work", value: "a@x.io" } },
      {
        op,
        path: 'emails[type eq "work"]',
        value: { value: "a@x.io" },
        made: { type: "work", value: "a@x.io" },
      },
      {
        op,
        path: 'emails[type eq "work" and primary eq "True"].value',
        value: "a@x.io",
        made: { type: "work", primary: true, value: "a@x.io" },
      },
      {
        op,
        path: "emails[PRIMARY eq TRUE].value",
        value: "a@x.io",
        made: { primary: true, value: "a@x.io" },
      },
    ]),
  )("$op $path makes the value it describes (better-auth/better-auth#10682)", ({ op, path, value, made }) => {
    expect(patched({ emails: [home] }, { op, path, value })).toEqual(user({ emails: [home, made] }));
  });

  test.each([
    'emails[value eq "nobody@x.io"].display',
    'emails[type ne "home"].display',
    'emails[type eq "work" or type eq "other"].display',
    'emails[type eq "work" and value ew "x.org"].display',
    'emails[not (type eq "home")].display',
    "emails[display pr].display",
  ])("replace %s: noTarget (RFC 7644 §3.5.2.3)", (path) => {
    expect(() => patched({ emails: [home] }, { op: "replace", path, value: "x" })).toThrow(
      expect.objectContaining({ status: 400, scimType: "noTarget" }),
    );
  });

  test.each(['emails[type eq "work"]', 'emails[type eq "work"].value'])(
    "remove %s changes nothing",
    (path) => {
      const held = user({ emails: [home] });
      expect(edited(held, { op: "remove", path })).toEqual({ resource: held, changed: false });
    },
  );

  test("where the attribute has no value at all", () => {
    const held = user({});
    expect(edited(held, { op: "remove", path: 'emails[type eq "work"]' })).toEqual({
      resource: held,
      changed: false,
    });
  });
});

describe("remove (RFC 7644 §3.5.2.2)", () => {
  test.each([
    { rule: "a single value", path: "title", from: { title: "Dr." }, to: {} },
    { rule: "all values", path: "emails", from: { emails: [work, home] }, to: {} },
    {
      rule: "chosen values",
      path: 'emails[type eq "work"]',
      from: { emails: [work, home] },
      to: { emails: [home] },
    },
    {
      rule: "the last value, and the attribute",
      path: 'emails[type eq "work"]',
      from: { emails: [work] },
      to: {},
    },
    {
      rule: "a part of a chosen value",
      path: 'emails[type eq "work"].primary',
      from: { emails: [work, home] },
      to: { emails: [{ value: "w@x.io", type: "work" }, home] },
    },
    {
      rule: "the last part of a value, and the value",
      path: "emails.value",
      from: { emails: [{ value: "a" }] },
      to: {},
    },
    {
      rule: "a part of a complex value",
      path: "name.givenName",
      from: { name: { givenName: "Ada", familyName: "Byron" } },
      to: { name: { familyName: "Byron" } },
    },
    {
      rule: "the last part of a complex value, and the attribute",
      path: "name.givenName",
      from: { name: { givenName: "Ada" } },
      to: {},
    },
    {
      rule: "values that are listed, by value and type",
      path: "emails",
      value: [
        { value: "W@x.io", type: "work", primary: false },
        { value: "h@x.io", type: "other" },
      ],
      from: { emails: [work, home] },
      to: { emails: [home] },
    },
    {
      rule: "values that are listed by value alone, of any type",
      path: "emails",
      value: ["h@x.io"],
      from: { emails: [work, home] },
      to: { emails: [work] },
    },
    {
      rule: "addresses that are listed, by what is said of them",
      path: "addresses",
      value: [{ locality: "oslo" }],
      from: { addresses: [{ locality: "Oslo", type: "work" }, { locality: "Rome" }] },
      to: { addresses: [{ locality: "Rome" }] },
    },
  ])("$rule", ({ path, value, from, to }) => {
    expect(patched(from, { op: "remove", path, value })).toEqual(user(to));
  });

  test.each(["title", "emails", "name.givenName", "name", enterprise, `${enterprise}:department`])(
    "%s that is not there: no error, no change",
    (path) => {
      const held = user({});
      expect(edited(held, { op: "remove", path })).toEqual({ resource: held, changed: false });
    },
  );
});

describe("replace (RFC 7644 §3.5.2.3)", () => {
  test.each([
    {
      rule: "an attribute without value is added",
      path: "title",
      value: "Dr.",
      from: {},
      to: { title: "Dr." },
    },
    {
      rule: "of a complex value only what is given",
      path: "name",
      value: { givenName: "Ada" },
      from: { name: { familyName: "Byron", givenName: "A." } },
      to: { name: { familyName: "Byron", givenName: "Ada" } },
    },
    { rule: "all values", path: "emails", value: [home], from: { emails: [work] }, to: { emails: [home] } },
    {
      rule: "all chosen values",
      path: "emails[value pr]",
      value: { display: "Ada" },
      from: { emails: [work, home] },
      to: {
        emails: [
          { ...work, display: "Ada" },
          { ...home, display: "Ada" },
        ],
      },
    },
    {
      rule: "a part of all chosen values; those that become the same are one",
      path: 'emails[type eq "work"].value',
      value: "a@x.io",
      from: { emails: [{ value: "1", type: "work" }, { value: "2", type: "work", display: "B" }, home] },
      to: { emails: [{ value: "a@x.io", type: "work", display: "B" }, home] },
    },
    {
      rule: "primary of several chosen values: the last one has it",
      path: "emails.primary",
      value: true,
      from: { emails: [work, home] },
      to: {
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    },
    {
      rule: "a new primary wins over the old one behind it",
      path: 'emails[type eq "home"].primary',
      value: true,
      from: { emails: [home, work] },
      to: {
        emails: [
          { ...home, primary: true },
          { ...work, primary: false },
        ],
      },
    },
    {
      rule: "primary set to false leaves none",
      path: "emails[primary eq true].primary",
      value: false,
      from: { emails: [work, home] },
      to: { emails: [{ ...work, primary: false }, home] },
    },
  ])("$rule", ({ path, value, from, to }) => {
    expect(patched(from, { op: "replace", path, value })).toEqual(user(to));
  });
});

describe("extensions", () => {
  const held = extended({ department: "Maths", manager: { value: "u1", $ref: "https://x.io/Users/u1" } });

  test.each([
    {
      rule: "a reference pointed elsewhere keeps nothing",
      op: { op: "replace", path: "manager", value: { value: "u2" } },
      to: extended({ department: "Maths", manager: { value: "u2" } }),
    },
    {
      rule: "a reference to the same resource takes what is given",
      op: { op: "add", path: "manager", value: { value: "u1" } },
      to: held,
    },
    {
      rule: "a reference whose id is not given stays pointed where it is",
      op: { op: "replace", path: "manager", value: { $ref: "https://y.io/Users/u1" } },
      to: extended({ department: "Maths", manager: { value: "u1", $ref: "https://y.io/Users/u1" } }),
    },
    {
      rule: "the whole extension and its URN in schemas go",
      op: { op: "remove", path: enterprise },
      to: user({}),
    },
    {
      rule: "the extension stays while it has a value",
      op: { op: "remove", path: `${enterprise}:manager` },
      to: extended({ department: "Maths" }),
    },
    {
      rule: "attributes that are not named stay",
      op: { op: "replace", value: { [enterprise]: { costCenter: "7" } } },
      to: extended({
        department: "Maths",
        manager: { value: "u1", $ref: "https://x.io/Users/u1" },
        costCenter: "7",
      }),
    },
  ])("$rule", ({ op, to }) => {
    expect(edited(held, op).resource).toEqual(to);
  });
});

describe("the whole PATCH", () => {
  test("operations work on what the ones before them made", () => {
    const operations = [
      { op: "add", path: "emails", value: [work] },
      { op: "add", path: 'emails[type eq "work"].display', value: "Ada" },
      { op: "replace", path: 'emails[display eq "Ada"].value', value: "a@x.io" },
    ];
    expect(patched({}, ...operations)).toEqual(
      user({ emails: [{ ...work, value: "a@x.io", display: "Ada" }] }),
    );
  });

  test("all or none: an error leaves the resource as it was (RFC 7644 §3.5.2)", () => {
    const held = user({ title: "Ms" });
    const failing = { op: "replace", path: 'emails[value eq "x"].display', value: "x" };
    expect(() => edited(held, { op: "replace", path: "title", value: "Dr." }, failing)).toThrow("emails");
    expect(held).toEqual(user({ title: "Ms" }));
  });

  test.each([
    { rule: "the same value", ops: [{ op: "replace", path: "title", value: "Dr." }] },
    { rule: "the same list", ops: [{ op: "replace", path: "emails", value: [work, home] }] },
    { rule: "a value that is there", ops: [{ op: "add", path: "emails", value: [home] }] },
    { rule: "there and back", ops: ["Ms", "Dr."].map((value) => ({ op: "replace", path: "title", value })) },
    { rule: "nothing at all", ops: [] },
  ])("no change: $rule", ({ ops }) => {
    const held = user({ title: "Dr.", emails: [work, home] });
    const outcome = edited(held, ...ops);
    expect(outcome.changed).toBe(false);
    expect(outcome.resource).toBe(held);
  });

  test.each([
    { rule: "another case", op: { op: "replace", path: "title", value: "DR." } },
    { rule: "another order", op: { op: "replace", path: "emails", value: [home, work] } },
    { rule: "a part more", op: { op: "add", path: 'emails[type eq "home"].display', value: "" } },
  ])("a change: $rule", ({ op }) => {
    expect(edited(user({ title: "Dr.", emails: [work, home] }), op).changed).toBe(true);
  });

  test("values that pile up over many requests are limited as well", () => {
    const emails = Array.from({ length: bodyLimits.maxValues }, (_, index) => ({ value: `${index}@x.io` }));
    for (const path of ["emails", 'emails[type eq "work"].value']) {
      expect(() => patched({ emails }, { op: "add", path, value: "one@x.io" })).toThrow("501 values");
    }
  });
});

describe("members, on a plain list", () => {
  const held = group("u1", "u2", "u3");

  test.each([
    {
      op: { op: "add", path: "members", value: [{ value: "u2" }, { value: "u4" }] },
      to: ["u1", "u2", "u3", "u4"],
    },
    { op: { op: "replace", path: "members", value: [{ value: "u4" }] }, to: ["u4"] },
    { op: { op: "replace", path: "members", value: [] }, to: [] },
    { op: { op: "remove", path: "members" }, to: [] },
    { op: { op: "remove", path: "members", value: [{ value: "u2" }, { value: "u9" }] }, to: ["u1", "u3"] },
    { op: { op: "remove", path: 'members[value eq "u2"]' }, to: ["u1", "u3"] },
    { op: { op: "remove", path: 'members[value eq "U2"]' }, to: ["u1", "u2", "u3"] },
    { op: { op: "remove", path: 'members[value eq "u1" or value eq "u3"]' }, to: ["u2"] },
  ])("$op.op $op.path $op.value: $to", ({ op, to }) => {
    expect(applyEdits(groupResourceType, held, parsePatch(groupResourceType, { Operations: [op] }))).toEqual({
      resource: group(...to),
      changed: to.join() !== "u1,u2,u3",
    });
  });

  test("they are a set: the same ones in another order are no change", () => {
    const op = { op: "replace", path: "members", value: ["u3", "u1", "u2"] };
    expect(
      applyEdits(groupResourceType, held, parsePatch(groupResourceType, { Operations: [op] })).changed,
    ).toBe(false);
  });
});

describe("immutable and required attributes that this product's schemas do not have", () => {
  const type: ResourceType = {
    ...userResourceType,
    schema: {
      ...userResourceType.schema,
      attributes: [
        attribute("badge", "Given once.", { mutability: "immutable" }),
        attribute("keys", "At least one.", { multiValued: true, required: true }),
        attribute("desk", "Where.", {
          type: "complex",
          subAttributes: [
            attribute("floor", "Given once.", { mutability: "immutable" }),
            attribute("window", "Whether.", { type: "boolean" }),
            attribute("room", "Needed.", { required: true }),
          ],
        }),
      ],
    },
  };
  const held: JsonObject = deepFreeze({ badge: "17", keys: ["a"], desk: { floor: "2" } });
  const run = (op: unknown): JsonObject =>
    applyEdits(type, held, parsePatch(type, { Operations: [op] })).resource;

  test.each([
    { op: "add", path: "badge", value: "18" },
    { op: "replace", path: "badge", value: "18" },
    { op: "remove", path: "badge" },
    { op: "replace", path: "desk.floor", value: "3" },
    { op: "replace", path: "desk", value: { floor: "3", window: true } },
    { op: "remove", path: "keys", value: ["a"] },
    { op: "remove", path: 'keys[value eq "a"]' },
    { op: "remove", path: "desk.room" },
  ])("$op $path $value: mutability (RFC 7644 §3.5.2)", (op) => {
    expect(() => run(op)).toThrow(expect.objectContaining({ scimType: "mutability" }));
  });

  test.each([
    { op: "add", path: "badge", value: "17" },
    { op: "replace", path: "desk", value: { floor: "2" } },
  ])("$op $path $value: the same value is no change", (op) => {
    expect(run(op)).toBe(held);
  });

  test("a required attribute that has no value can lose none", () => {
    const edits = parsePatch(type, { Operations: [{ op: "remove", path: 'keys[value eq "a"]' }] });
    expect(applyEdits(type, {}, edits).changed).toBe(false);
  });

  test("an immutable attribute without value may be given one (RFC 7644 §3.5.2)", () => {
    const edits = parsePatch(type, { Operations: [{ op: "add", path: "badge", value: "17" }] });
    expect(applyEdits(type, {}, edits).resource).toMatchObject({ badge: "17" });
  });
});

function user(attributes: JsonObject): JsonObject {
  return { schemas: [userSchemaUrn], userName: "ada@x.io", ...attributes };
}

function extended(attributes: JsonObject): JsonObject {
  return { ...user({ [enterprise]: attributes }), schemas: [userSchemaUrn, enterprise] };
}

function group(...members: readonly string[]): JsonObject {
  const listed = members.length === 0 ? {} : { members: members.map((value) => ({ value })) };
  return { schemas: [groupSchemaUrn], displayName: "Data", ...listed };
}

function edited(
  held: JsonObject,
  ...operations: readonly unknown[]
): { resource: JsonObject; changed: boolean } {
  return applyEdits(
    userResourceType,
    deepFreeze(held),
    parsePatch(userResourceType, { Operations: operations }),
  );
}

function patched(attributes: JsonObject, ...operations: readonly unknown[]): JsonObject {
  return edited(user(attributes), ...operations).resource;
}
