/** Bodies that are as large as they may be: each is carried out, long before the test times out. */

import { expect, test } from "vitest";
import { bodyLimits } from "../../src/scim/body-limits.ts";
import { applyEdits } from "../../src/scim/patch/apply.ts";
import { parsePatch } from "../../src/scim/patch/parse.ts";
import { groupResourceType } from "../../src/scim/schema/group.ts";
import { userResourceType } from "../../src/scim/schema/user.ts";
import { readResource } from "../../src/scim/value/validate.ts";

test("a Team of very many members, each twice", () => {
  const members = Array.from(
    { length: bodyLimits.maxReferences },
    (_, i) => `u${i % (bodyLimits.maxReferences / 2)}`,
  );
  expect(readResource(groupResourceType, { displayName: "Data", members })["members"]).toHaveLength(100_000);
});

test("a PATCH whose every operation goes over all values is more than one may ask for: 413", () => {
  const emails = Array.from({ length: bodyLimits.maxValues }, (_, i) => ({ value: `${i}`, type: "work" }));
  const held = readResource(userResourceType, { userName: "a", emails });
  const Operations = Array.from({ length: bodyLimits.maxOperations }, (_, i) => ({
    op: "add",
    path: 'emails[type eq "work"].display',
    value: `${i}`,
  }));
  const edits = parsePatch(userResourceType, { Operations });
  expect(() => applyEdits(userResourceType, held, edits)).toThrow(expect.objectContaining({ status: 413 }));
  expect(applyEdits(userResourceType, held, edits.slice(0, 100)).changed).toBe(true);
});
