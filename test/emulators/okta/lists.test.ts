/** Lists of the emulated Okta: pages, cursors, searches, and what breaks them. */

import { describe, expect, test } from "vitest";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { startEmulatedOkta, type EmulatedOkta, type OktaAnswer } from "../../support/emulated-okta.ts";

const people = Array.from({ length: 47 }, (_, index) => `user${String(index).padStart(2, "0")}@example.com`);
const groups = Array.from({ length: 45 }, (_, index) => {
  const number = String(index).padStart(2, "0");
  return { ...aGroup(`group ${number}`, people), objectId: `00g-${number}` };
});
const directory = aDirectory({
  users: people.map((email) => aUser(email)),
  groups,
  assignedGroups: groups.map(({ key }) => key),
});

/** Paused: what is listed does not hang on the provisioning. */
const start = (): Promise<EmulatedOkta> =>
  startEmulatedOkta({
    directory,
    startsPaused: true,
    switches: { otherApps: Array.from({ length: 30 }, (_, index) => `App ${index}`) },
  });

const idsIn = (pages: readonly OktaAnswer[]): readonly string[] =>
  pages.flatMap(({ body }) => body.map(({ id }: { readonly id: string }) => id));

interface List {
  readonly name: string;
  readonly path: (emulated: EmulatedOkta) => string;
  readonly count: number;
  /** The smallest limit, and one more than the largest. */
  readonly limits: readonly [smallest: number, tooLarge: number];
}

const lists: readonly List[] = [
  { name: "apps", path: () => "/api/v1/apps", count: 31, limits: [1, 201] },
  { name: "app users", path: ({ app }) => `${app}/users`, count: 47, limits: [1, 501] },
  { name: "app groups", path: ({ app }) => `${app}/groups`, count: 45, limits: [20, 201] },
  { name: "push mappings", path: ({ app }) => `${app}/group-push/mappings`, count: 45, limits: [1, 1001] },
  { name: "groups, with Everyone", path: () => "/api/v1/groups", count: 46, limits: [1, 10_001] },
  {
    name: "members of a group",
    path: () => "/api/v1/groups/00g-00/users",
    count: 47,
    limits: [1, 1001],
  },
  { name: "users", path: () => "/api/v1/users", count: 47, limits: [1, 201] },
  { name: "profile mappings", path: () => "/api/v1/mappings", count: 2, limits: [1, 201] },
];

describe.each(lists)("the list of $name", ({ path, count, limits: [smallest, tooLarge] }) => {
  test("has every item once, page by page, with the smallest limit", async () => {
    const emulated = await start();
    const pages = await emulated.pages(encodeURI(`${path(emulated)}?limit=${smallest}`));
    const ids = idsIn(pages);
    expect([ids.length, new Set(ids).size]).toEqual([count, count]);
    expect(pages.length).toBe(Math.ceil(count / smallest));
    expect(pages.at(-1)?.next).toBeUndefined();
  });

  test("refuses a limit that is out of range, and a cursor that is none", async () => {
    const emulated = await start();
    const tooSmall = smallest - 1;
    for (const query of [
      `limit=${tooSmall}`,
      `limit=${tooLarge}`,
      "limit=x",
      "limit=1.5",
      "after=nonsense",
    ]) {
      const { status, body } = await emulated.get(encodeURI(`${path(emulated)}?${query}`));
      expect([query, status, body.errorCode]).toEqual([query, 400, "E0000001"]);
    }
  });
});

test("links to itself and to the next page are fields of their own, and keep the query", async () => {
  const { get, app, okta } = await start();
  const { headers } = await get(`${app}/users?limit=20&expand=user`);
  expect(headers["link"]).toEqual([
    `<${okta.url}${app}/users?limit=20&expand=user>; rel="self"`,
    expect.stringMatching(
      /^<http:\/\/127\.0\.0\.1:\d+\/api\/v1\/apps\/0oa\w+\/users\?limit=20&expand=user&after=\w+>; rel="next"$/,
    ),
  ]);
});

