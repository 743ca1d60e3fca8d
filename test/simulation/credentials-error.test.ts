/** What a person reads who points a rehearsal at a server that is none, is elsewhere, or is broken. */

import { describe, expect, test } from "vitest";

import type { FailedProbe } from "../../src/idp/credentials-test.ts";
import { documentedEntraSettings } from "../../src/directory/entra-app-settings.ts";
import { documentedOktaSettings } from "../../src/directory/app-settings.ts";
import { compileGroupMapping, compileUserMapping } from "../../src/idp/entra/mapping/mapping.ts";
import { probe as probeOf } from "../../src/idp/entra/requests/probes.ts";
import { requestShapes } from "../../src/idp/entra/requests/request-shapes.ts";
import { testCredentials } from "../../src/idp/okta/requests/test-credentials.ts";
import { credentialsError } from "../../src/simulation/credentials-error.ts";
import type { WireAnswer } from "../../src/wire/exchange.ts";
import { hold, json, list, noResponse, scimError, text } from "../support/conversation.ts";

const target = "http://127.0.0.1:8080/scim/v2";
const astro = "https://api.astronomer.io/scim/v2/cknaqyipv05731evsry6cj4n0";
const probe = "GET /Users?startIndex=1&count=2";
const html = { "content-type": "text/html; charset=utf-8" };

function errorOf(answer: WireAnswer, at = target) {
  const { result } = hold(testCredentials({ ...documentedOktaSettings, importGroups: true }), [answer]);
  const { code, message, hint } = credentialsError(result as FailedProbe, { target: at, provider: "Okta" });
  return { code, message, hint };
}

describe("the plain cause comes first, Okta's wording second", () => {
  test.each<[event: string, answer: WireAnswer, code: string, cause: string, okta: RegExp]>([
    [
      "a web page",
      text(200, "<html></html>", html),
      "not-scim",
      `${target} is not a SCIM server: ${probe} answered a web page (text/html).`,
      /Invalid JSON: Unexpected character/,
    ],
    [
      "a redirection",
      text(302, "", { location: "https://login.example.com/?token=x" }),
      "not-scim",
      `${target} is not a SCIM server: ${probe} answered 302, a redirect to https://login.example.com.`,
      /Found\.$/,
    ],
    [
      "a redirection on the same host",
      text(302, "", { location: "/login?token=x" }),
      "not-scim",
      `${target} is not a SCIM server: ${probe} answered 302, a redirect to /login.`,
      /Found\.$/,
    ],
    [
      "404 in plain text",
      text(404, "404 page not found\n"),
      "not-scim",
      `${target} is not a SCIM server: ${probe} answered 404 with the text "404 page not found".`,
      /Not Found\. Errors reported by remote server: Invalid JSON/,
    ],
    [
      "500",
      scimError(500, "no database"),
      "source-incomplete",
      `${probe} was answered 500 Internal Server Error: no database.`,
      /Internal Server Error\. Errors reported by remote server: no database$/,
    ],
    [
      "a list that Okta cannot read",
      json(200, { totalResults: "0", Resources: [] }),
      "not-scim",
      `Okta cannot use the answer to ${probe}: "totalResults" is the string "0"; it must be a number.`,
      /Error authenticating$/,
    ],
    [
      "JSON that is no list",
      json(200, []),
      "not-scim",
      `Okta cannot use the answer to ${probe}: the server answered 200 with JSON instead of a JSON object.`,
      /Error authenticating: Invalid JSON/,
    ],
  ])("%s", (_event, answer, code, cause, okta) => {
    const error = errorOf(answer);
    expect(error.code).toBe(code);
    expect(error.message.startsWith(`${cause} Okta would show: Error authenticating`)).toBe(true);
    expect(error.message).toMatch(okta);
  });

  test("the groups' probe is named where that is what failed", () => {
    const { result } = hold(testCredentials({ ...documentedOktaSettings, importGroups: true }), [
      list(),
      text(500),
    ]);
    expect(credentialsError(result as FailedProbe, { target, provider: "Okta" }).message).toContain(
      "GET /Groups?startIndex=1&count=100 was answered 500 Internal Server Error.",
    );
  });
});

test("a connection that is refused is said once", () => {
  const refused = noResponse(
    "refused",
    "No server is listening on 127.0.0.1:8080: the connection was refused.",
  );
  expect(errorOf(refused)).toEqual({
    code: "unreachable",
    message: `${probe}: No server is listening on 127.0.0.1:8080: the connection was refused.`,
    hint: "Check the host and port, and that the server is running.",
  });
});

describe("what to do", () => {
  test("a server that fails has a log; its URL is right", () => {
    expect(errorOf(text(500)).hint).toBe("The server failed: check its log.");
  });

  test.each([401, 403])("%i on Astro: the token of an Organization Owner", (status) => {
    const { code, hint } = errorOf(scimError(status, "no"), astro);
    expect(code).toBe("unauthorized");
    expect(hint).toContain("Organization Owner");
  });

  test.each([401, 403])("%i elsewhere: the token that the server expects", (status) => {
    const { code, hint } = errorOf(scimError(status, "no"));
    expect(code).toBe("unauthorized");
    expect(hint).toContain("the one that your server expects");
    expect(hint).not.toContain("Owner");
  });

  test.each([
    [401, false],
    [403, true],
  ])("%i on Astro: whether the integration may be switched off: %s", (status, expected) => {
    expect(errorOf(scimError(status, "no"), astro).hint?.includes("disabled")).toBe(expected);
    expect(errorOf(scimError(status, "no")).hint).not.toContain("disabled");
  });
});

// pranems/SCIMServer, issue 3: a service of users alone fails the test of the connection.
test("404 to the look-up of a group, after that of a user, is no wrong address", () => {
  const settings = documentedEntraSettings;
  const mappings = { users: compileUserMapping(settings), groups: compileGroupMapping(settings) };
  const shapes = requestShapes(settings, "cycle");
  const { result } = hold(probeOf({ settings, mappings, shapes, randomGuid: () => "guid" }), [
    list(),
    scimError(404, "no such endpoint"),
  ]);
  const { code, message, hint } = credentialsError(result as FailedProbe, { target, provider: "Entra ID" });
  expect(code).toBe("not-scim");
  expect(message).toMatch(
    /^http:\/\/127\.0\.0\.1:8080\/scim\/v2 has users, but no groups: GET \/Groups\?.* answered 404\. Entra ID would show: SystemForCrossDomainIdentityManagementServiceIncompatible: /,
  );
  expect(hint).toMatch(/200 and an empty list/);
});
