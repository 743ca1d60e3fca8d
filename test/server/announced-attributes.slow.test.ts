/**
 * What /Schemas announces holds (RFC 7643 §7): every attribute of every schema, and every part of it, can be written,
 * read, filtered, sorted by, chosen, patched and removed as its characteristics say. The rows are made of the answer.
 */

import { afterAll, describe, expect, test } from "vitest";
import { startServer } from "../../src/server/start.ts";
import { scimClient, type Answer } from "../support/scim-client.ts";

interface Announced {
  readonly name: string;
  readonly type:
    | "string"
    | "boolean"
    | "decimal"
    | "integer"
    | "dateTime"
    | "reference"
    | "binary"
    | "complex";
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly caseExact?: boolean;
  readonly mutability: "readOnly" | "readWrite" | "immutable" | "writeOnly";
  readonly returned: "always" | "never" | "default" | "request";
  readonly uniqueness: "none" | "server" | "global";
  readonly canonicalValues?: readonly string[];
  readonly subAttributes?: readonly Announced[];
}

interface AnnouncedType {
  readonly name: "User" | "Group";
  readonly endpoint: string;
  readonly schema: string;
  readonly schemaExtensions: readonly { readonly schema: string }[];
}

/** An attribute, or a part of one, where a client writes it. */
interface Place {
  readonly type: AnnouncedType;
  /** Undefined for the core schema. */
  readonly urn: string | undefined;
  readonly attribute: Announced;
  readonly sub: Announced | undefined;
}

const server = await startServer();
const client = scimClient(server);
afterAll(() => server.close());

const types = (await client.get("/ResourceTypes")).body.Resources as readonly AnnouncedType[];
const schemas = (await client.get("/Schemas")).body.Resources as readonly {
  readonly id: string;
  readonly attributes: readonly Announced[];
}[];
const friend = await client.user("friend@example.com");

const places: readonly Place[] = types.flatMap((type) =>
  [type.schema, ...type.schemaExtensions.map(({ schema }) => schema)].flatMap((id) => {
    const urn = id === type.schema ? undefined : id;
    const attributes = schemas.find((schema) => schema.id === id)!.attributes;
    return attributes.flatMap((attribute) => [
      { type, urn, attribute, sub: undefined },
      ...(attribute.subAttributes ?? []).map((sub) => ({ type, urn, attribute, sub })),
    ]);
  }),
);

const rows = (choose: (place: Place) => boolean): [string, Place][] =>
  places.filter(choose).map((place) => [`${place.type.name} ${pathOf(place)}`, place]);

function pathOf({ urn, attribute, sub }: Place): string {
  return `${urn === undefined ? "" : `${urn}:`}${attribute.name}${sub === undefined ? "" : `.${sub.name}`}`;
}

const isMembers = ({ attribute }: Place): boolean => attribute.name === "members";
const leafOf = ({ attribute, sub }: Place): Announced => sub ?? attribute;
const isReadOnly = (place: Place): boolean =>
  place.attribute.mutability === "readOnly" || place.sub?.mutability === "readOnly";
const isWriteOnly = ({ attribute }: Place): boolean => attribute.mutability === "writeOnly";
/** What a client may set, and set again. */
const isWritable = (place: Place): boolean =>
  !isReadOnly(place) && !isWriteOnly(place) && !(isMembers(place) && place.sub !== undefined);

let counter = 0;

/** Another value each time; of a member, the only user there is. */
function sample(attribute: Announced, within?: Announced): unknown {
  counter += 1;
  if (attribute.type === "complex") {
    const parts = attribute.subAttributes!.filter((sub) => sub.mutability !== "readOnly");
    const value = Object.fromEntries(parts.map((sub) => [sub.name, sample(sub, attribute)]));
    return attribute.multiValued ? [value] : value;
  }
  if (within?.name === "members")
    return attribute.name === "value" ? friend : (attribute.canonicalValues ?? [friend])[0];
  const single = sampleOf[attribute.type](counter);
  return attribute.multiValued ? [single] : single;
}

