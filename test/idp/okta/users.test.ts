import { describe, expect, test } from "vitest";

import type { OktaIntegration } from "../../../src/directory/app-settings.ts";
import type { JsonObject } from "../../../src/ground/json.ts";
import { appAttributes } from "../../../src/idp/okta/mapping/app-attributes.ts";
import { assignUser, deactivateUser, pushProfile, type OktaUser } from "../../../src/idp/okta/users/users.ts";
import type { WireAnswer } from "../../../src/wire/exchange.ts";
import { shapesOf } from "../../support/okta-shapes.ts";
import { hold, json, list, noResponse, scimError, text } from "../../support/conversation.ts";

const ada: OktaUser = {
  oktaId: "00uAda",
  displayName: "Ada Lovelace",
  profile: {
    userName: "a@x.io",
    attributes: { givenName: "Ada", familyName: "Lovelace", email: "a@x.io", displayName: "Ada Lovelace" },
  },
};

const lookup = "GET /Users?filter=userName%20eq%20%22a%40x.io%22&startIndex=1&count=100";

const push = { shapes: shapesOf("manual"), before: ada.profile, password: () => "p1ceh0lr" };

function held(active: boolean): JsonObject {
  return { schemas: ["urn:x"], id: "u1", userName: "a@x.io", active, nickName: "Countess" };
}

function assign(
  integration: OktaIntegration,
  answers: readonly WireAnswer[],
  { create = true, update = true } = {},
) {
  const options = { shapes: shapesOf(integration), create, update, password: () => "p1ceh0lr" };
  return hold(assignUser(ada, options), answers);
}

describe("assignment (Okta: Okta and SCIM Version 2.0, create users)", () => {
  const created = [list(), json(201, { id: "u1" })];
  const linked = [list(held(true)), json(200, held(true)), json(200, held(true))];
  test.each<
    [event: string, integration: OktaIntegration, answers: WireAnswer[], lines: string[], did: string]
  >([
    ["no match", "manual", created, [lookup, "POST /Users"], "created"],
    ["no match", "catalog", created, [lookup, "POST /Users"], "created"],
    [
      "404 with a SCIM error is no match",
      "manual",
      [scimError(404, "none"), json(201, { id: "u1" })],
      [lookup, "POST /Users"],
      "created",
    ],
    [
      "200 for a POST is good enough",
      "manual",
      [list(), json(200, { id: "u1" })],
      [lookup, "POST /Users"],
      "created",
    ],
    ["a match", "manual", linked, [lookup, "GET /Users/u1", "PUT /Users/u1"], "linked"],
    ["a match", "catalog", linked, [lookup, "GET /Users/u1", "PUT /Users/u1"], "linked"],
    [
      "a match that is inactive: reactivate, then push the profile",
      "manual",
      [
        list(held(false)),
        json(200, held(false)),
        json(200, held(true)),
        json(200, held(true)),
        json(200, held(true)),
      ],
      [lookup, "GET /Users/u1", "PUT /Users/u1", "GET /Users/u1", "PUT /Users/u1"],
      "reactivated",
    ],
    [
      "a match that is inactive: reactivate, then push the profile",
      "catalog",
      [list(held(false)), text(204), json(200, held(true)), json(200, held(true))],
      [lookup, "PATCH /Users/u1", "GET /Users/u1", "PUT /Users/u1"],
      "reactivated",
    ],
    [
      "several matches: the first",
      "manual",
      [list(held(true), { id: "u2" }), json(200, held(true)), json(200, held(true))],
      [lookup, "GET /Users/u1", "PUT /Users/u1"],
      "linked",
    ],
  ])("%s (%s)", (_event, integration, answers, lines, did) => {
    expect(assign(integration, answers)).toMatchObject({
      lines,
      result: { kind: "assigned", scimId: "u1", did },
    });
  });

  test("with Update User Attributes off, a match is only reactivated", () => {
    expect(assign("catalog", [list(held(true))], { update: false }).lines).toEqual([lookup]);
    expect(assign("catalog", [list(held(false)), text(204)], { update: false }).lines).toEqual([
      lookup,
      "PATCH /Users/u1",
    ]);
  });

  test("the id of the server stands encoded in the path, whatever it is", () => {
    const answers = [list({ id: "a/b?c" }), json(200, {}), json(200, {})];
    expect(assign("catalog", answers).lines).toEqual([
      lookup,
      "GET /Users/a%2Fb%3Fc",
      "PUT /Users/a%2Fb%3Fc",
    ]);
  });

  test("quotes and backslashes of a userName are escaped in the filter (RFC 7644 §3.4.2.2)", () => {
    const user = { ...ada, profile: { ...ada.profile, userName: 'a"\\b' } };
    const options = { shapes: shapesOf("catalog"), create: false, update: true, password: () => "" };
    const [line = ""] = hold(assignUser(user, options), [list()]).lines;
    expect(decodeURIComponent(line)).toContain('userName eq "a\\"\\\\b"&');
  });
});

