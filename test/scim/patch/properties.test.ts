/** What holds for every PATCH of every user: it can be taken back, repeated, and said as a PUT. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/ground/json.ts";
import { ScimError } from "../../../src/scim/error.ts";
import { applyEdits } from "../../../src/scim/patch/apply.ts";
import { parsePatch } from "../../../src/scim/patch/parse.ts";
import { replaceResource } from "../../../src/scim/replace.ts";
import { userResourceType as type } from "../../../src/scim/schema/user.ts";
import { enterpriseUserSchemaUrn } from "../../../src/scim/urn.ts";
import { readResource } from "../../../src/scim/value/validate.ts";
import { deepFreeze } from "../../support/exchange.ts";
import { oneValueOf, operation, places, userBody, valueOf } from "../../support/resource-arbitraries.ts";

/** As it is kept. */
const user = userBody.map((body) => readResource(type, body));

function patch(held: JsonObject, ...Operations: readonly unknown[]): JsonObject {
  return applyEdits(type, deepFreeze(held), parsePatch(type, { Operations })).resource;
}

/** Undefined where it is refused: `replace` of values that would be none, say. */
function patchIfAllowed(held: JsonObject, operations: readonly unknown[]): JsonObject | undefined {
  try {
    return patch(held, ...operations);
  } catch (error) {
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}

describe("what is added where nothing was is gone when it is removed (RFC 7644 §3.5.2.1, §3.5.2.2)", () => {
  test.each(places.map((place) => [place.path, place] as const))("%s", (path, { attribute }) => {
    fc.assert(
      fc.property(user, valueOf(attribute), (any, value) => {
        const held = patch(any, { op: "remove", path });
        expect(patch(held, { op: "add", path, value }, { op: "remove", path })).toEqual(held);
      }),
      { numRuns: 30 },
    );
  });

  test("the whole extension", () => {
    fc.assert(
      fc.property(user, user, (any, other) => {
        const path = enterpriseUserSchemaUrn;
        const held = patch(any, { op: "remove", path });
        const value = other[path] ?? { department: "D" };
        expect(patch(held, { op: "add", path, value }, { op: "remove", path })).toEqual(held);
      }),
    );
  });
});

describe("one value that is added among others is the one that is removed by its filter", () => {
  const plural = places.filter(({ attribute }) => attribute.multiValued && attribute.name !== "addresses");

  test.each(plural.map((place) => [place.path, place] as const))("%s", (path, { attribute }) => {
    const isBinary = attribute.subAttributes.some((sub) => sub.type === "binary");
    const value = isBinary ? "bmV3" : "new";
    fc.assert(
      fc.property(user, oneValueOf(attribute), (held, parts) => {
        // A primary one would take that from another, which does not get it back.
        const added = { ...(parts as JsonObject), value, primary: false };
        const add = { op: "add", path, value: [added] };
        expect(patch(held, add, { op: "remove", path: `${path}[value eq "${value}"]` })).toEqual(held);
      }),
      { numRuns: 30 },
    );
  });
});

test("adding again what was added changes nothing (RFC 7644 §3.5.2.1)", () => {
  const addition = fc
    .constantFrom(...places)
    .chain(({ path, attribute }) => valueOf(attribute).map((value) => ({ op: "add", path, value })));
  fc.assert(
    fc.property(user, addition, (held, add) => {
      const once = patch(held, add);
      expect(patch(once, add)).toEqual(once);
    }),
    { numRuns: 500 },
  );
});

test("a sequence of PATCHes ends where the PUT of its outcome ends (RFC 7644 §3.5.1)", () => {
  let carriedOut = 0;
  fc.assert(
    fc.property(user, fc.array(operation, { maxLength: 6 }), (held, operations) => {
      const patched = patchIfAllowed(held, operations);
      if (patched === undefined) return;
      carriedOut += 1;
      expect(replaceResource(type, held, readResource(type, patched))).toEqual(patched);
    }),
    { numRuns: 1_000 },
  );
  expect(carriedOut).toBeGreaterThan(500);
});

test("operations in one PATCH do what they do one after another", () => {
  fc.assert(
    fc.property(user, fc.array(operation, { maxLength: 6 }), (held, operations) => {
      const atOnce = patchIfAllowed(held, operations);
      if (atOnce === undefined) return;
      expect(operations.reduce((before, one) => patch(before, one), held)).toEqual(atOnce);
    }),
    { numRuns: 300 },
  );
});
