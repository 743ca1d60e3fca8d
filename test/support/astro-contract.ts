/**
 * Astro's published v1 description (OpenAPI 3.0), and what is wrong with an exchange by it. The description is kept beside the
 * project and is no part of it: without it nothing can be held to it, and tests say so.
 */

import { existsSync, readFileSync } from "node:fs";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import ajvFormats from "ajv-formats";
import type { ReceivedExchange } from "../../src/server/log/received.ts";
import { withoutExtras, type Schema } from "./closed-schema.ts";

const file = new URL("../../../shared/contracts/astro-v1.json", import.meta.url);

/** What tests say where the description is not there. */
export const withoutContract = "../shared/contracts/astro-v1.json is not there: nothing is held to it.";

/** A request to Astro's own API with its answer. */
export interface ContractExchange {
  readonly method: string;
  /** `/v1/organizations/…?limit=5`, as it is sent. */
  readonly url: string;
  /** Undefined where none was sent. */
  readonly body?: unknown;
  readonly answer: {
    readonly status: number;
    readonly contentType: string | undefined;
    /** Parsed; undefined where it is empty, and where it is no JSON. */
    readonly body: unknown;
  };
}

/** As a local Astro has received and answered it. */
export function contractExchange({ url, request, answer }: ReceivedExchange): ContractExchange {
  if (answer.kind !== "response") throw new Error(`${request.method} ${url} was not answered`);
  const { status, headers, json } = answer;
  return {
    method: request.method,
    url,
    ...(request.body === undefined ? {} : { body: request.body }),
    answer: { status, contentType: headers["content-type"], body: json },
  };
}

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required?: boolean;
  readonly schema: Schema;
}

interface MediaTypes {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

export interface ContractOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: MediaTypes & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, MediaTypes>>;
}

export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ContractOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface AstroContract {
  /** Each operation with its path: `GET /organizations/{organizationId}/users`. */
  readonly operations: ReadonlyMap<string, ContractOperation>;
  /** The operation of a request; undefined where there is none. */
  operationOf(exchange: Pick<ContractExchange, "method" | "url">): ContractOperation | undefined;
  /** What is wrong with the request: path, query and body. */
  requestComplaints(exchange: ContractExchange): readonly string[];
  /** What is wrong with the answer: status, media type and body. */
  answerComplaints(exchange: ContractExchange): readonly string[];
}

/** Undefined where the description is not there. */
export function readAstroContract(): AstroContract | undefined {
  const description = readAstroDescription();
  return description && contractOf(description);
}

/** The description itself; undefined where it is not there. */
export function readAstroDescription(): Description | undefined {
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, "utf8")) as Description;
}

/**
 * Documented as the API's limits, and in no operation of the description (Astro docs: API best practices).
 */
const undeclaredStatuses: ReadonlySet<number> = new Set([429]);

function contractOf({ paths, components }: Description): AstroContract {
  const check = checker(components.schemas);
  const operations = new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
    ),
  );
  const patterns = [...operations].map(([name, operation]) => {
    const [method = "", path = ""] = name.split(" ");
    return { method, operation, segments: path.split("/") };
  });
  const operationOf: AstroContract["operationOf"] = ({ method, url }) => {
    const asked = pathOf(url).split("/");
    return patterns.find((one) => one.method === method && matches(one.segments, asked))?.operation;
  };
  return {
    operations,
    operationOf,
    requestComplaints: (exchange) => {
      const operation = operationOf(exchange);
      if (operation === undefined)
        return [`there is no operation ${exchange.method} ${pathOf(exchange.url)}`];
      return [...queryComplaints(exchange, operation, check), ...bodyComplaints(exchange, operation, check)];
    },
    answerComplaints: (exchange) => {
      const operation = operationOf(exchange);
      return operation === undefined ? [] : answerComplaintsOf(exchange, operation, check);
    },
  };
}

/** Below `/v1`, without the query. */
function pathOf(url: string): string {
  return (url.split("?")[0] ?? "").replace(/^\/v1(?=\/)/, "");
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((part, at) => (part.startsWith("{") ? path[at] !== "" : part === path[at]))
  );
}

/** What is wrong with a value; each complaint begins with `where`. */
type Check = (where: string, schema: Schema, value: unknown) => readonly string[];

