/**
 * Okta's published description of its management API, and what is wrong with a request by it. The description is kept beside the
 * project and is no part of it: without it nothing can be held to it, and tests say so.
 */

import { existsSync, readFileSync } from "node:fs";

const file = new URL("../../../shared/contracts/okta-management.json", import.meta.url);

/** What tests say where the description is not there. */
export const withoutOktaContract =
  "../shared/contracts/okta-management.json is not there: nothing is held to it.";

interface Parameter {
  readonly $ref?: string;
  readonly name?: string;
  readonly in?: string;
  readonly schema?: { readonly type?: string; readonly minimum?: number; readonly maximum?: number };
}

type Methods = Readonly<Record<string, { readonly parameters?: readonly Parameter[] } | undefined>> & {
  readonly parameters?: readonly Parameter[];
};

interface Description {
  readonly paths: Readonly<Record<string, Methods>>;
  readonly components: { readonly parameters: Readonly<Record<string, Parameter>> };
}

/** What is wrong with a request: method, path and query. Undefined where the description is not there. */
export type OktaRequestComplaints = (request: {
  readonly method: string;
  readonly url: string;
}) => readonly string[];

export function readOktaContract(): OktaRequestComplaints | undefined {
  if (!existsSync(file)) return undefined;
  const { paths, components } = JSON.parse(readFileSync(file, "utf8")) as Description;
  const resolved = (parameter: Parameter): Parameter =>
    parameter.$ref === undefined
      ? parameter
      : (components.parameters[parameter.$ref.split("/").at(-1) ?? ""] ?? parameter);
  return ({ method, url }) => {
    const [path = "", ...rest] = url.split("?");
    const found = Object.entries(paths).find(([pattern]) => matches(pattern, path));
    const operation = found?.[1][method.toLowerCase()];
    if (found === undefined || operation === undefined) return [`there is no operation ${method} ${path}`];
    const parameters = [...(found[1].parameters ?? []), ...(operation.parameters ?? [])].map(resolved);
    const query = new URLSearchParams(rest.join("?"));
    return [...query].flatMap(([name, value]) => queryComplaints(parameters, name, value));
  };
}

/** A literal segment of a pattern wins over one in braces, so patterns with braces only match what is no literal elsewhere. */
function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => (part.startsWith("{") ? given[at] !== "" : part === given[at]))
  );
}

function queryComplaints(parameters: readonly Parameter[], name: string, value: string): readonly string[] {
  const declared = parameters.find((one) => one.in === "query" && one.name === name);
  if (declared === undefined) return [`the query has ${name}, which is not declared`];
  const { type, minimum = -Infinity, maximum = Infinity } = declared.schema ?? {};
  if (type !== "integer") return [];
  const number = Number(value);
  const isRight = Number.isInteger(number) && number >= minimum && number <= maximum;
  return isRight ? [] : [`${name}=${value} is out of range`];
}
