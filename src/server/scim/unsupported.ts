/** Paths that look like a resource or a query, but are neither. */

import { ScimError } from "../../scim/error.ts";
import { NotAllowed } from "../error-answer.ts";
import type { Handler } from "./organization.ts";

/**
 * `/Me`: the token of a provisioning client does not belong to a user, so there is no user to show
 * (RFC 7644 §3.11: 501 where the alias is not supported).
 */
export const me: Handler = async () => {
  throw new ScimError(
    501,
    "/Me is not supported because the token does not belong to a user; use /Users/{id}",
  );
};

/** `.search` by any other method than POST: it is not the id of a resource (RFC 7644 §3.4.3). */
export const searchIsPosted: Handler = async (_organization, { method }) => {
  throw new NotAllowed(method, ["POST"]);
};
