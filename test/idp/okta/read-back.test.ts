/** What Okta reads back from the answers to its writes, and what then becomes of the job. */

import { describe, expect, test } from "vitest";

import type { OktaIntegration } from "../../../src/directory/app-settings.ts";
import type { OktaFidelity } from "../../../src/fidelity/table.ts";
import { assignUser, deactivateUser, pushProfile, type OktaUser } from "../../../src/idp/okta/users/users.ts";
import { pushGroupNow } from "../../../src/idp/okta/groups/groups.ts";
import type { JsonObject } from "../../../src/ground/json.ts";
import type { WireAnswer, WireRequest } from "../../../src/wire/exchange.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { hold, json, list, text } from "../../support/conversation.ts";
import { shapesOf } from "../../support/okta-shapes.ts";
import { outcomes, rehearse } from "../../support/okta-rehearsal.ts";
import { tinyScim } from "../../support/tiny-scim.ts";

const ada: OktaUser = {
  oktaId: "00uAda",
  displayName: "Ada Lovelace",
  profile: { userName: "a@x.io", attributes: { email: "a@x.io" } },
};
const delayed =
  "Automatic provisioning of user a@x.io to app Astro failed: User a@x.io provision to app failed due to delay in " +
  "reactivating remote User. Rescheduling provision job.";
const lookup = "GET /Users?filter=userName%20eq%20%22a%40x.io%22&startIndex=1&count=100";

function held(active?: unknown): JsonObject {
  return { id: "u1", userName: "a@x.io", ...(active === undefined ? {} : { active }) } as JsonObject;
}

function assign(
  integration: OktaIntegration,
  answers: readonly WireAnswer[],
  choice: Partial<OktaFidelity> = { activationAttempts: 1 },
  update = true,
) {
  const options = { shapes: shapesOf(integration, choice), create: true, update, password: () => "p" };
  return hold(assignUser(ada, options), answers);
}

describe("active: false in the answer to the request that activates the account fails the assignment", () => {
  const ok = json(200, held(true));
  const no = json(200, held(false));
  test.each<[what: string, integration: OktaIntegration, answers: WireAnswer[], request: string]>([
    ["POST", "manual", [list(), json(201, held(false))], "POST /Users"],
    ["POST", "catalog", [list(), json(201, held(false))], "POST /Users"],
    ["the PUT that reactivates", "manual", [list(held(false)), no, no], "PUT /Users/u1"],
    ["the PATCH that reactivates", "catalog", [list(held(false)), no], "PATCH /Users/u1"],
    ["the PATCH that reactivates", "wizard", [list(held(false)), no], "PATCH /Users/u1"],
    ["the PUT of the profile, which says active", "manual", [list(held(true)), ok, no], "PUT /Users/u1"],
    ["the text false", "catalog", [list(held(false)), json(200, held("False"))], "PATCH /Users/u1"],
  ])("%s (%s)", (_what, integration, answers, request) => {
    const { result, lines } = assign(integration, answers);
    expect(result).toMatchObject({
      kind: "failure",
      sentence: delayed,
      reason: `the answer to ${request} says active: false`,
    });
    expect(lines.at(-1)).toBe(request);
  });

  test.each<[what: string, integration: OktaIntegration, answers: WireAnswer[]]>([
    ["an answer without active", "manual", [list(held(false)), ok, json(200, held()), ok, json(200, held())]],
    ["an answer without a body", "catalog", [list(held(false)), text(204), ok, text(200)]],
    ["a POST without active", "manual", [list(), json(201, held())]],
    ["active: null", "catalog", [list(held(false)), json(200, held(null)), ok, ok]],
    // A PUT that sends back what was read activates nobody.
    ["the PUT of a profile that is no activation", "catalog", [list(held(true)), ok, no]],
  ])("%s is no failure (%s)", (_what, integration, answers) => {
    expect(assign(integration, answers).result).toMatchObject({ kind: "assigned", scimId: "u1" });
  });

  test("an account that is inactive by the text false is reactivated, too", () => {
    const { lines } = assign("catalog", [list(held("False")), text(204), ok, ok]);
    expect(lines).toContain("PATCH /Users/u1");
  });

  test("a stale active: false that Okta sends itself is not read back", () => {
    const answers = [list(held(false)), no, ok, ok, no];
    const choice = { staleActive: "stale", activationAttempts: 1 } as const;
    expect(assign("manual", answers, choice).result).toMatchObject({ did: "reactivated" });
  });

  test("the job is tried again once, from the look-up on", () => {
    const { lines, result } = assign("catalog", [list(held(false)), no, list(held(false)), no], {});
    expect(lines).toEqual([lookup, "PATCH /Users/u1", lookup, "PATCH /Users/u1"]);
    expect(result).toMatchObject({ sentence: delayed });
  });

  test("a second attempt that the server follows links the account", () => {
    const answers = [list(), json(201, held(false)), list(held(false)), json(200, held(true)), ok, ok];
    expect(assign("catalog", answers, {}).result).toMatchObject({ kind: "assigned", did: "created" });
  });

  test("a deactivation is not read back: the server may say what it likes", () => {
    expect(hold(deactivateUser("u1", shapesOf("catalog")), [json(200, held(true))]).result).toBeUndefined();
  });
});

