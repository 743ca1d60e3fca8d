/**
 * An organization of Okta as data, answered by hand: what each call gives stands here, page by page. For tests of the source that
 * need exactly this answer; whole companies are played by the emulator.
 */

import {
  linked,
  oktaError,
  startOktaLike,
  type OktaAnswer,
  type OktaLike,
  type OktaRequest,
} from "./okta-answers.ts";

type Json = Readonly<Record<string, unknown>>;

export interface SmallOkta {
  apps: readonly Json[];
  /** `GET …/features/USER_PROVISIONING`; undefined: 404. */
  provisioning: Json | undefined;
  connection: Json | undefined;
  appUsers: readonly Json[];
  assignedGroups: readonly string[];
  groups: readonly {
    readonly id: string;
    readonly name: string;
    readonly members: readonly Json[];
    readonly count?: number;
  }[];
  users: readonly Json[];
  pushMappings: readonly Json[];
  mappings: readonly Json[];
  schema: Json;
  logs: readonly Json[];
  /** Entries on a page. */
  pageSize: number;
  /** What is answered in place of the answer; undefined: the answer itself. */
  instead: (request: OktaRequest, answer: OktaAnswer) => OktaAnswer | undefined;
}

export const appId = "0oa1astro0000000001";
const email = (name: string): string => `${name}@example.com`;

export function oktaUser(name: string, status = "ACTIVE"): Json {
  const profile = {
    login: email(name),
    email: email(name),
    firstName: name,
    lastName: "Doe",
    displayName: null,
  };
  return { id: `00u-${name}`, status, profile };
}

/** Provisioned and in sync, assigned one by one, unless said. */
export function appUser(name: string, about: Json = {}): Json {
  return {
    id: `00u-${name}`,
    externalId: `scim-${name}`,
    scope: "USER",
    status: "PROVISIONED",
    statusChanged: "2026-01-02T03:04:05.000Z",
    syncState: "SYNCHRONIZED",
    credentials: { userName: email(name) },
    profile: {},
    _embedded: { user: oktaUser(name) },
    _links: {},
    ...about,
  };
}

const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const attribute = (externalName: string): Json => ({ type: "string", externalName, externalNamespace: core });

/** The app as Astro documents it, nobody in it. */
export function smallOkta(): SmallOkta {
  return {
    apps: [
      {
        id: appId,
        name: "example_astro_1",
        label: "Astro",
        status: "ACTIVE",
        signOnMode: "SAML_2_0",
        features: ["PUSH_NEW_USERS", "PUSH_PROFILE_UPDATES", "PUSH_USER_DEACTIVATION", "GROUP_PUSH"],
        credentials: { userNameTemplate: { template: "${source.email}", type: "BUILT_IN" } },
        settings: { app: {} },
      },
    ],
    provisioning: {
      name: "USER_PROVISIONING",
      status: "ENABLED",
      capabilities: {
        create: { lifecycleCreate: { status: "ENABLED" } },
        update: { profile: { status: "ENABLED" }, lifecycleDeactivate: { status: "ENABLED" } },
      },
    },
    connection: { status: "ENABLED", baseUrl: "https://api.astronomer.io/scim/v2/o1/", profile: {} },
    appUsers: [],
    assignedGroups: [],
    groups: [],
    users: [],
    pushMappings: [],
    mappings: [
      {
        id: "prm1",
        source: { id: "oty1", name: "user", type: "user" },
        target: { id: appId, name: "astro", type: "appuser" },
        properties: {
          givenName: { expression: "user.firstName", pushStatus: "PUSH" },
          familyName: { expression: "user.lastName", pushStatus: "PUSH" },
          email: { expression: "user.email", pushStatus: "PUSH" },
          displayName: { expression: "user.displayName", pushStatus: "PUSH" },
        },
      },
    ],
    schema: {
      definitions: {
        base: {
          properties: {
            userName: { type: "string" },
            givenName: attribute("name.givenName"),
            familyName: attribute("name.familyName"),
            email: attribute("emails.^[primary==true].value"),
            displayName: attribute("displayName"),
            title: attribute("title"),
          },
        },
        custom: { properties: {} },
      },
    },
    logs: [],
    pageSize: 2,
    instead: () => undefined,
  };
}

