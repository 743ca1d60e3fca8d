/** Which attributes a server says that its users have: its /Schemas (RFC 7644 §4, RFC 7643 §7). */

import { z } from "zod";
import { isSuccess, type Send } from "../../../wire/exchange.ts";
import { userSchemaUrn } from "../../../scim/urn.ts";
import type { MappedPath } from "../../mapped-path.ts";
import { schemasRequest } from "../request.ts";

/** Whether the server's schemas have an attribute. */
export type HasAttribute = (path: MappedPath) => boolean;

const name = z.string().transform((text) => text.toLowerCase());

const attributeSchema = z.object({
  name,
  subAttributes: z.array(z.object({ name })).nullish().catch(undefined),
});

const schemasSchema = z.object({
  totalResults: z.coerce.number().optional(),
  Resources: z.array(z.object({ id: name, attributes: z.array(attributeSchema) })),
});

/**
 * Undefined where the server does not tell: it has no /Schemas, gives only a part of them, or leaves out the schema of the
 * very users that it has.
 */
export async function readSchemas(send: Send): Promise<HasAttribute | undefined> {
  const answer = await send(schemasRequest());
  if (!isSuccess(answer)) return undefined;
  const read = schemasSchema.safeParse(answer.json);
  if (!read.success) return undefined;
  const { Resources: schemas, totalResults = schemas.length } = read.data;
  const attributesOf = new Map(schemas.map(({ id, attributes }) => [id, attributes]));
  const core = userSchemaUrn.toLowerCase();
  if (schemas.length < totalResults || (attributesOf.get(core) ?? []).length === 0) return undefined;
  return ({ extension, attribute, subAttribute }) => {
    const attributes = attributesOf.get(extension?.toLowerCase() ?? core) ?? [];
    const found = attributes.find((one) => one.name === attribute.toLowerCase());
    if (found === undefined) return false;
    const { subAttributes } = found;
    // A server that names no parts says nothing of them.
    if (subAttribute === undefined || subAttributes == null || subAttributes.length === 0) return true;
    return subAttributes.some((part) => part.name === subAttribute.toLowerCase());
  };
}
