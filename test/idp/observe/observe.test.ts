/** What of an answer a provider does not notice: each row a request that Okta sends, and what a broken server says. */

import { describe, expect, test } from "vitest";

import { observe } from "../../../src/idp/observe/observe.ts";
import type { Deviation } from "../../../src/idp/observe/deviation.ts";
import * as request from "../../../src/idp/okta/requests/requests.ts";
import type { JsonObject } from "../../../src/ground/json.ts";
import { listResponseUrn } from "../../../src/scim/urn.ts";
import type { WireAnswer, WireRequest } from "../../../src/wire/exchange.ts";
import { shapesOf } from "../../support/okta-shapes.ts";
import { json, list, noResponse, scimError, text } from "../../support/conversation.ts";

const bob = "bob@example.com";
const anna = { id: "u1", userName: "anna@example.com" };
const held = { id: "u2", userName: bob, displayName: "Bob", active: true };

function page(counters: JsonObject, ...resources: readonly JsonObject[]): WireAnswer {
  const length = resources.length;
  const all = { totalResults: length, startIndex: 1, itemsPerPage: length, ...counters };
  return json(200, { schemas: [listResponseUrn], ...all, Resources: resources });
}

const shapes = shapesOf("catalog");
const findUser = (userName: string): WireRequest => request.findUser(userName, shapes);
const findGroup = (name: string): WireRequest => request.findGroup(name, shapes);

type Row = readonly [event: string, request: WireRequest, answer: WireAnswer, oddities: readonly Deviation[]];

function check(rows: readonly Row[]): void {
  test.each(rows)("%s", (_event, sent, answer, oddities) => {
    expect(observe(sent, answer)).toEqual(oddities);
  });
}

describe("look-ups (RFC 7644 §3.4.2.2)", () => {
  const asked = bob;
  check([
    ["nobody", findUser(bob), list(), []],
    ["the one who was asked for", findUser(bob), list(held), []],
    ["the same in another case", findUser(bob.toUpperCase()), list(held), []],
    ["not found, as a SCIM error", findUser(bob), scimError(404, "none"), []],
    [
      "somebody else first: whom the provider takes",
      findUser(bob),
      list(anna, held),
      [{ code: "filter-ignored", asked, got: anna.userName, use: "none" }],
    ],
    [
      "somebody else behind",
      findUser(bob),
      list(held, anna),
      [{ code: "others-among-hits", asked, hits: 2, got: anna.userName }],
    ],
    [
      "two of the same name",
      findUser(bob),
      list(held, { ...held, id: "u3" }),
      [{ code: "several-hits", asked, hits: 2 }],
    ],
    [
      "somebody else by an e-mail address",
      { ...findUser(bob), path: `/Users?filter=${encodeURIComponent(`emails.value eq "${bob}"`)}` },
      list({ ...anna, emails: [{ value: "anna@example.com" }] }),
      [{ code: "filter-ignored", asked, got: anna.userName, use: "none" }],
    ],
    [
      "the one with that e-mail address among others",
      {
        ...findUser(bob),
        path: `/Users?filter=${encodeURIComponent(`emails[type eq "work"].value eq "${bob}"`)}`,
      },
      list({ ...held, emails: [{ value: "b@example.com" }, { value: bob }] }),
      [],
    ],
    [
      "another Team",
      findGroup('a " eq b'),
      list({ id: "g1", displayName: "x" }),
      [{ code: "filter-ignored", asked: 'a " eq b', got: "x", use: "none" }],
    ],
  ]);
});

describe("counters and pages (RFC 7644 §3.4.2, §3.4.2.4)", () => {
  check([
    ["a page as asked", request.probeUsers(), page({ totalResults: 9 }, anna, held), []],
    ["an empty list that begins at 0", request.probeUsers(), page({ startIndex: 0 }), []],
    [
      "more than count=2",
      request.probeUsers(),
      page({}, anna, held, { ...held, id: "u3" }),
      [{ code: "count-ignored", asked: 2, got: 3 }],
    ],
    [
      "itemsPerPage echoes count",
      findUser(bob),
      page({ itemsPerPage: 100 }, held),
      [{ code: "counter-is-wrong", counter: "itemsPerPage", said: 100, right: 1 }],
    ],
    [
      "totalResults below what is there",
      findUser(bob),
      page({ totalResults: 0 }, held),
      [{ code: "counter-is-wrong", counter: "totalResults", said: 0, right: 1 }],
    ],
    [
      "startIndex from 0",
      findUser(bob),
      page({ startIndex: 0 }, held),
      [{ code: "counter-is-wrong", counter: "startIndex", said: 0, right: 1 }],
    ],
    [
      "a counter that is a text",
      findUser(bob),
      page({ startIndex: "1" }, held),
      [{ code: "counter-is-text", counter: "startIndex" }],
    ],
    ["a resource without an id", request.probeUsers(), page({}, { userName: bob }), [{ code: "no-id" }]],
  ]);
});