const sampleOf: Readonly<Record<Exclude<Announced["type"], "complex">, (index: number) => unknown>> = {
  string: (index) => `Sample-${index}`,
  reference: (index) => `https://example.com/Sample/${index}`,
  binary: (index) => Buffer.from(`Sample-${index}`).toString("base64"),
  boolean: () => true,
  integer: (index) => index,
  decimal: (index) => index + 0.5,
  dateTime: (index) => new Date(index * 1_000).toISOString(),
};

/** A body with what is required, and the attribute of this place with it. */
function bodyWith(place: Place, value: unknown): Record<string, unknown> {
  const { type, urn, attribute } = place;
  counter += 1;
  const required =
    type.name === "User"
      ? { userName: `sample-${counter}@example.com` }
      : { displayName: `sample-${counter}` };
  const own = { [attribute.name]: value };
  if (urn === undefined) return { schemas: [type.schema], ...required, ...own };
  return { schemas: [type.schema, urn], ...required, [urn]: own };
}

async function create(place: Place, value: unknown): Promise<string> {
  const answer = await client.post(place.type.endpoint, bodyWith(place, value));
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body.id as string;
}

async function read({ type }: Place, id: string, query = ""): Promise<Record<string, unknown>> {
  return (await client.get(`${type.endpoint}/${id}${query}`)).body as Record<string, unknown>;
}

/** What a resource has at a place: of several values that of the first. */
function valueAt({ urn, attribute, sub }: Place, resource: Record<string, unknown>): unknown {
  const holder = (urn === undefined ? resource : (resource[urn] ?? {})) as Record<string, unknown>;
  const value = holder[attribute.name];
  if (sub === undefined) return value;
  const one = (Array.isArray(value) ? value[0] : value) as Record<string, unknown> | undefined;
  return one?.[sub.name];
}

async function found(place: Place, filter: string, more = ""): Promise<readonly string[]> {
  const answer = await client.get(`${place.type.endpoint}?filter=${encodeURIComponent(filter)}${more}`);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body.Resources.map(({ id }: { id: string }) => id);
}

function patch({ type }: Place, id: string, operation: object): Promise<Answer> {
  return client.patch(`${type.endpoint}/${id}`, operation);
}

/** Why a request was refused; undefined where it was not. */
const complaint = ({ status, text }: Answer): string | undefined => (status < 300 ? undefined : text);
const refusal = ({ status, body }: Answer): unknown[] => [status, body.scimType];
const quoted = (value: unknown): string => JSON.stringify(value);

test("there are rows for every resource type, and the enterprise extension", () => {
  expect(new Set(places.map(({ type }) => type.name))).toEqual(new Set(["User", "Group"]));
  expect(places.filter(({ urn }) => urn !== undefined).length).toBeGreaterThan(5);
  expect(places.length).toBeGreaterThan(70);
});

