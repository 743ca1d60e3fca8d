/** Both interpreters of an edit on members agree; and one member of a large Team costs what one of a small one does. */

import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonObject } from "../../../src/ground/json.ts";
import { applyEdits } from "../../../src/scim/patch/apply.ts";
import type { Edit } from "../../../src/scim/patch/edit.ts";
import { parsePatch } from "../../../src/scim/patch/parse.ts";
import { groupResourceType } from "../../../src/scim/schema/group.ts";
import { membershipChangeOf } from "../../../src/server/organization/consequences.ts";
import {
  memberDelta,
  memberIds,
  membersToKnow,
  type CurrentMembers,
} from "../../../src/server/organization/member-edits.ts";

const ids = ["a", "b", "c", "d", "e"];
const someIds = fc.uniqueArray(fc.constantFrom(...ids));
const values = someIds.map((chosen) => chosen.map((value) => ({ value })));
/** Filters in which ids stand, alone and with others, so that some name all that they can mean and some do not. */
const { filter } = fc.letrec<{ readonly filter: string }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...ids, "nobody").map((id) => `value eq "${id}"`),
    fc.constantFrom(...ids).map((id) => `Value ne "${id}"`),
    fc.constantFrom(...ids).map((id) => `value sw "${id}"`),
    fc.constant("value pr"),
    fc
      .tuple(tie("filter"), fc.constantFrom("and", "or"), tie("filter"))
      .map((parts) => `(${parts.join(" ")})`),
    tie("filter").map((inner) => `not (${inner})`),
  ),
}));
const operation = fc.oneof(
  values.map((value) => ({ op: "add", path: "members", value })),
  values.map((value) => ({ op: "replace", path: "members", value })),
  values.map((value) => ({ op: "Remove", path: "members", value })),
  fc.constantFrom(...ids).map((id) => ({ op: "remove", path: `members[value eq "${id}"]` })),
  fc.constant({ op: "remove", path: "members" }),
  filter.map((chosen) => ({ op: "remove", path: `members[${chosen}]` })),
);

test("the sets and the plain resource end with the same members, of whom no more is known than was asked for", () => {
  fc.assert(
    fc.property(someIds, fc.array(operation, { minLength: 1, maxLength: 6 }), (start, Operations) => {
      const edits = parsePatch(groupResourceType, { Operations });
      expect(bySets(start, edits)).toEqual(byResource(start, edits));
    }),
  );
});

function bySets(start: readonly string[], edits: readonly Edit[]): readonly string[] {
  const delta = memberDelta(knownOf(start, edits), edits);
  const { left, joined } = membershipChangeOf(delta, new Set(start));
  return [...start.filter((id) => !left.includes(id)), ...joined].toSorted();
}

/** What `membersToKnow` asks for. */
function knownOf(start: readonly string[], edits: readonly Edit[]): CurrentMembers {
  const known = membersToKnow(edits);
  return {
    ids: new Set(start.filter((id) => known.everybody || known.ids.has(id))),
    describe: (id) => ({ value: id, display: id }),
  };
}

function byResource(start: readonly string[], edits: readonly Edit[]): readonly string[] {
  const before: JsonObject = { displayName: "team", members: start.map((value) => ({ value })) };
  return memberIds(applyEdits(groupResourceType, before, edits).resource["members"]).toSorted();
}

test("adding and removing one member neither copies nor scans the members that are there", () => {
  const seen = { reads: 0 };
  const many = new Set(Array.from({ length: 50_000 }, (_, at) => `user${at}`));
  const watched = new Proxy(many, {
    get(target, property) {
      if (property === Symbol.iterator || property === "forEach" || property === "values") seen.reads += 1;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  const current = { ids: watched, describe: (id: string) => ({ value: id, display: id }) };
  const edits = parsePatch(groupResourceType, {
    Operations: [
      { op: "add", path: "members", value: [{ value: "new" }] },
      { op: "remove", path: 'members[value eq "user7"]' },
    ],
  });
  const delta = memberDelta(current, edits);
  expect([[...delta.added], [...delta.removed], seen.reads]).toEqual([["new"], ["user7"], 0]);
});
