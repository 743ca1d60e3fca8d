/**
 * Microsoft Graph's published v1.0 description (OpenAPI 3.0), trimmed to requests, and what is wrong with a request by it. The
 * description is kept beside the project and is no part of it: without it nothing can be held to it, and tests say so.
 */

import { existsSync, readFileSync } from "node:fs";

const file = new URL("../../../shared/contracts/graph-requests.json", import.meta.url);

/** What tests say where the description is not there. */
export const withoutGraphContract =
  "../shared/contracts/graph-requests.json is not there: nothing is held to it.";

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly schema: {
    readonly type: string;
    readonly minimum?: number;
    readonly items?: { readonly enum?: readonly string[] };
  };
}

interface Description {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly parameters?: readonly (Parameter | { readonly $ref: string })[] }>>
    >
  >;
  readonly components: { readonly parameters: Readonly<Record<string, Parameter>> };
}

/** A request below the version. */
export interface RequestToCheck {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface GraphContract {
  /** The described path of a request; undefined where there is none. */
  pathOf(request: Pick<RequestToCheck, "method" | "path">): string | undefined;
  /** What is wrong with the request: path, query, headers. */
  complaints(request: RequestToCheck): readonly string[];
}

/** Undefined where the description is not there. */
export function readGraphContract(): GraphContract | undefined {
  if (!existsSync(file)) return undefined;
  const { paths, components } = JSON.parse(readFileSync(file, "utf8")) as Description;
  const pathOf: GraphContract["pathOf"] = ({ method, path }) => {
    const asked = (path.split("?")[0] ?? "").split("/");
    return Object.keys(paths).find((described) => {
      const segments = described.split("/");
      const fits = segments.every((part, at) =>
        part.startsWith("{") ? asked[at] !== "" : part === asked[at],
      );
      return (
        segments.length === asked.length && fits && paths[described]?.[method.toLowerCase()] !== undefined
      );
    });
  };
  const parametersOf = (described: string, method: string): readonly Parameter[] =>
    (paths[described]?.[method.toLowerCase()]?.parameters ?? []).flatMap((one) =>
      "$ref" in one ? (components.parameters[one.$ref.split("/").at(-1) ?? ""] ?? []) : one,
    );
  return {
    pathOf,
    complaints: (request) => {
      const described = pathOf(request);
      if (described === undefined) return [`there is no operation ${request.method} ${request.path}`];
      const parameters = parametersOf(described, request.method);
      return [...queryComplaints(request, parameters), ...headerComplaints(request, parameters)].map(
        (complaint) => `${request.method} ${request.path}: ${complaint}`,
      );
    },
  };
}

function queryComplaints({ path }: RequestToCheck, parameters: readonly Parameter[]): readonly string[] {
  return [...new URL(path, "http://graph").searchParams].flatMap(([name, value]) => {
    const parameter = parameters.find((one) => one.in === "query" && one.name === name);
    if (parameter === undefined) return [`no parameter ${name}`];
    const isRight = valueTests[parameter.schema.type]?.(value) ?? true;
    return isRight ? [] : [`${name} is not of the type ${parameter.schema.type}: ${value}`];
  });
}

const valueTests: Readonly<Record<string, (value: string) => boolean>> = {
  boolean: (value) => value === "true" || value === "false",
  integer: (value) => /^\d+$/.test(value),
  array: (value) => value.split(",").every((one) => one !== ""),
};

/** Only the one header that Graph describes. */
function headerComplaints({ headers }: RequestToCheck, parameters: readonly Parameter[]): readonly string[] {
  if (headers["consistencylevel"] === undefined) return [];
  return parameters.some(({ name }) => name === "ConsistencyLevel") ? [] : ["no header ConsistencyLevel"];
}
