/** Ways in which a server lies, one each: what it answers in the place of the truth. */

import type { PassedAnswer, Passing } from "./watched-astro.ts";

/** Who is there, by short names: `left` is left@example.com. */
export interface People {
  readonly users: Readonly<Record<string, string>>;
  readonly teams: Readonly<Record<string, string>>;
}

export interface Lie {
  readonly name: string;
  /** Answers without the server. */
  readonly instead?: (passing: Passing, people: People) => PassedAnswer | undefined;
  /** Answers something else than the server did. */
  readonly after?: (passing: Passing, answer: PassedAnswer, people: People) => PassedAnswer | undefined;
  /** It leaves out or invents what nothing else on the wire contradicts, so that success may be claimed. */
  readonly isSeamless?: true;
  /** It shows Teams without members who are in them, so that nobody can tell which Team loses its last one. */
  readonly hidesMembers?: true;
}

// Tests know what the local Astro answers.
// oxlint-disable-next-line typescript/no-explicit-any
type Json = any;

const notFound = json(404, {
  schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
  status: "404",
  detail: "There is no such resource.",
});
const webPage: PassedAnswer = {
  status: 404,
  headers: { "content-type": "text/html" },
  body: "<html><body>404 page not found</body></html>",
};
const nothing: PassedAnswer = { status: 204, headers: {}, body: "" };

