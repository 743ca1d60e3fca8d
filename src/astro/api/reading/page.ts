/** One page of a list (RFC 7644 §3.4.2), read leniently: counters as strings, `Resources` left out when empty. */

import { z } from "zod";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../ground/json.ts";
import { withUsualNames } from "../attribute-names.ts";
import { notScim, type Asked } from "../judge.ts";

/** What a page says; `startIndex` and `itemsPerPage` are not looked at, for too many servers get them wrong. */
export interface ListPage {
  readonly resources: readonly JsonObject[];
  /** Undefined where the server does not say. */
  readonly totalResults: number | undefined;
  /** It names a next page (RFC 9865 §2), so it is not the last. */
  readonly hasNext: boolean;
}

const counterSchema = z.union([
  z.number().int().nonnegative(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);

const pageSchema = z
  .object({
    totalResults: counterSchema.optional(),
    nextCursor: z.string().optional().catch(undefined),
    Resources: z.array(z.unknown()).nullable().optional(),
  })
  .refine((page) => page.totalResults !== undefined || page.Resources != null);

/**
 * Reads a page from the body of an answer.
 * @throws AppError not-scim where it is not a list of resources.
 */
export function pageFrom(body: JsonValue, asked: Asked): ListPage {
  const page = pageSchema.safeParse(isJsonObject(body) ? withUsualNames(body) : body);
  if (!page.success) throw notScim(asked, "JSON that is not a list of resources");
  const resources = page.data.Resources ?? [];
  if (!resources.every(isJsonObject)) throw notScim(asked, "a list with an entry that is not a resource");
  const { totalResults, nextCursor = "" } = page.data;
  return { resources, totalResults, hasNext: nextCursor !== "" };
}
