/**
 * Microsoft Graph's published description (OpenAPI 3.0, requests and the shapes of synchronization). It is kept beside the project and
 * is no part of it: without it nothing can be held to it, and tests say so.
 */

import { existsSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import ajvFormats from "ajv-formats";
import { isJsonArray, isJsonObject, type JsonValue } from "../../src/ground/json.ts";
import type { Schema } from "./closed-schema.ts";

const file = new URL("../../../shared/contracts/graph-requests.json", import.meta.url);

/** What tests say where the description is not there. */
export const withoutGraphContract =
  "../shared/contracts/graph-requests.json is not there: nothing is held to it.";

export interface GraphOperation {
  readonly method: string;
  /** `/servicePrincipals/{servicePrincipal-id}/synchronization/jobs`. */
  readonly path: string;
  /** The names of the query options and headers that it takes. */
  readonly options: readonly string[];
}

export interface GraphContract {
  readonly operations: readonly GraphOperation[];
  /** What is wrong with a value by a schema of the description; properties that the schema does not have are wrong, too. */
  complaints(schema: string, value: JsonValue): readonly string[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
}

interface Description {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly parameters?: readonly (Parameter | { readonly $ref: string })[] }>>
    >
  >;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
  };
}

/** Undefined where the description is not there. */
export function readGraphContract(): GraphContract | undefined {
  if (!existsSync(file)) return undefined;
  const description: Description = JSON.parse(readFileSync(file, "utf8"));
  const { components } = description;
  const ajv = new Ajv({ allErrors: true, strict: false });
  ajvFormats.default(ajv);
  ajv.addSchema({ $id: "graph", components: { schemas: closedSchemas(components.schemas) } });
  return {
    operations: Object.entries(description.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { parameters = [] }]) => ({
        method: method.toUpperCase(),
        path,
        options: parameters
          .map((one) => ("$ref" in one ? components.parameters[one.$ref.split("/").at(-1) ?? ""] : one))
          .flatMap((one) => (one === undefined || one.in === "path" ? [] : [one.name])),
      })),
    ),
    complaints: (schema, value) => {
      const validate = ajv.compile({ $ref: `graph#/components/schemas/${schema}` });
      if (validate(asDescribed(value))) return [];
      return (validate.errors ?? []).map(({ instancePath, message = "" }) => `${instancePath} ${message}`);
    },
  };
}

type Schemas = Description["components"]["schemas"];

/** With the properties of what they extend, and with no others: the description lets every object have more. */
function closedSchemas(schemas: Schemas): Schemas {
  const propertiesOf = ({ $ref, allOf, properties = {} }: Schema): object => {
    if (typeof $ref === "string") return propertiesOf(schemas[$ref.split("/").at(-1) ?? ""] ?? {});
    const inherited = Array.isArray(allOf) ? allOf.map((one: Schema) => propertiesOf(one)) : [];
    return Object.assign({}, ...inherited, properties) as object;
  };
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const { allOf, additionalProperties: _any, ...rest } = schema;
      const isObject = allOf !== undefined || rest["properties"] !== undefined;
      if (!isObject) return [name, schema];
      return [
        name,
        { ...rest, type: "object", properties: propertiesOf(schema), additionalProperties: false },
      ];
    }),
  );
}

/**
 * The value as the description has values. It leaves out annotations (`@odata.context`), has no null for a part that is not there,
 * and declares the list `Add,Update,Delete` as one of these words.
 */
function asDescribed(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(asDescribed);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).filter(
    ([name, part]) => part !== null && !name.startsWith("@odata."),
  );
  return Object.fromEntries(
    entries.map(([name, part]) => [
      name,
      name === "flowTypes" && typeof part === "string" ? (part.split(",")[0] ?? "") : asDescribed(part),
    ]),
  );
}
