/** Where ids stand in requests: each place, and what only looks like one. */

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/ground/json.ts";
import { Identities } from "../../src/replay/identities.ts";
import { translateFilter } from "../../src/replay/translate-filter.ts";
import { translateRequest, type TranslatedRequest } from "../../src/replay/translate-request.ts";
import type { WireRequest } from "../../src/wire/exchange.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** Users 1 and 2 are u-1 and u-2 at the target, the Team 1 is t-1: the recorded server counts. */
function translate(request: Partial<WireRequest>): TranslatedRequest {
  const ids = new Identities();
  ids.learn("Users", "1", "u-1");
  ids.learn("Users", "2", "u-2");
  ids.learn("Groups", "1", "t-1");
  const secret = (): string => "a new password";
  const whole: WireRequest = { method: "GET", path: "/Users", headers: {}, ...request };
  return translateRequest(whole, { ids, baseUrl: "http://target/scim", secret });
}

describe("paths and queries", () => {
  test.each<readonly [path: string, translated: string]>([
    ["/Users/1", "/Users/u-1"],
    ["/Groups/1?excludedAttributes=members", "/Groups/t-1?excludedAttributes=members"],
    ["/Users?filter=userName%20eq%20%221%22", "/Users?filter=userName%20eq%20%221%22"],
    ["/Users?filter=id%20eq%20%222%22", "/Users?filter=id%20eq%20%22u-2%22"],
    ["/Users?filter=id+eq+%222%22&count=1", "/Users?filter=id+eq+%22u-2%22&count=1"],
    [
      "/Groups?filter=members%5Bvalue%20eq%20%222%22%5D",
      `/Groups?filter=${encodeURIComponent('members[value eq "u-2"]')}`,
    ],
    // Entra ID looks for memberships so (Microsoft Learn: Develop and plan provisioning for a SCIM endpoint).
    [
      "/Groups?filter=id%20eq%20%221%22%20and%20members%20eq%20%222%22",
      `/Groups?filter=${encodeURIComponent('id eq "t-1" and members eq "u-2"')}`,
    ],
    ["/Users?filter=emails%5Bvalue%20eq%20%221%22%5D", "/Users?filter=emails%5Bvalue%20eq%20%221%22%5D"],
    ["/Users?startIndex=1&count=2", "/Users?startIndex=1&count=2"],
    ["/Users/%E0%A4%A", "/Users/%25E0%25A4%25A"],
  ])("%s", (path, translated) => {
    expect(translate({ path }).request.path).toBe(translated);
  });
});

describe("bodies", () => {
  const patch = (...Operations: readonly JsonObject[]): JsonObject => ({ Operations });
  test.each<readonly [where: string, path: string, body: JsonObject, translated: JsonObject]>([
    ["id of the resource (RFC 7643 §3.1)", "/Users/1", { id: "1" }, { id: "u-1" }],
    [
      "members",
      "/Groups",
      { members: [{ value: "1" }, { value: "2" }] },
      { members: [{ value: "u-1" }, { value: "u-2" }] },
    ],
    [
      "$ref, absolute and relative (RFC 7643 §2.3.7)",
      "/Groups",
      { members: [{ $ref: "https://old/scim/v2/o/Users/1" }, { $ref: "../Users/2" }] },
      { members: [{ $ref: "http://target/scim/Users/u-1" }, { $ref: "../Users/u-2" }] },
    ],
    [
      "manager (RFC 7643 §4.3)",
      "/Users",
      { [enterprise]: { manager: { value: "2", displayName: "1" } } },
      { [enterprise]: { manager: { value: "u-2", displayName: "1" } } },
    ],
    [
      "manager as Entra ID sends it",
      "/Users",
      { [enterprise]: { manager: "2" } },
      { [enterprise]: { manager: "u-2" } },
    ],
    [
      "PATCH: the value of an operation on members (RFC 7644 §3.5.2)",
      "/Groups/1",
      patch(
        { op: "Add", path: "members", value: [{ value: "1" }] },
        { op: "add", path: "members", value: "2" },
      ),
      patch(
        { op: "Add", path: "members", value: [{ value: "u-1" }] },
        { op: "add", path: "members", value: "u-2" },
      ),
    ],
    [
      "PATCH: the filter in a path",
      "/Groups/1",
      patch({ op: "remove", path: 'members[value eq "1"]' }),
      patch({ op: "remove", path: 'members[value eq "u-1"]' }),
    ],
    [
      "PATCH: a value without a path, with the id as Okta sends it",
      "/Groups/1",
      patch({ op: "replace", value: { id: "1", displayName: "1" } }),
      patch({ op: "replace", value: { id: "t-1", displayName: "1" } }),
    ],
    [
      "PATCH: a manager by its URN",
      "/Users/1",
      patch({ op: "replace", path: `${enterprise}:manager`, value: "2" }),
      patch({ op: "replace", path: `${enterprise}:manager`, value: "u-2" }),
    ],
    [
      "bulk: paths and data (RFC 7644 §3.7)",
      "/Bulk",
      {
        Operations: [
          {
            method: "PATCH",
            path: "/Groups/1",
            data: patch({ op: "add", path: "members", value: [{ value: "bulkId:q" }, { value: "2" }] }),
          },
        ],
      },
      {
        Operations: [
          {
            method: "PATCH",
            path: "/Groups/t-1",
            data: patch({ op: "add", path: "members", value: [{ value: "bulkId:q" }, { value: "u-2" }] }),
          },
        ],
      },
    ],
    [
      "a search (RFC 7644 §3.4.3)",
      "/.search",
      { filter: 'manager.value eq "2"' },
      { filter: 'manager.value eq "u-2"' },
    ],
    [
      "what only reads like an id",
      "/Users",
      { userName: "1", externalId: "2", emails: [{ value: "1" }], name: { givenName: "1" } },
      { userName: "1", externalId: "2", emails: [{ value: "1" }], name: { givenName: "1" } },
    ],
  ])("%s", (_where, path, body, translated) => {
    expect(translate({ method: "POST", path, body }).request.body).toEqual(translated);
  });

  test.each<readonly [where: string, body: JsonObject, translated: JsonObject]>([
    ["taken out of the recording", { password: "[redacted]" }, { password: "a new password" }],
    ["still in it", { password: "s3cret" }, { password: "a new password" }],
    [
      "in a PATCH",
      { Operations: [{ op: "replace", path: "password", value: "s3cret" }] },
      { Operations: [{ op: "replace", path: "password", value: "a new password" }] },
    ],
  ])("a password is never sent on: %s", (_where, body, translated) => {
    expect(translate({ method: "POST", body }).request.body).toEqual(translated);
  });
});

test("ids without a counterpart stay as they are, and are told, but for those that a filter only asks for", () => {
  const body = { members: [{ value: "9" }, { value: "bulkId:q" }], externalId: "8" };
  const { request, unknownIds } = translate({ method: "PUT", path: "/Groups/7", body });
  expect(request).toMatchObject({ path: "/Groups/7", body });
  expect(unknownIds).toEqual([
    { id: "7", kind: "Groups" },
    { id: "9", kind: undefined },
  ]);
  expect(translate({ path: "/Users?filter=id%20eq%20%229%22" }).unknownIds).toEqual([]);
});

test("a filter of a million letters is gone through once", () => {
  const letters = "a".repeat(1_000_000);
  expect(translateFilter(`${letters} and id eq "1"`, () => "2", "Users")).toBe(`${letters} and id eq "2"`);
});
