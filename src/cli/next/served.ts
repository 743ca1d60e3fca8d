/** Where `astro-scim serve` will be, before it is started: what comes next can name it. */

import { entraTenantUrl } from "../../astro/address.ts";
import type { Fixture } from "../../fixture/fixture.ts";

/** The port that `serve` listens on by default. */
export const servePort = 8888;

/** The SCIM base URL. */
export function servedUrl(organization: string): string {
  return `http://127.0.0.1:${servePort}/scim/v2/${organization}`;
}

/** The one that the provider of the fixture is given: Entra ID's flag in it decides the form of PATCH. */
export function servedTenantUrl({ app, organization }: Fixture): string {
  const url = servedUrl(organization);
  return "flag" in app && app.flag ? entraTenantUrl(url) : url;
}

export interface ServedOrganization {
  readonly id: string;
  /** For `--org`; undefined where the fixture names it already. */
  readonly option: string | undefined;
}

/** The organization of a recording, else that of the fixture; without either, one is made up. */
export function servedOrganization(
  recorded: string | undefined,
  fixture: Fixture | undefined,
): ServedOrganization {
  if (recorded !== undefined && recorded !== fixture?.organization) return { id: recorded, option: recorded };
  if (fixture !== undefined) return { id: fixture.organization, option: undefined };
  return { id: "replayed", option: "replayed" };
}