describe("what can be written", () => {
  test.each(rows(isWritable))("%s is kept by a POST and shown by a GET", async (_name, place) => {
    const value = sample(place.attribute);
    const id = await create(place, value);
    const kept = await read(place, id);
    // The server tells where a member is and what it is called, whatever a client says.
    const $ref = `${server.url}/Users/${friend}`;
    const member = [{ value: friend, $ref, display: "friend@example.com", type: "User" }];
    const sent = valueAt(place, bodyWith(place, value));
    expect(valueAt(place, kept)).toEqual(isMembers(place) ? member : sent);
  });

  // A PUT that does not say so switches no account on or off.
  const canBeLeftOut = (place: Place): boolean =>
    !place.attribute.required && place.attribute.name !== "active";
  test.each(rows((place) => isWritable(place) && canBeLeftOut(place)))(
    "%s is gone with a PUT that does not have it",
    async (_name, place) => {
      const id = await create(place, sample(place.attribute));
      const answer = await client.put(`${place.type.endpoint}/${id}`, bodyWith(place, undefined));
      expect(complaint(answer)).toBeUndefined();
      // A Team that is read by its id shows that it is empty.
      expect(valueAt(place, await read(place, id))).toEqual(isMembers(place) ? [] : undefined);
    },
  );

  test.each(rows((place) => isWritable(place) && !isMembers(place)))(
    "%s is set, set again, and removed by a PATCH",
    async (_name, place) => {
      const id = await create(place, sample(place.attribute));
      const path = pathOf(place);
      for (const op of ["add", "replace"]) {
        const value = place.sub === undefined ? sample(place.attribute) : sample(place.sub);
        const answer = await patch(place, id, { op, path, value });
        expect(complaint(answer)).toBeUndefined();
        expect(lastOf(valueAt(place, await read(place, id)))).toEqual(lastOf(value));
      }
      const removal = await patch(place, id, { op: "remove", path });
      const { required } = leafOf(place);
      expect(refusal(removal)).toEqual(required ? [400, "mutability"] : [removal.status, undefined]);
      expect(valueAt(place, await read(place, id)) === undefined).toBe(!required);
    },
  );

  const isPartOfValues = (place: Place): boolean =>
    isWritable(place) && !isMembers(place) && place.attribute.multiValued && place.sub !== undefined;
  test.each(rows(isPartOfValues))("%s of the value that a filter chooses", async (_name, place) => {
    const { attribute, sub } = place;
    const other = attribute.subAttributes!.find(
      ({ name, type }) => name !== sub!.name && type !== "boolean",
    )!;
    const [first] = sample(attribute) as [Record<string, unknown>];
    const second = { [other.name]: first[other.name], [sub!.name]: first[sub!.name] };
    const id = await create(place, [second]);
    const path = `${attribute.name}[${other.name} eq ${quoted(second[other.name])}].${sub!.name}`;
    const value = sub!.type === "boolean" ? false : sample(sub!);
    expect(complaint(await patch(place, id, { op: "replace", path, value }))).toBeUndefined();
    expect(valueAt(place, await read(place, id))).toEqual(value);
    expect(complaint(await patch(place, id, { op: "remove", path }))).toBeUndefined();
    expect(valueAt(place, await read(place, id))).toBeUndefined();
  });

  test.each(rows((place) => isWritable(place) && !isMembers(place) && place.sub === undefined))(
    "%s in the value of a PATCH without a path",
    async (_name, place) => {
      const id = await create(place, sample(place.attribute));
      const value = sample(place.attribute);
      const own = { [place.attribute.name]: value };
      const values = place.urn === undefined ? own : { [place.urn]: own };
      expect(complaint(await patch(place, id, { op: "replace", value: values }))).toBeUndefined();
      expect(valueAt(place, await read(place, id))).toEqual(value);
    },
  );

  test.each(rows((place) => isWritable(place) && leafOf(place).type !== "complex" && !isMembers(place)))(
    "%s refuses a value of another type",
    async (_name, place) => {
      const isText = ["string", "reference", "binary"].includes(leafOf(place).type);
      const wrong = isText ? 7 : "not of this type";
      const id = await create(place, sample(place.attribute));
      const answer = await patch(place, id, { op: "replace", path: pathOf(place), value: wrong });
      expect(refusal(answer)).toEqual([400, "invalidValue"]);
    },
  );
});

