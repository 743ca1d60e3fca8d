/**
 * A tenant as Microsoft Graph shows it, on loopback: written from the published description for the calls that are read, with its
 * pages, permissions and refusals. What it holds is plain data, which a test may change at any time.
 */

import type { IncomingMessage } from "node:http";
import { startHttp } from "./loopback-server.ts";

type Entity = Readonly<Record<string, unknown>> & { readonly id: string };

export interface TenantGroup {
  readonly id: string;
  readonly displayName: string;
  readonly securityEnabled?: boolean;
  readonly visibility?: string;
  /** Ids of users and groups that are themselves in it. */
  readonly members: readonly string[];
}

export interface Tenant {
  applications: Entity[];
  users: Entity[];
  deletedUsers: Entity[];
  groups: TenantGroup[];
  assignments: { principalId: string; principalType: string; appRoleId?: string }[];
  jobs: Entity[];
  schema: unknown;
  log: Entity[];
  domains: { name: string; isDefault: boolean }[];
}

/** What may be read; everything by default. */
export type Permission =
  | "Application.Read.All"
  | "User.Read.All"
  | "GroupMember.Read.All"
  | "Synchronization.Read.All"
  | "ProvisioningLog.Read.All"
  | "Organization.Read.All"
  | "Member.Read.Hidden";

export interface GraphAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is. */
  readonly body: unknown;
}

export interface GraphRequest {
  readonly method: string;
  /** Below `/v1.0`, as it was sent. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
}

export interface ServedTenant {
  /** With the version: `http://127.0.0.1:PORT/v1.0`. */
  readonly url: string;
  readonly requests: readonly GraphRequest[];
  close(): Promise<void>;
}

export interface TenantServing {
  readonly pageSize?: number;
  readonly missing?: readonly Permission[];
  /** Changes the answer of a request, by its number from 0. */
  readonly change?: (answer: GraphAnswer, request: GraphRequest, index: number) => GraphAnswer;
}

