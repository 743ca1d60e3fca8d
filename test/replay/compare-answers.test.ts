/** What two answers may differ in, and what is told as a difference. */

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../src/ground/json.ts";
import { compareAnswers } from "../../src/replay/compare-answers.ts";
import type { Difference } from "../../src/replay/differences.ts";
import { Identities } from "../../src/replay/identities.ts";
import { learn } from "../../src/replay/learn.ts";
import type { RecordedExchange } from "../../src/replay/recording/recording.ts";
import { bodyOf } from "../../src/replay/recording/recorded-entry.ts";
import type { WireResponse } from "../../src/wire/exchange.ts";

interface Answer {
  readonly status?: number;
  readonly body?: JsonValue | undefined;
  readonly text?: string;
  readonly location?: string;
}

interface Compared {
  readonly differences: readonly Difference[];
  readonly ids: Identities;
}

function compare(
  recorded: Answer,
  given: Answer,
  path = "/Users",
  ids = new Identities(),
  secrets: string[] = [],
): Compared {
  const textOf = ({ body, text }: Answer): string => text ?? (body === undefined ? "" : JSON.stringify(body));
  const exchange: RecordedExchange = {
    number: 1,
    request: { method: "GET", path, headers: {} },
    answer: { status: recorded.status ?? 200, location: recorded.location, body: bodyOf(textOf(recorded)) },
  };
  const answer: WireResponse = {
    kind: "response",
    status: given.status ?? 200,
    headers: given.location === undefined ? {} : { location: given.location },
    text: textOf(given),
    json: given.body,
  };
  learn(ids, exchange, answer);
  return { differences: compareAnswers(exchange, answer, { ids, secrets }), ids };
}

const list = (...Resources: readonly JsonObject[]): JsonObject => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
  totalResults: Resources.length,
  Resources,
});

const bulkError = (detail: string): JsonObject => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
  status: "400",
  detail,
});

describe("counts for nothing", () => {
  test.each<readonly [what: string, recorded: JsonValue, given: JsonValue]>([
    ["the id of a resource", { id: "1", userName: "a" }, { id: "x", userName: "a" }],
    [
      "meta, but for the type of the resource",
      {
        meta: {
          resourceType: "User",
          created: "2026-01-01T00:00:00Z",
          version: "1",
          location: "http://a/Users/1",
        },
      },
      {
        meta: {
          resourceType: "User",
          created: "2027-01-01T00:00:00Z",
          version: "2",
          location: "http://b/Users/x",
        },
      },
    ],
    [
      "times (RFC 7643 §2.3.5)",
      { lastLogin: "2026-01-01T00:00:00Z" },
      { lastLogin: "2027-05-05T05:05:05.5+02:00" },
    ],
    ["the order of names", { userName: "a", active: true }, { active: true, userName: "a" }],
    ["the case of names (RFC 7643 §2.1)", { userName: "a" }, { USERNAME: "a" }],
    [
      "the order of a multi-valued attribute (RFC 7643 §2.4)",
      { emails: [{ value: "a" }, { value: "b" }], schemas: ["x", "y"] },
      { emails: [{ value: "b" }, { value: "a" }], schemas: ["y", "x"] },
    ],
    ["null, empty and unassigned (RFC 7643 §2.5)", { title: null, emails: [] }, {}],
    [
      "the order of a list that nobody sorted (RFC 7644 §3.4.2.3)",
      list({ id: "1", userName: "a" }, { id: "2", userName: "b" }),
      list({ id: "y", userName: "b" }, { id: "x", userName: "a" }),
    ],
    ["cursors (RFC 9865)", { nextCursor: "a" }, { nextCursor: "b" }],
    [
      "where members are, and their ids where nobody has named them",
      { members: [{ value: "1", $ref: "http://a/scim/Users/1" }, { value: "2" }] },
      { members: [{ value: "y" }, { value: "x", $ref: "https://b/Users/x" }] },
    ],
    [
      "the wording of an error in the answer to a bulk request (RFC 7644 §3.7.3)",
      {
        Operations: [
          { method: "POST", version: "1", status: "400", response: bulkError("there is no User 1") },
        ],
      },
      {
        Operations: [
          { method: "POST", version: "2", status: "400", response: bulkError("there is no User x") },
        ],
      },
    ],
    ["a password that was taken out", { password: "[redacted]" }, { password: "x" }],
  ])("%s", (_what, recorded, given) => {
    expect(compare({ body: recorded }, { body: given }).differences).toEqual([]);
  });

  test("the wording of an error (RFC 7644 §3.12)", () => {
    const error = { status: "409", scimType: "uniqueness" };
    const recorded = { status: 409, body: { ...error, detail: "ada is taken" } };
    const given = { status: 409, body: { ...error, detail: "There is an ada already", requestId: "r1" } };
    expect(compare(recorded, given).differences).toEqual([]);
  });
});

