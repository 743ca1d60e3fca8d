import { describe, expect, test } from "vitest";

import type { OktaIntegration } from "../../../src/directory/app-settings.ts";
import type { JsonObject } from "../../../src/ground/json.ts";
import { deleteGroup, pushGroup, pushGroupNow, updateGroup } from "../../../src/idp/okta/groups/groups.ts";
import type { WireAnswer } from "../../../src/wire/exchange.ts";
import { shapesOf } from "../../support/okta-shapes.ts";
import { hold, json, list, noResponse, scimError, text } from "../../support/conversation.ts";

const ada = { value: "u1", display: "a@x.io" };
const grace = { value: "u2", display: "g@x.io" };
const alan = { value: "u3", display: "t@x.io" };
const group = { name: "Team", members: [ada, grace] };
const lookup = "GET /Groups?filter=displayName%20eq%20%22Team%22&startIndex=1&count=100";
const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const ok = json(200, { id: "g1", displayName: "Team" });

function options(integration: OktaIntegration, { rename = true, membersPerPatch = 100 } = {}) {
  return { shapes: shapesOf(integration), rename, withMembers: true, membersPerPatch };
}

function operations(requests: readonly { readonly body?: JsonObject }[]): unknown[] {
  return requests.map(({ body }) => body?.["Operations"]).filter((one) => one !== undefined);
}

describe("a new push mapping (Okta: Group Push)", () => {
  test.each<
    [event: string, integration: OktaIntegration, answers: WireAnswer[], lines: string[], did: string]
  >([
    [
      "no Team of that name",
      "manual",
      [list(), ok, ok, ok],
      [lookup, "POST /Groups", "GET /Groups/g1", "PUT /Groups/g1"],
      "created",
    ],
    [
      "no Team of that name",
      "catalog",
      [list(), ok, ok, text(204)],
      [lookup, "POST /Groups", "PATCH /Groups/g1", "PATCH /Groups/g1"],
      "created",
    ],
    [
      "404 with a SCIM error is no match",
      "catalog",
      [scimError(404, "none"), ok, ok, ok],
      [lookup, "POST /Groups", "PATCH /Groups/g1", "PATCH /Groups/g1"],
      "created",
    ],
    [
      "a Team of that name",
      "manual",
      [list({ id: "g1" }), ok, ok],
      [lookup, "GET /Groups/g1", "PUT /Groups/g1"],
      "linked",
    ],
    [
      "a Team of that name",
      "catalog",
      [list({ id: "g1" }), ok, ok],
      [lookup, "PATCH /Groups/g1", "PATCH /Groups/g1"],
      "linked",
    ],
  ])("%s (%s)", (_event, integration, answers, lines, did) => {
    expect(hold(pushGroup(group, options(integration)), answers)).toMatchObject({
      lines,
      result: { scimId: "g1", did, failure: undefined },
    });
  });

  test("the POST carries the members of a wizard app, none of a catalog app", () => {
    const manual = hold(pushGroup(group, options("manual")), [list(), ok, ok, ok]);
    const schemas = ["urn:ietf:params:scim:schemas:core:2.0:Group"];
    expect(manual.requests[1]?.body).toEqual({ schemas, displayName: "Team", members: [ada, grace] });
    const catalog = hold(pushGroup(group, options("catalog")), [list(), ok, ok, ok]);
    expect(catalog.requests[1]?.body).toEqual({ schemas, displayName: "Team", members: [] });
  });

  test("a catalog app pushes no members of an empty group, be it just made or linked (OIN test plan C9315)", () => {
    const empty = { name: "Team", members: [] };
    expect(hold(pushGroup(empty, options("catalog")), [list(), ok]).lines).toEqual([lookup, "POST /Groups"]);
    const linked = hold(pushGroup(empty, options("catalog")), [list({ id: "g1" }), ok]);
    expect(operations(linked.requests)).toEqual([
      [{ op: "replace", value: { id: "g1", displayName: "Team" } }],
    ]);
  });
});