export const lies: readonly Lie[] = [
  {
    name: "GET by id answers with somebody else",
    after: reading(/^\/(?:Users|Groups)\/[^?]+$/, (one, people, { path }) => {
      const others = path.startsWith("/Users") ? people.users : people.teams;
      const other = Object.values(others).find((id) => id !== one.id);
      return { ...one, id: other };
    }),
  },
  {
    name: "GET by id answers with the whole of somebody else",
    after: ({ method, path }, answer, people) => {
      if (method !== "GET" || path !== `/Users/${people.users["left"]}`) return undefined;
      return json(200, { ...parse(answer), id: people.users["ada"], userName: "ada@example.com" });
    },
  },
  {
    name: "ids are numbers",
    after: (passing, answer) => {
      if (passing.method !== "GET" || answer.status !== 200) return undefined;
      return json(200, withNumericIds(parse(answer)));
    },
  },
  {
    name: "POST answers with an id that somebody has",
    after: ({ method, path }, answer, people) => {
      if (method !== "POST") return undefined;
      const id = path === "/Users" ? people.users["gus"] : people.teams["ops"];
      return json(201, { ...parse(answer), id });
    },
  },
  {
    name: "POST answers with an id that somebody has, and has made nothing",
    instead: ({ method, path, body }, people) => {
      if (method !== "POST") return undefined;
      const id = path === "/Users" ? people.users["gus"] : people.teams["ops"];
      return json(201, { ...JSON.parse(body), id });
    },
  },
  {
    name: "POST answers with a made-up id, and has made nothing",
    instead: ({ method, body }) =>
      method === "POST" ? json(201, { ...JSON.parse(body), id: "x" }) : undefined,
  },
  {
    name: "GET by id knows nobody, in SCIM's own words",
    instead: ({ method, path }) => (method === "GET" && isById(path) ? notFound : undefined),
  },
  {
    name: "GET by id answers with a web page",
    instead: ({ method, path }) => (method === "GET" && isById(path) ? webPage : undefined),
  },
  {
    name: "DELETE is answered 404 by SCIM, and nothing is deleted",
    instead: ({ method }) => (method === "DELETE" ? notFound : undefined),
  },
  {
    name: "DELETE is answered 404 with a web page, and nothing is deleted",
    instead: ({ method }) => (method === "DELETE" ? webPage : undefined),
  },
  {
    name: "DELETE is answered 204, and nothing is deleted",
    instead: ({ method }) => (method === "DELETE" ? nothing : undefined),
  },
  {
    name: "DELETE is answered 204 and GET 404, and the list still shows it",
    instead: ({ method, path }, people) => {
      if (method === "DELETE") return nothing;
      return method === "GET" && path === `/Users/${people.users["left"]}` ? notFound : undefined;
    },
  },
  {
    name: "PATCH is answered 200, and nothing is changed",
    instead: ({ method }) => (method === "PATCH" ? nothing : undefined),
  },
  {
    name: "PATCH is answered 404",
    instead: ({ method }) => (method === "PATCH" ? notFound : undefined),
  },
  {
    name: "every write is carried out and answered 500",
    after: ({ method }) => (method === "GET" ? undefined : json(500, { status: "500", detail: "no" })),
  },
  {
    name: "every write is carried out and answered by a gateway",
    after: ({ method }) => (method === "GET" ? undefined : { status: 502, headers: {}, body: "bad gateway" }),
  },
  {
    name: "the list of users ends after one, and says that there are more",
    after: list("/Users", (page) => ({ ...page, Resources: page.Resources.slice(0, 1) })),
  },
  {
    name: "the second page of users fails",
    after: list("/Users", (page, { path }) =>
      /startIndex=1&/.test(path) ? { ...page, Resources: page.Resources.slice(0, 1) } : undefined,
    ),
    instead: ({ method, path }) =>
      method === "GET" && path.startsWith("/Users?") && !/startIndex=1&/.test(path)
        ? json(500, { status: "500" })
        : undefined,
  },
  {
    name: "startIndex is ignored",
    after: list("/Users", (page, { path }) => {
      const count = Number(/count=(\d+)/.exec(path)?.[1]);
      return { ...page, totalResults: page.totalResults + 1, Resources: page.Resources.slice(0, count) };
    }),
  },
  {
    name: "an account is left out of the list of users, and is a member",
    hidesMembers: true,
    after: list("/Users", (page) => without(page, "left@example.com")),
    isSeamless: true,
  },
  {
    name: "the list of users gives one user's id to another, and leaves the first one out",
    hidesMembers: true,
    after: list("/Users", (page, _passing, { users }) => {
      const others = without(page, "left@example.com");
      const Resources = others.Resources.map((user: Json) =>
        user.userName === "gus@example.com" ? { ...user, id: users["left"] } : user,
      );
      return { ...others, Resources };
    }),
    isSeamless: true,
  },
  {
    name: "members are of type Group",
    after: eachGroup((group) => ({
      ...group,
      members: (group.members ?? []).map((member: Json) => ({ ...member, type: "Group" })),
    })),
  },
  {
    name: "Teams have members that nobody knows, and asking for them fails",
    after: eachGroup((group) => ({
      ...group,
      members: [...(group.members ?? []), { value: "ghost" }],
    })),
    instead: ({ path }) => (path === "/Users/ghost" ? json(500, { status: "500" }) : undefined),
  },
  {
    name: "members are never shown",
    hidesMembers: true,
    after: eachGroup(({ members: _members, ...group }) => group),
    isSeamless: true,
  },
  {
    name: "active is 0",
    after: eachUser((user) => ({ ...user, active: user.userName === "left@example.com" ? user.active : 0 })),
  },
  {
    name: "active is a word that says nothing",
    after: eachUser((user) => ({ ...user, active: "maybe" })),
  },
  {
    name: "filters find nobody",
    after: ({ path }, answer) =>
      path.includes("filter=") && answer.status === 200
        ? json(200, { totalResults: 0, Resources: [] })
        : undefined,
  },
  {
    name: "filters find somebody else",
    after: (passing, answer, people) => {
      if (!passing.path.includes("filter=") || answer.status !== 200) return undefined;
      const page = parse(answer);
      const Resources = (page.Resources ?? []).map((one: Json) => ({ ...one, id: people.users["ada"] }));
      return json(200, { ...page, Resources });
    },
  },
  {
    name: "two users have one id",
    after: list("/Users", (page, _passing, people) => ({
      ...page,
      Resources: page.Resources.map((one: Json) =>
        one.userName === "gus@example.com" ? { ...one, id: people.users["left"] } : one,
      ),
    })),
  },
  {
    name: "externalIds are swapped",
    after: eachUser((user) => ({
      ...user,
      externalId: user.userName === "left@example.com" ? "00u-ada" : user.externalId,
    })),
    isSeamless: true,
  },
  {
    name: "everybody is an owner",
    isSeamless: true,
    after: eachUser((user) => ({ ...user, roles: [{ value: "ORGANIZATION_OWNER" }] })),
  },
  {
    name: "DELETE is answered 204, and neither GET by id nor a filter knows whom the list still shows",
    instead: ({ method, path }, people) => {
      if (method === "DELETE") return nothing;
      if (method !== "GET") return undefined;
      if (path === `/Users/${people.users["left"]}`) return notFound;
      return path.includes("filter=") ? json(200, { totalResults: 0, Resources: [] }) : undefined;
    },
  },
  {
    name: "filters give everybody who is asked for the id of Ada, and GET by id knows nobody",
    instead: ({ method, path }) => (method === "GET" && isById(path) ? notFound : undefined),
    after: ({ path }, answer, people) => {
      if (!path.includes("filter=") || answer.status !== 200) return undefined;
      const page = parse(answer);
      const Resources = page.Resources.map((one: Json) => ({ ...one, id: people.users["ada"] }));
      return json(200, { ...page, Resources });
    },
  },
  {
    name: "after the first write every GET gives what it gave before",
    instead: ({ method, path }, people) => (method === "GET" ? cacheOf(people).get(path) : undefined),
    after: ({ method, path }, answer, people) => {
      if (method === "GET") remember(people, path, answer);
      else serveRemembered(people);
      return undefined;
    },
  },
  {
    name: "lists are from before the first write, and GET by id is fresh",
    instead: ({ method, path }, people) =>
      method === "GET" && path.includes("?") ? cacheOf(people).get(path) : undefined,
    after: ({ method, path }, answer, people) => {
      if (method === "GET") remember(people, path, answer);
      else serveRemembered(people);
      return undefined;
    },
  },
  {
    name: "a Team that a PATCH was sent to shows no member afterwards",
    after: ({ method, path }, answer, people) => {
      const [, id] = /^\/Groups\/([^?]+)$/.exec(path) ?? [];
      if (id === undefined) return undefined;
      if (method === "PATCH") emptiedIn(people).add(id);
      if (method !== "GET" || !emptiedIn(people).has(id)) return undefined;
      return json(200, { ...parse(answer), members: [] });
    },
  },
  {
    name: "every write is carried out and answered 412",
    after: ({ method }) => (method === "GET" ? undefined : json(412, { status: "412" })),
  },
  {
    name: "every write is answered 202, and nothing is done",
    instead: ({ method }) => (method === "GET" ? undefined : { status: 202, headers: {}, body: "" }),
  },
  {
    name: "every write is answered 200 with a web page, and nothing is done",
    instead: ({ method }) => (method === "GET" ? undefined : { ...webPage, status: 200 }),
  },
  {
    name: "every write is redirected",
    instead: ({ method }) =>
      method === "GET" ? undefined : { status: 307, headers: { location: "/elsewhere" }, body: "" },
  },
  {
    name: "every write but the first is answered 429 with a day to wait",
    instead: (passing, people) =>
      isLaterWrite(passing, people)
        ? { status: 429, headers: { "retry-after": "86400" }, body: "" }
        : undefined,
  },
  {
    name: "every write but the first is answered 401",
    instead: (passing, people) => (isLaterWrite(passing, people) ? json(401, { status: "401" }) : undefined),
  },
  {
    name: "POST is answered 409 though nothing has the name",
    instead: ({ method }) =>
      method === "POST" ? json(409, { status: "409", scimType: "uniqueness" }) : undefined,
  },
  {
    name: "names of attributes are in capitals",
    isSeamless: true,
    after: reading(/^\/(?:Users|Groups)/, (one) => {
      const capital = (value: Json): Json =>
        Object.fromEntries(
          Object.entries(value).map(([name, inner]) => [name[0]!.toUpperCase() + name.slice(1), inner]),
        );
      return one.Resources === undefined ? capital(one) : { ...one, Resources: one.Resources.map(capital) };
    }),
  },
  {
    name: "ids stand twice in one resource, with two values",
    after: (passing, answer, people) => {
      if (passing.method !== "GET" || !isById(passing.path) || answer.status !== 200) return undefined;
      return { ...answer, headers: {}, body: answer.body.replace("{", `{"ID":"${people.users["ada"]}",`) };
    },
  },
  {
    name: "a Team has another name by its id than in the list",
    after: reading(/^\/Groups\/[^?]+$/, (team) => ({
      ...team,
      displayName: team.displayName === "data" ? "ops" : team.displayName,
    })),
  },
  {
    name: "the list shows Teams without members, who are there",
    after: list("/Groups", (page) => ({
      ...page,
      Resources: page.Resources.map((team: Json) => ({ ...team, members: [] })),
    })),
  },
  {
    name: "the list shows one member of each Team",
    hidesMembers: true,
    after: list("/Groups", (page) => ({
      ...page,
      Resources: page.Resources.map((team: Json) => ({ ...team, members: (team.members ?? []).slice(0, 1) })),
    })),
    isSeamless: true,
  },
  {
    name: "members are groups by their addresses",
    after: eachGroup((group) => ({
      ...group,
      members: (group.members ?? []).map(({ value }: Json) => ({
        value,
        $ref: `https://h/scim/v2/Groups/${value}`,
      })),
    })),
  },
  {
    name: "a list of users names a next page by a cursor, and startIndex gives nothing",
    instead: ({ method, path }) =>
      method === "GET" && path.startsWith("/Users?") && !/startIndex=1&|filter=/.test(path)
        ? json(200, { Resources: [] })
        : undefined,
    after: list("/Users", (page, { path }) =>
      path.includes("startIndex=1&")
        ? { Resources: page.Resources.slice(0, 2), totalResults: 2, nextCursor: "two" }
        : undefined,
    ),
  },
  {
    name: "totals are negative",
    after: list("/Users", (page) => ({ ...page, totalResults: -1 })),
  },
  {
    name: "lists hold a null",
    after: list("/Users", (page) => ({ ...page, Resources: [...page.Resources, null] })),
  },
  {
    name: "each Team is listed twice, under two ids",
    after: list("/Groups", (page) => ({
      ...page,
      totalResults: 2 * page.totalResults,
      Resources: page.Resources.flatMap((team: Json) => [{ ...team, id: `${team.id}-2` }, team]),
    })),
  },
  {
    name: "ids lead out of the list",
    after: eachUser((user) => (user.userName === "left@example.com" ? { ...user, id: ".." } : user)),
  },
  {
    name: "every answer is an empty object",
    after: (_passing, answer) => (answer.status < 300 ? json(200, {}) : undefined),
  },
  {
    name: "every answer is a web page with status 200",
    after: () => ({ ...webPage, status: 200 }),
  },
];