describe("bodies and headers", () => {
  test("a new user: keys in Okta's order, a placeholder password, emails without a type", () => {
    const { requests } = assign("manual", [list(), json(201, { id: "u1" })]);
    expect(JSON.stringify(requests[1]?.body)).toBe(
      JSON.stringify({
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
        userName: "a@x.io",
        name: { givenName: "Ada", familyName: "Lovelace" },
        emails: [{ primary: true, value: "a@x.io" }],
        displayName: "Ada Lovelace",
        externalId: "00uAda",
        groups: [],
        password: "p1ceh0lr",
        active: true,
      }),
    );
  });

  test("a new user of whom only the userName is known", () => {
    const nobody = { ...ada, profile: { userName: "a@x.io", attributes: {} } };
    const options = { shapes: shapesOf("manual"), create: true, update: true, password: () => "p" };
    const { requests } = hold(assignUser(nobody, options), [list(), json(201, { id: "u1" })]);
    expect(Object.keys(requests[1]?.body ?? {})).toEqual([
      "schemas",
      "userName",
      "externalId",
      "groups",
      "password",
      "active",
    ]);
  });

  test("headers of a read and of a write; Authorization is the sender's", () => {
    const { requests } = assign("manual", [list(), json(201, { id: "u1" })]);
    expect(requests.map(({ headers }) => Object.entries(headers))).toEqual([
      [
        ["Accept", "application/scim+json"],
        ["Accept-Charset", "utf-8"],
        ["User-Agent", "Okta SCIM Client 1.0.0"],
        ["Accept-Encoding", "gzip,deflate"],
      ],
      [
        ["Accept", "application/scim+json"],
        ["Accept-Charset", "utf-8"],
        ["Content-Type", "application/scim+json; charset=utf-8"],
        ["User-Agent", "Okta SCIM Client 1.0.0"],
        ["Accept-Encoding", "gzip,deflate"],
      ],
    ]);
  });

  test("a PUT is what was read with Okta's attributes written over it", () => {
    const current = {
      schemas: ["urn:x"],
      id: "u1",
      userName: "old",
      name: { formatted: "A. L.", givenName: "A." },
      emails: [
        { value: "home@x.io", type: "home" },
        { value: "old@x.io", type: "work", primary: true, display: "old" },
      ],
      profileUrl: "https://x.io/old",
      active: true,
      meta: { version: "v1" },
      groups: [],
    };
    const { requests, result } = hold(pushProfile(ada, "u1", push), [json(200, current), json(200, {})]);
    expect(result).toBeUndefined();
    expect(requests[1]?.body).toEqual({
      schemas: ["urn:x"],
      id: "u1",
      userName: "a@x.io",
      name: { formatted: "A. L.", givenName: "Ada", familyName: "Lovelace" },
      emails: [
        { value: "home@x.io", type: "home" },
        { value: "a@x.io", type: "work", primary: true, display: "old" },
      ],
      displayName: "Ada Lovelace",
      active: true,
      meta: { version: "v1" },
      groups: [],
      externalId: "00uAda",
    });
  });

  test.each<[rule: string, emails: JsonObject[] | undefined, sent: JsonObject[]]>([
    ["none yet", undefined, [{ primary: true, value: "a@x.io" }]],
    [
      "the only one is taken for the primary",
      [{ value: "old@x.io", type: "work" }],
      [{ value: "a@x.io", type: "work", primary: true }],
    ],
    [
      "none of several is primary",
      [{ value: "1" }, { value: "2" }],
      [{ value: "1" }, { value: "2" }, { primary: true, value: "a@x.io" }],
    ],
  ])("e-mail addresses on the server: %s", (_rule, emails, sent) => {
    const current = emails === undefined ? {} : { emails };
    const { requests } = hold(pushProfile(ada, "u1", push), [json(200, current), json(200, {})]);
    expect(requests[1]?.body?.["emails"]).toEqual(sent);
  });

  test("an unset attribute takes away what the server holds (full profile push)", () => {
    const nobody = { ...ada, profile: { userName: "a@x.io", attributes: {} } };
    const current = {
      id: "u1",
      name: { givenName: "A." },
      displayName: "A.",
      profileUrl: "x",
      emails: [{ value: "o", primary: true }],
    };
    const { requests } = hold(pushProfile(nobody, "u1", push), [json(200, current), json(200, {})]);
    expect(requests[1]?.body).toEqual({ id: "u1", userName: "a@x.io", externalId: "00uAda" });
  });

  const other = 'emails[type eq "work"].value';
  const withOther = {
    ...shapesOf("wizard"),
    attributes: appAttributes({ mappings: { [other]: "", title: "" } }),
  };
  const emailOf = ({ profile }: OktaUser, value: string, extra: Record<string, string> = {}): OktaUser => ({
    ...ada,
    profile: { ...profile, attributes: { ...profile.attributes, email: value, ...extra } },
  });

  test.each<[change: string, before: OktaUser, after: OktaUser, value: JsonObject]>([
    [
      "one value of a list: a PATCH without a path replaces the list, so it carries the others",
      emailOf(ada, "a@x.io", { [other]: "old@x.io" }),
      emailOf(ada, "a@x.io", { [other]: "new@x.io" }),
      {
        emails: [
          { primary: true, value: "a@x.io" },
          { value: "new@x.io", type: "work" },
        ],
      },
    ],
    [
      "one value that is gone",
      emailOf(ada, "a@x.io", { [other]: "old@x.io" }),
      emailOf(ada, "a@x.io"),
      { emails: [{ primary: true, value: "a@x.io" }] },
    ],
    ["a value of its own", emailOf(ada, "a@x.io", { title: "CTO" }), emailOf(ada, "a@x.io"), { title: null }],
  ])("attributes beside the documented ones: %s", (_change, { profile: before }, user, value) => {
    const { requests } = hold(pushProfile(user, "u1", { ...push, shapes: withOther, before }), [
      json(200, {}),
    ]);
    expect(requests[0]?.body?.["Operations"]).toEqual([{ op: "replace", value }]);
  });

  test("a profile push leaves active as the server has it; the one of a link says true where PUT activates", () => {
    const pushed = hold(pushProfile(ada, "u1", push), [json(200, held(false)), json(200, {})]);
    expect(pushed.requests[1]?.body).toMatchObject({ active: false });
    const manual = assign("manual", [list(held(true)), json(200, held(false)), json(200, {})]);
    expect(manual.requests[2]?.body).toMatchObject({ active: true, nickName: "Countess" });
    const catalog = assign("catalog", [list(held(true)), json(200, held(false)), json(200, {})]);
    expect(catalog.requests[2]?.body).toMatchObject({ active: false });
  });

  test("members named like prototypes travel back as members", () => {
    const current = JSON.parse('{"id":"u1","__proto__":{"x":1},"constructor":1}');
    const { requests } = hold(pushProfile(ada, "u1", push), [json(200, current), json(200, {})]);
    expect(JSON.stringify(requests[1]?.body)).toContain('"__proto__":{"x":1},"constructor":1');
  });

  test("deactivation: the whole user with active false, or one pathless replace", () => {
    const manual = hold(deactivateUser("u1", shapesOf("manual")), [json(200, held(true)), json(200, {})]);
    expect(manual.lines).toEqual(["GET /Users/u1", "PUT /Users/u1"]);
    expect(manual.requests[1]?.body).toEqual({ ...held(true), active: false });
    const catalog = hold(deactivateUser("u1", shapesOf("catalog")), [text(204)]);
    expect(catalog.lines).toEqual(["PATCH /Users/u1"]);
    expect(catalog.requests[0]?.body).toEqual({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "replace", value: { active: false } }],
    });
  });
});