describe("Push now", () => {
  test("a catalog app: the name, then a replace of all members", () => {
    const { requests } = hold(pushGroupNow("g1", group, options("catalog")), [ok, text(204)]);
    expect(requests[0]?.body).toEqual({
      schemas: [patchOp],
      Operations: [{ op: "replace", value: { id: "g1", displayName: "Team" } }],
    });
    expect(requests[1]?.body).toEqual({
      schemas: [patchOp],
      Operations: [{ op: "replace", path: "members", value: [ada, grace] }],
    });
  });

  test("a wizard app: reads the Team, then puts the complete list", () => {
    const current = json(200, { id: "g1", displayName: "Team", members: [alan], meta: { version: "1" } });
    const { lines, requests } = hold(pushGroupNow("g1", group, options("manual")), [current, ok]);
    expect(lines).toEqual(["GET /Groups/g1", "PUT /Groups/g1"]);
    expect(JSON.stringify(requests[1]?.body)).toBe(
      JSON.stringify({
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
        id: "g1",
        displayName: "Team",
        members: [ada, grace],
      }),
    );
  });

  test("more members than go in one PATCH: a replace with the first, adds with the rest", () => {
    const three = { name: "Team", members: [ada, grace, alan] };
    const { requests } = hold(pushGroupNow("g1", three, options("catalog", { membersPerPatch: 2 })), [
      ok,
      ok,
      ok,
    ]);
    expect(operations(requests).slice(1)).toEqual([
      [{ op: "replace", path: "members", value: [ada, grace] }],
      [{ op: "add", path: "members", value: [alan] }],
    ]);
  });

  test("with Rename app groups off the Team keeps its name", () => {
    const catalog = hold(pushGroupNow("g1", group, options("catalog", { rename: false })), [ok]);
    expect(operations(catalog.requests)).toEqual([[{ op: "replace", path: "members", value: [ada, grace] }]]);
    const manual = hold(pushGroupNow("g1", group, options("manual", { rename: false })), [
      json(200, { displayName: "Old" }),
      ok,
    ]);
    expect(manual.requests[1]?.body).toMatchObject({ displayName: "Old" });
  });
});

describe("changes", () => {
  const delta = { added: [alan], removed: ["u1", 'u"2'] };

  test("a catalog app: the name, then one remove for each that left, one add for all that came", () => {
    const { requests } = hold(updateGroup("g1", "Team", delta, options("catalog")), [ok, ok]);
    expect(operations(requests)).toEqual([
      [{ op: "replace", value: { id: "g1", displayName: "Team" } }],
      [
        { op: "remove", path: 'members[value eq "u1"]' },
        { op: "remove", path: 'members[value eq "u\\"2"]' },
        { op: "add", path: "members", value: [alan] },
      ],
    ]);
  });

  test("a catalog app: no more changes in one PATCH than it was published with", () => {
    const { requests } = hold(updateGroup("g1", "Team", delta, options("catalog", { membersPerPatch: 2 })), [
      ok,
      ok,
      ok,
    ]);
    expect(operations(requests).slice(1)).toEqual([
      [
        { op: "remove", path: 'members[value eq "u1"]' },
        { op: "remove", path: 'members[value eq "u\\"2"]' },
      ],
      [{ op: "add", path: "members", value: [alan] }],
    ]);
  });

  test("a catalog app: a new name alone is one PATCH", () => {
    const { lines } = hold(updateGroup("g1", "New", { added: [], removed: [] }, options("catalog")), [ok]);
    expect(lines).toEqual(["PATCH /Groups/g1"]);
  });

  test.each<[rule: string, members: unknown, sent: unknown[]]>([
    [
      "who left is taken out, who came is put in",
      [
        { value: "u1", display: "a@x.io" },
        { value: "u9", type: "User", $ref: "x", display: "z" },
      ],
      [{ value: "u9", display: "z" }, alan],
    ],
    [
      "a display of null comes back as null",
      [{ value: "u9", display: null }],
      [{ value: "u9", display: null }, alan],
    ],
    ["a display that was not given is not sent", [{ value: "u9" }], [{ value: "u9" }, alan]],
    [
      "who is there already is not put in twice",
      [{ value: "u3", display: "other" }],
      [{ value: "u3", display: "other" }],
    ],
    ["a server that gives no members loses them", undefined, [alan]],
    ["members that are null", null, [alan]],
    ["what is no member", ["u9", 1, null], [alan]],
  ])("a wizard app merges into what it read: %s", (_rule, members, sent) => {
    const current = json(200, JSON.parse(JSON.stringify({ displayName: "Team", members })));
    const { requests } = hold(updateGroup("g1", "Team", delta, options("manual")), [current, ok]);
    expect(requests[1]?.body?.["members"]).toEqual(sent);
  });
});

