import { describe, expect, test } from "vitest";
import { bulkIdsIn, withIds } from "../../../src/scim/bulk/references.ts";

const ids: Readonly<Record<string, string>> = { a: "c1", "b c": "c2" };
const findId = (bulkId: string) => ids[bulkId];

describe("references by bulkId (RFC 7644 §3.7.2)", () => {
  test.each([
    ["a value", "bulkId:a", "c1"],
    ["a bulkId with a space", "bulkId:b c", "c2"],
    ["the end of a URI", "https://example.com/v2/Users/bulkId:a", "https://example.com/v2/Users/c1"],
    ["a path", "/Groups/bulkId:a", "/Groups/c1"],
    ["a filter in the path of a PATCH", 'members[value eq "bulkId:a"]', 'members[value eq "c1"]'],
    ["one that nobody made", "bulkId:nobody", "bulkId:nobody"],
    ["text around it", "see bulkId:a", "see bulkId:a"],
    ["another case", "bulkid:a", "bulkid:a"],
    ["no text", 7, 7],
    ["null", null, null],
  ])("%s: %j", (_rule, value, expected) => {
    expect(withIds(value, findId)).toEqual(expected);
  });

  test("at any depth, in values and not in names", () => {
    const data = {
      members: [{ value: "bulkId:a" }, { value: "c9" }],
      "bulkId:a": { manager: { value: "bulkId:b c" } },
    };
    expect(withIds(data, findId)).toEqual({
      members: [{ value: "c1" }, { value: "c9" }],
      "bulkId:a": { manager: { value: "c2" } },
    });
    expect([...bulkIdsIn(data)]).toEqual(["a", "b c"]);
  });

  test("__proto__ stays a name like any other", () => {
    const data: unknown = JSON.parse('{"__proto__": {"polluted": "bulkId:a"}}');
    const resolved = withIds(data, findId) as object;
    expect(Object.getPrototypeOf(resolved)).toBe(Object.prototype);
    expect(JSON.stringify(resolved)).toBe('{"__proto__":{"polluted":"c1"}}');
  });
});
