/** What is no resource and no query, although its path looks like one. */

import { ScimError, scimErrorBody } from "../../scim/error.ts";
import type { Handler } from "../message.ts";

/**
 * `/Me`: the token that lets a provisioning client in stands for no user, so there is nobody to show
 * (RFC 7644 §3.11: 501 where the alias is not supported).
 */
export const me: Handler = async () => {
  throw new ScimError(
    501,
    "/Me is not supported: the token stands for no user; address users by /Users/{id}",
  );
};

/** `.search` by any other method than POST: it is not the id of a resource (RFC 7644 §3.4.3). */
export const searchIsPosted: Handler = async (_organization, { method }) => {
  const error = new ScimError(405, `${method} is not allowed here; allowed: POST`);
  return { status: error.status, headers: { allow: "POST" }, body: scimErrorBody(error) };
};
