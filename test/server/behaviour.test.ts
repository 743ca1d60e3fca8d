/** Every row of the behaviour table is a switch: over real HTTP, each of its values gives another answer. */

import { describe, expect, onTestFinished, test } from "vitest";
import { behaviourTable, type BehaviourChoice, type BehaviourName } from "../../src/astro/behaviour/table.ts";
import { startServer } from "../../src/server/start.ts";
import type { BehaviourCase, BehaviourCases } from "../support/behaviour-case.ts";
import { scimClient } from "../support/scim-client.ts";
import { bodyCases } from "./behaviour/bodies.ts";
import { filterCases } from "./behaviour/filters.ts";
import { iamCases, scimModeCases } from "./behaviour/iam.ts";
import { patchCases } from "./behaviour/patch.ts";
import { requestCases } from "./behaviour/requests.ts";
import { teamCases } from "./behaviour/teams.ts";
import { limitAndAuditCases } from "./behaviour/limits-and-audit.ts";
import { userCases } from "./behaviour/users.ts";

// A row without a case does not compile.
const cases: BehaviourCases<typeof behaviourTable> = {
  ...requestCases,
  ...limitAndAuditCases,
  ...bodyCases,
  ...filterCases,
  ...patchCases,
  ...userCases,
  ...teamCases,
  ...iamCases,
  ...scimModeCases,
};

const rows = Object.entries(behaviourTable).map(([name, row]) => {
  const one: BehaviourCase<string> = cases[name as BehaviourName];
  return { name, row, ...one };
});
const values = rows.flatMap((row) =>
  Object.entries(row.answers).map(([value, answer]) => ({ ...row, value, answer })),
);

async function told(
  choice: BehaviourChoice,
  { seed, otherSeed, options, ask }: BehaviourCase<string>,
): Promise<unknown> {
  const token = "a token";
  const server = await startServer({
    token,
    ...options,
    ...choice,
    ...(seed === undefined ? {} : { seed }),
    ...(otherSeed === undefined ? {} : { organizations: [{ token, seed: otherSeed }] }),
  });
  onTestFinished(() => server.close());
  return ask(scimClient(server), server);
}

test.each(values)("$name=$value", async ({ name, value, answer, ...one }) => {
  // As a command line has it: digits are text.
  expect(await told({ behaviour: { [name]: value } }, one)).toEqual(answer);
});

test.each(rows)("$name: no two values are answered alike, and none is left out", ({ row, answers }) => {
  const texts = Object.values(answers).map((answer) => JSON.stringify(answer));
  expect(new Set(texts).size).toBe(texts.length);
  // Of the numbers, the largest one stands for all that are not written down.
  const written = row.kind === "choice" ? Object.keys(row.values) : [String(row.most)];
  expect(written.filter((value) => !Object.hasOwn(answers, value))).toEqual([]);
});

describe("strict", () => {
  test.each(rows.filter(({ row }) => row.kind === "choice"))(
    "$name: as its strict value, whatever the others say",
    async ({ row, ...one }) => {
      expect(await told({ strict: true }, one)).toEqual(one.answers[String(row.strict)]);
    },
  );
});
