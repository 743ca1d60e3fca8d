import { expect, test } from "vitest";

import { withoutEntraFlag } from "../../src/astro/address.ts";

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
