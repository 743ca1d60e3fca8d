/** Queries over HTTP find what a naive reading of them finds, whichever index answers, and page by page all of it. */

import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "../../../src/ground/json.ts";
import { printFilter } from "../../support/print-filter.ts";
import { startServer, type AstroServer } from "../../../src/server/start.ts";
import { indexedFilter, user, userFilter } from "../../support/filter-arbitraries.ts";
import { naive } from "../../support/naive-filter.ts";
import { readAll, readAllByCursor, type ReadResource } from "../../support/read-all.ts";
import { scimClient, type ScimClient } from "../../support/scim-client.ts";

let server: AstroServer;
let client: ScimClient;
let users: readonly ReadResource[];

beforeAll(async () => {
  server = await startServer({ behaviour: { cursorPaging: "on" } });
  client = scimClient(server);
  // Those of the few names that filters ask for, and as many others.
  const names = ["a", "AB", "b", "é", "ba"];
  for (const [at, values] of fc.sample(user, 60).entries()) {
    const userName = names[at] ?? `user.${at}`;
    await client.user(userName, { ...values, userName });
  }
  users = await readAll(client, "/Users", 100);
});
afterAll(() => server.close());

function idsOf(resources: readonly JsonObject[]): readonly unknown[] {
  return resources.map(({ id }) => id);
}

test("a filter", async ({ signal }) => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(userFilter, indexedFilter), async (filter) => {
      signal.throwIfAborted();
      const text = encodeURIComponent(printFilter(filter));
      const answer = await client.get(`/Users?count=1000&filter=${text}`);
      const matching = users.filter((one) => naive(filter, one));
      expect(idsOf(answer.body.Resources)).toEqual(idsOf(matching));
      expect(answer.body.totalResults).toBe(matching.length);
      found += matching.length;
    }),
    { numRuns: 1_500 },
  );
  expect(found).toBeGreaterThan(1_000);
});

const paths = [
  "userName",
  "name.givenName",
  "emails",
  "emails.type",
  "active",
  "id",
  "meta.lastModified",
  "manager",
];

test("pages of any size, by index and by cursor, put together", async ({ signal }) => {
  await fc.assert(
    fc.asyncProperty(
      fc.option(userFilter, { nil: undefined }),
      fc.option(fc.constantFrom(...paths), { nil: undefined }),
      fc.constantFrom("ascending", "descending"),
      fc.integer({ min: 1, max: 25 }),
      async (filter, sortBy, sortOrder, count) => {
        signal.throwIfAborted();
        const parameters = new URLSearchParams({
          ...(filter === undefined ? {} : { filter: printFilter(filter) }),
          ...(sortBy === undefined ? {} : { sortBy, sortOrder }),
        });
        const query = parameters.toString();
        const whole = (await client.get(`/Users?count=1000&${query}`)).body
          .Resources as readonly JsonObject[];
        for (const read of [readAll, readAllByCursor]) {
          expect(idsOf(await read(client, `/Users?${query}`, count))).toEqual(idsOf(whole));
        }
      },
    ),
    { numRuns: 60 },
  );
});
