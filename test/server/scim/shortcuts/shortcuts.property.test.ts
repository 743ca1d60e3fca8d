/** The fast paths answer what the long way answers, byte for byte: that way is their specification. */

import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonObject } from "../../../../src/ground/json.ts";
import type { QueryParameters } from "../../../../src/server/api/query.ts";
import type { Organization } from "../../../../src/server/scim/organization.ts";
import { shortcuts } from "../../../../src/server/scim/shortcuts/shortcuts.ts";
import { user } from "../../../support/filter-arbitraries.ts";
import { ask, organizationOf } from "../../../support/organization.ts";

const names = ["ada", "Bob", "zoé", 'a"quote', "back\\slash"];

/** A few users with anything, in a few Teams, of which several have one name. */
const people = fc.record({
  users: fc.uniqueArray(fc.tuple(fc.constantFrom(...names), user), {
    selector: ([name]) => name,
    minLength: 1,
  }),
  teams: fc.array(fc.tuple(fc.constantFrom("core", "Core", "édge"), fc.subarray([0, 1, 2, 3, 4])), {
    maxLength: 3,
  }),
});

const values = ["ada", "ADA", "bob", "Zoé", "c1", "c3", "core", "shared", "nobody", 'a\\"quote'];
const equality = fc
  .tuple(
    fc.constantFrom(
      "userName",
      "USERNAME",
      "externalId",
      "id",
      "displayName",
      "emails",
      "emails.value",
      "members.value",
    ),
    fc.constantFrom("eq", "EQ", "sw"),
    fc.constantFrom(...values),
  )
  .map(([name, operator, value]) => `${name} ${operator} "${value}"`);
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, value);
const query: fc.Arbitrary<QueryParameters> = fc
  .record({
    filter: maybe(fc.oneof(equality, fc.constantFrom("id pr", "userName eq", 'not (id eq "c1")'))),
    attributes: maybe(fc.constantFrom("userName", "displayName,groups", "members", "meta", "emails.value")),
    excludedAttributes: maybe(fc.constantFrom("groups", "members", "name,meta.version")),
    startIndex: maybe(fc.constantFrom("-1", "1", "2", "9", "one")),
    count: maybe(fc.constantFrom("0", "1", "2", "1000")),
    sortBy: maybe(fc.constantFrom("userName", "id")),
    cursor: maybe(fc.constant("")),
  })
  .map((parameters) =>
    Object.entries(parameters).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  );
const target = fc.constantFrom(
  ["/Users", {}] as const,
  ["/Groups", {}] as const,
  ["", {}] as const,
  ["/Users/:id", { id: "c1" }] as const,
  ["/Groups/:id", { id: "c3" }] as const,
);

async function holding({
  users,
  teams,
}: {
  readonly users: readonly (readonly [string, JsonObject])[];
  readonly teams: readonly (readonly [string, readonly number[]])[];
}): Promise<Organization> {
  const organization = organizationOf({
    behaviour: { existingTeam: "allow", cursorPaging: "on", unknownMember: "keep" },
  });
  const made: string[] = [];
  for (const [userName, attributes] of users) {
    const body = { ...attributes, active: true, externalId: "shared", userName };
    const answer = await ask(organization, "POST", "/Users", { body });
    if (!("text" in answer)) throw new Error(JSON.stringify(answer));
    made.push((JSON.parse(answer.text ?? "") as { id: string }).id);
  }
  for (const [displayName, members] of teams) {
    const joining = members.flatMap((at) => (made[at] === undefined ? [] : [{ value: made[at] }]));
    const stale = displayName === "core" ? [] : [{ value: 'nobody"\\\ud800' }];
    const body = { displayName, members: [...joining, ...stale] };
    await ask(organization, "POST", "/Groups", { body });
  }
  return organization;
}

test("whatever is asked for", async () => {
  let taken = 0;
  const counted = {
    ...shortcuts,
    list: async (...asked: Parameters<typeof shortcuts.list>) => {
      const answer = await shortcuts.list(...asked);
      if (answer !== undefined) taken += 1;
      return answer;
    },
  };
  await fc.assert(
    fc.asyncProperty(
      people,
      fc.array(fc.tuple(target, query), { minLength: 20, maxLength: 20 }),
      async (held, asked) => {
        const organization = await holding(held);
        for (const [[route, params], parameters] of asked) {
          const parts = { params, query: parameters };
          const short = await ask({ ...organization, shortcuts: counted }, "GET", route, parts);
          const long = await ask({ ...organization, shortcuts: undefined }, "GET", route, parts);
          expect(short).toEqual(long);
        }
      },
    ),
    { numRuns: 150 },
  );
  expect(taken).toBeGreaterThan(100);
});
