/** A member of a Team as servers give it (RFC 7643 §4.2): which id it has, and whether it is a group itself. */

import { z } from "zod";
import { idSchema } from "./id.ts";
import { notScim, type Asked } from "./judge.ts";

export const memberSchema = z.object({
  value: idSchema.optional(),
  $ref: z.string().optional(),
  type: z.string().optional().catch(undefined),
});

export type Member = z.infer<typeof memberSchema>;

/**
 * `value`, or the end of `$ref` where a server gives only that.
 * @throws AppError not-scim where there is neither.
 */
export function memberId({ value, $ref }: Member, asked: Asked): string {
  const id = idSchema.safeParse(value ?? decoded(lastSegment($ref)));
  if (!id.success) throw notScim(asked, "a member without an id");
  return id.data;
}

/** By what the server calls it, or by where it is: its id may be a user's as well. */
export function isNestedGroup({ $ref = "", type = "" }: Member): boolean {
  return type.trim().toLowerCase() === "group" || /(?:^|\/)groups\/[^/]+\/?$/i.test($ref);
}

function lastSegment(address: string | undefined): string | undefined {
  return address?.replace(/\/$/, "").split("/").at(-1);
}

function decoded(segment: string | undefined): string | undefined {
  try {
    return segment === undefined ? undefined : decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