export async function startSmallOkta(okta: SmallOkta): Promise<OktaLike> {
  const server = await startOktaLike((request) => {
    const answer = answerTo(okta, request, server.url);
    return okta.instead(request, answer) ?? answer;
  });
  return server;
}

function answerTo(okta: SmallOkta, request: OktaRequest, base: string): OktaAnswer {
  const { path, query } = request;
  const list = listAt(okta, request);
  if (list !== undefined) return paged(list, okta.pageSize, request, base);
  const id = path.split("/").at(-1) ?? "";
  if (path === `/api/v1/apps/${appId}/features/USER_PROVISIONING`) return one(okta.provisioning);
  if (path === `/api/v1/apps/${appId}/connections/default`) return one(okta.connection);
  if (path === `/api/v1/meta/schemas/apps/${appId}/default`) return one(okta.schema);
  if (path.startsWith("/api/v1/apps/")) return one(okta.apps.find((app) => app["id"] === id));
  if (path.startsWith("/api/v1/mappings/")) return one(okta.mappings.find((mapping) => mapping["id"] === id));
  if (path.startsWith("/api/v1/users/")) return one(okta.users.find((user) => user["id"] === id));
  if (path.startsWith("/api/v1/groups/")) return one(groupJson(okta, id, query));
  return notFound;
}

function listAt(okta: SmallOkta, { path, query }: OktaRequest): readonly Json[] | undefined {
  const members = /^\/api\/v1\/groups\/([^/]+)\/users$/.exec(path)?.[1];
  if (members !== undefined) return okta.groups.find(({ id }) => id === members)?.members;
  return lists.get(path)?.(okta, query);
}

const lists: ReadonlyMap<string, (okta: SmallOkta, query: URLSearchParams) => readonly Json[]> = new Map([
  ["/api/v1/apps", appsBeginning],
  [`/api/v1/apps/${appId}/users`, ({ appUsers }: SmallOkta) => appUsers],
  [
    `/api/v1/apps/${appId}/groups`,
    ({ assignedGroups }: SmallOkta) => assignedGroups.map((id) => ({ id, priority: 0 })),
  ],
  [`/api/v1/apps/${appId}/group-push/mappings`, ({ pushMappings }: SmallOkta) => pushMappings],
  ["/api/v1/groups", groupsWithId],
  [
    "/api/v1/mappings",
    ({ mappings }: SmallOkta) => mappings.map(({ id, source, target }) => ({ id, source, target })),
  ],
  ["/api/v1/logs", ({ logs }: SmallOkta) => logs],
]);

function appsBeginning({ apps }: SmallOkta, query: URLSearchParams): readonly Json[] {
  const q = query.get("q")?.toLowerCase() ?? "";
  return apps.filter(({ label }) => String(label).toLowerCase().startsWith(q));
}

function groupsWithId(okta: SmallOkta, query: URLSearchParams): readonly Json[] {
  const wanted = /^id eq "(.*)"$/.exec(query.get("filter") ?? "")?.[1];
  const ids = wanted === undefined ? okta.groups.map(({ id }) => id) : [wanted];
  return ids.map((id) => groupJson(okta, id, query)).filter((group) => group !== undefined);
}

function groupJson(okta: SmallOkta, id: string, query: URLSearchParams): Json | undefined {
  const group = okta.groups.find((known) => known.id === id);
  if (group === undefined) return undefined;
  const stats = { usersCount: group.count ?? group.members.length };
  const embedded = query.get("expand") === "stats" ? { _embedded: { stats } } : {};
  return { id, type: "OKTA_GROUP", profile: { name: group.name }, ...embedded };
}

function paged(
  list: readonly Json[],
  size: number,
  { path, query, url }: OktaRequest,
  base: string,
): OktaAnswer {
  const start = Number(query.get("after") ?? 0);
  const next = new URLSearchParams(query);
  next.set("after", String(start + size));
  const hasNext = start + size < list.length;
  return {
    body: list.slice(start, start + size),
    headers: linked(base, url, hasNext ? `${path}?${next.toString()}` : undefined),
  };
}

const notFound: OktaAnswer = { status: 404, body: oktaError("E0000007", "Not found: Resource not found") };

function one(json: Json | undefined): OktaAnswer {
  return json === undefined ? notFound : { body: json };
}