interface Remembered {
  readonly answers: Map<string, PassedAnswer>;
  readonly emptied: Set<string>;
  isServed: boolean;
  writes: number;
}

/** What a lie has seen so far, for each run. */
const memory = new WeakMap<People, Remembered>();
const noAnswers: ReadonlyMap<string, PassedAnswer> = new Map();

function memoryOf(people: People): Remembered {
  const known = memory.get(people) ?? { answers: new Map(), emptied: new Set(), isServed: false, writes: 0 };
  memory.set(people, known);
  return known;
}

function cacheOf(people: People): ReadonlyMap<string, PassedAnswer> {
  const { answers, isServed } = memoryOf(people);
  return isServed ? answers : noAnswers;
}

function remember(people: People, path: string, answer: PassedAnswer): void {
  memoryOf(people).answers.set(path, answer);
}

function serveRemembered(people: People): void {
  memoryOf(people).isServed = true;
}

function emptiedIn(people: People): Set<string> {
  return memoryOf(people).emptied;
}

function isLaterWrite({ method }: Passing, people: People): boolean {
  if (method === "GET") return false;
  const known = memoryOf(people);
  known.writes += 1;
  return known.writes > 1;
}

/** Rewrites what a GET of a single resource, or of a list, answers. */
function reading(
  path: RegExp,
  change: (one: Json, people: People, passing: Passing) => Json,
): NonNullable<Lie["after"]> {
  return (passing, answer, people) => {
    if (passing.method !== "GET" || !path.test(passing.path) || answer.status !== 200) return undefined;
    return json(200, change(parse(answer), people, passing));
  };
}

