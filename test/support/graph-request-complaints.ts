/** What is wrong with a request to Microsoft Graph by its published description. */

import type { GraphContract, GraphOperation } from "./graph-contract.ts";

/** A request below the version. */
export interface RequestToCheck {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Nothing for a request whose path, query options and `ConsistencyLevel` are described. */
export function requestComplaints(contract: GraphContract, request: RequestToCheck): readonly string[] {
  const { operations } = contract;
  const { method, path, headers } = request;
  const counted = countedList(path);
  if (counted !== undefined) return requestComplaints(contract, { method, path: counted, headers: {} });
  const operation = operations.find((one) => one.method === method && matches(one, path));
  if (operation === undefined) return [`there is no operation ${method} ${path}`];
  const sent = [...new URL(path, "http://graph").searchParams.keys()];
  if (headers["consistencylevel"] !== undefined) sent.push("ConsistencyLevel");
  return sent
    .filter((name) => !operation.options.includes(name))
    .map((name) => `${method} ${path}: there is no option ${name}`);
}

/**
 * Of `…/$count` the list that it counts; each list has one, and it takes `ConsistencyLevel` (Microsoft Graph: Advanced query
 * capabilities), but the part of the description that is here leaves these operations out.
 */
function countedList(path: string): string | undefined {
  const [list, query] = path.split("/$count");
  return query === "" ? list : undefined;
}

function matches({ path: described }: GraphOperation, path: string): boolean {
  const asked = (path.split("?")[0] ?? "").split("/");
  const segments = described.split("/");
  return (
    segments.length === asked.length &&
    segments.every((part, at) => (part.startsWith("{") ? asked[at] !== "" : part === asked[at]))
  );
}