describe("members: their values are immutable, so they come and go as a whole (RFC 7643 §4.2)", () => {
  test.each(rows((place) => isMembers(place) && place.sub !== undefined))(
    "%s cannot be changed",
    async (_name, place) => {
      const id = await create(place, sample(place.attribute));
      const answer = await patch(place, id, { op: "replace", path: pathOf(place), value: friend });
      expect(refusal(answer)).toEqual([400, "mutability"]);
    },
  );

  test.each(rows((place) => isMembers(place) && place.sub !== undefined))(
    "%s chooses the member to remove",
    async (_name, place) => {
      const id = await create(place, sample(place.attribute));
      const value = valueAt(place, await read(place, id));
      const path = `members[${place.sub!.name} eq ${quoted(value)}]`;
      expect((await patch(place, id, { op: "remove", path })).status).toBe(204);
      expect(await read(place, id)).toHaveProperty("members", []);
    },
  );

  test("are added, replaced and removed", async () => {
    const [[, place]] = rows((one) => isMembers(one) && one.sub === undefined) as [[string, Place]];
    const id = await create(place, []);
    for (const op of ["add", "replace"]) {
      expect((await patch(place, id, { op, path: "members", value: [{ value: friend }] })).status).toBe(204);
      expect((await read(place, id))["members"]).toHaveLength(1);
    }
    expect((await patch(place, id, { op: "remove", path: "members" })).status).toBe(204);
    expect(await read(place, id)).toHaveProperty("members", []);
  });
});

describe("what is read-only", () => {
  test.each(rows((place) => isReadOnly(place)))(
    "%s is ignored in a POST and refused in a PATCH",
    async (_name, place) => {
      const value = [{ value: "mine", display: "mine", displayName: "mine", $ref: "mine" }];
      const submitted = place.attribute.mutability === "readOnly" ? value : withReadOnly(place);
      const id = await create(place, submitted);
      expect(quoted(valueAt(place, await read(place, id)) ?? "")).not.toContain("mine");
      const answer = await patch(place, id, { op: "replace", path: pathOf(place), value: "mine" });
      expect(refusal(answer)).toEqual([400, "mutability"]);
    },
  );

  function withReadOnly({ attribute, sub }: Place): unknown {
    const value = sample(attribute);
    const one = { ...(Array.isArray(value) ? (value[0] as object) : (value as object)), [sub!.name]: "mine" };
    return attribute.multiValued ? [one] : one;
  }
});

