/**
 * Exchanges kept as JSON: a request body as an RFC prints it or a provider sends it, and what becomes of the
 * resource. One file is one rule; adding a file adds a test.
 */

import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { JsonObject } from "../../src/ground/json.ts";
import { applyEdits } from "../../src/scim/patch/apply.ts";
import { parsePatch } from "../../src/scim/patch/parse.ts";
import { replaceResource } from "../../src/scim/replace.ts";
import type { ResourceType } from "../../src/scim/schema/attribute.ts";
import { groupResourceType } from "../../src/scim/schema/group.ts";
import { userResourceType } from "../../src/scim/schema/user.ts";
import { readResource } from "../../src/scim/value/validate.ts";

const resource = z.record(z.string(), z.json());

const exchangeSchema = z
  .strictObject({
    /** The rule, in words. */
    title: z.string(),
    /** Where it is documented, or was seen. */
    source: z.string(),
    resourceType: z.enum(["User", "Group"]),
    /** The resource as it is held; of a POST there is none. */
    before: resource.exactOptional(),
    request: z.strictObject({ method: z.enum(["POST", "PUT", "PATCH"]), body: z.json() }),
    /** The resource as it is held afterwards; the server gives a new one its `id` and `meta`. */
    after: resource.exactOptional(),
    error: z.strictObject({ status: z.number(), scimType: z.string().exactOptional() }).exactOptional(),
  })
  .refine(({ after, error }) => (after === undefined) !== (error === undefined), "either after or error")
  .refine(
    ({ before, request }) => (before === undefined) === (request.method === "POST"),
    "before, unless POST",
  );

export type Exchange = z.infer<typeof exchangeSchema>;

/** The exchanges in a folder and in those below, with the file of each. */
export function readExchanges(folder: URL): readonly (Exchange & { readonly file: string })[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .toSorted()
    .map((file) => {
      const read = exchangeSchema.safeParse(JSON.parse(readFileSync(new URL(file, folder), "utf8")));
      if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`);
      return { ...read.data, file };
    });
}

/** What the protocol core makes of the request; the resource before is frozen, so that a change of it fails. */
export function resourceAfter({ resourceType, before = {}, request }: Exchange): JsonObject {
  const type = resourceTypes[resourceType];
  const held = deepFreeze(before);
  switch (request.method) {
    case "POST":
      return readResource(type, request.body);
    case "PUT":
      return replaceResource(type, held, readResource(type, request.body));
    case "PATCH":
      return applyEdits(type, held, parsePatch(type, request.body)).resource;
  }
}

export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}

const resourceTypes: Readonly<Record<Exchange["resourceType"], ResourceType>> = {
  User: userResourceType,
  Group: groupResourceType,
};