function list(
  endpoint: string,
  change: (page: Json, passing: Passing, people: People) => Json,
): NonNullable<Lie["after"]> {
  return (passing, answer, people) => {
    const isList = passing.path.startsWith(`${endpoint}?`) && !passing.path.includes("filter=");
    if (passing.method !== "GET" || !isList || answer.status !== 200) return undefined;
    const page = change(parse(answer), passing, people);
    return page === undefined ? undefined : json(200, page);
  };
}

function eachOf(endpoint: string, change: (one: Json) => Json): NonNullable<Lie["after"]> {
  return ({ method, path }, answer) => {
    if (method !== "GET" || !path.startsWith(endpoint) || answer.status !== 200) return undefined;
    const body = parse(answer);
    if (body.Resources === undefined) return json(200, isById(path) ? change(body) : body);
    return json(200, { ...body, Resources: body.Resources.map(change) });
  };
}

function eachUser(change: (user: Json) => Json): NonNullable<Lie["after"]> {
  return eachOf("/Users", change);
}

function eachGroup(change: (group: Json) => Json): NonNullable<Lie["after"]> {
  return eachOf("/Groups", change);
}

function without(page: Json, userName: string): Json {
  const Resources = page.Resources.filter((one: Json) => one.userName !== userName);
  return { ...page, totalResults: page.totalResults - 1, Resources };
}

function withNumericIds(value: Json): Json {
  if (Array.isArray(value)) return value.map(withNumericIds);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === "id" ? 7 : withNumericIds(inner)]),
  );
}

function isById(path: string): boolean {
  return /^\/(?:Users|Groups)\/[^?]+/.test(path);
}

function parse({ body }: PassedAnswer): Json {
  return JSON.parse(body);
}

function json(status: number, body: unknown): PassedAnswer {
  return { status, headers: { "content-type": "application/scim+json" }, body: JSON.stringify(body) };
}