describe("failures of an assignment", () => {
  const failed = "Automatic provisioning of user a@x.io to app Astro failed:";
  const verifying = `${failed} Error while verifying if user a@x.io exists`;
  const creating = `${failed} Error while creating user Ada Lovelace`;
  const pushing = `${failed} Error while trying to push profile update for a@x.io`;
  const detail = "Errors reported by remote server:";
  const html = "<html><body>Sign in</body></html>";
  const expectedValue = "expected a valid value (number, String, array, object, 'true', 'false' or 'null')";
  test.each<[event: string, answers: WireAnswer[], sentence: string]>([
    ["401 at the look-up", [scimError(401, "bad token")], `${verifying}: Unauthorized. ${detail} bad token`],
    ["403 at the look-up", [scimError(403, "no")], `${verifying}: Forbidden. ${detail} no`],
    ["500 without a body", [text(500)], `${verifying}: Internal Server Error.`],
    [
      "404 that is no SCIM error",
      [text(404, html)],
      `${verifying}: Not Found. ${detail} Invalid JSON: Unexpected character ('<' (code 60)): ${expectedValue}`,
    ],
    [
      "502 of a proxy in plain text",
      [text(502, "error code: 502")],
      `${verifying}: Bad Gateway. ${detail} Invalid JSON: Unrecognized token 'error'`,
    ],
    [
      "HTML with status 200",
      [text(200, html)],
      `${verifying}: Invalid JSON: Unexpected character ('<' (code 60)): ${expectedValue}`,
    ],
    [
      "broken JSON with status 200",
      [text(200, '{"totalResults":')],
      `${verifying}: Invalid JSON: the body cannot be read`,
    ],
    [
      "an empty body with status 200",
      [text(200)],
      `${verifying}: Invalid JSON: No content to map due to end-of-input`,
    ],
    ["a timeout", [noResponse("timeout")], `${verifying}: Read timed out`],
    ["a cut connection", [noResponse("reset")], `${verifying}: Connection reset`],
    [
      "counters that are strings: nothing more is said",
      [json(200, { totalResults: "1", startIndex: 1, itemsPerPage: 1, Resources: [held(true)] })],
      verifying,
    ],
    ["no list at all", [json(200, { kind: "remote-error" })], verifying],
    ["a list that says more than it holds", [json(200, { totalResults: 2 })], verifying],
    ["a match without an id", [list({ userName: "a@x.io" })], verifying],
    ["a match whose id is no name of a resource", [list({ id: ".." })], verifying],
    [
      "409 at creation: no second look",
      [list(), scimError(409, "taken")],
      `Push new user to external application FAILURE: Conflict. ${detail} taken`,
    ],
    ["400 at creation", [list(), scimError(400, "bad")], `${creating}: Bad Request. ${detail} bad`],
    ["2xx and no body at creation", [list(), text(201)], `${creating}: Create new user returned empty user.`],
    [
      "a creation answered with plain text",
      [list(), text(201, "OK")],
      `${creating}: Invalid JSON: Unrecognized token 'OK'`,
    ],
    ["a creation answered without an id", [list(), json(201, {})], creating],
    ["a creation answered with an id that is a number", [list(), json(201, { id: 7 })], creating],
    ["a status without a phrase", [list(), text(599)], `${creating}: HTTP 599.`],
    [
      "reactivation refused",
      [list(held(false)), json(200, held(false)), scimError(501, "no PUT")],
      `${failed} Error while reactivating user a@x.io: Not Implemented. ${detail} no PUT`,
    ],
    [
      "gone before the profile push",
      [list(held(true)), scimError(404, "gone")],
      `${pushing}: Not Found. ${detail} gone`,
    ],
    [
      "profile push refused after reactivation",
      [
        list(held(false)),
        json(200, held(false)),
        json(200, {}),
        json(200, held(true)),
        scimError(400, "bad"),
      ],
      `${pushing}: Bad Request. ${detail} bad`,
    ],
  ])("%s", (_event, answers, sentence) => {
    expect(assign("manual", answers).result).toMatchObject({ kind: "failure", sentence });
  });

  test("no match and Create Users off", () => {
    expect(assign("manual", [list()], { create: false }).result).toMatchObject({
      sentence: `${failed} Matching user not found.`,
      cause: { kind: "not-sent" },
    });
  });

  test.each<[what: string, answer: WireAnswer, cause: object]>([
    ["a status", scimError(401, "no"), { kind: "status", status: 401 }],
    ["no answer", noResponse("refused"), { kind: "no-response", reason: "refused" }],
    ["an answer of no use", text(200, "x"), { kind: "malformed-answer" }],
  ])("tell their cause: %s", (_what, answer, cause) => {
    expect(assign("manual", [answer]).result).toMatchObject({ cause });
  });

  test("what Okta does not say is explained", () => {
    const strings = json(200, { totalResults: "1", startIndex: 1, itemsPerPage: 1 });
    expect(assign("manual", [strings]).result).toMatchObject({
      explanation: '"totalResults" is the string "1"; it must be a number.',
    });
    expect(
      assign("manual", [noResponse("timeout", "astro.test said nothing for 60 s.")]).result,
    ).toMatchObject({
      explanation: "astro.test said nothing for 60 s.",
    });
  });

  test("a long detail is cut", () => {
    const { result } = assign("manual", [scimError(400, "x".repeat(5000))]);
    expect(result.kind === "failure" ? result.sentence.length : 0).toBeLessThan(800);
  });
});

