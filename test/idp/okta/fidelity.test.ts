/** What each switch of docs/fidelity.md changes of Okta's conversations; where none is named, the default of the integration. */

import { describe, expect, test } from "vitest";
import type { OktaIntegration } from "../../../src/directory/app-settings.ts";
import type { OktaFidelity } from "../../../src/fidelity/table.ts";
import { deleteGroup, pushGroup, pushGroupNow } from "../../../src/idp/okta/groups/groups.ts";
import { testCredentials } from "../../../src/idp/okta/requests/test-credentials.ts";
import { assignUser, deactivateUser, pushProfile, type OktaUser } from "../../../src/idp/okta/users/users.ts";
import type { JsonObject } from "../../../src/ground/json.ts";
import type { WireAnswer, WireRequest } from "../../../src/wire/exchange.ts";
import { hold, json, list, scimError, text, type Held } from "../../support/conversation.ts";
import { shapesOf } from "../../support/okta-shapes.ts";

type Choice = Partial<OktaFidelity>;

const ada: OktaUser = {
  oktaId: "00uAda",
  displayName: "Ada Lovelace",
  profile: { userName: "ada", attributes: { givenName: "Ada", familyName: "Lovelace", email: "a@x.io" } },
};
const ok = json(200, {});

function assign(answers: readonly WireAnswer[], integration: OktaIntegration, choice: Choice = {}) {
  const shapes = shapesOf(integration, choice);
  const options = { shapes, create: true, update: true, password: () => "p1ceh0lr" };
  return hold(assignUser(ada, options), answers);
}

function push(answers: readonly WireAnswer[], integration: OktaIntegration, choice: Choice = {}) {
  const before = {
    userName: "ada",
    attributes: { givenName: "Augusta", displayName: "Ada", email: "a@x.io" },
  };
  const options = { shapes: shapesOf(integration, choice), before, password: () => "p1ceh0lr" };
  return hold(pushProfile(ada, "u1", options), answers);
}

function bodyOf({ requests }: Held<unknown>, index: number): JsonObject | undefined {
  return requests[index]?.body;
}

function operations(requests: readonly WireRequest[]): unknown[] {
  return requests.flatMap(({ body }) => body?.["Operations"] ?? []);
}

describe("the test of the credentials", () => {
  const users = "GET /Users?startIndex=1&count=2";
  const groups = "GET /Groups?startIndex=1&count=100";
  test.each<[Choice, importGroups: boolean, string[]]>([
    [{}, false, [users]],
    [{}, true, [users, groups]],
    [{ groupsProbe: "send" }, false, [users, groups]],
    [{ groupsProbe: "skip" }, true, [users]],
  ])("%o, Import Groups: %s", (choice, importGroups, lines) => {
    const { fidelity } = shapesOf("manual", choice);
    expect(
      hold(
        testCredentials({ importGroups, fidelity }),
        lines.map(() => list()),
      ).lines,
    ).toEqual(lines);
  });
});

describe("looking for an account (Okta: Okta and SCIM Version 2.0)", () => {
  test.each<[OktaIntegration, Choice, filter: string]>([
    ["manual", {}, "userName%20eq%20%22a%40x.io%22"],
    ["catalog", {}, "userName%20eq%20%22ada%22"],
    ["wizard", {}, "userName%20eq%20%22ada%22"],
    ["manual", { lookupValue: "userName" }, "userName%20eq%20%22ada%22"],
    ["catalog", { lookupValue: "email" }, "userName%20eq%20%22a%40x.io%22"],
    ["manual", { lookupAttribute: "email" }, "email%20eq%20%22a%40x.io%22"],
    ["manual", { lookupAttribute: "emails.value" }, "emails.value%20eq%20%22a%40x.io%22"],
    ["manual", { filterSpace: "plus" }, "userName+eq+%22a%40x.io%22"],
  ])("%s %o: %s", (integration, choice, filter) => {
    const { lines } = assign([list(), json(201, { id: "u1" })], integration, choice);
    expect(lines[0]).toBe(`GET /Users?filter=${filter}&startIndex=1&count=100`);
  });

  test("a user whose email is not mapped is looked for by its username", () => {
    const nameless = { ...ada, profile: { userName: "ada", attributes: {} } };
    const options = { shapes: shapesOf("manual"), create: true, update: true, password: () => "" };
    const { lines } = hold(assignUser(nameless, options), [list(), json(201, { id: "u1" })]);
    expect(lines[0]).toContain("%22ada%22");
  });

  test("several matches: the first one, or a failure", () => {
    const several = list({ id: "u1" }, { id: "u2" });
    expect(assign([several, ok, ok], "manual").result).toMatchObject({ scimId: "u1" });
    expect(assign([several], "manual", { severalMatches: "fail" }).result).toMatchObject({
      kind: "failure",
      reason: "the look-up returned 2 resources; at most one is expected",
    });
  });
});