test("links lead to another origin where a proxy rewrites them", async () => {
  const { get, app, switches } = await start();
  switches.nextLinkOrigin = "https://elsewhere.example";
  expect((await get(`${app}/users`)).next).toBeUndefined();
  expect((await get(`${app}/users?limit=20`)).next).toMatch(/^https:\/\/elsewhere\.example\/api\/v1\/apps\//);
});

test("what comes and goes while it is read neither hides nor repeats what stays", async () => {
  let request = 0;
  const emulated: EmulatedOkta = await startEmulatedOkta({
    directory,
    startsPaused: true,
    http: {
      beforeRequest: () => {
        request += 1;
        const user = people[request * 3];
        if (user !== undefined) emulated.company.act({ kind: "unassign-user", user });
      },
    },
  });
  emulated.company.act({ kind: "unassign-user", user: people[0] ?? "" });
  for (const group of groups) emulated.company.act({ kind: "unassign-group", group: group.key });
  const ids = idsIn(await emulated.pages(`${emulated.app}/users?limit=5`));
  const stay = [...emulated.company.directory().assignedUsers].map((key) => `00u-${key.split("@")[0]}`);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(stay));
});

const breaks = [
  ["a status", { kind: "status", status: 500 }],
  ["a body that is cut off", { kind: "truncate" }],
  ["a connection that is closed", { kind: "cut", when: "in-answer" }],
] as const;

test.each(breaks)("a listing can break at any page, with %s", async (_, effect) => {
  const { pages, app, okta } = await start();
  for (const page of [1, 2, 3, 4, 5]) {
    okta.faults.set([{ path: `${app}/users`, from: page, times: 1, effect }]);
    const [read] = await Promise.allSettled([pages(`${app}/users?limit=10`)]);
    const statuses = read.status === "fulfilled" ? read.value.map(({ status }) => status) : ["not read"];
    expect([page, statuses.at(-1)]).toEqual([page, effect.kind === "status" ? 500 : "not read"]);
  }
});

const searches: readonly (readonly [path: string, expected: readonly string[]])[] = [
  ["/api/v1/apps?q=ast", ["Astro"]],
  [
    "/api/v1/apps?q=App 1",
    [
      "App 1",
      "App 10",
      "App 11",
      "App 12",
      "App 13",
      "App 14",
      "App 15",
      "App 16",
      "App 17",
      "App 18",
      "App 19",
    ],
  ],
  ['/api/v1/apps?filter=name eq "scim2headerauth"', ["Astro"]],
  [
    "/api/v1/groups?q=group 1",
    [
      "group 10",
      "group 11",
      "group 12",
      "group 13",
      "group 14",
      "group 15",
      "group 16",
      "group 17",
      "group 18",
      "group 19",
    ],
  ],
  ['/api/v1/groups?search=type eq "BUILT_IN"', ["Everyone"]],
  [
    '/api/v1/groups?search=profile.name sw "group 4" and not (profile.name co "0")',
    ["group 41", "group 42", "group 43", "group 44"],
  ],
  ['/api/v1/groups?filter=id eq "00g-07" or id eq "00g-08"', ["group 07", "group 08"]],
  ['/api/v1/groups?search=lastMembershipUpdated lt "2020-01-01T00:00:00.000Z"', []],
  ["/api/v1/users?q=USER01", ["user01@example.com"]],
  ['/api/v1/users?search=profile.login eq "user05@example.com"', ["user05@example.com"]],
  ['/api/v1/users?filter=status eq "SUSPENDED"', []],
];

test.each(searches)("%s", async (path, expected) => {
  const { get } = await start();
  const { body } = await get(encodeURI(path));
  const names = body.map(
    ({ label, profile }: { label?: string; profile?: Record<string, string> }) =>
      label ?? profile?.["login"] ?? profile?.["name"],
  );
  expect(names.toSorted()).toEqual(expected.toSorted());
});

test("a filter that cannot be read is refused", async () => {
  const { get } = await start();
  for (const path of ["/api/v1/groups?search=type eq", "/api/v1/users?filter=(", "/api/v1/logs?filter=x"]) {
    const { status, body } = await get(encodeURI(path));
    expect([status, body.errorCode]).toEqual([400, "E0000031"]);
  }
});
