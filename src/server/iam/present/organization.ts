/** The organization as Astro's own API shows it: in v1, and as the deprecated Platform API did. */

import type { JsonObject } from "../../../ground/json.ts";
import type { OrganizationRow } from "../../store/organization-row.ts";
import { instantText } from "./instant.ts";
import { subjectJson } from "./subject.ts";

/** Astro API reference: Organization. `product` is always there: the astro CLI reads it without looking. */
export function organizationJson(row: OrganizationRow): JsonObject {
  return {
    ...sharedJson(row),
    hasAllowedIpAddressRanges: false,
    allowEnhancedSupportAccess: false,
    isBlockedEnableAiFeatures: false,
    hasAiFeaturesDisabled: false,
    shouldEnforceDedicatedClusters: false,
    productPlans: [
      {
        astronomerProduct: "ASTRO",
        organizationId: row.id,
        productPlanId: row.productPlanId,
        // SCIM is for the Enterprise tier (Astro docs: Set up SCIM provisioning).
        productPlanName: "ENTERPRISE",
      },
    ],
  };
}

/** Platform API v1beta1: Organization. */
export function platformOrganizationJson(row: OrganizationRow): JsonObject {
  return { ...sharedJson(row), supportPlan: "ENTERPRISE" };
}

function sharedJson(row: OrganizationRow): JsonObject {
  const { id, name, billingEmail, isScimEnabled, managedDomains, createdMs, lastModifiedMs } = row;
  const domains = managedDomains.map((domain): JsonObject => ({
    ...domain,
    organizationId: id,
    createdAt: instantText(createdMs),
    updatedAt: instantText(createdMs),
  }));
  return {
    id,
    name,
    ...(billingEmail === undefined ? {} : { billingEmail }),
    isScimEnabled,
    ...(domains.length === 0 ? {} : { managedDomains: domains }),
    product: "HOSTED",
    status: "ACTIVE",
    paymentMethod: "INVOICE",
    createdAt: instantText(createdMs),
    createdBy: subjectJson(row.createdBy),
    updatedAt: instantText(lastModifiedMs),
    updatedBy: subjectJson(row.updatedBy),
  };
}
