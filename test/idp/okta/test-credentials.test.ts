import { describe, expect, test } from "vitest";

import { documentedOktaSettings } from "../../../src/directory/app-settings.ts";
import { testCredentials } from "../../../src/idp/okta/requests/test-credentials.ts";
import type { WireAnswer } from "../../../src/wire/exchange.ts";
import { hold, json, list, noResponse, scimError, text } from "../../support/conversation.ts";

describe("Test Connector Configuration", () => {
  const importing = { ...documentedOktaSettings, importGroups: true };

  test("probes users with count=2; an empty list is fine", () => {
    const { lines, result } = hold(testCredentials(documentedOktaSettings), [list()]);
    expect(lines).toEqual(["GET /Users?startIndex=1&count=2"]);
    expect(result).toBeUndefined();
  });

  test("with Import Groups ticked, probes groups with count=100, too", () => {
    const { lines, result } = hold(testCredentials(importing), [list(), list()]);
    expect(lines).toEqual(["GET /Users?startIndex=1&count=2", "GET /Groups?startIndex=1&count=100"]);
    expect(result).toBeUndefined();
  });

  test.each<[event: string, answers: WireAnswer[], sentence: string]>([
    [
      "a refused token",
      [scimError(401, "bad token")],
      "Error authenticating: Unauthorized. Errors reported by remote server: bad token",
    ],
    [
      "no owner",
      [scimError(403, "no")],
      "Error authenticating: Forbidden. Errors reported by remote server: no",
    ],
    [
      "an unknown organization",
      [scimError(404, "none")],
      "Error authenticating: Not Found. Errors reported by remote server: none",
    ],
    [
      "plain text",
      [text(200, "Welcome")],
      "Error authenticating: Invalid JSON: Unrecognized token 'Welcome'",
    ],
    ["nobody there", [noResponse("refused")], "Error authenticating: Connection refused"],
    ["a name that does not resolve", [noResponse("unresolved")], "Error authenticating: Unknown host"],
    [
      "a certificate that is not trusted",
      [noResponse("tls", "The certificate of astro.test is self-signed.")],
      "Error authenticating: The certificate of astro.test is self-signed.",
    ],
    ["no list", [json(200, {})], "Error authenticating"],
    ["groups that cannot be read", [list(), text(500)], "Error authenticating: Internal Server Error."],
  ])("%s", (_event, answers, sentence) => {
    expect(hold(testCredentials(importing), answers).result).toMatchObject({
      failure: { sentence },
    });
  });
});
