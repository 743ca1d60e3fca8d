/**
 * Okta's published description of its management API (OpenAPI 3.0), and what is wrong with an exchange by it. The description is kept
 * beside the project and is no part of it: without it nothing can be held to it, and tests say so.
 */

import { existsSync, readFileSync } from "node:fs";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import ajvFormats from "ajv-formats";

const file = new URL("../../../shared/contracts/okta-management.json", import.meta.url);

/** What tests say where the description is not there. */
export const withoutOktaContract =
  "../shared/contracts/okta-management.json is not there: nothing is held to it.";

export interface OktaExchange {
  readonly method: string;
  /** `/api/v1/apps?limit=5`. */
  readonly path: string;
  readonly body?: unknown;
  readonly answer: { readonly status: number; readonly body: unknown };
}

export interface OktaComplaints {
  readonly errors: readonly string[];
  /** Null where a value is declared: Okta's own examples have it, and so has Okta. */
  readonly warnings: readonly string[];
}

export interface OktaContract {
  /** `GET /api/v1/apps/{appId}` with the scopes that it needs. */
  readonly scopes: ReadonlyMap<string, readonly string[]>;
  readonly requestComplaints: (exchange: OktaExchange) => OktaComplaints;
  readonly answerComplaints: (exchange: OktaExchange) => OktaComplaints;
}

type Schema = Readonly<Record<string, unknown>>;

interface Referable {
  readonly $ref?: string;
}

interface Parameter extends Referable {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface Content extends Referable {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Content>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

interface Description {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, Operation>> & { readonly parameters?: readonly Parameter[] }>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const methods = ["get", "post", "put", "patch", "delete"] as const;

/** Undefined where the description is not there. */
export function readOktaContract(): OktaContract | undefined {
  if (!existsSync(file)) return undefined;
  const description = JSON.parse(readFileSync(file, "utf8")) as Description;
  const operations = Object.entries(description.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
      return [
        { name: `${method.toUpperCase()} ${path}`, segments: path.split("/"), method, operation, parameters },
      ];
    }),
  );
  const check = checker(description);
  const find = ({ method, path }: OktaExchange): (typeof operations)[number] | undefined => {
    const segments = path.split("?")[0]?.split("/") ?? [];
    return operations.find((one) => one.method === method.toLowerCase() && matches(one.segments, segments));
  };
  return {
    scopes: new Map(operations.map(({ name, operation }) => [name, scopesOf(operation)])),
    requestComplaints: (exchange) => {
      const found = find(exchange);
      if (found === undefined) return unknown(exchange);
      const declared = found.parameters.map((parameter) => resolved(description, parameter));
      return join(
        queryComplaints(exchange, declared, check),
        bodyComplaints(exchange, resolved(description, found.operation.requestBody ?? {}), check),
      );
    },
    answerComplaints: (exchange) => {
      const found = find(exchange);
      if (found === undefined) return unknown(exchange);
      const { status, body } = exchange.answer;
      const declared = found.operation.responses[status];
      if (declared === undefined) return { errors: [`no answer ${status} is declared`], warnings: [] };
      const schema = resolved(description, declared).content?.["application/json"]?.schema;
      return schema === undefined ? join() : check("answer", schema, body);
    },
  };
}

function unknown({ method, path }: OktaExchange): OktaComplaints {
  return { errors: [`there is no operation ${method} ${path}`], warnings: [] };
}

function join(...complaints: readonly OktaComplaints[]): OktaComplaints {
  return {
    errors: complaints.flatMap(({ errors }) => errors),
    warnings: complaints.flatMap(({ warnings }) => warnings),
  };
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length && pattern.every((part, at) => part.startsWith("{") || part === path[at])
  );
}

function scopesOf({ security = [] }: Operation): readonly string[] {
  return security.flatMap((one) => one["oauth2"] ?? []);
}

function resolved<Value extends Referable>(description: Description, value: Value): Value {
  if (value.$ref === undefined) return value;
  let found: unknown = description;
  for (const name of value.$ref.split("/").slice(1))
    found = (found as Readonly<Record<string, unknown>>)[name];
  return found as Value;
}

type Check = (where: string, schema: Schema, value: unknown) => OktaComplaints;

function checker({ components }: Description): Check {
  const ajv = new Ajv({ allErrors: true, strict: false });
  ajvFormats.default(ajv);
  // What has a reference has nothing else, in OpenAPI 3.0; and discriminators are words, not rules.
  ajv.addSchema({ $id: "okta", components: JSON.parse(plain(components)) as Schema });
  const compiled = new Map<string, ValidateFunction>();
  return (where, schema, value) => {
    const text = plain(schema).replaceAll('"#/components/', '"okta#/components/');
    const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text) as Schema);
    compiled.set(text, validate);
    if (validate(value)) return { errors: [], warnings: [] };
    const all = (validate.errors ?? []).map((error) => ({ error, text: complaint(where, error) }));
    const nulls = all.filter(({ error }) => valueAt(value, error.instancePath) === null);
    const isNull = (one: (typeof all)[number]): boolean =>
      nulls.includes(one) ||
      // None of several schemas fits, because one of their values is null.
      (one.error.keyword === "anyOf" &&
        nulls.some(({ error }) => error.instancePath.startsWith(`${one.error.instancePath}/`)));
    return {
      errors: all.filter((one) => !isNull(one)).map((one) => one.text),
      warnings: all.filter(isNull).map((one) => one.text),
    };
  };
}

function plain(schema: unknown): string {
  return JSON.stringify(schema, (name, value: unknown) => (name === "discriminator" ? undefined : value));
}

function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce((held, name) => (held as Readonly<Record<string, unknown>> | undefined)?.[name], value);
}

function complaint(where: string, { instancePath, message = "" }: ErrorObject): string {
  return `${where}${instancePath} ${message}`;
}

function queryComplaints(
  { path }: OktaExchange,
  parameters: readonly Parameter[],
  check: Check,
): OktaComplaints {
  const query = new URLSearchParams(path.split("?")[1] ?? "");
  const declared = parameters.filter((parameter) => parameter.in === "query");
  const unknownNames = [...new Set(query.keys())].filter(
    (name) => !declared.some((one) => one.name === name),
  );
  const missing = declared.filter(({ name, required }) => required === true && !query.has(name));
  const errors = [
    ...unknownNames.map((name) => `the query has ${name}, which the operation does not have`),
    ...missing.map(({ name }) => `the query lacks ${name}`),
  ];
  const values = declared.flatMap(({ name, schema = {} }) => {
    const text = query.get(name);
    return text === null ? [] : [check(`query ${name}`, withoutFormat(schema), readAs(schema["type"], text))];
  });
  return join({ errors, warnings: [] }, ...values);
}

/** The formats of the log's parameters are prose. */
function withoutFormat(schema: Schema): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== "format"));
}

function readAs(type: unknown, text: string): unknown {
  if (type === "integer" && /^-?\d+$/.test(text)) return Number(text);
  return type === "boolean" && (text === "true" || text === "false") ? text === "true" : text;
}

function bodyComplaints({ body }: OktaExchange, { content, ...rest }: Content, check: Check): OktaComplaints {
  const schema = content?.["application/json"]?.schema;
  if (schema === undefined)
    return { errors: body === undefined ? [] : ["the operation takes no body"], warnings: [] };
  const isRequired = "required" in rest && rest.required === true;
  if (body === undefined) return { errors: isRequired ? ["the body is missing"] : [], warnings: [] };
  return check("request", schema, body);
}
