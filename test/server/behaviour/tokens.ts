/** Cases of the rows on API tokens. */

import type { tokenRows } from "../../../src/astro/behaviour/tokens.ts";
import { organizationToken } from "../../support/astro-token.ts";
import { seededWorld } from "../../support/seeded-world.ts";
import type { BehaviourCases } from "../../support/behaviour-case.ts";

/** A moment that lasts: how fast the machine is does not matter. */
const world = seededWorld();

export const tokenCases: BehaviourCases<typeof tokenRows> = {
  foreignToken: {
    options: { organizationId: "clone", token: organizationToken("clother") },
    ask: async (client) => (await client.get("/Users")).status,
    answers: { forbidden: 403, "not-found": 404 },
  },
  rateLimits: {
    options: { world },
    ask: async (client) => {
      const answers = [];
      for (let sent = 0; sent < 26; sent += 1) answers.push(await client.get("/Users"));
      const refused = answers.filter(({ status }) => status === 429);
      return [refused.length, refused[0]?.headers["retry-after"]];
    },
    answers: { off: [0, undefined], on: [1, "1"], "on-without-retry-after": [1, undefined] },
  },
  rateLimitedApis: {
    options: { world },
    seed: { users: [], teams: [], behaviour: { rateLimits: "on" } },
    ask: async (client) => {
      const statuses = new Set<number>();
      for (let sent = 0; sent < 26; sent += 1) statuses.add((await client.get("/Users")).status);
      return [...statuses];
    },
    answers: { all: [200, 429], iam: [200] },
  },
};