describe("failures of a profile push and of a deactivation", () => {
  const pushing =
    "Automatic profile push of user a@x.io to app Astro failed: Error while trying to push profile update for a@x.io";
  test.each<[event: string, answers: WireAnswer[], sentence: string]>([
    [
      "the account is gone: no look-up, no creation",
      [scimError(404, "x")],
      `${pushing}: No user returned for user u1`,
    ],
    ["the read fails", [text(503)], `${pushing}: Service Unavailable.`],
    [
      "the write fails",
      [json(200, {}), scimError(400, "bad")],
      `${pushing}: Bad Request. Errors reported by remote server: bad`,
    ],
  ])("push: %s", (_event, answers, sentence) => {
    expect(hold(pushProfile(ada, "u1", push), answers).result).toMatchObject({ sentence });
  });

  test.each<[integration: OktaIntegration, answers: WireAnswer[], sentence: string]>([
    [
      "manual",
      [scimError(404, "gone")],
      "Push user deactivation to external application FAILURE: Not Found. Errors reported by remote server: gone",
    ],
    [
      "manual",
      [json(200, {}), text(502)],
      "Push user deactivation to external application FAILURE: Bad Gateway.",
    ],
    ["catalog", [text(501)], "Push user deactivation to external application FAILURE: Not Implemented."],
  ])("deactivation (%s): no other form is tried", (integration, answers, sentence) => {
    expect(hold(deactivateUser("u1", shapesOf(integration)), answers).result).toMatchObject({
      sentence,
    });
  });
});
