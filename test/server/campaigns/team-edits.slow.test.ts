/** A PATCH of a Team, which the store carries out on its own sets, ends where the same PATCH of a plain resource ends. */

import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "../../../src/ground/json.ts";
import { ScimError, scimErrorBody } from "../../../src/scim/error.ts";
import { applyEdits } from "../../../src/scim/patch/apply.ts";
import { parsePatch } from "../../../src/scim/patch/parse.ts";
import { groupResourceType } from "../../../src/scim/schema/group.ts";
import { startServer, type AstroServer } from "../../../src/server/start.ts";
import { scimClient, type ScimClient } from "../../support/scim-client.ts";

const names = ["ada", "bob", "Cy", "dee", "eve"];
let server: AstroServer;
let client: ScimClient;
let ids: readonly string[];

beforeAll(async () => {
  server = await startServer();
  client = scimClient(server);
  const made: string[] = [];
  for (const name of names) made.push(await client.user(name));
  ids = made;
});
afterAll(() => server.close());

/** Users by their numbers, because their ids are made when the test runs. */
const number = fc.nat({ max: 4 });
const numbers = fc.array(number, { maxLength: 4 });

type IdOf = (number: number) => string;
type Write = (id: IdOf) => object;
const write = (make: Write): Write => make;
const text = (make: (id: IdOf) => string): ((id: IdOf) => string) => make;

const filter = fc.oneof(
  number.map((at) => text((id) => `value eq "${id(at)}"`)),
  fc.tuple(number, number).map(([a, b]) => text((id) => `value eq "${id(a)}" or value eq "${id(b)}"`)),
  fc
    .tuple(number, fc.constantFrom("ne", "ge", "lt"))
    .map(([at, operator]) => text((id) => `value ${operator} "${id(at)}"`)),
  number.map((at) => text((id) => `$ref ew "/Users/${id(at)}"`)),
  fc
    .constantFrom(
      'display sw "c"',
      'not (display co "b")',
      "display pr",
      'type eq "User"',
      "type eq null",
      "$ref pr",
    )
    .map((plain) => text(() => plain)),
);

const operation = fc.oneof(
  fc
    .tuple(fc.constantFrom("add", "replace"), numbers)
    .map(([op, some]) =>
      write((id) => ({ op, path: "members", value: some.map((at) => ({ value: id(at) })) })),
    ),
  numbers.map((some) => write((id) => ({ op: "Remove", path: "members", value: some.map(id) }))),
  numbers.map((some) => write((id) => ({ op: "add", value: { members: some.map(id) } }))),
  filter.map((chosen) => write((id) => ({ op: "remove", path: `members[${chosen(id)}]` }))),
  fc.constant(write(() => ({ op: "remove", path: "members" }))),
  fc.constantFrom("x", "Y", "").map((value) => write(() => ({ op: "replace", path: "externalId", value }))),
);

test("whatever is added, replaced and removed, by value and by filter", async ({ signal }) => {
  const id: IdOf = (at) => ids[at]!;
  let count = 0;
  await fc.assert(
    fc.asyncProperty(numbers, fc.array(operation, { maxLength: 5 }), async (members, writes) => {
      signal.throwIfAborted();
      const team = await client.team(`data ${(count += 1)}`, ...members.map(id));
      const held = (await client.get(`/Groups/${team}`)).body as JsonObject;
      const operations = writes.map((make) => make(id));
      const answer = await client.patch(`/Groups/${team}?attributes=members,externalId`, ...operations);
      expect(told(answer.body)).toEqual(told(patchedPlainly(held, operations)));
    }),
    { numRuns: 600 },
  );
});

/** The plain resource after the PATCH, or the body of the refusal. */
function patchedPlainly(held: JsonObject, operations: readonly object[]): JsonObject {
  try {
    return operations.reduce((before: JsonObject, one) => described(patchedOnce(before, one)), held);
  } catch (error) {
    if (error instanceof ScimError) return scimErrorBody(error);
    throw error;
  }
}

function patchedOnce(before: JsonObject, one: object): JsonObject {
  return applyEdits(groupResourceType, before, parsePatch(groupResourceType, { Operations: [one] })).resource;
}

/** With what the server adds to a member: the next operation may ask for it. */
function described({ members = [], ...team }: JsonObject): JsonObject {
  const values = (members as readonly { readonly value: string }[]).map(({ value }) => ({
    value,
    $ref: `${server.url}/Users/${value}`,
    display: names[ids.indexOf(value)]!,
    type: "User",
  }));
  return values.length === 0 ? team : { ...team, members: values };
}

/** What both tell: members in no order, for which came first is nobody's to ask; of a refusal its kind. */
function told({ members, externalId, status, scimType }: JsonObject): object {
  const values = ((members ?? []) as readonly JsonObject[]).map(({ value }) => value);
  return { externalId, members: new Set(values), status, scimType };
}
