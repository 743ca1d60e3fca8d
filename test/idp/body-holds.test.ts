import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { bodyHolds, namedIn } from "../../src/idp/timeline/body-holds.ts";
import type { JsonObject, JsonValue } from "../../src/ground/json.ts";

const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
/** Names without dots: those are read as paths. */
const name = fc.stringMatching(/^[a-z]{1,4}$/);
const anyObject = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie("value"), { maxLength: 4 }), tie("object")),
  object: fc.dictionary(name, tie("value"), { maxKeys: 4 }),
})).object;

describe("any body", () => {
  test("holds itself, and nothing is left out of what is shown of it then", () => {
    fc.assert(
      fc.property(anyObject, (body) => {
        expect(bodyHolds(body, body)).toBe(true);
        expect(namedIn(body, body)).toEqual(body);
      }),
    );
  });

  test("holds what one has without some of the names", () => {
    fc.assert(
      fc.property(anyObject, fc.func(fc.boolean()), (body, isKept) => {
        const part = Object.fromEntries(Object.entries(body).filter(([key]) => isKept(key)));
        expect(bodyHolds(body, part)).toBe(true);
        expect(namedIn(body, part)).toEqual(part);
      }),
    );
  });

  test("does not hold a name that it does not have", () => {
    fc.assert(
      fc.property(anyObject, scalar, (body, value) => {
        expect(bodyHolds(body, { ...body, Another: value })).toBe(false);
      }),
    );
  });
});

test.each<[rule: string, body: JsonValue, expected: JsonValue, isHeld: boolean]>([
  ["a list holds some of its values, in any order", { a: [1, 2, 3] }, { a: [3, 1] }, true],
  ["a list does not hold another value", { a: [1] }, { a: [1, 2] }, false],
  ["no value is expected of a list without values", { a: [1] }, { a: [] }, false],
  ["a list is not one value", { a: [1] }, { a: 1 }, false],
  ["an object within a list, by some of its names", { a: [{ b: 1, c: 2 }] }, { a: [{ c: 2 }] }, true],
  ["null is a value, and not absence", {}, { a: null }, false],
  ["a text is no boolean: Entra's legacy form sends one", { active: "False" }, { active: false }, false],
  ["a path within an object", { name: { familyName: "King" } }, { "name.familyName": "King" }, true],
  [
    "a path that is a name, as in a PATCH",
    { "name.familyName": "King" },
    { "name.familyName": "King" },
    true,
  ],
  ["a URN with a dot in it", { "urn:x:2.0:User": { a: 1 } }, { "urn:x:2.0:User": { a: 1 } }, true],
  ["a name that every object has", {}, { constructor: "x" }, false],
])("%s", (_rule, body, expected, isHeld) => {
  expect(bodyHolds(body, expected)).toBe(isHeld);
});
