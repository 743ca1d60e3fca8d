/** What is found by looking only at what differs since a group last agreed is what all of its members say. */

import fc from "fast-check";
import { expect, test } from "vitest";
import type { DirectoryUser } from "../../../src/directory/directory.ts";
import { rememberAgreement, type PushMoment } from "../../../src/idp/okta/groups/agreement.ts";
import type { AppUser } from "../../../src/idp/okta/memory.ts";
import { fullDelta, ignoredMembers, pendingDelta } from "../../../src/idp/okta/groups/pushed-members.ts";
import { VersionedMap } from "../../../src/ground/versioned-map.ts";
import { VersionedSet } from "../../../src/ground/versioned-set.ts";
import { plain } from "../../support/plain.ts";

const people = 60;
/** Few enough that several things happen to one: some are in the group at the start, some are not. */
const anybody = fc.integer({ min: 46, max: 53 });
const kinds = [
  "join",
  "leave",
  "suspend",
  "deactivate",
  "activate",
  "delete",
  "link",
  "unlink",
  "withhold",
] as const;
const changes = fc.array(fc.tuple(fc.constantFrom(...kinds), anybody, fc.boolean()), {
  maxLength: 120,
});

test("whatever happened since the last agreement, the delta and the ignored members are those of the whole group", () => {
  fc.assert(
    fc.property(changes, (all) => {
      let now = start();
      agree(now);
      for (const [kind, number, isPushed] of all) {
        now = after(now, kind, number);
        expect(plain(pendingDelta(now))).toEqual(plain(fullDelta(now)));
        expect([...pendingDelta(now).membersAfter]).toEqual([...fullDelta(now).membersAfter]);
        expect(ignoredMembers(now)).toEqual(fullDelta(now).ignored);
        if (isPushed) now = agree(now);
      }
    }),
    { numRuns: 300 },
  );
});

function agree(now: PushMoment): PushMoment {
  const { membersAfter: pushed, withheldAfter: withheld, ignored } = pendingDelta(now);
  const agreed = { ...now, pushed, withheld };
  rememberAgreement({ ...agreed, ignored });
  return agreed;
}

function start(): PushMoment {
  const numbers = Array.from({ length: people }, (_, number) => number);
  return {
    own: VersionedSet.of(numbers.slice(0, 50).map(keyOf)),
    users: VersionedMap.of(new Map(numbers.map((number) => [keyOf(number), userOf(number, "active")]))),
    appUsers: VersionedMap.of(new Map(numbers.map((number) => [idOf(number), appUserOf(number, true)]))),
    pushed: VersionedSet.of([]),
    withheld: VersionedSet.of([]),
  };
}

function after(now: PushMoment, kind: (typeof kinds)[number], number: number): PushMoment {
  const [key, id] = [keyOf(number), idOf(number)];
  const own = VersionedSet.of(now.own);
  const users = VersionedMap.of(now.users);
  const appUsers = VersionedMap.of(now.appUsers);
  switch (kind) {
    case "join":
      return { ...now, own: own.with(key) };
    case "leave":
      return { ...now, own: own.without(key) };
    case "suspend":
      return { ...now, users: users.with(key, userOf(number, "suspended")) };
    case "deactivate":
      return { ...now, users: users.with(key, userOf(number, "deactivated")) };
    case "activate":
      return { ...now, users: users.with(key, userOf(number, "active")) };
    case "delete":
      return { ...now, users: users.without(key), own: own.without(key) };
    case "link":
      return { ...now, appUsers: appUsers.with(id, appUserOf(number, true)) };
    case "unlink":
      return { ...now, appUsers: appUsers.with(id, appUserOf(number, false)) };
    case "withhold":
      return { ...now, withheld: VersionedSet.of(now.withheld).with(id) };
  }
}

function keyOf(number: number): string {
  return `person.${number}@example.com`;
}

function idOf(number: number): string {
  return `00u${number}`;
}

function userOf(number: number, status: DirectoryUser["status"]): DirectoryUser {
  return { key: keyOf(number), objectId: idOf(number), status, profile: {} };
}

function appUserOf(number: number, isLinked: boolean): AppUser {
  return {
    key: keyOf(number),
    status: isLinked ? "PROVISIONED" : "DEPROVISIONED",
    externalId: isLinked ? `scim-${number}` : undefined,
    profile: { userName: keyOf(number), attributes: {} },
    syncState: "SYNCHRONIZED",
  };
}
