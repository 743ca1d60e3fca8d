import { describe, expect, test } from "vitest";

import {
  astroDomain,
  isPublicAstroUrl,
  organizationBaseUrl,
  organizationOf,
  parseBaseUrl,
} from "../../src/target/base-url.ts";

const base = "https://api.astronomer.io/scim/v2/cknaqyipv05731evsry6cj4n0";

describe("a SCIM base URL", () => {
  test.each([
    ["as Astro shows it", base, base],
    ["with a trailing slash", `${base}/`, base],
    ["with several", "https://h.example/scim//", "https://h.example/scim"],
    ["with Entra's flag", `${base}?aadOptscim062020`, `${base}?aadOptscim062020`],
    ["with Entra's flag after a slash", `${base}/?aadOptscim062020`, `${base}?aadOptscim062020`],
    ["with Entra's flag and a value", `${base}?aadOptscim062020=true`, `${base}?aadOptscim062020`],
    ["with Entra's flag as some tools write it", `${base}?aadOptscim062020=`, `${base}?aadOptscim062020`],
    ["with blanks around it", `  ${base}\n`, base],
    ["a local Astro", "http://127.0.0.1:8888/scim/v2/O", "http://127.0.0.1:8888/scim/v2/O"],
    ["localhost", "http://localhost:8888/scim/v2/O", "http://localhost:8888/scim/v2/O"],
    ["IPv6 loopback", "http://[::1]:8888/scim", "http://[::1]:8888/scim"],
    ["loopback, spelt oddly", "http://127.1:8888/scim", "http://127.0.0.1:8888/scim"],
    ["another vendor's server", "https://scim.example.com", "https://scim.example.com"],
    [
      "a path segment that only begins like a resource",
      "https://h.example/UsersApi",
      "https://h.example/UsersApi",
    ],
  ])("%s", (_form, text, expected) => {
    expect(parseBaseUrl(text, "--url")).toBe(expected);
  });

  test.each([
    ["no URL", "astro", "not an http or https URL"],
    ["an organization ID", "cknaqyipv05731evsry6cj4n0", "not an http or https URL"],
    ["nothing", "", "not an http or https URL"],
    ["no scheme", "api.astronomer.io/scim/v2/O", "not an http or https URL"],
    ["no scheme, with a port", "localhost:8888/scim/v2/O", "not an http or https URL"],
    ["another scheme", "ftp://h.example/", "not an http or https URL"],
    ["credentials", "https://user:hunter2@h.example/scim", "contains a user name or a password"],
    ["a user name", "https://user@h.example/scim", "contains a user name or a password"],
    ["a fragment", `${base}#users`, "contains a fragment"],
    ["the path of a resource", `${base}/Users`, "points to a resource"],
    ["the path of one user", `${base}/Users/123`, "points to a resource"],
    ["the path of a resource in other letters", `${base}/groups/`, "points to a resource"],
    ["a discovery endpoint", `${base}/ServiceProviderConfig`, "points to a resource"],
    ["a query", `${base}?count=1`, "has a query other than ?aadOptscim062020"],
    ["a token in the query", `${base}?token=hunter2`, "has a query other than ?aadOptscim062020"],
    ["the flag and more", `${base}?aadOptscim062020&x`, "has a query that resembles Entra's flag"],
    ["the flag in other letters", `${base}?aadOptScim062020`, "has a query that resembles Entra's flag"],
    ["the flag without its last digit", `${base}?aadOptscim06202`, "has a query that resembles Entra's flag"],
    ["the flag as a value", `${base}?x=aadOptscim062020`, "has a query that resembles Entra's flag"],
    ["the flag behind &", `${base}&aadOptscim062020`, "has Entra's flag in its path"],
    ["the flag behind a slash", `${base}/aadOptscim062020`, "has Entra's flag in its path"],
    ["the flag before the end", `${base}/aadOptscim062020/Users`, "has Entra's flag in its path"],
    ["a placeholder", "https://api.astronomer.io/scim/v2/{organizationId}", "still contains a placeholder"],
    [
      "a placeholder in angle brackets",
      "https://api.astronomer.io/scim/v2/<org>",
      "still contains a placeholder",
    ],
    ["the console", "https://cloud.astronomer.io/settings", "points to the Astro console"],
    ["Astro's host alone", "https://api.astronomer.io", "is not a SCIM base URL of Astro"],
    ["another API of Astro's", "https://api.astronomer.io/iam/v1beta1", "is not a SCIM base URL of Astro"],
    ["no organization", "https://api.astronomer.io/scim/v2/", "is not a SCIM base URL of Astro"],
  ])("%s is wrong usage", (_what, text, message) => {
    const attempt = () => parseBaseUrl(text, "--url");
    expect(attempt).toThrow(expect.objectContaining({ code: "usage", hint: expect.any(String) }));
    expect(attempt).toThrow(`The URL of --url ${message.startsWith("not") ? "is " : ""}${message}`);
  });

  test.each(["http://api.astronomer.io/scim/v2/O", "http://10.0.0.5/scim", "http://0.0.0.0:8888/scim"])(
    "%s is refused: the token would be readable on the way",
    (text) => {
      expect(() => parseBaseUrl(text, "--url")).toThrow(expect.objectContaining({ code: "refused" }));
    },
  );
});

