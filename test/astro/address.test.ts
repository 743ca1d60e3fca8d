import { describe, expect, test } from "vitest";

import { apiRoot, astroApisOf, withoutEntraFlag } from "../../src/astro/address.ts";

// IBM documents the flag with a value; a Tenant URL may carry more than the flag.
test.each<[tenantUrl: string, without: string]>([
  ["https://h/scim/v2/O?aadOptscim062020", "https://h/scim/v2/O"],
  ["https://h/scim/v2/O?aadOptscim062020=true", "https://h/scim/v2/O"],
  ["https://h/scim/v2/O?tenant=1&aadOptscim062020&x=2", "https://h/scim/v2/O?tenant=1&x=2"],
  ["https://h/scim/v2/O?aadOptscim0620=1", "https://h/scim/v2/O?aadOptscim0620=1"],
  ["https://h/scim/v2/O", "https://h/scim/v2/O"],
])("%s without the flag is %s", (tenantUrl, without) => {
  expect(withoutEntraFlag(tenantUrl)).toBe(without);
});

describe("the root of Astro's APIs under a domain, as the astro CLI finds it", () => {
  test.each([
    ["astronomer.io", "https://api.astronomer.io"],
    ["astronomer-dev.io", "https://api.astronomer-dev.io"],
    ["pr1234.astronomer-dev.io", "https://pr1234.api.astronomer-dev.io"],
    ["localhost", "http://localhost:8888"],
  ])("%s", (domain, root) => {
    expect(apiRoot(domain)).toBe(root);
  });
});

describe("the APIs beside a SCIM base URL", () => {
  test.each([
    ["https://api.astronomer.io/scim/v2/O", { root: "https://api.astronomer.io", organizationId: "O" }],
    ["http://127.0.0.1:8888/scim/v2/O", { root: "http://127.0.0.1:8888", organizationId: "O" }],
    [
      "https://api.astronomer.io/scim/v2/O?aadOptscim062020",
      { root: "https://api.astronomer.io", organizationId: "O" },
    ],
    [
      "https://gateway.example/astro/scim/v2/O",
      { root: "https://gateway.example/astro", organizationId: "O" },
    ],
    ["https://scim.example.com/tenant", undefined],
    ["https://scim.example.com/scim/v2", undefined],
    ["https://scim.example.com/scim/v2/O/extra", undefined],
  ])("%s", (url, apis) => {
    expect(astroApisOf(url)).toEqual(apis);
  });
});