describe("a server that keeps accounts inactive", () => {
  /** Takes every write and never activates anybody. */
  function keepsInactive() {
    const server = tinyScim({
      intercept: ({ method, path, body }: WireRequest) =>
        method === "PATCH" && path.startsWith("/Users/") && isActivation(body)
          ? json(200, { id: path.slice("/Users/".length), active: false })
          : undefined,
    });
    return server;
  }
  const isActivation = (body: JsonObject | undefined) => JSON.stringify(body).includes('"active":true');
  const email = "ada@example.com";

  test("leaves an open task and no link: the leaver is not deactivated, the group does not get the member", async () => {
    const server = keepsInactive();
    const rehearsal = rehearse(
      aDirectory({ users: [aUser(email)], groups: [aGroup("data", [email])] }),
      server.send,
      { integration: "catalog" },
    );
    await rehearsal.run();
    await rehearsal.act({ kind: "unassign-user", user: email });
    const again = await rehearsal.act({ kind: "assign-user", user: email });
    expect(outcomes(again)).toEqual([`assign ${email}: failed`]);
    expect([...rehearsal.memory.tasks.values()]).toMatchObject([
      { what: "assign", reason: "the answer to PATCH /Users/Users-1 says active: false" },
    ]);
    expect(rehearsal.memory.appUsers.get("00u-ada")).toMatchObject({
      status: "STAGED",
      externalId: undefined,
    });
    expect(server.members("data")).toEqual([]);
    server.forget();
    await rehearsal.act({ kind: "unassign-user", user: email });
    expect(server.lines).toEqual([]);
  });
});

describe("a success whose body is no JSON object fails the write (unreadableBody)", () => {
  const html = text(200, "Welcome");
  const read = json(200, held(true));
  const before = ada.profile;
  const sentence = /Invalid JSON: Unrecognized token 'Welcome'$/;
  const group = { name: "data", members: [] };

  function pushed(integration: OktaIntegration, answers: WireAnswer[], choice: Partial<OktaFidelity> = {}) {
    const shapes = shapesOf(integration, choice);
    return hold(pushProfile(ada, "u1", { shapes, before, password: () => "" }), answers).result;
  }

  function pushedGroup(
    integration: OktaIntegration,
    answers: WireAnswer[],
    choice: Partial<OktaFidelity> = {},
  ) {
    const shapes = shapesOf(integration, choice);
    const options = { shapes, rename: true, withMembers: true, membersPerPatch: 100 };
    return hold(pushGroupNow("g1", group, options), answers).result;
  }

  test("PUT and PATCH of a user and of a group", () => {
    for (const result of [
      pushed("manual", [read, html]),
      pushed("wizard", [html]),
      hold(deactivateUser("u1", shapesOf("catalog")), [html]).result,
      assign("catalog", [list(held(false)), html]).result,
      pushedGroup("manual", [read, html]),
      pushedGroup("catalog", [html]),
    ]) {
      expect(result).toMatchObject({ kind: "failure", sentence: expect.stringMatching(sentence) });
    }
  });

  test("with ignore, the status decides", () => {
    const choice = { unreadableBody: "ignore" } as const;
    expect(pushed("manual", [read, html], choice)).toBeUndefined();
    expect(pushedGroup("catalog", [html, html], choice)).toBeUndefined();
  });

  test("an empty body is none", () => {
    expect(pushed("manual", [read, text(200)])).toBeUndefined();
    expect(pushedGroup("catalog", [text(204), text(204)])).toBeUndefined();
  });
});