function checker(schemas: Description["components"]["schemas"]): Check {
  const ajv = new Ajv({ allErrors: true, strict: false });
  ajvFormats.default(ajv);
  const definitions = withoutExtras(withRolesForDags(schemas));
  ajv.addSchema({ $id: "astro", components: { schemas: definitions } });
  const compiled = new Map<string, ValidateFunction>();
  return (where, schema, value) => {
    const text = JSON.stringify(withoutExtras(schema)).replaceAll('"#/components/', '"astro#/components/');
    const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text) as Schema);
    compiled.set(text, validate);
    return validate(value) ? [] : (validate.errors ?? []).map((error) => complaint(where, error));
  };
}

/**
 * The description contradicts itself: CreateCustomRoleRequest makes roles for Dags, and the list filters by DAG, but the scopes
 * of Role and RoleWithPermission lack it.
 */
function withRolesForDags(
  schemas: Description["components"]["schemas"],
): Description["components"]["schemas"] {
  const copy = structuredClone(schemas) as Record<string, { properties: Record<string, { enum: string[] }> }>;
  for (const name of ["Role", "RoleWithPermission"]) {
    const scopes = copy[name]?.properties["scopeType"]?.enum;
    if (scopes === undefined || scopes.includes("DAG")) throw new Error("the description has changed");
    scopes.push("DAG");
  }
  return copy;
}

function complaint(where: string, { instancePath, message = "", params }: ErrorObject): string {
  const detail = "additionalProperty" in params ? `: ${String(params["additionalProperty"])}` : "";
  return `${where}${instancePath} ${message}${detail}`;
}

function queryComplaints(
  { url }: ContractExchange,
  { parameters = [] }: ContractOperation,
  check: Check,
): readonly string[] {
  const query = new URLSearchParams(url.split("?")[1] ?? "");
  const declared = parameters.filter((parameter) => parameter.in === "query");
  const unknown = [...new Set(query.keys())].filter((name) => !declared.some((one) => one.name === name));
  return [
    ...unknown.map((name) => `the query has the parameter ${name}, which the operation does not have`),
    ...declared.flatMap(({ name, required, schema }) => {
      const values = query.getAll(name);
      if (values.length === 0) return required === true ? [`the query lacks ${name}`] : [];
      if (schema["type"] === "array") return check(`query ${name}`, schema, values);
      if (values.length > 1) return [`the query has ${name} more than once`];
      return check(`query ${name}`, schema, readAs(schema["type"], values[0] ?? ""));
    }),
  ];
}

/** A text as the type that a parameter has; the text itself where it is none. */
function readAs(type: unknown, text: string): unknown {
  if (type === "integer" && /^-?\d+$/.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

function bodyComplaints(
  exchange: ContractExchange,
  { operationId, requestBody }: ContractOperation,
  check: Check,
): readonly string[] {
  const { body } = exchange;
  const schema = requestBody?.content?.["application/json"]?.schema;
  if (schema === undefined) return body === undefined ? [] : ["the operation takes no body"];
  if (body === undefined) return requestBody?.required === true ? ["the body is missing"] : [];
  return check("request", schema, operationId === "UpdateUserRoles" ? withoutNullRole(body) : body);
}

/** The one request against the description: it removes a user from the organization (reported by usernaut, PR 263). */
function withoutNullRole(body: unknown): unknown {
  if (typeof body !== "object" || body === null) return body;
  const entries = Object.entries(body).filter(
    ([name, value]) => name !== "organizationRole" || value !== null,
  );
  return Object.fromEntries(entries);
}

function answerComplaintsOf(
  { answer }: ContractExchange,
  { responses }: ContractOperation,
  check: Check,
): readonly string[] {
  const { status, contentType = "", body } = answer;
  const declared = responses[status];
  if (declared === undefined) {
    return undeclaredStatuses.has(status) ? [] : [`the operation has no answer with status ${status}`];
  }
  const [mediaTypes, schemas] = [Object.keys(declared.content ?? {}), Object.values(declared.content ?? {})];
  const [first] = schemas;
  if (first === undefined) return body === undefined ? [] : [`an answer with status ${status} has no body`];
  // Of the audit log, which is a file, every answer is declared as one: errors are JSON all the same.
  const isJson = contentType.split(";")[0] === "application/json";
  if (!isJson && !mediaTypes.includes(contentType)) return [`the media type is ${contentType}`];
  return isJson ? check("answer", first.schema, body) : [];
}
