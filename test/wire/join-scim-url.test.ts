import { describe, expect, test } from "vitest";

import { joinScimUrl } from "../../src/wire/join-scim-url.ts";

describe("joining a request path to a SCIM base URL", () => {
  test.each([
    ["a plain base URL", "https://h/scim/v2/O", "/Users", "https://h/scim/v2/O/Users"],
    [
      "a trailing slash of the base is not doubled",
      "https://h/scim/v2/O/",
      "/Users",
      "https://h/scim/v2/O/Users",
    ],
    [
      "Entra's flag stays in front of the request's query (Microsoft Learn: SCIM known issues)",
      "https://h/scim/v2/O?aadOptscim062020",
      "/Users?filter=userName%20eq%20%22a%22",
      "https://h/scim/v2/O/Users?aadOptscim062020&filter=userName%20eq%20%22a%22",
    ],
    [
      "Entra's flag alone",
      "https://h/scim/v2/O?aadOptscim062020",
      "/Groups/1",
      "https://h/scim/v2/O/Groups/1?aadOptscim062020",
    ],
    [
      "an empty query of the base",
      "https://h/scim/v2/O?",
      "/Users?count=2",
      "https://h/scim/v2/O/Users?count=2",
    ],
    [
      "a question mark inside the request's query",
      "https://h/s",
      "/Users?filter=a%20eq%20%22?%22",
      "https://h/s/Users?filter=a%20eq%20%22?%22",
    ],
    [
      "a path on its own, as the sender joins it",
      "/scim/v2/O?f",
      "/Users?count=2",
      "/scim/v2/O/Users?f&count=2",
    ],
  ])("%s", (_rule, base, path, expected) => {
    expect(joinScimUrl(base, path)).toBe(expected);
  });
});
