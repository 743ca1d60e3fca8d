/** The few words in which a failure is told beside Okta's own sentence. */

import { describe, expect, test } from "vitest";

import { readCreated, readLookup } from "../../../src/idp/okta/requests/answers.ts";
import { failureOf, remoteError } from "../../../src/idp/okta/requests/remote-error.ts";
import type { WireAnswer } from "../../../src/wire/exchange.ts";
import { json, list, noResponse, scimError, text } from "../../support/conversation.ts";

const html = { "content-type": "text/html" };

describe("the reason of a refusal", () => {
  test.each<[reason: string, answer: WireAnswer]>([
    ["409 Conflict: userName is taken", scimError(409, "userName is taken.")],
    ["500 Internal Server Error", text(500)],
    ['500 Internal Server Error: the text "oops"', text(500, "oops\n")],
    ["502 Bad Gateway: a web page (text/html)", text(502, "<html></html>", html)],
    ["400 Bad Request", json(400, { message: "no detail" })],
    ["HTTP 599", text(599)],
    ["astro.test did not answer", noResponse("timeout")],
  ])("%s", (reason, answer) => {
    expect(remoteError(answer).reason).toBe(reason);
  });
});

describe("the reason where Okta can make nothing of a success", () => {
  test.each<[reason: string, answer: WireAnswer]>([
    ["the answer to POST /Users has no id", json(201, { userName: "a" })],
    ["the answer to POST /Users has no id", json(201, { id: 7 })],
    ["the answer to POST /Users has an id that cannot be used in a URL", json(201, { id: ".." })],
    [
      "the server answered 201 with a web page (text/html) instead of a JSON object",
      text(201, "<html></html>", html),
    ],
  ])("a creation: %s", (reason, answer) => {
    expect(readCreated(answer, "POST /Users")).toMatchObject({ kind: "remote-error", reason });
  });

  test("a look-up: the first resource that was found has no id", () => {
    const reason = "the first resource that was found has no id";
    expect(readLookup(list({ userName: "a" }))).toMatchObject({ reason });
  });
});

test("a failure has Okta's sentence, the reason without it, and the explanation", () => {
  expect(failureOf("Error authenticating", remoteError(scimError(401, "bad token")))).toEqual({
    kind: "failure",
    sentence: "Error authenticating: Unauthorized. Errors reported by remote server: bad token",
    reason: "401 Unauthorized: bad token",
    explanation: undefined,
    cause: { kind: "status", status: 401 },
  });
});
