/** Which base URLs are the same target to a repair, however they are spelt, and which are not. */

import { describe, expect, test } from "vitest";
import { repairKey } from "../../src/lock/repair-key.ts";

const astro = "https://api.astronomer.io/scim/v2/cknaqyipv05731evsry6cj4n0";
const local = "http://127.0.0.1:8888/scim/v2/ORG";

describe("the same target", () => {
  test.each<readonly [what: string, url: string, other: string]>([
    ["a trailing slash", astro, `${astro}/`],
    ["Entra's flag", astro, `${astro}?aadOptscim062020`],
    ["the case of the host", astro, astro.replace("api.astronomer.io", "API.Astronomer.IO")],
    ["a final dot of the host", astro, astro.replace("astronomer.io", "astronomer.io.")],
    ["the default port", astro, astro.replace("astronomer.io", "astronomer.io:443")],
    ["a percent-encoded letter of the organization", astro, astro.replace("/ckna", "/%63kna")],
    ["a percent-encoded letter before it", astro, astro.replace("scim", "%73cim")],
    ["a slash more", astro, astro.replace("/v2/", "//v2/")],
    ["the case of the organization", astro, astro.toUpperCase().replace("HTTPS", "https")],
    ["localhost", local, local.replace("127.0.0.1", "localhost")],
    ["LOCALHOST, with a final dot", local, local.replace("127.0.0.1", "LOCALHOST.")],
    ["::1", local, local.replace("127.0.0.1", "[::1]")],
    ["127.1", local, local.replace("127.0.0.1", "127.1")],
    ["http and https to one port of loopback", local, local.replace("http:", "https:")],
    ["a gateway's path before Astro's", local, local.replace("/scim", "/gateway/scim")],
    ["a path that is not Astro's, with a slash", "https://h.example/tenant", "https://h.example/tenant/"],
  ])("%s", (_what, url, other) => {
    expect(repairKey(other)).toBe(repairKey(url));
  });
});

describe("another target", () => {
  test.each<readonly [what: string, url: string, other: string]>([
    ["another organization", astro, astro.replace("ckna", "clna")],
    ["another host", astro, astro.replace("astronomer.io", "astronomer-dev.io")],
    ["another port", local, local.replace("8888", "8889")],
    ["another path that is not Astro's", "https://h.example/a", "https://h.example/b"],
    ["an encoding that is none", "https://h.example/%zz", "https://h.example/zz"],
  ])("%s", (_what, url, other) => {
    expect(repairKey(other)).not.toBe(repairKey(url));
  });
});