describe("an organization ID", () => {
  const named = { source: "--org", localRoot: "http://localhost:8888" };

  test("on the public Astro, or on another domain", () => {
    expect(organizationBaseUrl("clm9", undefined, named)).toBe("https://api.astronomer.io/scim/v2/clm9");
    expect(organizationBaseUrl("clm9", "astronomer-dev.io", named)).toBe(
      "https://api.astronomer-dev.io/scim/v2/clm9",
    );
  });

  test.each(["", "a/b", "../x", "a b", "a?b", "ünï", "x".repeat(65)])("%j is none", (text) => {
    const attempt = () => organizationBaseUrl(text, undefined, named);
    expect(attempt).toThrow(expect.objectContaining({ code: "usage" }));
  });

  test.each([
    [base, "cknaqyipv05731evsry6cj4n0"],
    [`${base}?aadOptscim062020`, "cknaqyipv05731evsry6cj4n0"],
    ["http://127.0.0.1:8888/scim/v2/O", "O"],
    ["https://scim.example.com/tenant", undefined],
  ])("is read back from %s", (url, expected) => {
    expect(organizationOf(url)).toBe(expected);
  });
});

describe("a domain, as the astro CLI takes it (astro-cli, pkg/domainutil)", () => {
  test.each([
    ["astronomer.io", "astronomer.io"],
    ["cloud.astronomer.io", "astronomer.io"],
    ["https://cloud.astronomer.io/", "astronomer.io"],
    ["Astronomer.IO", "astronomer.io"],
  ])("%s", (text, expected) => {
    expect(astroDomain(text, "ASTRO_DOMAIN")).toBe(expected);
  });

  test("localhost is the Astro on this machine", () => {
    expect(astroDomain("localhost", "ASTRO_DOMAIN")).toBe("localhost");
  });

  test.each(["", "evil.example/@x", "a b.io", "user@h.io", "h.io:8443"])("%j is none", (text) => {
    expect(() => astroDomain(text, "ASTRO_DOMAIN")).toThrow(expect.objectContaining({ code: "usage" }));
  });
});

describe("the public Astro", () => {
  test.each([
    [base, true],
    ["https://API.Astronomer.io/scim/v2/O", true],
    ["https://api.astronomer.io./scim/v2/O", true],
    ["https://api.astronomer.io.example.com/scim/v2/O", false],
    ["https://astronomer.io/scim/v2/O", false],
    ["http://127.0.0.1/scim/v2/O", false],
  ])("%s: %s", (url, expected) => {
    expect(isPublicAstroUrl(new URL(url))).toBe(expected);
  });
});
