/** Cases of the rows on rate limits and the audit log. */

import type { limitAndAuditRows } from "../../../src/astro/behaviour/limits-and-audit.ts";
import { readAuditLog } from "../../support/audit-log.ts";
import { seededWorld } from "../../support/seeded-world.ts";
import { made, userBody, type BehaviourCases } from "../../support/behaviour-case.ts";

/** A moment that lasts: how fast the machine is does not matter. */
const world = seededWorld();

export const limitAndAuditCases: BehaviourCases<typeof limitAndAuditRows> = {
  auditStatusKey: {
    ask: async (client, server) => {
      await made(client.post("/Users", userBody()));
      const { lines } = await readAuditLog(server);
      return Object.entries(lines[0]).find(([, value]) => value === 201)?.[0];
    },
    answers: {
      "response-status": "response status",
      responseStatus: "responseStatus",
      statusCode: "statusCode",
      status: "status",
    },
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