describe("a new account", () => {
  test.each<[Choice, path: string, value: unknown]>([
    [{}, "password", "p1ceh0lr"],
    [{ newUserPassword: "none" }, "password", undefined],
    [{}, "externalId", "00uAda"],
    [{ userExternalId: "none" }, "externalId", undefined],
    [{}, "emails", [{ primary: true, value: "a@x.io" }]],
    [{ emailType: "work" }, "emails", [{ primary: true, value: "a@x.io", type: "work" }]],
    [{}, "displayName", undefined],
    [{ unsetAttributes: "null" }, "displayName", null],
    [{ unsetAttributes: "empty" }, "displayName", ""],
  ])("%o: %s is %o", (choice, attribute, value) => {
    const body = bodyOf(assign([list(), json(201, { id: "u1" })], "manual", choice), 1);
    expect(body?.[attribute]).toEqual(value);
    expect(body !== undefined && Object.hasOwn(body, attribute)).toBe(value !== undefined);
  });
});

describe("a changed profile", () => {
  const byPut = ["GET /Users/u1", "PUT /Users/u1"];
  test.each<[OktaIntegration, Choice, string[]]>([
    ["manual", {}, byPut],
    ["catalog", {}, byPut],
    ["wizard", {}, ["PATCH /Users/u1"]],
    ["catalog", { profileUpdate: "patch" }, ["PATCH /Users/u1"]],
    ["wizard", { profileUpdate: "put" }, byPut],
  ])("%s %o", (integration, choice, lines) => {
    expect(
      push(
        lines.map(() => ok),
        integration,
        choice,
      ),
    ).toMatchObject({ lines, result: undefined });
  });

  test.each<[Choice, value: JsonObject]>([
    [{}, { name: { givenName: "Ada", familyName: "Lovelace" }, displayName: null }],
    [{ unsetAttributes: "empty" }, { name: { givenName: "Ada", familyName: "Lovelace" }, displayName: "" }],
    [
      { profilePatchValue: "whole" },
      {
        userName: "ada",
        name: { givenName: "Ada", familyName: "Lovelace" },
        emails: [{ primary: true, value: "a@x.io" }],
        displayName: null,
        externalId: "00uAda",
      },
    ],
  ])("the PATCH %o holds what changed, or everything", (choice, value) => {
    expect(operations(push([text(204)], "wizard", choice).requests)).toEqual([{ op: "replace", value }]);
  });

  test("a PATCH of an account that is gone is the same failure as a PUT of it", () => {
    const gone = scimError(404, "none");
    expect(push([gone], "wizard").result).toEqual(push([gone], "manual").result);
  });

  test("a PUT may carry a password", () => {
    expect(bodyOf(push([ok, ok], "manual"), 1)).not.toHaveProperty("password");
    expect(bodyOf(push([ok, ok], "manual", { putPassword: "random" }), 1)).toMatchObject({
      password: "p1ceh0lr",
    });
  });
});

describe("an account that was found", () => {
  const cycle = ["GET /Users/u1", "PUT /Users/u1"];
  test.each<[OktaIntegration, active: boolean, Choice, lines: string[]]>([
    ["manual", true, {}, cycle],
    ["manual", false, {}, [...cycle, ...cycle]],
    ["manual", true, { linkCycles: "always" }, [...cycle, ...cycle]],
    ["catalog", false, {}, ["PATCH /Users/u1", ...cycle]],
    ["wizard", true, {}, ["PATCH /Users/u1"]],
    ["wizard", false, {}, ["PATCH /Users/u1", "PATCH /Users/u1"]],
  ])("%s, active: %s, %o", (integration, active, choice, lines) => {
    const answers = [list({ id: "u1", active }), ...lines.map(() => ok)];
    expect(assign(answers, integration, choice).lines.slice(1)).toEqual(lines);
  });

  test.each<[Choice, active: boolean]>([
    [{}, true],
    [{ staleActive: "stale" }, false],
  ])("%o: after a reactivation the profile says active: %s", (choice, active) => {
    const found = assign([list({ id: "u1", active: false }), ok, ok, ok, ok], "manual", choice);
    expect([bodyOf(found, 2), bodyOf(found, 4)]).toMatchObject([{ active: true }, { active }]);
  });
});

describe("a leaver's account", () => {
  test.each<[OktaIntegration, Choice, string[]]>([
    ["manual", {}, ["GET /Users/u1", "PUT /Users/u1"]],
    ["catalog", {}, ["PATCH /Users/u1"]],
    ["wizard", {}, ["PATCH /Users/u1"]],
    ["manual", { leaverAccount: "delete" }, ["DELETE /Users/u1"]],
  ])("%s %o", (integration, choice, lines) => {
    const held = hold(
      deactivateUser("u1", shapesOf(integration, choice)),
      lines.map(() => ok),
    );
    expect(held.lines).toEqual(lines);
  });
});

