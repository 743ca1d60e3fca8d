/** `/organizations`: the organizations of the caller's token, and one of them. */

import type { JsonObject } from "../../ground/json.ts";
import type { OrganizationRow } from "../store/organization-row.ts";
import type { Handler, OrganizationHandler } from "./context.ts";
import { invalidRequest } from "./iam-error.ts";
import { organizationJson } from "./present/organization.ts";
import { pageAnswer } from "./present/page.ts";
import { organizationBody, readBody } from "./requests/bodies.ts";
import { readPage, valuesOf, type ListForm } from "./requests/page-request.ts";

const organizationList: ListForm = {
  sortFields: { name: "name", createdAt: "createdMs", updatedAt: "lastModifiedMs" },
  maxLimit: 1_000,
};

/** What can be asked of an organization, and what all of them are here (present/organization.ts). */
const filters = {
  product: { held: "HOSTED", known: ["HOSTED", "HYBRID"] },
  astronomerProduct: { held: "ASTRO", known: ["ASTRO"] },
  // Those of the description, none of which is the plan that has SCIM.
  productPlan: {
    held: "ENTERPRISE",
    known: ["TRIAL", "BASIC", "STANDARD", "PREMIUM", "BUSINESS_CRITICAL"],
  },
} as const;

/** The answer shows organizations by `present`. */
export function listOrganizations(present: (row: OrganizationRow) => JsonObject = organizationJson): Handler {
  return async ({ organizations, caller }, { query }) => {
    const [first] = organizations;
    if (first === undefined)
      return pageAnswer("organizations", { limit: 20, offset: 0, totalCount: 0, items: [] });
    const page = readPage(query, organizationList, first.behaviour);
    const isListed = Object.entries(filters).every(([field, { held, known }]) =>
      valuesOf(query, field).every((asked) => isHeld(asked, { field, held, known })),
    );
    const rows = isListed ? await Promise.all(organizations.map((one) => one.rows.organization())) : [];
    const sorted = rows.toSorted(comparing(page.order, caller.organizationIds));
    const items = sorted
      .slice(page.offset, page.offset + page.limit)
      .map((row) => JSON.stringify(present(row)));
    return pageAnswer("organizations", { ...page, totalCount: rows.length, items });
  };
}

export function getOrganization(
  present: (row: OrganizationRow) => JsonObject = organizationJson,
): OrganizationHandler {
  return async ({ rows }) => ({ status: 200, body: present(await rows.organization()) });
}

/** Settings of the console that nothing here depends on are accepted, and not kept. */
export const updateOrganization: OrganizationHandler = async ({ operations }, { body }) => {
  const row = await operations.updateOrganization(readBody(organizationBody, body));
  return { status: 200, body: organizationJson(row) };
};

/** @throws IamError 400 for what the description does not know */
function isHeld(
  asked: string,
  {
    field,
    held,
    known,
  }: { readonly field: string; readonly held: string; readonly known: readonly string[] },
): boolean {
  if (asked === held) return true;
  if (known.includes(asked)) return false;
  const message = `${JSON.stringify(asked.slice(0, 100))} is not one of ${known.join(", ")}`;
  throw invalidRequest([{ field, code: "oneof", message }]);
}

/** By default in the order in which the token names them: the astro CLI takes the first. */
function comparing(
  order: ReturnType<typeof readPage>["order"],
  ids: readonly string[],
): (a: OrganizationRow, b: OrganizationRow) => number {
  return (a, b) => {
    for (const { field, descending } of order) {
      const [first, second] =
        field === "name"
          ? [a.name.toLowerCase(), b.name.toLowerCase()]
          : [
              field === "createdMs" ? a.createdMs : a.lastModifiedMs,
              field === "createdMs" ? b.createdMs : b.lastModifiedMs,
            ];
      if (first !== second) return first < second === descending ? 1 : -1;
    }
    return ids.indexOf(a.id) - ids.indexOf(b.id);
  };
}