describe("what can be asked for", () => {
  const isShown = (place: Place): boolean => leafOf(place).returned !== "never";
  /** A resource that has a value there, and the value as it is shown. */
  async function withValue(place: Place): Promise<{ id: string; value: unknown }> {
    if (place.attribute.name === "groups") {
      const member = await client.user(`member-${(counter += 1)}@example.com`);
      await client.team(`Of member ${counter}`, member);
      return { id: member, value: valueAt(place, await read(place, member)) };
    }
    const id = await create(place, sample(place.attribute));
    return { id, value: valueAt(place, await read(place, id)) };
  }
  /** The name of a manager is never written, so nobody has one. */
  const hasValue = (place: Place): boolean =>
    isShown(place) && pathOf(place) !== `${place.urn}:manager.displayName`;

  test.each(rows(hasValue))("%s pr", async (_name, place) => {
    const { id } = await withValue(place);
    const isAlwaysThere = place.attribute.required || place.attribute.name === "active";
    const without = isAlwaysThere ? [] : [await create(place, undefined)];
    expect(await found(place, `${pathOf(place)} pr and id eq ${quoted(id)}`)).toEqual([id]);
    expect(await found(place, `not (${pathOf(place)} pr) and id eq ${quoted(id)}`)).toEqual([]);
    for (const other of without) {
      expect(await found(place, `${pathOf(place)} pr and id eq ${quoted(other)}`)).toEqual([]);
    }
  });

  test.each(rows((place) => hasValue(place) && leafOf(place).type !== "complex"))(
    "%s eq its value, by the case that is announced",
    async (_name, place) => {
      const { id, value } = await withValue(place);
      const path = pathOf(place);
      const one = Array.isArray(value) ? value[0] : value;
      expect(await found(place, `${path} eq ${quoted(one)} and id eq ${quoted(id)}`)).toEqual([id]);
      expect(await found(place, `${path} ne ${quoted(one)} and id eq ${quoted(id)}`)).toEqual([]);
      // By whatever index there may be for it, and among all that others of these tests have made.
      expect(
        await found(place, `${path} eq ${quoted(one)}`, "&sortBy=meta.created&sortOrder=descending"),
      ).toContain(id);
      if (typeof one !== "string") return;
      const upper = one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase();
      const byCase = await found(place, `${path} eq ${quoted(upper)} and id eq ${quoted(id)}`);
      expect(byCase).toEqual(leafOf(place).caseExact === true ? [] : [id]);
    },
  );

  test.each(rows((place) => hasValue(place) && place.sub !== undefined && place.attribute.multiValued))(
    "%s inside brackets",
    async (_name, place) => {
      const { id, value } = await withValue(place);
      const filter = `${place.attribute.name}[${place.sub!.name} eq ${quoted(value)}] and id eq ${quoted(id)}`;
      expect(await found(place, filter)).toEqual([id]);
    },
  );

  test.each(
    rows(
      (place) =>
        isShown(place) &&
        (leafOf(place).type !== "complex" ||
          leafOf(place).subAttributes!.some(({ name }) => name === "value")),
    ),
  )("%s is an order", async (_name, place) => {
    for (const sortOrder of ["ascending", "descending"]) {
      const answer = await client.get(
        `${place.type.endpoint}?count=1&sortBy=${pathOf(place)}&sortOrder=${sortOrder}`,
      );
      expect(complaint(answer)).toBeUndefined();
    }
  });

  test.each(rows(hasValue))(
    "%s is shown where it is asked for, and left out where that is",
    async (_name, place) => {
      const { id, value } = await withValue(place);
      const only = await read(place, id, `?attributes=${pathOf(place)}`);
      expect(valueAt(place, only)).toEqual(value);
      const allowed = new Set(["schemas", "id", place.urn ?? place.attribute.name]);
      expect(Object.keys(only).filter((name) => !allowed.has(name))).toEqual([]);
      const without = await read(place, id, `?excludedAttributes=${pathOf(place)}`);
      expect(valueAt(place, without)).toEqual(leafOf(place).returned === "always" ? value : undefined);
    },
  );

  test.each(rows((place) => !isShown(place)))(
    "%s is never told, by no way of asking",
    async (_name, place) => {
      const secret = sample(place.attribute) as string;
      const id = await create(place, secret);
      const changed = await patch(place, id, { op: "replace", path: pathOf(place), value: secret });
      expect(changed.status).toBe(200);
      const shown = await client.get(`${place.type.endpoint}/${id}?attributes=${pathOf(place)}`);
      expect(`${changed.text}${shown.text}`).not.toContain(secret);
      const filtered = await client.get(
        `${place.type.endpoint}?filter=${encodeURIComponent(`${pathOf(place)} eq ${quoted(secret)}`)}`,
      );
      expect(refusal(filtered)).toEqual([400, "invalidFilter"]);
      expect(refusal(await client.get(`${place.type.endpoint}?sortBy=${pathOf(place)}`))).toEqual([
        400,
        "invalidValue",
      ]);
    },
  );
});

describe("what is required, and what is unique", () => {
  test.each(rows(({ attribute, sub }) => attribute.required && sub === undefined))(
    "%s",
    async (_name, place) => {
      const { [place.attribute.name]: _missing, ...rest } = bodyWith(place, sample(place.attribute));
      expect(refusal(await client.post(place.type.endpoint, rest))).toEqual([400, "invalidValue"]);
    },
  );

  test.each(rows((place) => place.sub === undefined && place.attribute.uniqueness !== "none"))(
    "%s",
    async (_name, place) => {
      const value = sample(place.attribute) as string;
      await create(place, value);
      const again = await client.post(place.type.endpoint, bodyWith(place, value.toUpperCase()));
      expect(refusal(again)).toEqual([409, "uniqueness"]);
    },
  );

  test.each(
    rows(
      (place) =>
        place.sub === undefined &&
        place.attribute.uniqueness === "none" &&
        isWritable(place) &&
        !isMembers(place),
    ),
  )("%s is not in Okta's base profile", async (_name, place) => {
    const value = sample(place.attribute);
    await create(place, value);
    await expect(create(place, value)).resolves.toMatch(/./);
  });
});

