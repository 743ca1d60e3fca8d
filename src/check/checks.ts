/** The table of checks, in the order in which they are made. */

import { appRead, appTarget, entraFlagCheck } from "./app/app-read.ts";
import { appErrors, staleErrors } from "./app/errors.ts";
import { appMappings } from "./app/mappings.ts";
import { pushMappings } from "./app/push-mappings.ts";
import { appToggles, provisioningJob } from "./app/toggles.ts";
import type { Check } from "./check.ts";
import { clockSkew, latency, rateLimits } from "./health/health.ts";
import { certificate, connection, dns, tls } from "./reach/network.ts";
import { proxyBetween } from "./reach/proxy.ts";
import { scimEndpoint } from "./reach/scim-endpoint.ts";
import { urlForm } from "./reach/url-form.ts";
import { discovery } from "./scim/discovery.ts";
import { entraProbe } from "./scim/entra-probe.ts";
import {
  filterExternalId,
  filterGroupName,
  filterMember,
  filterUserName,
  userNameCase,
} from "./scim/filters.ts";
import { paging } from "./scim/paging.ts";
import { scimEnabled, tokenAccepted, tokenOwner } from "./token/accepted.ts";
import { tokenExpiry, tokenOrganization, tokenPresent } from "./token/token.ts";

/** They only read. */
export const serverChecks: readonly Check[] = [
  urlForm,
  dns,
  connection,
  tls,
  certificate,
  tokenPresent,
  scimEndpoint,
  proxyBetween,
  tokenOrganization,
  tokenExpiry,
  tokenAccepted,
  tokenOwner,
  scimEnabled,
  discovery,
  paging,
  filterUserName,
  userNameCase,
  filterGroupName,
  filterExternalId,
  filterMember,
  entraProbe,
];

/** Of all requests that were sent before. */
export const healthChecks: readonly Check[] = [clockSkew, rateLimits, latency];

/** Where a live provider is named. They only read. */
export const appChecks: readonly Check[] = [
  appRead,
  appTarget,
  entraFlagCheck,
  appToggles,
  appMappings,
  provisioningJob,
  pushMappings,
  appErrors,
  staleErrors,
];