describe("is a difference", () => {
  test.each<
    readonly [what: string, recorded: JsonValue, given: JsonValue, differences: readonly Difference[]]
  >([
    [
      "a value",
      { name: { givenName: "Ada" } },
      { name: { givenName: "Eve" } },
      [{ at: "name.givenName", expected: "Ada", got: "Eve" }],
    ],
    [
      "a boolean as text",
      { active: true },
      { active: "True" },
      [{ at: "active", expected: true, got: "True" }],
    ],
    [
      "an attribute that is missing",
      { userName: "a", title: "Dr" },
      { userName: "a" },
      [{ at: "title", expected: "Dr", got: null }],
    ],
    [
      "an attribute too many",
      { userName: "a" },
      { userName: "a", title: "Dr" },
      [{ at: "title", expected: null, got: "Dr" }],
    ],
    [
      "a value in a list",
      {
        emails: [
          { type: "work", value: "a" },
          { type: "home", value: "b" },
        ],
      },
      {
        emails: [
          { type: "home", value: "b" },
          { type: "work", value: "c" },
        ],
      },
      [{ at: "emails[work].value", expected: "a", got: "c" }],
    ],
    [
      "a resource that a list lacks",
      list({ id: "1", userName: "a" }, { id: "2", userName: "b" }),
      list({ id: "x", userName: "a" }),
      [
        { at: "totalResults", expected: 2, got: 1 },
        { at: "Resources[b]", expected: { id: "(an id without a counterpart)", userName: "b" }, got: null },
      ],
    ],
    [
      "the type of a resource",
      { meta: { resourceType: "User" } },
      { meta: { resourceType: "Group" } },
      [{ at: "meta.resourceType", expected: "User", got: "Group" }],
    ],
    [
      "a web page",
      { id: "1" },
      "<html>",
      [{ at: "body", expected: { id: "(an id without a counterpart)" }, got: "<html>" }],
    ],
  ])("%s", (_what, recorded, given, differences) => {
    expect(compare({ body: recorded }, { body: given }).differences).toEqual(differences);
  });

  test("a status; of two successes the bodies too", () => {
    const { differences } = compare(
      { status: 201, body: { active: true } },
      { status: 200, body: { active: false } },
    );
    expect(differences).toEqual([
      { at: "status", expected: 201, got: 200 },
      { at: "active", expected: true, got: false },
    ]);
  });

  test("a refusal, with what the server says; its body has nothing to do with the recorded one", () => {
    const error = { schemas: [], status: "409", scimType: "uniqueness", detail: "ada is taken." };
    expect(compare({ status: 201, body: { id: "1" } }, { status: 409, body: error }).differences).toEqual([
      { at: "status", expected: 201, got: 409, reason: "409 uniqueness: ada is taken" },
    ]);
  });

  test("another member than the one that was recorded", () => {
    const { ids } = compare({ body: { id: "1", userName: "a" } }, { body: { id: "x", userName: "a" } });
    compare({ body: { id: "2", userName: "b" } }, { body: { id: "y", userName: "b" } }, "/Users", ids);
    const { differences } = compare(
      { body: { members: [{ value: "1" }] } },
      { body: { members: [{ value: "y" }] } },
      "/Groups/1",
      ids,
    );
    expect(differences).toEqual([
      { at: "members[x]", expected: { value: "x" }, got: null },
      { at: "members[y]", expected: null, got: { value: "y" } },
    ]);
  });

  test("what is told of the same member", () => {
    const { ids } = compare({ body: { id: "1", userName: "a" } }, { body: { id: "x", userName: "a" } });
    const recorded = { members: [{ value: "1", display: "Ada", type: "User" }, { value: "2" }] };
    const given = { members: [{ value: "y" }, { value: "x", type: "User" }] };
    const { differences } = compare({ body: recorded }, { body: given }, "/Groups/1", ids);
    expect(differences).toEqual([{ at: "members[Ada].display", expected: "Ada", got: null }]);
  });

  test("in discovery ids have a meaning (RFC 7643 §7)", () => {
    const { differences } = compare(
      { body: list({ id: "urn:a" }) },
      { body: list({ id: "urn:b" }) },
      "/Schemas",
    );
    expect(differences.map(({ at }) => at)).toEqual(["Resources[urn:a]", "Resources[urn:b]"]);
  });

  test("credentials of the recording that its server repeated are not told", () => {
    const { differences } = compare(
      { text: "no s3cret-token here" },
      { text: "no" },
      "/Users",
      new Identities(),
      ["s3cret-token"],
    );
    expect(JSON.stringify(differences)).not.toContain("s3cret-token");
  });

  test("a body that is empty in one of both", () => {
    expect(compare({ status: 200, body: { active: true } }, { status: 200 }).differences).toEqual([
      { at: "body", expected: { active: true }, got: null },
    ]);
  });
});

