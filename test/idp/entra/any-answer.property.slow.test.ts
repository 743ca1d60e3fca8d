import fc from "fast-check";
import { expect, test } from "vitest";

import type { Action } from "../../../src/directory/action.ts";
import { resolveEntraFidelity } from "../../../src/fidelity/resolve.ts";
import type { JsonValue } from "../../../src/ground/json.ts";
import { readEntraMemory, writeEntraMemory } from "../../../src/idp/entra/memory-json.ts";
import type { WireAnswer } from "../../../src/wire/exchange.ts";
import { aDirectory, aGroup, anEntraUser } from "../../support/builders.ts";
import { json, noResponse, text } from "../../support/conversation.ts";
import { rehearseEntra } from "../../support/entra-rehearsal.ts";
import { tinyScim } from "../../support/tiny-scim.ts";

const body: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>,
  fc.record(
    {
      id: fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("u1", "..", "", 7)),
      userName: fc.oneof(fc.string(), fc.constant("ada@example.com")),
      displayName: fc.string(),
      active: fc.constantFrom(true, false, "False", null),
      roles: fc.constantFrom([], "x", [{ value: 1 }]),
      totalResults: fc.constantFrom(0, 1, 2, "1"),
      Resources: fc.constantFrom([], [{ id: "u1" }], [{ id: "u1" }, { id: "u2" }], [null], "x"),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<JsonValue>,
);

const answer: fc.Arbitrary<WireAnswer | undefined> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.integer({ min: 200, max: 599 }), body).map(([status, one]) => json(status, one)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(text(200, "<html>"), text(204), text(429, "", { "retry-after": "5" })),
  },
  { weight: 1, arbitrary: fc.constantFrom(noResponse("timeout"), noResponse("reset"), noResponse("tls")) },
);

/** Names that URLs, filters and logs find hard. */
const name = fc.string({ unit: "binary", minLength: 1, maxLength: 12 });

const rehearsals = fc.record({
  mails: fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
  team: name,
  answers: fc.array(answer, { minLength: 1, maxLength: 40 }),
  entraRateLimit: fc.constantFrom("next-cycle", "retry-after"),
  entraGoneAccount: fc.constantFrom("match-again", "invalid-anchor"),
  entraPatchNotFound: fc.constantFrom("invalid-anchor", "gone"),
  entraMembersReturned: fc.constantFrom("error", "ignored"),
  entraParallelMembers: fc.integer({ min: 1, max: 3 }),
  entraMemberVerb: fc.constantFrom("add", "replace"),
  entraMemberCheck: fc.constantFrom("none", "filter"),
  flag: fc.boolean(),
});

// A property of robustness: what a provider does about nonsense is specified in failures.test.ts.
test("whatever a server answers, to whatever names: every cycle ends, and what it remembers can be read back", async () => {
  await fc.assert(
    fc.asyncProperty(rehearsals, async ({ mails, team, answers, flag, ...switches }) => {
      let asked = 0;
      const server = tinyScim();
      const entra = rehearseEntra(
        aDirectory({
          users: mails.map((mail) => anEntraUser(mail)),
          groups: [aGroup(team, mails)],
          assignedGroups: [team],
        }),
        async (request) => {
          asked += 1;
          const instead = answers[asked % answers.length];
          if (instead !== undefined) return instead;
          try {
            return await server.send(request);
          } catch {
            return text(500);
          }
        },
        { flag, fidelity: resolveEntraFidelity(switches) },
      );
      const [first = ""] = mails;
      const actions: readonly Action[] = [
        { kind: "update-user", user: first, profile: { displayName: "A" } },
        { kind: "block-user", user: first },
        { kind: "provision-user-on-demand", user: first },
        { kind: "remove-member", group: team, user: first },
        { kind: "soft-delete-user", user: first },
        { kind: "delete-group", group: team },
        { kind: "restart-provisioning" },
      ];
      await entra.begin();
      for (const action of actions) {
        await entra.act(action);
        expect(readEntraMemory(JSON.parse(JSON.stringify(writeEntraMemory(entra.memory))))).toEqual(
          entra.memory,
        );
      }
      await entra.elapse(32 * 86_400_000);
      expect(asked).toBeGreaterThan(2);
    }),
    { numRuns: 200 },
  );
});
