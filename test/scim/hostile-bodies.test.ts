/** Bodies that are made to cost much: each is answered, one way or the other, long before the test times out. */

import { expect, test } from "vitest";
import { ScimError } from "../../src/scim/error.ts";
import { applyEdits } from "../../src/scim/patch/apply.ts";
import { parsePatch } from "../../src/scim/patch/parse.ts";
import { userResourceType } from "../../src/scim/schema/user.ts";
import { readResource } from "../../src/scim/value/validate.ts";

const many = 100_000;
const repeat = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const operations = (...list: readonly unknown[]): unknown => ({ Operations: list });

test.each([
  {
    name: "lists inside of one another",
    body: { userName: "a", title: JSON.parse("[".repeat(many) + "]".repeat(many)) },
  },
  {
    name: "objects inside of one another",
    body: JSON.parse('{"name":'.repeat(many) + "1" + "}".repeat(many)),
  },
  { name: "unknown names", body: Object.fromEntries(repeat(many, (i) => [`a${i}`, i])) },
  { name: "values", body: { userName: "a", emails: repeat(many, (i) => ({ value: `${i}` })) } },
  { name: "a long text", body: { userName: "a".repeat(10 * many) } },
  { name: "a long date-like text", body: { userName: "a", active: "t".repeat(10 * many) } },
  { name: "a long certificate", body: { userName: "a", x509Certificates: ["=".repeat(many - 1)] } },
])("a resource: $name", ({ body }) => {
  expect(() => readResource(userResourceType, body)).toThrow(ScimError);
});

test("unknown parts of a value cost nothing and say nothing", () => {
  const name = Object.fromEntries(repeat(many, (i) => [`a${i}`, i]));
  expect(readResource(userResourceType, { userName: "a", name })).not.toHaveProperty("name");
});

test.each([
  { name: "operations", body: operations(...repeat(many, () => ({ op: "remove", path: "title" }))) },
  {
    name: "values inside of one another",
    body: operations({ op: "add", value: JSON.parse('{"a":'.repeat(many) + "1" + "}".repeat(many)) }),
  },
  {
    name: "names that are paths",
    body: operations({ op: "add", value: Object.fromEntries(repeat(many, (i) => [`a.b${i}`, i])) }),
  },
  { name: "dots in a path", body: operations({ op: "add", path: ".".repeat(10 * many), value: 1 }) },
  { name: "brackets in a path", body: operations({ op: "add", path: "emails[".repeat(1000), value: 1 }) },
  {
    name: "parentheses in a filter",
    body: operations({ op: "remove", path: `emails[${"(".repeat(9000)}]` }),
  },
  {
    name: "quotes in a filter",
    body: operations({ op: "remove", path: `emails[value eq "${'\\"'.repeat(4000)}]` }),
  },
])("a PATCH: $name", ({ body }) => {
  expect(() => parsePatch(userResourceType, body)).toThrow(ScimError);
});

test("names of JavaScript's own objects reach no prototype", () => {
  const value = JSON.parse(
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"name":{"__proto__":{"polluted":1}}}',
  );
  const held = readResource(userResourceType, { userName: "a", ...value });
  applyEdits(userResourceType, held, parsePatch(userResourceType, operations({ op: "add", value })));
  expect({}).not.toHaveProperty("polluted");
});
