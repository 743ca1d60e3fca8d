import { describe, expect, test } from "vitest";

import type { JsonObject, JsonValue } from "../../../src/ground/json.ts";
import { readOktaMemory, writeOktaMemory } from "../../../src/idp/okta/memory-json.ts";
import { emptyOktaMemory, type OktaMemory } from "../../../src/idp/okta/memory.ts";

const memory: OktaMemory = {
  appUsers: new Map([
    [
      "00u1",
      {
        key: "ada@example.com",
        status: "PROVISIONED",
        externalId: "u1",
        profile: {
          userName: "ada@example.com",
          attributes: { givenName: "Ada", roles: ["admin", "user"], seats: 5, isLead: false },
        },
        syncState: "SYNCHRONIZED",
      },
    ],
    [
      "__proto__",
      {
        key: "grace@example.com",
        status: "STAGED",
        externalId: undefined,
        profile: { userName: "grace@example.com", attributes: {}, madeFrom: "a group's name" },
        syncState: "ERROR",
      },
    ],
  ]),
  pushMappings: new Map([
    [
      "00g1",
      {
        key: "data",
        status: "ERROR",
        scimId: undefined,
        sourceName: "data",
        targetName: "data",
        members: new Set(["00u1"]),
        withheld: new Set(["00u2"]),
      },
    ],
  ]),
  appGroups: new Map([["g7", "ops"]]),
  tasks: new Map([
    [
      "00g1",
      {
        subject: { kind: "group", objectId: "00g1", key: "data", name: "data" },
        what: "push-group",
        sentence: "Unable to update",
        reason: "500 Internal Server Error",
        explanation: undefined,
        since: new Date("2026-09-01T08:00:00.000Z"),
      },
    ],
  ]),
};

/** The written memory with one place set to another value. */
function damagedAt(place: readonly string[], value: JsonValue): JsonObject {
  const copy: JsonObject = JSON.parse(JSON.stringify(writeOktaMemory(memory)));
  let holder: { [name: string]: JsonValue } = copy as { [name: string]: JsonValue };
  for (const name of place.slice(0, -1)) holder = holder[name] as { [name: string]: JsonValue };
  holder[place.at(-1) ?? ""] = value;
  return copy;
}

describe("Okta's memory as JSON", () => {
  test.each([
    ["an empty one", emptyOktaMemory()],
    ["a full one", memory],
  ])("%s is read back as it was written", (_name, written) => {
    expect(readOktaMemory(JSON.parse(JSON.stringify(writeOktaMemory(written))))).toEqual(written);
  });

  test("has keys that a person can read", () => {
    expect(writeOktaMemory(memory)).toMatchObject({
      appUsers: { "00u1": { status: "PROVISIONED", externalId: "u1", userName: "ada@example.com" } },
      pushMappings: { "00g1": { status: "ERROR", scimId: null, members: ["00u1"] } },
      tasks: [{ subject: "group", key: "data", since: "2026-09-01T08:00:00.000Z" }],
    });
  });

  test("of before there were imports is read, too", () => {
    const { appGroups: _, ...older } = writeOktaMemory(memory);
    expect(readOktaMemory(older)).toEqual({ ...memory, appGroups: new Map() });
  });

  test.each<[problem: string, value: JsonObject]>([
    ["appUsers must be an object", damagedAt(["appUsers"], [])],
    ["appUsers.00u1 must be an object", damagedAt(["appUsers", "00u1"], "x")],
    [
      "appUsers.00u1.status must be one of STAGED, PROVISIONED, REVOKED, DEPROVISIONED, UNASSIGNED",
      damagedAt(["appUsers", "00u1", "status"], "provisioned"),
    ],
    ["appUsers.00u1.externalId must be text", damagedAt(["appUsers", "00u1", "externalId"], 7)],
    [
      "appUsers.00u1.attributes.roles must be text",
      damagedAt(["appUsers", "00u1", "attributes"], { roles: ["admin", {}] }),
    ],
    [
      "appUsers.00u1.attributes has a value that is not text",
      damagedAt(["appUsers", "00u1", "attributes"], { givenName: true }),
    ],
    ["pushMappings.00g1.members must be a list", damagedAt(["pushMappings", "00g1", "members"], {})],
    ["pushMappings.00g1.members[0] must be text", damagedAt(["pushMappings", "00g1", "members"], [1])],
    ["tasks must be a list", damagedAt(["tasks"], {})],
    ["tasks[0].since must be an instant in ISO 8601", damagedAt(["tasks", "0", "since"], "yesterday")],
  ])("is refused where it is damaged: %s", (problem, value) => {
    expect(() => readOktaMemory(value)).toThrow(
      expect.objectContaining({ code: "invalid-file", message: expect.stringContaining(`${problem}.`) }),
    );
  });
});
