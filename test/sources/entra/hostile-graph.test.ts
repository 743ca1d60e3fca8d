/** Whatever stands in an answer of Graph, the read ends with a directory or with an error for people. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "../../../src/ground/errors.ts";
import type { JsonValue } from "../../../src/ground/json.ts";
import { assignedGroup, assignedUser, group, logRecord, smallTenant } from "../../support/entra-tenant.ts";
import type { Tenant } from "../../support/graph-tenant.ts";
import { tryToRead } from "../../support/read-tenant.ts";

const tenant = (): Tenant =>
  smallTenant({
    groups: [group("data-platform", ["ada", "group-inner"]), group("inner", ["grace"])],
    assignments: [assignedGroup("data-platform"), assignedUser("paul")],
    log: [logRecord("user-ada", "failure", { errorCode: "EntryConflict" })],
  });

/** The value with one part of it replaced, which `at` picks among all parts; undefined leaves it out. */
function withPart(value: unknown, at: number, part: JsonValue | undefined): unknown {
  let left = at;
  const visit = (one: unknown): unknown => {
    left -= 1;
    if (left < 0 && left > -2) return part;
    if (Array.isArray(one)) return one.map(visit);
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, visit(inner)]));
  };
  return visit(value);
}

const part = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>,
  fc.constantFrom(
    undefined,
    null,
    "",
    0,
    -1,
    true,
    [],
    {},
    [null],
    "0001-01-01T00:00:00Z",
    "__proto__",
    "user-ada",
  ),
);

test("an answer of which one part is something else", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(20), fc.nat(60), part, async (request, at, replaced) => {
      const { outcome } = await tryToRead(
        tenant(),
        {},
        {
          change: (answer, _, index) =>
            index === request ? { ...answer, body: withPart(answer.body, at, replaced) ?? null } : answer,
        },
      );
      const ended = outcome instanceof Error ? outcome instanceof AppError : outcome.directory.users.size > 0;
      expect(ended ? "well" : outcome).toBe("well");
    }),
    { numRuns: 150 },
  );
});
