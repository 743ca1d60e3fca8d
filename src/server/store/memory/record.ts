/** One resource as the in-memory store keeps it: as the text that answers are made of. */

import { isJsonObject, type JsonObject } from "../../../ground/json.ts";
import { bodyLimits } from "../../../scim/body-limits.ts";
import { ScimError } from "../../../scim/error.ts";
import { groupSchemaUrn, userSchemaUrn } from "../../../scim/urn.ts";
import { isActive, nameOf } from "../known-attributes.ts";
import type { OwnPart } from "../own-part.ts";
import type { ResourceTypeName } from "../resource-type-name.ts";
import type { Row, StoredMember, StoredResource } from "../rows.ts";

/**
 * Kept by the store and changed only by it. The attributes are kept as JSON text: it takes less memory than
 * objects, and a resource is read without a stringify. What can be added when it is read is
 * left out: a directory of a million users is a million of these.
 */
export interface ResourceRecord {
  readonly id: string;
  /** JSON text of the attributes without `id`, and without `schemas` where that is the core schema alone. */
  body: string;
  /** userName of a user, displayName of a Team: a Team's members are shown with it. */
  name: string;
  /** Whether a user's account may be used; true for a Team. */
  active: boolean;
  /** Milliseconds since the store was made: a small integer takes no memory of its own, as a full instant would. */
  readonly createdAfterMs: number;
  lastModifiedAfterMs: number;
  version: number;
}

/** What a store knows of all its records of one type. */
export interface RecordContext {
  readonly type: ResourceTypeName;
  /** When the store was made, in milliseconds since 1970. */
  readonly madeMs: number;
}

const coreUrns: Readonly<Record<ResourceTypeName, string>> = { User: userSchemaUrn, Group: groupSchemaUrn };

const coreAloneHeads: Readonly<Record<ResourceTypeName, string>> = {
  User: `{"schemas":["${userSchemaUrn}"],`,
  Group: `{"schemas":["${groupSchemaUrn}"],`,
};

/**
 * The text that is kept of the attributes, whether their id is among them or not.
 * @throws ScimError 413 where it is longer than a resource may be
 */
export function bodyOf(type: ResourceTypeName, attributes: JsonObject): string {
  const body = afterHead(type, attributes) ?? stringifyBody(type, attributes);
  const limit = bodyLimits.maxResourceLength;
  if (body.length > limit) {
    throw new ScimError(
      413,
      `The ${type} would have ${body.length} characters; at most ${limit} are accepted.`,
    );
  }
  // V8 hands out a tree of pieces; looking into it makes one string of them, which takes less memory.
  body.charCodeAt(body.length - 1);
  return body;
}

/** What is left out mostly stands in front: cutting it from the text costs less than a copy of the attributes. */
function afterHead(type: ResourceTypeName, attributes: JsonObject): string | undefined {
  const text = JSON.stringify(attributes);
  const schemas = coreAloneHeads[type];
  if (!text.startsWith(schemas)) return undefined;
  const { id } = attributes;
  if (id === undefined) return `{${text.slice(schemas.length)}`;
  const idHead = `"id":${JSON.stringify(id)},`;
  return text.startsWith(idHead, schemas.length)
    ? `{${text.slice(schemas.length + idHead.length)}`
    : undefined;
}

function stringifyBody(type: ResourceTypeName, attributes: JsonObject): string {
  const { id: _id, schemas, ...rest } = attributes;
  const isCoreAlone = Array.isArray(schemas) && schemas.length === 1 && schemas[0] === coreUrns[type];
  return JSON.stringify(isCoreAlone || schemas === undefined ? rest : { schemas, ...rest });
}

/** The text of the whole resource but its last brace: what `bodyOf` left out is in front again. */
function openTextOf(type: ResourceTypeName, { id, body }: Pick<ResourceRecord, "id" | "body">): string {
  const head = body.startsWith('{"schemas":') ? "{" : coreAloneHeads[type];
  return `${head}"id":"${id}",${body.slice(1, -1)}`;
}

/** The attributes of a record, parsed. */
export function attributesOf(
  type: ResourceTypeName,
  record: Pick<ResourceRecord, "id" | "body">,
): JsonObject {
  const value: unknown = JSON.parse(`${openTextOf(type, record)}}`);
  if (!isJsonObject(value)) throw new TypeError("a record holds the text of a JSON object");
  return value;
}

/** The record of a row. */
export function recordOf(
  { type, madeMs }: RecordContext,
  { id, attributes, createdMs, lastModifiedMs, version }: Row,
  body: string,
): ResourceRecord {
  return {
    id,
    body,
    name: nameOf(type, attributes),
    active: isActive(attributes),
    createdAfterMs: asSmallInteger(createdMs - madeMs),
    lastModifiedAfterMs: asSmallInteger(lastModifiedMs - madeMs),
    version,
  };
}

/** As an integer where it fits into one: it then takes no memory of its own. */
export function asSmallInteger(ms: number): number {
  const integer = Math.trunc(ms) | 0;
  return integer === ms ? integer : ms;
}

/** The text of a row that this store handed out, without its last brace; undefined of any other row. */
export function keptText(row: StoredResource): string | undefined {
  return row instanceof Snapshot ? row.openText : undefined;
}

/** What the port hands out: a value that later changes of the record do not reach. */
export class Snapshot implements StoredResource {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly createdMs: number;
  readonly lastModifiedMs: number;
  readonly version: number;
  readonly related: readonly StoredMember[] | undefined;
  readonly own: OwnPart;
  readonly #type: ResourceTypeName;
  readonly #body: string;
  #attributes: JsonObject | undefined;

  constructor(
    record: ResourceRecord,
    { type, madeMs }: RecordContext,
    { related, own }: Pick<StoredResource, "related" | "own">,
  ) {
    this.id = record.id;
    this.name = record.name;
    this.active = record.active;
    this.createdMs = madeMs + record.createdAfterMs;
    this.lastModifiedMs = madeMs + record.lastModifiedAfterMs;
    this.version = record.version;
    this.related = related;
    this.own = own;
    this.#type = type;
    this.#body = record.body;
  }

  get openText(): string {
    return openTextOf(this.#type, { id: this.id, body: this.#body });
  }

  /** Parsed when it is requested. */
  get attributes(): JsonObject {
    this.#attributes ??= attributesOf(this.#type, { id: this.id, body: this.#body });
    return this.#attributes;
  }
}