describe("an id is learnt", () => {
  test.each<readonly [from: string, recorded: Answer, given: Answer]>([
    ["a new resource", { status: 201, body: { id: "1" } }, { status: 201, body: { id: "x" } }],
    [
      "its Location alone",
      { status: 201, location: "https://a/scim/Users/1" },
      { status: 201, location: "http://b/Users/x" },
    ],
    [
      "a list, by userName in any case",
      { body: list({ id: "2", userName: "b" }, { id: "1", userName: "A" }) },
      { body: list({ id: "x", userName: "a" }) },
    ],
    [
      "a list, by externalId before userName",
      { body: list({ id: "1", externalId: "e", userName: "a" }, { id: "2", userName: "b" }) },
      { body: list({ id: "y", userName: "a" }, { id: "x", externalId: "e", userName: "b" }) },
    ],
    [
      "a list without names that has one resource each",
      { body: list({ id: "1" }) },
      { body: list({ id: "x" }) },
    ],
  ])("from %s", (_from, recorded, given) => {
    expect(compare(recorded, given).ids.given("1", "Users")).toBe("x");
  });

  test("from the answer to a bulk request (RFC 7644 §3.7.3)", () => {
    const answer = (location: string): Answer => ({
      body: { Operations: [{ method: "POST", bulkId: "q", location, status: "201" }] },
    });
    const { ids, differences } = compare(
      answer("https://a/Users/1"),
      answer("http://b/scim/Users/x"),
      "/Bulk",
    );
    expect(ids.given("1")).toBe("x");
    expect(differences).toEqual([]);
  });

  test.each<readonly [from: string, recorded: Answer, given: Answer]>([
    ["an error", { status: 201, body: { id: "1" } }, { status: 409, body: { id: "x" } }],
    [
      "a list of somebody else",
      { body: list({ id: "1", userName: "a" }) },
      { body: list({ id: "x", userName: "b" }) },
    ],
  ])("not from %s", (_from, recorded, given) => {
    expect(compare(recorded, given).ids.given("1", "Users")).toBeUndefined();
  });

  test("once: the first counterpart stays", () => {
    const { ids } = compare({ body: { id: "1" } }, { body: { id: "x" } });
    compare({ body: { id: "1" } }, { body: { id: "y" } }, "/Users", ids);
    expect(ids.given("1", "Users")).toBe("x");
  });
});

describe("for all bodies", () => {
  // JSON text knows no `__proto__` of an object literal, no -0 and no names that differ in case only.
  const names = fc
    .stringMatching(/^[a-z]{1,6}$/)
    .filter((name) => !["meta", "id", "value", "type"].includes(name));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      fc.string(),
      fc.boolean(),
      fc.integer(),
      fc.array(tie("tree"), { maxLength: 4 }),
      fc.dictionary(names, tie("tree"), { maxKeys: 4 }),
    ),
  }));
  const bodies = fc.dictionary(names, tree as fc.Arbitrary<JsonValue>, { maxKeys: 5 });

  test("one in another order is the same", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        expect(compare({ body }, { body: turned(body) as JsonObject }).differences).toEqual([]);
      }),
    );
  });

  test("one with another value somewhere differs, there only", () => {
    fc.assert(
      fc.property(bodies, names, (body, name) => {
        const one = { ...body, [name]: "one value" };
        const other = { ...body, [name]: "another" };
        expect(compare({ body: one }, { body: other }).differences).toEqual([
          { at: name, expected: "one value", got: "another" },
        ]);
      }),
    );
  });
});

function turned(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(turned).toReversed();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, turned(inner)])
      .toReversed(),
  );
}
