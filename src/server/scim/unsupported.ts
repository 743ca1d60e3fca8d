/** What is no resource and no query, although its path looks like one. */

import { ScimError } from "../../scim/error.ts";
import { NotAllowed } from "../api/error-answer.ts";
import type { Handler } from "./organization.ts";

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
  throw new NotAllowed(method, ["POST"]);
};