describe("an extension as a whole", () => {
  const extensions = types.flatMap((type) =>
    type.schemaExtensions.map(({ schema }): [string, AnnouncedType] => [schema, type]),
  );

  test.each(extensions)("%s", async (urn, type) => {
    const { attributes } = schemas.find((schema) => schema.id === urn)!;
    const values = (): Record<string, unknown> =>
      Object.fromEntries(attributes.map((one) => [one.name, sample(one)]));
    const place: Place = { type, urn, attribute: attributes[0]!, sub: undefined };
    const resource = `${type.endpoint}/${await create(place, "first")}`;

    const added = values();
    expect((await client.patch(resource, { op: "add", path: urn, value: added })).body[urn]).toEqual(added);
    const replaced = values();
    expect((await client.patch(resource, { op: "replace", value: { [urn]: replaced } })).body[urn]).toEqual(
      replaced,
    );
    const { body: whole } = await client.get(`${resource}?attributes=${urn}`);
    expect(Object.keys(whole).toSorted()).toEqual([urn, "id", "schemas"].toSorted());
    expect(whole.schemas).toContain(urn);
    expect((await client.get(`${resource}?excludedAttributes=${urn}`)).body).not.toHaveProperty([urn]);
    expect(await found(place, `${urn} pr and id eq ${quoted(whole.id)}`)).toEqual([whole.id]);

    const removed = await client.patch(resource, { op: "remove", path: urn });
    expect(removed.body).not.toHaveProperty([urn]);
    expect(removed.body.schemas).toEqual([type.schema]);
    expect(await found(place, `${urn} pr and id eq ${quoted(whole.id)}`)).toEqual([]);
  });
});

describe("what every resource has, and no schema announces (RFC 7643 §3.1)", () => {
  test.each(types.map((type): [string, AnnouncedType] => [type.name, type]))(
    "externalId, id and meta of a %s",
    async (_name, type) => {
      const place: Place = { type, urn: undefined, attribute: {} as Announced, sub: undefined };
      const resource = (
        await client.post(type.endpoint, {
          ...bodyWith(place, undefined),
          externalId: "Mine",
          id: "mine",
          meta: { version: "mine" },
        })
      ).body;
      const path = `${type.endpoint}/${resource.id}`;
      expect(quoted([resource.id, resource.meta])).not.toContain("mine");
      expect(await found(place, 'externalId eq "Mine"')).toContain(resource.id);
      expect(await found(place, 'externalId eq "mine"')).not.toContain(resource.id);
      expect(
        await found(
          place,
          `meta.version eq ${quoted(resource.meta.version)} and meta.location eq ${quoted(resource.meta.location)}`,
        ),
      ).toEqual([resource.id]);
      expect(
        await found(place, `meta.created le "${resource.meta.created}" and id eq "${resource.id}"`),
      ).toEqual([resource.id]);
      expect(
        (await client.patch(path, { op: "replace", path: "externalId", value: "other" })).status,
      ).toBeLessThan(300);
      expect((await client.patch(path, { op: "remove", path: "externalId" })).status).toBeLessThan(300);
      expect((await client.get(path)).body).not.toHaveProperty("externalId");
      for (const readOnly of ["id", "meta", "meta.created"]) {
        expect(refusal(await client.patch(path, { op: "replace", path: readOnly, value: "mine" }))).toEqual([
          400,
          "mutability",
        ]);
      }
      for (const always of ["id", "schemas"]) {
        expect((await client.get(`${path}?excludedAttributes=${always}`)).body).toHaveProperty(always);
      }
    },
  );
});

/** What was added to a list stands at its end. */
function lastOf(value: unknown): unknown {
  return Array.isArray(value) ? value.at(-1) : value;
}
