/** Cases of the rows on API tokens. */

import type { tokenRows } from "../../../src/astro/behaviour/tokens.ts";
import { organizationToken } from "../../support/astro-token.ts";
import type { BehaviourCases } from "../../support/behaviour-case.ts";

export const tokenCases: BehaviourCases<typeof tokenRows> = {
  foreignToken: {
    options: { organizationId: "clone", token: organizationToken("clother") },
    ask: async (client) => (await client.get("/Users")).status,
    answers: { forbidden: 403, "not-found": 404 },
  },
};
