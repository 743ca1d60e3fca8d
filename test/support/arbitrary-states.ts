/** Random expected and held states over few names, so that they meet, collide and differ. */

import fc from "fast-check";
import type { HeldState } from "../../src/astro/held.ts";
import type { ExpectedState } from "../../src/astro/state.ts";
import { expectedState, heldState } from "./states.ts";

const people = ["ada", "bob", "eve", "gus", "Zoë", "kim"];
const teamNames = ["Data", "Platform", "Ops", "Ünïcode"];
/** A provider's ids: one for each person, and none twice. */
const externalIdOf = new Map(people.map((name, at) => [name, `00u${at}`]));

const attributes = fc.record(
  {
    displayName: fc.constantFrom("A", "B"),
    "emails[primary eq true].value": fc.constantFrom("a@x.io", "A@x.io", "b@x.io"),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** On the server anybody's, twice or never. */
const heldExternalId = fc.constantFrom(undefined, ...externalIdOf.values());

/** Teams whose members come from these names. */
function teams(names: readonly string[]) {
  const members = names.length === 0 ? fc.constant([]) : fc.subarray([...names]);
  return fc
    .subarray(teamNames)
    .chain((chosen) => fc.tuple(...chosen.map((name) => fc.record({ name: fc.constant(name), members }))));
}

export const arbitraryExpected: fc.Arbitrary<ExpectedState> = fc
  .subarray(people)
  .chain((names) =>
    fc.tuple(
      fc.tuple(
        ...names.map((name) =>
          fc.record({
            name: fc.constant(name),
            presence: fc.constantFrom("active", "active", "active", "not-active", "either"),
            externalId: fc.constantFrom(undefined, externalIdOf.get(name)),
            attributes,
          }),
        ),
      ),
      teams(names),
    ),
  )
  .map(([users, chosen]) => expectedState({ users, teams: chosen }));

export const arbitraryHeld: fc.Arbitrary<HeldState> = fc
  .subarray(people)
  .chain((names) =>
    fc.tuple(
      fc.tuple(
        ...names.map((name) =>
          fc.record({
            name: fc.constant(name),
            active: fc.boolean(),
            externalId: heldExternalId,
            attributes,
          }),
        ),
      ),
      teams(names),
      fc.constantFrom([], [], ["ghost"]),
    ),
  )
  .map(([users, chosen, unknownMembers]) =>
    heldState({ users, teams: chosen.map((team, at) => (at === 0 ? { ...team, unknownMembers } : team)) }),
  );
