/** Bulk: many operations in one request (RFC 7644 §3.7). */

import { readBulkRequest } from "../../../scim/bulk/request.ts";
import { bulkResponseUrn } from "../../../scim/urn.ts";
import type { Handler } from "../organization.ts";
import { runBulk } from "./run.ts";

/** Okta and Entra send none; the number is that of the RFC's example, and announced. */
export const maxBulkOperations = 1_000;

export const bulk: Handler = async (organization, request) => {
  const operations = readBulkRequest(request.body, maxBulkOperations, organization.behaviour);
  const results = await runBulk(operations, organization, request);
  const operationsDone = results.map(({ body }) => body);
  const [detail] = results.filter(({ isError }) => !isError).flatMap((one) => one.detail || []);
  return {
    status: 200,
    body: { schemas: [bulkResponseUrn], Operations: operationsDone },
    ...(detail === undefined ? {} : { detail }),
  };
};
