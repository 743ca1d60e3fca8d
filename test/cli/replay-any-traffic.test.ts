/** Whatever was recorded, a fresh Astro answers the same: for random traffic of a client that uses what it was given. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { harEntry, harFrame } from "../../src/recording/har.ts";
import type { ReceivedExchange } from "../../src/server/log/received.ts";
import { startServer } from "../../src/server/start.ts";
import { exchangeJson } from "../../src/wire/exchange-json.ts";
import { runCommand } from "../support/run-command.ts";
import { scimClient, type ScimClient } from "../support/scim-client.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** What a client knows: the ids that it was given, also of what has been deleted since, and one that nobody has. */
interface Known {
  readonly users: string[];
  readonly teams: string[];
}

type Move = (client: ScimClient, known: Known) => Promise<unknown>;

const absent = "cm2v7q0x4000108l5hk3e9wzt";
const any = fc.nat({ max: 5 });
const pick = (ids: readonly string[], at: number): string => ids[at % (ids.length + 1)] ?? absent;
const name = fc.constantFrom("ada", "grace", "mary", "José", "o'neil");
const encoded = (filter: string): string => `filter=${encodeURIComponent(filter)}`;
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

async function keepId(ids: string[], answer: ReturnType<ScimClient["post"]>): Promise<void> {
  const { status, body } = await answer;
  if (status === 201) ids.push(body.id);
}

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.tuple(name, any).map(
    ([userName, manager]): Move =>
      (client, known) =>
        keepId(
          known.users,
          client.post("/Users", {
            userName: `${userName}@example.com`,
            name: { givenName: userName },
            [enterprise]: { manager: { value: pick(known.users, manager) } },
          }),
        ),
  ),
  fc.tuple(name, any, any).map(([displayName, one, other]): Move => (client, known) => {
    const members = [one, other].map((at) => ({ value: pick(known.users, at) }));
    return keepId(known.teams, client.post("/Groups", { displayName, members }));
  }),
  fc.tuple(fc.constantFrom("add", "remove", "replace"), any, any).map(
    ([op, team, user]): Move =>
      (client, known) =>
        client.patch(`/Groups/${pick(known.teams, team)}`, {
          op,
          path: "members",
          value: [{ value: pick(known.users, user) }],
        }),
  ),
  fc.tuple(any, any).map(
    ([team, user]): Move =>
      (client, known) =>
        client.patch(`/Groups/${pick(known.teams, team)}`, {
          op: "remove",
          path: `members[value eq "${pick(known.users, user)}"]`,
        }),
  ),
  fc.tuple(any, fc.boolean()).map(
    ([user, active]): Move =>
      (client, known) =>
        client.patch(`/Users/${pick(known.users, user)}`, { op: "replace", value: { active } }),
  ),
  fc.tuple(any, name).map(([user, userName]): Move => async (client, known) => {
    const id = pick(known.users, user);
    await client.put(`/Users/${id}`, { id, userName: `${userName}@example.com`, displayName: userName });
  }),
  any.map(
    (at): Move =>
      (client, known) =>
        client.delete(`/Users/${pick(known.users, at)}`),
  ),
  any.map(
    (at): Move =>
      (client, known) =>
        client.delete(`/Groups/${pick(known.teams, at)}`),
  ),
  any.map(
    (at): Move =>
      (client, known) =>
        client.get(`/Users/${pick(known.users, at)}`),
  ),
  any.map(
    (at): Move =>
      (client, known) =>
        client.get(`/Groups/${pick(known.teams, at)}`),
  ),
  any.map(
    (at): Move =>
      (client, known) =>
        client.get(`/Groups?${encoded(`members[value eq "${pick(known.users, at)}"]`)}`),
  ),
  name.map(
    (one): Move =>
      (client) =>
        client.get(`/Users?${encoded(`userName eq "${one}@example.com"`)}`),
  ),
  any.map(
    (count): Move =>
      (client) =>
        client.get(`/Users?startIndex=1&count=${count}`),
  ),
  fc.constant<Move>((client) => client.get("/Groups")),
  fc.constant<Move>((client) => client.get("/Schemas")),
  any.map((at): Move => async (client, known) => {
    const path = `/Users/${pick(known.users, at)}`;
    const { headers } = await client.get(path);
    const condition = { "If-Match": String(headers["etag"] ?? 'W/"none"') };
    await client.send("PUT", path, { body: { userName: "etag@example.com" }, headers: condition });
  }),
  fc.tuple(name, any).map(([displayName, user]): Move => async (client, known) => {
    const { body } = await client.post("/Bulk", {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
      Operations: [
        { method: "POST", path: "/Users", bulkId: "q", data: { userName: `${displayName}@example.org` } },
        {
          method: "POST",
          path: "/Groups",
          bulkId: "g",
          data: { displayName, members: [{ value: "bulkId:q" }, { value: pick(known.users, user) }] },
        },
      ],
    });
    for (const { location = "" } of body.Operations) {
      const [, kind, id] = /(Users|Groups)\/([^/]+)$/.exec(location) ?? [];
      if (id !== undefined) (kind === "Users" ? known.users : known.teams).push(id);
    }
  }),
);

async function readEverything(client: ScimClient): Promise<void> {
  await client.get("/Users");
  await client.get("/Groups");
}

function textOf(form: "har" | "ndjson", exchanges: readonly ReceivedExchange[], origin: string): string {
  if (form === "ndjson") {
    return exchanges.map((one) => `${JSON.stringify({ schemaVersion: 1, ...exchangeJson(one) })}\n`).join("");
  }
  const { head, between, tail } = harFrame({ name: "test", version: "1" });
  return head + exchanges.map((one) => JSON.stringify(harEntry(one, origin + one.url))).join(between) + tail;
}

test.each(["har", "ndjson"] as const)("%s", async (form) => {
  const folder = await tempFolder();
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 5, maxLength: 30 }), async (moves) => {
      const exchanges: ReceivedExchange[] = [];
      const astro = await startServer({ onExchange: (exchange) => exchanges.push(exchange) });
      const client = scimClient(astro);
      const known: Known = { users: [], teams: [] };
      for (const one of moves) await one(client, known);
      for (const userName of ["x", "y", "z"]) await client.user(userName);
      await readEverything(client);
      await astro.close();

      const file = join(folder, `t.${form}`);
      await writeFile(file, textOf(form, exchanges, new URL(astro.url).origin));
      const { status, stdout } = await runCommand(["replay", file]);
      expect(stdout).toContain(": every answer matches the recording.");
      expect(status).toBe(0);
    }),
    { numRuns: 15 },
  );
});
