/** What can be the id of a resource. */

import { z } from "zod";

/**
 * A text that an address can hold: `.` and `..` are steps in a path (RFC 3986 §5.2.4), and half a character cannot be
 * encoded.
 */
export const textIdSchema = z.string().min(1).refine(isTextId, "this id cannot be used in a URL");

/** What `textIdSchema` lets pass. */
export function isTextId(id: unknown): id is string {
  return typeof id === "string" && id !== "" && id !== "." && id !== ".." && !/\p{Surrogate}/u.test(id);
}

/**
 * RFC 7643 §3.1 has a string; some servers answer their database's number. One that JavaScript cannot hold exactly would
 * be read as its neighbour, so it is not an id.
 */
export const idSchema = z.union([
  textIdSchema,
  z.int("the number is too large to be read exactly").transform(String),
]);
