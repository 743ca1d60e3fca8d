import { describe, expect, test } from "vitest";

import type { JsonObject, JsonValue } from "../../../src/ground/json.ts";
import { readEntraMemory, writeEntraMemory } from "../../../src/idp/entra/memory-json.ts";
import { emptyEntraMemory, type EntraMemory } from "../../../src/idp/entra/memory.ts";

const at = new Date("2026-09-01T08:00:00.000Z");

const memory: EntraMemory = {
  users: new Map([
    [
      "id-ada",
      {
        key: "ada@example.com",
        name: "ada@example.com",
        scimId: "u1",
        values: { userName: "ada@example.com", active: true, "x.level": 3, roles: [{ value: "admin" }] },
        managed: true,
        softDeletedSince: at,
        manager: "id-grace",
      },
    ],
    [
      "__proto__",
      {
        key: "grace@example.com",
        name: "grace@example.com",
        scimId: "u2",
        values: {},
        managed: false,
        softDeletedSince: undefined,
        manager: undefined,
      },
    ],
  ]),
  groups: new Map([
    [
      "id-data",
      {
        key: "data",
        name: "data",
        scimId: "g1",
        values: { displayName: "data" },
        members: new Set(["id-ada", "id-grace"]),
        sent: new Set(["id-ada"]),
      },
    ],
  ]),
  seen: new Map([
    [
      "id-ada",
      { standing: "in-scope", values: { mail: "ada@example.com", otherMails: ["a", "b"], title: null } },
    ],
  ]),
  escrows: new Map([
    [
      "id-data#members",
      {
        task: {
          subject: { kind: "group", objectId: "id-data", key: "data", name: "data" },
          what: "update-members",
          code: "Timeout",
          sentence: "Timeout: no answer",
          reason: "no answer",
          explanation: undefined,
          since: at,
        },
        retries: 2,
        nextAttempt: at,
        isReference: true,
        atCreation: false,
      },
    ],
  ]),
  initialCycleDone: true,
  rules: "[]",
  scope: "assigned",
  cycles: 7,
  lastCycle: at,
  quarantine: { reason: "TooManyDeletes", message: "6 users", since: at },
  state: "active",
  deletesAllowed: false,
};

/** The written memory with one place set to another value. */
function damagedAt(place: readonly string[], value: JsonValue): JsonObject {
  const copy: JsonObject = JSON.parse(JSON.stringify(writeEntraMemory(memory)));
  let holder: { [name: string]: JsonValue } = copy as { [name: string]: JsonValue };
  for (const name of place.slice(0, -1)) holder = holder[name] as { [name: string]: JsonValue };
  holder[place.at(-1) ?? ""] = value;
  return copy;
}

describe("Entra's memory as JSON", () => {
  test.each([
    ["an empty one", emptyEntraMemory()],
    ["a full one", memory],
  ])("%s is read back as it was written", (_name, written) => {
    expect(readEntraMemory(JSON.parse(JSON.stringify(writeEntraMemory(written))))).toEqual(written);
  });

  test("has keys that a person can read", () => {
    expect(writeEntraMemory(memory)).toMatchObject({
      lastCycle: "2026-09-01T08:00:00.000Z",
      users: { "id-ada": { scimId: "u1", managed: true, softDeletedSince: "2026-09-01T08:00:00.000Z" } },
      groups: { "id-data": { scimId: "g1", members: ["id-ada", "id-grace"], sent: ["id-ada"] } },
      escrows: { "id-data#members": { retries: 2, task: { code: "Timeout" } } },
      quarantine: { reason: "TooManyDeletes" },
    });
  });

  test.each<[problem: string, value: JsonObject]>([
    ["cycles must be a whole number from 0", damagedAt(["cycles"], -1)],
    ["lastCycle must be an instant in ISO 8601", damagedAt(["lastCycle"], "yesterday")],
    ["initialCycleDone must be true or false", damagedAt(["initialCycleDone"], 1)],
    ["state must be one of active, paused, disabled", damagedAt(["state"], "asleep")],
    ["quarantine must be an object", damagedAt(["quarantine"], "x")],
    ["users.id-ada.scimId must be text", damagedAt(["users", "id-ada", "scimId"], 7)],
    [
      "users.id-ada.values.active must be text, a number, true or false, or a list of objects",
      damagedAt(["users", "id-ada", "values", "active"], null),
    ],
    ["groups.id-data.sent must be a list", damagedAt(["groups", "id-data", "sent"], {})],
    ["seen.id-ada.values.mail must not be an object", damagedAt(["seen", "id-ada", "values", "mail"], {})],
    [
      "escrows.id-data#members.nextAttempt must be an instant in ISO 8601",
      damagedAt(["escrows", "id-data#members", "nextAttempt"], "soon"),
    ],
    [
      "escrows.id-data#members.task must be an object",
      damagedAt(["escrows", "id-data#members", "task"], "x"),
    ],
  ])("is refused where it is damaged: %s", (problem, value) => {
    expect(() => readEntraMemory(value)).toThrow(
      expect.objectContaining({
        code: "invalid-file",
        message: expect.stringMatching(/^This is not a valid state file for Entra ID: /),
      }),
    );
    expect(() => readEntraMemory(value)).toThrow(problem);
  });
});