describe("unlinking with deletion", () => {
  test("DELETE has a Content-Type and no body", () => {
    const { requests, result } = hold(deleteGroup("g1", "Team", shapesOf("catalog")), [text(204)]);
    expect(result).toBeUndefined();
    expect(requests[0]).toMatchObject({ method: "DELETE", path: "/Groups/g1" });
    expect(requests[0]?.headers["Content-Type"]).toBe("application/scim+json; charset=utf-8");
    expect(requests[0]).not.toHaveProperty("body");
  });

  test("a Team that is gone already is done", () => {
    expect(
      hold(deleteGroup("g1", "Team", shapesOf("catalog")), [scimError(404, "gone")]).result,
    ).toBeUndefined();
  });

  test("any other refusal is a failure", () => {
    expect(hold(deleteGroup("g1", "Team", shapesOf("catalog")), [scimError(403, "no")]).result).toMatchObject(
      {
        sentence:
          "Unable to delete Group Push mapping target App group Team: Error while deleting user group Team: Forbidden. Errors reported by remote server: no",
      },
    );
  });
});

describe("failures of a push put the mapping in error", () => {
  const unable = "Unable to update Group Push mapping target App group Team:";
  const missing =
    "Linked group is missing in Astro. Change the linked group to resume pushing group memberships.";
  test.each<
    [
      event: string,
      integration: OktaIntegration,
      answers: WireAnswer[],
      scimId: string | undefined,
      sentence: string,
    ]
  >([
    [
      "look-up refused",
      "manual",
      [scimError(401, "x")],
      undefined,
      `${unable} Error while searching for group Team: Unauthorized. Errors reported by remote server: x`,
    ],
    [
      "409: no second look",
      "manual",
      [list(), scimError(409, "taken")],
      undefined,
      `${unable} Error while creating user group Team: Conflict. Errors reported by remote server: taken`,
    ],
    [
      "a creation without a body",
      "manual",
      [list(), text(201)],
      undefined,
      `${unable} Error while creating user group Team`,
    ],
    [
      "a creation that takes too long",
      "manual",
      [list(), noResponse("timeout")],
      undefined,
      `${unable} Error while creating user group Team: Read timed out`,
    ],
    [
      "members refused after creation",
      "catalog",
      [list(), ok, ok, scimError(400, "bad")],
      "g1",
      `${unable} Error while updating user group membership for group Team: Bad Request. Errors reported by remote server: bad`,
    ],
    [
      "the name refused",
      "catalog",
      [list({ id: "g1" }), text(500)],
      "g1",
      `${unable} Error while updating user group Team: Internal Server Error.`,
    ],
    [
      "the read refused",
      "manual",
      [list({ id: "g1" }), text(500)],
      "g1",
      `${unable} Error while trying to get the group Team with the externalId g1: Internal Server Error.`,
    ],
    [
      "the write refused",
      "manual",
      [list({ id: "g1" }), ok, text(501)],
      "g1",
      `${unable} Error while updating user group membership for group Team: Not Implemented.`,
    ],
    ["the linked Team is gone", "manual", [list({ id: "g1" }), scimError(404, "gone")], "g1", missing],
    ["the linked Team is gone", "catalog", [list({ id: "g1" }), scimError(404, "gone")], "g1", missing],
  ])("%s (%s)", (_event, integration, answers, scimId, sentence) => {
    expect(hold(pushGroup(group, options(integration)), answers).result).toMatchObject({
      scimId,
      failure: { sentence },
    });
  });
});