describe("what was sent and what is answered (RFC 7644 §3.3, §3.5.1, §3.5.2)", () => {
  const full = {
    userName: bob,
    name: { givenName: "Bob", familyName: "Ross" },
    emails: [{ primary: true, value: bob }],
    displayName: "Bob",
    externalId: "00u1",
    active: true,
  };
  const stored = { ...full, id: "u2" };
  const put = request.putUser("u2", full);
  const differs = (
    attribute: string,
    sent: string | boolean,
    answered: string | boolean | null,
  ): Deviation => ({
    code: "value-not-stored",
    attribute,
    sent,
    answered,
  });
  check([
    ["stored as sent", put, json(200, stored), []],
    ["no body", put, text(204), []],
    ["an id alone is enough for the provider", request.postUser(full), json(201, { id: "u2" }), []],
    ["userName in lower case", put, json(200, { ...stored, userName: bob.toUpperCase() }), []],
    ["an answer without active", put, json(200, { ...stored, active: undefined as never }), []],
    [
      "still active after a deactivation by PUT",
      request.putUser("u2", { ...full, active: false }),
      json(200, stored),
      [differs("active", false, true)],
    ],
    [
      "still active after a deactivation by PATCH",
      request.patchActive("u2", false),
      json(200, stored),
      [differs("active", false, true)],
    ],
    ["active as a text", put, json(200, { ...stored, active: "true" }), [differs("active", true, "true")]],
    [
      "an attribute that is not there",
      put,
      json(200, { ...stored, externalId: undefined as never }),
      [differs("externalId", "00u1", null)],
    ],
    [
      "a name that is another",
      put,
      json(200, { ...stored, name: { givenName: "Rob" } }),
      [differs("name.givenName", "Bob", "Rob"), differs("name.familyName", "Ross", null)],
    ],
    [
      "an e-mail address that is another",
      put,
      json(200, { ...stored, emails: [{ value: "x@y.z" }] }),
      [differs("emails", bob, "x@y.z")],
    ],
    [
      "a Team that keeps its name",
      request.patchGroupName("g1", "new"),
      json(200, { id: "g1", displayName: "old" }),
      [differs("displayName", "new", "old")],
    ],
    ["another id", put, json(200, { ...stored, id: "u9" }), [{ code: "other-id", asked: "u2", got: "u9" }]],
    ["no id", put, json(200, { ...full }), [{ code: "no-id" }]],
    ["the id in its encoded form", request.getUser("a/b"), json(200, { ...stored, id: "a/b" }), []],
    [
      "a password",
      request.postUser(full),
      json(201, { ...stored, password: "x" }),
      [{ code: "password-returned" }],
    ],
  ]);
});

describe("members (RFC 7644 §3.5.2)", () => {
  const member = (value: string) => ({ value, display: value });
  const group = (...ids: string[]) => json(200, { id: "g1", displayName: "data", members: ids.map(member) });
  const put = request.putGroup("g1", "data", [member("a"), member("b")]);
  const deviation = (missing: string[], extra: string[]): readonly Deviation[] => [
    { code: "members-not-stored", missing, extra },
  ];
  const patch = (...operations: JsonObject[]) => request.patchGroup("g1", operations);
  const remove = { op: "remove", path: 'members[value eq "a"]' };
  const add = { op: "add", path: "members", value: [member("b")] };
  check([
    ["as sent, in another order", put, group("b", "a"), []],
    ["an answer without members", put, json(200, { id: "g1", displayName: "data" }), []],
    ["fewer", put, group("a"), deviation(["b"], [])],
    ["more", put, group("a", "b", "c"), deviation([], ["c"])],
    ["a PATCH that adds and removes", patch(remove, add), group("b", "c"), []],
    ["a PATCH that was ignored", patch(remove, add), group("a", "c"), deviation(["b"], ["a"])],
    ["a replace of all", patch({ ...add, op: "replace" }), group("b"), []],
    ["a replace that adds", patch({ ...add, op: "replace" }), group("a", "b"), deviation([], ["a"])],
    [
      "a PATCH that adds whom it has removed",
      patch(remove, { ...add, value: [member("a")] }),
      group("a"),
      [],
    ],
    ["a removal of all", patch({ op: "remove", path: "members" }), group("a"), deviation([], ["a"])],
    [
      "members in a value without a path",
      patch({ op: "replace", value: { members: [member("b")] } }),
      group("a", "b"),
      deviation([], ["a"]),
    ],
    ["a new name alone", request.patchGroupName("g1", "data"), group("a", "b"), []],
  ]);
});

describe("the form of an answer", () => {
  const html = { "content-type": "text/html" };
  check([
    ["no answer", request.getUser("u2"), noResponse("timeout"), []],
    ["a SCIM error (RFC 7644 §3.12)", request.getUser("u2"), scimError(500, "no"), []],
    ["too many requests, which a gateway says", request.getUser("u2"), text(429, "slow down"), []],
    [
      "an error in plain text",
      request.getUser("u2"),
      text(500, "oops"),
      [{ code: "error-is-no-scim", status: 500, body: 'the text "oops"' }],
    ],
    [
      "an error of another form",
      request.getUser("u2"),
      json(400, { message: "no" }),
      [{ code: "error-is-no-scim", status: 400, body: "JSON" }],
    ],
    [
      "an error that is a web page",
      request.getUser("u2"),
      text(502, "<html>", html),
      [{ code: "error-is-no-scim", status: 502, body: "a web page (text/html)" }],
    ],
    [
      "200 for a creation (RFC 7644 §3.3)",
      request.postUser({}),
      json(200, held),
      [{ code: "created-without-201", status: 200 }],
    ],
    [
      "JSON that says it is a web page",
      request.getUser("u2"),
      json(200, held, html),
      [{ code: "media-type", mediaType: "text/html" }],
    ],
    [
      "text/json, which Okta takes",
      request.getUser("u2"),
      json(200, held, { "content-type": "text/json" }),
      [],
    ],
    ["a deletion", request.deleteGroup("g1"), text(204), []],
  ]);
});
