/** What is wrong with a SCIM URL as it is in a console. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { urlFaults } from "../../src/setup/tenant-url.ts";

const scimUrl = "https://api.astronomer.io/scim/v2/cknaqyipv05731evsry6cj4n0";
const entra = { idp: "entra", integration: "manual", scimUrl } as const;
const okta = { idp: "okta", integration: "manual", scimUrl } as const;
const gallery = { idp: "entra", integration: "catalog", scimUrl } as const;

test.each([
  [entra, `${scimUrl}?aadOptscim062020`, []],
  [entra, ` ${scimUrl}?aadOptscim062020 `, []],
  [entra, `${scimUrl}?aadOptscim062020=`, []],
  [entra, scimUrl, ["flag-missing"]],
  [entra, `${scimUrl}?`, ["flag-missing"]],
  [entra, `${scimUrl}?aadOptScim062020`, ["flag-misspelt"]],
  [entra, `${scimUrl}?aadOptscim062020&x=1`, ["flag-misspelt"]],
  [entra, `${scimUrl}/aadOptscim062020`, ["flag-in-path"]],
  [entra, `${scimUrl}&aadOptscim062020`, ["flag-in-path"]],
  [entra, `${scimUrl}%3FaadOptscim062020`, ["flag-encoded"]],
  [entra, `${scimUrl}?aadOptscim062020?aadOptscim062020`, ["flag-doubled"]],
  [entra, `${scimUrl}/?aadOptscim062020`, ["slash-at-end"]],
  [entra, `${scimUrl}/Users?aadOptscim062020`, ["resource-in-path"]],
  [entra, "https://api.astronomer.io/scim/v2/other?aadOptscim062020", ["other-address"]],
  [entra, `${scimUrl}/`, ["flag-missing", "slash-at-end"]],
  [okta, scimUrl, []],
  [okta, `${scimUrl}/`, ["slash-at-end"]],
  [okta, `${scimUrl}?aadOptscim062020`, ["flag-in-okta"]],
  [gallery, scimUrl, []],
  [gallery, `${scimUrl}?aadOptscim062020`, ["flag-in-gallery-app"]],
] as const)("%o: %s", (answers, url, faults) => {
  expect(urlFaults(url, answers)).toEqual(faults);
});

test("any URL but that of the sheet has a fault", () => {
  fc.assert(
    fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string()), (url) => {
      expect(urlFaults(url, entra)).not.toEqual([]);
    }),
  );
});