describe("group push", () => {
  const alan = { value: "u1", display: "a@x.io" };
  const grace = { value: "u2", display: "g@x.io" };
  const team = { name: "Team", members: [alan, grace] };
  const options = (integration: OktaIntegration, choice: Choice = {}, membersPerPatch = 100) => ({
    shapes: shapesOf(integration, choice),
    rename: true,
    withMembers: true,
    membersPerPatch,
  });
  const created = (integration: OktaIntegration, choice: Choice, count: number) =>
    hold(pushGroup(team, options(integration, choice)), [
      list(),
      json(201, { id: "g1" }),
      ...Array(count).fill(ok),
    ]);

  test.each<[OktaIntegration, Choice, count: number, members: number]>([
    ["manual", {}, 2, 2],
    ["catalog", {}, 2, 0],
    ["wizard", {}, 2, 0],
    ["manual", { groupPostMembers: "without" }, 2, 0],
    ["catalog", { groupPostMembers: "with" }, 2, 2],
    ["manual", { groupPostFollowUp: "none" }, 0, 2],
  ])("%s %o: %i requests follow a POST with %i members", (integration, choice, count, members) => {
    const body = bodyOf(created(integration, choice, count), 1);
    expect(body?.["members"]).toHaveLength(members);
  });

  test("a POST with Okta's extension", () => {
    const extension = "urn:okta:custom:group:1.0";
    const body = bodyOf(created("catalog", { groupExtension: "description" }, 2), 1);
    expect(body).toMatchObject({
      schemas: [expect.any(String), extension],
      [extension]: { description: "Team" },
    });
  });

  const held = { id: "g1", displayName: "Team", members: [{ value: "u9" }] };
  test.each<[OktaIntegration, Choice, answers: number, sent: unknown]>([
    ["manual", {}, 2, [{ value: "u9" }, alan, grace]],
    ["manual", { linkedMembers: "replace" }, 2, [alan, grace]],
  ])("%s %o: the PUT to a Team that is linked", (integration, choice, answers, sent) => {
    const all = [list(held), ...Array(answers).fill(json(200, held))];
    expect(bodyOf(hold(pushGroup(team, options(integration, choice)), all), 2)?.["members"]).toEqual(sent);
  });

  test.each<[Choice, op: string]>([
    [{}, "add"],
    [{ linkedMembers: "replace" }, "replace"],
  ])("catalog %o: the PATCH of a Team that is linked", (choice, op) => {
    const { requests } = hold(pushGroup(team, options("catalog", choice)), [list(held), ok, ok]);
    expect(operations(requests)[1]).toMatchObject({ op, path: "members", value: [alan, grace] });
  });

  test.each<[Choice, sent: unknown[]]>([
    [
      {},
      [
        { op: "replace", path: "members", value: [alan] },
        { op: "add", path: "members", value: [grace] },
      ],
    ],
    [{ fullPushSplit: "single" }, [{ op: "replace", path: "members", value: [alan, grace] }]],
    [
      { fullPushForm: "pathless", fullPushSplit: "single" },
      [{ op: "replace", value: { members: [alan, grace], id: "g1", displayName: "Team" } }],
    ],
  ])("Push now of more than one PATCH takes, %o", (choice, sent) => {
    const answers = [ok, ...sent.map(() => ok)];
    const { requests } = hold(pushGroupNow("g1", team, options("catalog", choice, 1)), answers);
    expect(operations(requests).slice(1)).toEqual(sent);
  });

  test("a Team is read before it is patched or deleted, where this Okta verifies it", () => {
    const choice: Choice = { groupVerification: "get" };
    const patched = hold(pushGroupNow("g1", team, options("catalog", choice)), [ok, ok, ok]);
    expect(patched.lines).toEqual(["GET /Groups/g1", "PATCH /Groups/g1", "PATCH /Groups/g1"]);
    const deleted = hold(deleteGroup("g1", "Team", shapesOf("catalog", choice)), [ok, text(204)]);
    expect(deleted.lines).toEqual(["GET /Groups/g1", "DELETE /Groups/g1"]);
    const gone = hold(pushGroupNow("g1", team, options("catalog", choice)), [scimError(404, "none")]);
    expect(gone.result).toMatchObject({ reason: "404 Not Found: none" });
  });

  test.each<[Choice, result: unknown]>([
    [{}, undefined],
    [{ deletedGroupGone: "error" }, expect.objectContaining({ kind: "failure" })],
  ])("%o: a Team to delete that is gone already", (choice, result) => {
    const answers = [scimError(404, "none")];
    expect(hold(deleteGroup("g1", "Team", shapesOf("manual", choice)), answers).result).toEqual(result);
  });
});
