/** `O/tokens`: the API tokens of an organization: enough to check the one in use. Tokens are not written here. */

import type { JsonObject } from "../../ground/json.ts";
import type { Caller } from "../api/caller.ts";
import type { QueryParameters } from "../api/query.ts";
import type { FieldOrder } from "../store/listing.ts";
import type { Subject } from "../store/subject.ts";
import type { IamContext, IamOrganization, OrganizationHandler } from "./context.ts";
import { IamError, invalidRequest } from "./iam-error.ts";
import { instantText } from "./present/instant.ts";
import { pageAnswer } from "./present/page.ts";
import { subjectJson } from "./present/subject.ts";
import { readPage, valuesOf, type ListForm } from "./requests/page-request.ts";
import { readScopeFilters } from "./requests/scope-filter.ts";

const tokenList: ListForm = {
  sortFields: {
    name: "name",
    description: "description",
    createdAt: "createdMs",
    updatedAt: "lastModifiedMs",
    tokenStartAt: "createdMs",
  },
  maxLimit: 1_000,
};

/** How the deprecated IAM API called `scope`. */
type ScopeName = "scope" | "type";

export function listTokens(scopeName: ScopeName = "scope"): OrganizationHandler {
  return async (organization, { query }, { tokens }) => {
    const page = readPage(query, tokenList, organization.behaviour);
    const scopes = await readScopeFilters(
      query,
      ["workspaceId", "deploymentId", "dagId", "dagTags"],
      organization,
    );
    const kinds = checkedValues(query, "kind", ["STANDARD", "DIRECT_ACCESS"]);
    checkedValues(query, "includeOnlyOrganizationTokens", ["true", "false"]);
    // All tokens here are standard ones of the organization: none has a role in a Workspace or below it.
    const isListed = Object.keys(scopes).length === 0 && !kinds.includes("DIRECT_ACCESS");
    const callers = isListed ? callersOf(organization, tokens) : [];
    const { createdBy } = await organization.rows.organization();
    const items = callers
      .toSorted(comparing(page.order))
      .slice(page.offset, page.offset + page.limit)
      .map((caller) => JSON.stringify(tokenJson(caller, { organization, tokens, scopeName, createdBy })));
    return pageAnswer("tokens", { ...page, totalCount: callers.length, items });
  };
}

export function getToken(scopeName: ScopeName = "scope"): OrganizationHandler {
  return async (organization, { params }, { tokens }) => {
    const { tokenId = "" } = params;
    const caller = callersOf(organization, tokens).find(({ id }) => id === tokenId);
    if (caller === undefined) {
      throw new IamError(404, `API token ${tokenId.slice(0, 100)} not found in this organization`);
    }
    const { createdBy } = await organization.rows.organization();
    return { status: 200, body: tokenJson(caller, { organization, tokens, scopeName, createdBy }) };
  };
}

function callersOf({ id }: IamOrganization, tokens: IamContext["tokens"]): readonly Caller[] {
  return tokens.callers.filter(({ organizationIds }) => organizationIds.includes(id));
}

/** @throws IamError 400 */
function checkedValues(query: QueryParameters, field: string, known: readonly string[]): readonly string[] {
  const values = valuesOf(query, field);
  const wrong = values.find((value) => !known.includes(value));
  if (wrong === undefined) return values;
  const message = `${JSON.stringify(wrong.slice(0, 100))} is not one of ${known.join(", ")}`;
  throw invalidRequest([{ field, code: "oneof", message }]);
}

/** The descriptions are all the same: empty. */
function comparing(order: readonly FieldOrder[]): (a: Caller, b: Caller) => number {
  return (a, b) => {
    for (const { field, descending } of order) {
      const names = a.name < b.name ? -1 : Number(a.name > b.name);
      const starts = a.startAt.getTime() - b.startAt.getTime();
      const difference = field === "name" ? names : field === "description" ? 0 : starts;
      if (difference !== 0) return descending ? -difference : difference;
    }
    return 0;
  };
}

interface Shown {
  readonly organization: IamOrganization;
  readonly tokens: IamContext["tokens"];
  readonly scopeName: ScopeName;
  readonly createdBy: Subject;
}

const msOfDay = 24 * 3600 * 1000;

/** Astro API reference: ApiToken. `shortToken` is made of the id: no part of the token is shown. */
function tokenJson(caller: Caller, { organization, tokens, scopeName, createdBy }: Shown): JsonObject {
  const { id, name, scope, startAt, endAt } = caller;
  const startText = instantText(startAt.getTime());
  const lastUsedAt = tokens.lastUsedAt(id);
  const role = organization.behaviour.tokenRole === "owner" ? "ORGANIZATION_OWNER" : "ORGANIZATION_MEMBER";
  return {
    id,
    name,
    description: "",
    shortToken: id.slice(-8),
    [scopeName]: scope,
    kind: "STANDARD",
    startAt: startText,
    ...(endAt === undefined
      ? {}
      : {
          endAt: instantText(endAt.getTime()),
          expiryPeriodInDays: Math.round((endAt.getTime() - startAt.getTime()) / msOfDay),
        }),
    ...(lastUsedAt === undefined ? {} : { lastUsedAt: instantText(lastUsedAt.getTime()) }),
    createdAt: startText,
    // Older versions of the astro CLI read it without looking.
    createdBy: subjectJson(createdBy),
    updatedAt: startText,
    updatedBy: subjectJson(createdBy),
    roles: [{ entityType: "ORGANIZATION", entityId: organization.id, role }],
  };
}