export async function serveTenant(tenant: Tenant, serving: TenantServing = {}): Promise<ServedTenant> {
  const requests: GraphRequest[] = [];
  const server = await startHttp((request, response) => {
    const path = (request.url ?? "").replace(/^\/v1\.0/, "");
    const asked = { method: request.method ?? "", path, headers: request.headers };
    const index = requests.push(asked) - 1;
    const origin = `http://${request.headers.host ?? ""}`;
    const made = answerOf(tenant, { ...asked, origin }, serving);
    const { status, headers = {}, body } = serving.change?.(made, asked, index) ?? made;
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  return { url: `${server.url}/v1.0`, requests, close: () => server.close() };
}

type Asked = GraphRequest & { readonly origin: string };

export function graphError(status: number, code: string, message = ""): GraphAnswer {
  return { status, body: { error: { code, message, innerError: { "request-id": "1" } } } };
}

const denied = graphError(
  403,
  "Authorization_RequestDenied",
  "Insufficient privileges to complete the operation.",
);

/** `…/$count` is the number alone, of the same list with everything on one page. */
function answerOf(tenant: Tenant, asked: Asked, serving: TenantServing): GraphAnswer {
  const [path = "", query = ""] = asked.path.split("?");
  if (!path.endsWith("/$count")) return listOrObject(tenant, asked, serving);
  if (asked.headers["consistencylevel"] !== "eventual") return graphError(400, "Request_UnsupportedQuery");
  const counted = { ...asked, path: `${path.slice(0, -"/$count".length)}?$count=true&${query}` };
  const answer = listOrObject(tenant, counted, serving);
  const count = (answer.body as { readonly "@odata.count"?: number })["@odata.count"];
  return count === undefined
    ? answer
    : { status: 200, headers: { "content-type": "text/plain" }, body: `\uFEFF${count}` };
}

function listOrObject(tenant: Tenant, asked: Asked, serving: TenantServing): GraphAnswer {
  const { pathname, searchParams } = new URL(asked.path, "http://graph");
  const segments = pathname
    .split("/")
    .filter((part) => part !== "")
    .map(decodeURIComponent);
  const may = (permission: Permission): boolean => !(serving.missing ?? []).includes(permission);
  const query: Query = { asked, searchParams, pageSize: serving.pageSize ?? 999, may };
  const area = areas[segments[0] ?? ""];
  if (area === undefined) return graphError(404, "Request_ResourceNotFound", `No ${pathname}`);
  const permission = segments[2] === "synchronization" ? "Synchronization.Read.All" : area.permission;
  if (may(permission)) return area.answer(tenant, query, segments);
  return permission === "Synchronization.Read.All" ? graphError(401, "UnknownError") : denied;
}

interface Area {
  readonly permission: Permission;
  readonly answer: (tenant: Tenant, query: Query, segments: readonly string[]) => GraphAnswer;
}

/** By the first segment of the path. */
const areas: Readonly<Record<string, Area>> = {
  servicePrincipals: {
    permission: "Application.Read.All",
    answer: (tenant, query, segments) =>
      segments[2] === "synchronization"
        ? synchronization(tenant, query, segments)
        : applications(tenant, query, segments),
  },
  users: {
    permission: "User.Read.All",
    answer: ({ users }, query, [, id]) => (id === undefined ? list(users, query) : byId(users, id, query)),
  },
  directory: { permission: "User.Read.All", answer: ({ deletedUsers }, query) => list(deletedUsers, query) },
  groups: {
    permission: "GroupMember.Read.All",
    answer: (tenant, query, [, id, relation, cast = ""]) => {
      if (id === undefined) return list(tenant.groups, query);
      if (relation === undefined) return byId(tenant.groups, id, query);
      return members(tenant, { group: id, relation, cast }, query);
    },
  },
  auditLogs: { permission: "ProvisioningLog.Read.All", answer: log },
  organization: {
    permission: "Organization.Read.All",
    answer: ({ domains }, query) => list([{ id: "tenant", verifiedDomains: domains }], query),
  },
};

interface Query {
  readonly asked: Asked;
  readonly searchParams: URLSearchParams;
  readonly pageSize: number;
  readonly may: (permission: Permission) => boolean;
}

function applications(tenant: Tenant, query: Query, [, id, relation]: readonly string[]): GraphAnswer {
  if (relation === "appRoleAssignedTo") {
    const named = new Map([...tenant.users, ...tenant.groups].map((entity) => [entity.id, entity]));
    return list(
      tenant.assignments.map((assignment, index) => ({
        id: `assignment-${index}`,
        appRoleId: "00000000-0000-0000-0000-000000000000",
        principalDisplayName: named.get(assignment.principalId)?.displayName,
        ...assignment,
      })),
      query,
    );
  }
  if (id !== undefined) return byId(tenant.applications, id, query);
  const [, property = "", value = ""] =
    /^(\w+) eq '(.*)'$/.exec(query.searchParams.get("$filter") ?? "") ?? [];
  const wanted = value.replaceAll("''", "'").toLowerCase();
  return list(
    tenant.applications.filter((application) => String(application[property]).toLowerCase() === wanted),
    query,
  );
}

function synchronization(tenant: Tenant, query: Query, segments: readonly string[]): GraphAnswer {
  const [, , , , jobId, what] = segments;
  if (jobId === undefined) return list(tenant.jobs, query);
  return what === "schema" ? { status: 200, body: tenant.schema } : byId(tenant.jobs, jobId, query);
}

function log(tenant: Tenant, query: Query): GraphAnswer {
  const jobId = /^jobId eq '(.*)'$/.exec(query.searchParams.get("$filter") ?? "")?.[1];
  return list(
    tenant.log.filter((record) => record["jobId"] === jobId),
    query,
  );
}

function members(
  tenant: Tenant,
  { group: id, relation, cast }: { readonly group: string; readonly relation: string; readonly cast: string },
  query: Query,
): GraphAnswer {
  const group = tenant.groups.find((one) => one.id === id);
  if (group === undefined) return notFound(id);
  // A cast needs the advanced engine (Microsoft Graph: Advanced query capabilities).
  if (query.asked.headers["consistencylevel"] !== "eventual" || query.searchParams.get("$count") !== "true") {
    if (!query.searchParams.has("$skiptoken")) return graphError(400, "Request_UnsupportedQuery");
  }
  const isHidden = group.visibility === "HiddenMembership" && !query.may("Member.Read.Hidden");
  const ids = relation === "members" ? group.members : transitive(tenant, group);
  const kind = cast === "microsoft.graph.user" ? tenant.users : tenant.groups;
  const found = isHidden ? [] : ids.flatMap((member) => kind.find((entity) => entity.id === member) ?? []);
  // Of what may not be read, only type and id are shown (Microsoft Graph: Limited information returned for inaccessible member objects).
  const bare = cast === "microsoft.graph.user" && !query.may("User.Read.All");
  const shown = bare
    ? found.map((entity) => ({ "@odata.type": "#microsoft.graph.user", id: entity.id }))
    : found;
  return list(shown, query);
}

function transitive(tenant: Tenant, group: TenantGroup): readonly string[] {
  const found = new Set<string>();
  const visit = (one: TenantGroup): void => {
    for (const id of one.members) {
      if (found.has(id) || id === group.id) continue;
      found.add(id);
      const nested = tenant.groups.find((other) => other.id === id);
      if (nested !== undefined) visit(nested);
    }
  };
  visit(group);
  return [...found];
}

function byId(entities: readonly { readonly id: string }[], id: string, query: Query): GraphAnswer {
  const entity = entities.find((other) => other.id === id);
  return entity === undefined ? notFound(id) : { status: 200, body: selected(entity, query) };
}

function notFound(id: string): GraphAnswer {
  return graphError(404, "Request_ResourceNotFound", `Resource '${id}' does not exist.`);
}

function list(entities: readonly object[], query: Query): GraphAnswer {
  const { searchParams, asked } = query;
  const skip = Number(searchParams.get("$skiptoken") ?? 0);
  const top = Math.min(query.pageSize, Number(searchParams.get("$top") ?? query.pageSize));
  const next = new URL(asked.path, "http://graph");
  next.searchParams.set("$skiptoken", String(skip + top));
  const isCounted = searchParams.get("$count") === "true" && skip === 0;
  return {
    status: 200,
    body: {
      "@odata.context": `${asked.origin}/v1.0/$metadata`,
      ...(isCounted ? { "@odata.count": entities.length } : {}),
      ...(skip + top < entities.length
        ? { "@odata.nextLink": `${asked.origin}/v1.0${next.pathname}${next.search}` }
        : {}),
      value: entities.slice(skip, skip + top).map((entity) => selected(entity, query)),
    },
  };
}

/** Only what is selected, with null for what is not set; the manager where it is expanded. */
function selected(entity: object, { searchParams }: Query): object {
  const names = searchParams.get("$select")?.split(",");
  const values: Readonly<Record<string, unknown>> = { ...entity };
  if (names === undefined || "@odata.type" in values) return values;
  const expanded = searchParams.has("$expand") ? { manager: values["manager"] } : {};
  return { ...Object.fromEntries(names.map((name) => [name, values[name] ?? null])), ...expanded };
}
